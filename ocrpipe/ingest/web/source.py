"""Saved web pages to a Document, through their own tables."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NoReturn

import lxml.html
from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement

from ocrpipe.document import Document, Issue, Page, Source, Table
from ocrpipe.errors import IssueCode, UnreadableInputError
from ocrpipe.ingest import sniff
from ocrpipe.ingest.sniff import HTML
from ocrpipe.ingest.source import Content
from ocrpipe.ingest.source import Source as OpenSource
from ocrpipe.ingest.web.blocks import HEADING_TAGS, WebText, build_blocks
from ocrpipe.ingest.web.companions import Find, beside, nothing
from ocrpipe.ingest.web.div_tables import make_tables
from ocrpipe.ingest.web.dom import (
    BLOCK_TAGS,
    Weights,
    is_hidden,
    is_hidden_by_style,
    is_site_line,
    is_site_part,
    main_element,
    may_hold_table,
    seen_lines,
    seen_pieces,
    tag_of,
)
from ocrpipe.ingest.web.encoding import decode_html, unpack_archive
from ocrpipe.ingest.web.repair import repair_tables
from ocrpipe.ingest.web.styled import apply_styles
from ocrpipe.ingest.web.stylesheets import StyleSheets
from ocrpipe.ingest.web.tables import TableTooLargeError, own_cells, own_rows, read_table
from ocrpipe.ingest.web.text import collapse, flowed, join_lines
from ocrpipe.page import SourcePage

_CAPTION_LENGTH = 60
"""Characters of a caption, as of a heading: a quarter as many lose one in a fixture."""
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
_LEFT_OUT = Issue(
    code=IssueCode.TABLE_INCOMPLETE,
    severity="error",
    message="a table whose cells span more than 200,000 places was left out",
    page=1,
)

# A saved page may hold its pictures as data: they are of no use here, and longer than the parser
# allows an attribute to be.
_EMBEDDED = re.compile(r"""data:[\w/+.;=-]+,[^"'\s)>]{200,}""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class HtmlSource(OpenSource):
    """A web page: it has no paper to rasterize, only its finished `document`."""

    def __init__(self, content: Content) -> None:
        super().__init__(content, HTML, 1)
        self.document = read_html(
            content.read(), content.name, label=content.label, find=beside(content.path)
        )

    def pages(self) -> Iterator[SourcePage]:
        return iter(())

    def page(self, number: int) -> NoReturn:
        raise UnreadableInputError(
            "a web page has no picture",
            source=self.label,
            page=number,
            remedy="Print the page to PDF and convert that.",
        )

    def close(self) -> None:
        """Nothing is held open."""


def read_html(
    data: bytes, name: str, *, label: str | None = None, find: Find = nothing
) -> Document:
    """The text blocks and tables of a saved web page, in the order of the page.

    Navigation, footers and hidden parts are left out; a table that only lays out the page is
    taken apart. Blocks and cells have no boxes, and the one page has no size. Style sheets and the
    pages in frames count where they are at hand.

    Args:
        data: The file's content, HTML or a web archive.
        name: File name for `Document.source`.
        label: What errors call the file; default: `name`.
        find: Finds what the page refers to.

    Raises:
        UnreadableInputError: there is no text in the page.
    """
    body, page_title = _parse(data, label or name, find)
    frames = next(body.getroottree().iter("frame", "iframe"), None) is not None
    reader = _Reader(body)
    items = list(reader.items())
    if not items:
        raise UnreadableInputError(
            "the web page has no text",
            source=label or name,
            remedy=_FRAMES if frames else _PICTURES if reader.pictures() else _SAVE_LATER,
        )
    if pictures := reader.pictures():
        reader.issues.append(_unread(pictures))
    tables = tuple(item for item in items if isinstance(item, Table))
    source = Source(
        name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=HTML, page_count=1
    )
    page = Page(
        number=1,
        width=0.0,
        height=0.0,
        rotation=0.0,
        origin="digital",
        blocks=build_blocks(items, page_title),
    )
    return Document(source=source, pages=(page,), tables=tables, issues=tuple(reader.issues))


def _parse(
    data: bytes, label: str, find: Find, seen: frozenset[bytes] = frozenset()
) -> tuple[HtmlElement, str]:
    """The body of a page and its title; `seen`: the pages in whose frames it is shown."""
    try:
        page, in_archive = unpack_archive(data)
        find = in_archive or find
        text = decode_html(page).replace("\0", "")
        text = _EMBEDDED.sub("data:,", _XML_DECLARATION.sub("", text))
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
    if len(seen) < _DEEPEST_FRAME:
        _open_frames(root, label, find, seen | {data})
    title = root.findtext(".//title") or ""
    bodies = root.findall(".//body")
    return (bodies[0] if bodies else root), collapse(title)


def _open_frames(root: HtmlElement, label: str, find: Find, seen: frozenset[bytes]) -> None:
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
            body, _ = _parse(data, label, find, seen)
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


class _Reader:
    """Walks a page once and gives its texts and tables in order."""

    def __init__(self, body: HtmlElement) -> None:
        self._body = body
        self._weights = Weights(body)
        self._total = self._weights.text(body)
        self._main = main_element(body, self._weights)
        self._tables = 0
        self.issues: list[Issue] = []
        self._previous: str | None = None

    def items(self) -> Iterator[WebText | Table]:
        for item in self._walk(self._body, inside=self._main is self._body):
            self._previous = item.text if isinstance(item, WebText) else None
            yield item

    def pictures(self) -> list[str]:
        """Names of the pictures in the document that are large enough for a table; empty for those
        without one."""
        return [
            _file_name(picture.get("src") or "")
            for picture in self._main.iter("img")
            if may_hold_table(picture)
            and not any(is_hidden(one) for one in (picture, *picture.iterancestors()))
        ]

    def _walk(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table]:
        if is_hidden(element) or is_site_part(element, self._weights, self._total):
            return
        inside = inside or element is self._main
        if tag_of(element) == "table" and not self._is_layout(element):
            yield from self._table(element, inside)
            return
        if tag_of(element) in HEADING_TAGS:
            yield from self._text(join_lines(seen_lines(element)), element, inside)
            return
        yield from self._children(element, inside)

    def _children(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table]:
        """Blocks in an element; what flows between them is text of the element itself."""
        flow = [flowed(element.text)]
        for child in element:
            if self._holds_blocks(child):
                yield from self._flow(flow, element, inside)
                flow = []
                yield from self._walk(child, inside)
            else:
                flow += seen_pieces(child)
            flow.append(flowed(child.tail))
        yield from self._flow(flow, element, inside)

    def _flow(self, pieces: list[str], element: HtmlElement, inside: bool) -> Iterator[WebText]:
        for line in "".join(pieces).split("\n"):
            yield from self._text(collapse(line), element, inside)

    def _text(self, text: str, element: HtmlElement, inside: bool) -> Iterator[WebText]:
        if not text or is_site_line(text, inside):
            return
        links = self._weights.link_share(element)
        if links > 0.9 and len(text) <= 8:  # a button like 首页 or 返回
            return
        if not inside and (len(text) < 4 or links > 0.6):
            return
        yield WebText(text, tag_of(element))

    def _table(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table]:
        if not inside and self._weights.link_share(element) > 0.6:
            return
        own = element.find("caption")
        caption = join_lines(seen_lines(own)) if own is not None else ""
        try:
            table = read_table(element, f"t{self._tables + 1}", caption or self._caption())
        except TableTooLargeError:
            self.issues.append(_LEFT_OUT)
            return
        if table is not None and any(cell.text for cell in table.cells):
            self._tables += 1
            yield table

    def _caption(self) -> str | None:
        text = self._previous
        if text is None or len(text) > _CAPTION_LENGTH or text.endswith(("。", "：", "；", ":")):
            return None
        return text

    def _holds_blocks(self, element: HtmlElement) -> bool:
        # A span around paragraphs is no inline text whatever its tag says.
        return any(tag_of(inner) in BLOCK_TAGS for inner in element.iter())

    def _is_layout(self, table: HtmlElement) -> bool:
        """Whether a table only places parts of the page side by side."""
        if (table.get("role") or "") in ("presentation", "none"):
            return True
        rows = [own_cells(row) for group in own_rows(table) for row in group]
        cells = [cell for row in rows for cell in row]
        if len(cells) <= 1:
            return True
        total = _characters(table)
        inner = (found for found in table.iter("table") if found is not table)
        outermost = [found for found in inner if next(found.iterancestors("table")) is table]
        if outermost and sum(map(_characters, outermost)) >= 0.5 * total:
            return True
        longest = max(cells, key=_characters)
        if _characters(longest) > 400 and _characters(longest) > 0.8 * total:
            return True
        one_track = len(rows) == 1 or max(map(len, rows)) == 1
        return one_track and any(
            len(seen_lines(cell)) > 2 and _characters(cell) > 200 for cell in cells
        )


def _file_name(address: str) -> str:
    """The file that an address names; none for a picture in the page itself."""
    if address.startswith("data:"):
        return ""
    return PurePosixPath(address.partition("?")[0]).name[:_CAPTION_LENGTH]


def _unread(pictures: list[str]) -> Issue:
    named = ", ".join([*dict.fromkeys(filter(None, pictures))][:_MOST_NAMES])
    return Issue(
        code=IssueCode.PICTURE_UNREAD,
        severity="info",
        message=f"pictures were not read: {len(pictures)}" + (f" ({named})" if named else ""),
        page=1,
    )


def _characters(element: HtmlElement) -> int:
    return sum(map(len, seen_lines(element)))
