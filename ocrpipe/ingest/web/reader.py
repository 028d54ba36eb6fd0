"""A parsed web page to the texts, tables and pictures in it, in the order of the page."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ocrpipe.document import Issue, Table
from ocrpipe.errors import IssueCode
from ocrpipe.ingest.web.blocks import HEADING_TAGS, WebText
from ocrpipe.ingest.web.dom import (
    BLOCK_TAGS,
    Weights,
    is_hidden,
    is_site_line,
    is_site_part,
    main_element,
    may_hold_table,
    seen_lines,
    seen_pieces,
    tag_of,
)
from ocrpipe.ingest.web.pictures import Picture, Pictures, file_name
from ocrpipe.ingest.web.tables import TableTooLargeError, own_cells, own_rows, read_table
from ocrpipe.ingest.web.text import collapse, flowed, join_lines

_CAPTION_LENGTH = 60
"""Characters of a caption, as of a heading: a quarter as many lose one in a fixture."""
_FEWEST_CELLS = 8
"""Cells of a table that holds data; one that places parts of a page has fewer."""
_HARDLY = 200
"""Characters of all text: a title, its date, and where the page came from."""

_LEFT_OUT = Issue(
    code=IssueCode.TABLE_INCOMPLETE,
    severity="error",
    message="a table whose cells span more than 200,000 places was left out",
    page=1,
)


class Reader:
    """Walks a page once and gives its texts, tables and pictures of print in order.

    Attributes:
        issues: What was found out on the way.
    """

    def __init__(self, body: HtmlElement, pictures: Pictures) -> None:
        self._body = body
        self._pictures = pictures
        self._weights = Weights(body)
        self._total = self._weights.text(body)
        self._main = main_element(body, self._weights)
        # Where there is hardly a text, what a page shows is no part of it.
        self._shown = body if self._total < _HARDLY else self._main
        self._tables = 0
        self._given: set[HtmlElement] = set()
        self.issues: list[Issue] = []
        self._previous: str | None = None

    def items(self) -> Iterator[WebText | Table | Picture]:
        for item in self._walk(self._body, inside=self._main is self._body):
            self._previous = item.text if isinstance(item, WebText) else None
            yield item

    def unread_pictures(self) -> list[str]:
        """Names of the pictures in the document that are large enough for a table and are none of
        its items; empty for those without one."""
        known = {name for name in map(self._name, self._given) if name}
        return [
            file_name(picture.get("src") or "")
            for picture in self._shown.iter("img")
            if picture not in self._given
            and file_name(picture.get("src") or "") not in known
            and may_hold_table(picture)
            and not any(is_hidden(one) for one in (picture, *picture.iterancestors()))
        ]

    def _name(self, element: HtmlElement) -> str:
        picture = self._pictures.of(element)
        return "" if picture is None else picture.name

    def _walk(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table | Picture]:
        if is_hidden(element) or is_site_part(element, self._weights, self._total):
            return
        inside = inside or element is self._main
        picture = self._pictures.of(element)
        if picture is not None:
            self._given.add(element)
            yield picture
            return
        if tag_of(element) == "table" and not self._is_layout(element):
            yield from self._table(element, inside)
            return
        if tag_of(element) in HEADING_TAGS and not self._pictures.in_element(element):
            yield from self._text(join_lines(seen_lines(element)), element, inside)
            return
        yield from self._children(element, inside)

    def _children(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table | Picture]:
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

    def _table(self, element: HtmlElement, inside: bool) -> Iterator[WebText | Table | Picture]:
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
        return any(
            tag_of(inner) in BLOCK_TAGS or self._pictures.of(inner) is not None
            for inner in element.iter()
        )

    def _is_layout(self, table: HtmlElement) -> bool:
        """Whether a table only places parts of the page side by side."""
        if (table.get("role") or "") in ("presentation", "none"):
            return True
        rows = [own_cells(row) for group in own_rows(table) for row in group]
        cells = [cell for row in rows for cell in row]
        if len(cells) <= 1:
            return True
        total = _characters(table)
        if self._pictures.in_element(table) and not any(
            map(_characters, (cell for cell in cells if not self._pictures.in_element(cell)))
        ):
            return True
        inner = (found for found in table.iter("table") if found is not table)
        outermost = [found for found in inner if next(found.iterancestors("table")) is table]
        if len(cells) >= _FEWEST_CELLS and all(map(_is_frame, outermost)):
            outermost = []
        if outermost and sum(map(_characters, outermost)) >= 0.5 * total:
            return True
        longest = max(cells, key=_characters)
        if _characters(longest) > 400 and _characters(longest) > 0.8 * total:
            return True
        one_track = len(rows) == 1 or max(map(len, rows)) == 1
        return one_track and any(
            len(seen_lines(cell)) > 2 and _characters(cell) > 200 for cell in cells
        )


def _is_frame(table: HtmlElement) -> bool:
    """Whether a table is one cell with text alone: it frames or pads what stands in a cell."""
    cells = [cell for group in own_rows(table) for row in group for cell in own_cells(row)]
    return len(cells) <= 1 and table.find(".//table") is None


def _characters(element: HtmlElement) -> int:
    return sum(map(len, seen_lines(element)))
