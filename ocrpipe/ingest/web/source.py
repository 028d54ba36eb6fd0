"""Saved web pages to a Document, through their own tables, and the pictures of print in them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from posixpath import normpath

import lxml.html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement

from ocrpipe.document import Block, Document, Issue, Page, Source, Table
from ocrpipe.errors import IssueCode, OcrpipeError, UnreadableInputError
from ocrpipe.ingest import sniff
from ocrpipe.ingest.sniff import HTML
from ocrpipe.ingest.source import Content
from ocrpipe.ingest.source import Source as OpenSource
from ocrpipe.ingest.web.blocks import WebText, build_blocks
from ocrpipe.ingest.web.companions import Find, beside, nothing, seen_from
from ocrpipe.ingest.web.div_tables import make_tables
from ocrpipe.ingest.web.dom import is_hidden_by_style
from ocrpipe.ingest.web.encoding import decode_html, unpack_archive
from ocrpipe.ingest.web.pictures import Picture, Pictures
from ocrpipe.ingest.web.reader import Reader
from ocrpipe.ingest.web.repair import repair_tables
from ocrpipe.ingest.web.styled import apply_styles
from ocrpipe.ingest.web.stylesheets import StyleSheets
from ocrpipe.ingest.web.text import collapse
from ocrpipe.options import IngestOptions
from ocrpipe.page import SourcePage

_DEEPEST = 200
"""Elements one inside the other; ordinary pages have some twenty."""

_DEEPEST_FRAME, _MOST_FRAMES = 2, 10
"""Frames in frames, and frames in a page, that are looked into; a page has one, or a frameset."""

_SHORTEST_FRAME = 200
"""Characters of a text in a frame; notices and counters have less."""

_MOST_WORDS = 1000
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]*)\s([^<>]{20000,})>")
_SAVE_LATER = "Wait until the browser shows the report, then save the complete page."
_FRAMES = (
    "It shows other pages in frames: convert those, which browsers save in a folder beside it."
)
_PICTURES = "It shows pictures: convert those, which browsers save in a folder beside it."
_MOST_NAMES = 3
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class WebPage:
    """A web page as it was read.

    `document` has its texts and tables; `pictures` are pages of print, by their page numbers,
    which stand between those of `document`.
    """

    document: Document
    pictures: dict[int, Picture]


class HtmlSource(OpenSource):
    """A web page: its texts and tables are a finished `document`, and only the pictures of print
    in it are pages with something to rasterize."""

    def __init__(self, content: Content, options: IngestOptions) -> None:
        page = read_page(
            content.read(), content.name, label=content.label, find=beside(content.path)
        )
        super().__init__(content, HTML, page.document.source.page_count)
        self.document = page.document
        self._pictures = page.pictures
        self._options = options

    def page(self, number: int) -> SourcePage:
        picture = self._pictures.get(number)
        if picture is None:
            raise UnreadableInputError(
                "a web page has no picture",
                source=self.label,
                page=number,
                remedy="Print the page to PDF and convert that.",
            )
        from ocrpipe.ingest.pictures import PictureSource

        named = f"the picture {picture.name}" if picture.name else "a picture in the web page"
        try:
            content = Content(picture.read() or b"", self.label)
            kind = sniff.media_type(content.head, self.label)
            with PictureSource(content, kind, self._options) as opened:
                return replace(opened.page(1), number=number)
        except OcrpipeError as error:
            message = f"{named}: {error.message}"
            raise type(error)(
                message, source=self.label, page=number, remedy=error.remedy
            ) from error

    def close(self) -> None:
        """Nothing is held open."""


def companions_of(path: Path) -> tuple[str, ...]:
    """Names, within its folder, of the files that a saved web page refers to, there or not.

    Raises:
        OcrpipeError: what reading the page raises.
    """
    looked: list[str] = []
    content = Content(path, None)
    read_page(content.read(), content.name, label=content.label, find=beside(path, looked))
    names = {normpath(name) for name in looked if "\0" not in name}
    return tuple(sorted(name for name in names if not name.startswith(("/", ".."))))


def read_html(
    data: bytes, name: str, *, label: str | None = None, find: Find = nothing
) -> Document:
    """The text blocks and tables of a saved web page; see `read_page`."""
    return read_page(data, name, label=label, find=find).document


def read_page(data: bytes, name: str, *, label: str | None = None, find: Find = nothing) -> WebPage:
    """The text blocks, tables and pictures of print of a saved web page, in the order of the page.

    Navigation, footers and hidden parts are left out; a table that only lays out the page is
    taken apart. Style sheets, the pages in frames and pictures count where they are at hand.

    Each picture that is as large as a page of print is a page. What stands before, between and
    after them are pages, too, which have no size, and their blocks and cells have no boxes.

    Args:
        data: The file's content, HTML or a web archive.
        name: File name for `Document.source`.
        label: What errors call the file; default: `name`.
        find: Finds what the page refers to.

    Raises:
        UnreadableInputError: there is neither text in the page nor a picture of print.
    """
    pictures = Pictures()
    body, page_title = _parse(data, label or name, find, pictures)
    frames = next(body.getroottree().iter("frame", "iframe"), None) is not None
    reader = Reader(body, pictures)
    items = list(reader.items())
    unread = reader.unread_pictures()
    if not items:
        raise UnreadableInputError(
            "the web page has no text",
            source=label or name,
            remedy=_FRAMES if frames else _PICTURES if unread else _SAVE_LATER,
        )
    if unread:
        reader.issues.append(_unread(unread))
    return _numbered(items, page_title, Source(
        name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=HTML, page_count=1
    ), reader.issues)  # fmt: skip


def _numbered(
    items: Sequence[WebText | Table | Picture],
    page_title: str,
    source: Source,
    issues: Sequence[Issue],
) -> WebPage:
    """The page with a number for each picture and for what stands between two."""
    shown = [item for item in items if not isinstance(item, Picture)]
    blocks = iter(build_blocks(shown, page_title))
    pages: list[Page] = []
    tables: list[Table] = []
    pictures: dict[int, Picture] = {}
    number = 0
    for picture, run in groupby(items, lambda item: isinstance(item, Picture)):
        if picture:
            for item in run:
                number += 1
                assert isinstance(item, Picture)
                pictures[number] = item
            continue
        number += 1
        own = [*run]
        tables += [
            item.model_copy(update={"pages": (number,)}) for item in own if isinstance(item, Table)
        ]
        pages.append(_page(number, [next(blocks) for _ in own]))
    source = source.model_copy(update={"page_count": number})
    document = Document(
        source=source, pages=tuple(pages), tables=tuple(tables), issues=tuple(issues)
    )
    return WebPage(document, pictures)


def _page(number: int, blocks: Sequence[Block]) -> Page:
    return Page(
        number=number,
        width=0.0,
        height=0.0,
        rotation=0.0,
        origin="digital",
        blocks=tuple(
            block.model_copy(update={"id": f"p{number}-b{place}"})
            for place, block in enumerate(blocks, start=1)
        ),
    )


def _parse(
    data: bytes, label: str, find: Find, pictures: Pictures, seen: frozenset[bytes] = frozenset()
) -> tuple[HtmlElement, str]:
    """The body of a page and its title; its pictures are put into `pictures`.

    `seen`: the pages in whose frames it is shown.
    """
    try:
        page, in_archive = unpack_archive(data)
        find = in_archive or find
        text = decode_html(page).replace("\0", "")
        text = pictures.without_embedded(_XML_DECLARATION.sub("", text))
        # Without huge_tree, libxml2 drops what is long or deep and says nothing.
        parser = lxml.html.HTMLParser(huge_tree=True, no_network=True)
        root = lxml.html.document_fromstring(_LONG_TAG.sub(_bare_tag, text), parser=parser)
    except (ParserError, ValueError, RecursionError) as error:
        raise UnreadableInputError(
            "the web page is empty or damaged", source=label, remedy="Save it again."
        ) from error
    if _is_deep(root):
        raise UnreadableInputError(
            f"elements of the web page lie more than {_DEEPEST} deep one inside the other",
            source=label,
            remedy="Print the page to PDF and convert that.",
        )
    styles = StyleSheets(root, find)
    make_tables(root, styles)
    apply_styles(root, styles)
    repair_tables(root, text)
    pictures.look(root, find)
    if len(seen) < _DEEPEST_FRAME:
        _open_frames(root, label, find, pictures, seen | {data})
    title = root.findtext(".//title") or ""
    bodies = root.findall(".//body")
    return (bodies[0] if bodies else root), collapse(title)


def _open_frames(
    root: HtmlElement, label: str, find: Find, pictures: Pictures, seen: frozenset[bytes]
) -> None:
    """Put the tables and texts of pages that are shown in frames where their frames are."""
    opened: set[bytes] = set()
    for frame in [*root.iter("frame", "iframe")][:_MOST_FRAMES]:
        data = None if _is_unshown(frame) else find(frame.get("src") or "")
        if data is None or data in seen or data in opened:
            continue
        opened.add(data)
        try:
            if sniff.media_type(data[: sniff.HEAD_BYTES]) != HTML:
                continue
            inside = seen_from(find, frame.get("src") or "")
            body, _ = _parse(data, label, inside, pictures, seen)
        except UnreadableInputError:
            continue
        if next(body.iter("td"), None) is None and len(body.text_content()) < _SHORTEST_FRAME:
            continue
        shown = lxml.html.Element("div")
        shown.extend([*body])
        shown.text, shown.tail = body.text, frame.tail
        parent = frame.getparent()
        if parent is not None:
            parent.replace(frame, shown)


def _is_unshown(frame: HtmlElement) -> bool:
    """Whether a frame is hidden, or as small as those that only count visits."""
    sizes = (re.fullmatch(r"\s*(\d+)(?:px)?\s*", frame.get(at) or "") for at in ("width", "height"))
    small = any(size is not None and int(size[1]) <= 1 for size in sizes)
    return small or any(
        one.get("hidden") is not None or is_hidden_by_style(one)
        for one in (frame, *frame.iterancestors())
    )


def _bare_tag(match: re.Match[str]) -> str:
    """A tag without its attributes where they are thousands: libxml2 compares each with each."""
    return match[0] if len(match[2].split(None, _MOST_WORDS)) <= _MOST_WORDS else f"<{match[1]}>"


def _is_deep(root: HtmlElement) -> bool:
    depth = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _unread(pictures: list[str]) -> Issue:
    named = ", ".join([*dict.fromkeys(filter(None, pictures))][:_MOST_NAMES])
    return Issue(
        code=IssueCode.PICTURE_UNREAD,
        severity="info",
        message=f"pictures were not read: {len(pictures)}" + (f" ({named})" if named else ""),
        page=1,
    )
