"""Tables of a web page to grids that tile exactly."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ocrpipe.document import Cell, Table
from ocrpipe.ingest.web.dom import cell_text, is_hidden, is_unread, tag_of

_MAX_COL_SPAN, _MAX_ROW_SPAN = 1000, 65534  # HTML Living Standard, 4.9.11
_MAX_CELLS = 200_000


class TableTooLargeError(ValueError):
    """A table has so many slots that its grid would not fit into memory."""


@dataclass(frozen=True, slots=True)
class _Placed:
    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    unread: bool = False


def own_rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """The rows of a table, not of tables inside it, by row group; the footer last."""
    groups: list[list[HtmlElement]] = []
    footers: list[list[HtmlElement]] = []
    loose: list[HtmlElement] = []
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            loose.append(child)
        elif tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            if loose:
                groups.append(loose)
                loose = []
            rows = [row for row in child if tag_of(row) == "tr"]
            (footers if tag == "tfoot" else groups).append(rows)
    if loose:
        groups.append(loose)
    visible = [[row for row in group if _is_seen(row)] for group in (*groups, *footers)]
    return [group for group in visible if group]


def _is_seen(row: HtmlElement) -> bool:
    """Whether a row takes room: Word ends tables with one that only tells the widths of columns."""
    if is_hidden(row):
        return False
    flat = re.fullmatch(r"\s*0+(?:px|pt)?\s*", row.get("height") or "") is not None
    return not flat or bool("".join(row.itertext()).strip())


def own_cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell)]


def read_table(table: HtmlElement, table_id: str, caption: str | None) -> Table | None:
    """The grid of a table element; None where it has no cells.

    Follows the algorithm for forming a table of the HTML Living Standard (4.9.12.1), with what a
    browser shows where the markup is wrong: a span that runs into a cell from above ends before
    it, a row that is too short is filled up with blank cells, and a row or column in which no cell
    begins has no extent and is dropped.

    Raises:
        TableTooLargeError: it has more than 200,000 slots.
    """
    placed = _without_empty_tracks(_form(own_rows(table)))
    if not placed:
        return None
    n_rows = max(cell.row + cell.row_span for cell in placed)
    n_cols = max(cell.col + cell.col_span for cell in placed)
    if n_rows * n_cols > _MAX_CELLS:
        raise TableTooLargeError
    placed += _fillers(placed, n_rows, n_cols)
    cells = tuple(
        Cell(
            row=cell.row,
            col=cell.col,
            row_span=cell.row_span,
            col_span=cell.col_span,
            text=cell.text,
            state="printed" if cell.text else "unread" if cell.unread else "blank",
            origin="digital",
            confidence=0.0 if cell.unread else 1.0,
            regions=(),
        )
        for cell in sorted(placed, key=lambda cell: (cell.row, cell.col))
    )
    return Table(
        id=table_id, caption=caption, n_rows=n_rows, n_cols=n_cols, pages=(1,), cells=cells
    )


def _form(groups: Sequence[Sequence[HtmlElement]]) -> list[_Placed]:
    placed: list[_Placed] = []
    taken: set[tuple[int, int]] = set()
    top = 0
    for group in groups:
        for offset, row in enumerate(group):
            y, x = top + offset, 0
            for element in own_cells(row):
                while (y, x) in taken:
                    x += 1
                cell = _place(element, y, x, top + len(group), taken)
                if len(taken) + cell.row_span * cell.col_span > _MAX_CELLS:
                    raise TableTooLargeError
                taken.update(_slots(cell))
                placed.append(cell)
                x += cell.col_span
        top += len(group)
    return placed


def _place(
    element: HtmlElement, row: int, col: int, group_end: int, taken: set[tuple[int, int]]
) -> _Placed:
    col_span = _span(element, "colspan", _MAX_COL_SPAN) or 1
    row_span = _span(element, "rowspan", _MAX_ROW_SPAN) or (group_end - row)  # 0: to the end
    row_span = min(row_span, group_end - row)
    for width in range(1, col_span):
        if (row, col + width) in taken:
            col_span = width
            break
    text = cell_text(element)
    return _Placed(row, col, row_span, col_span, text, not text and is_unread(element))


def _span(element: HtmlElement, name: str, limit: int) -> int:
    # Browsers read the leading digits: rowspan="3px" is 3.
    match = re.match(r"\s*0*([0-9]+)", element.get(name) or "1")
    # Python refuses to read numbers of thousands of digits.
    return min(int(match[1][:9]), limit) if match else 1


def _slots(cell: _Placed) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for col in range(cell.col, cell.col + cell.col_span):
            yield row, col


def _without_empty_tracks(placed: Sequence[_Placed]) -> list[_Placed]:
    """The cells without rows and columns in which none begins: those have no extent."""
    rows = sorted({cell.row for cell in placed})
    cols = sorted({cell.col for cell in placed})

    def squeezed(cell: _Placed) -> _Placed:
        row, col = bisect_left(rows, cell.row), bisect_left(cols, cell.col)
        return replace(
            cell,
            row=row,
            col=col,
            row_span=bisect_left(rows, cell.row + cell.row_span) - row,
            col_span=bisect_left(cols, cell.col + cell.col_span) - col,
        )

    return [squeezed(cell) for cell in placed]


def _fillers(placed: Sequence[_Placed], n_rows: int, n_cols: int) -> list[_Placed]:
    taken = {slot for cell in placed for slot in _slots(cell)}
    return [
        _Placed(row, col, 1, 1, "")
        for row in range(n_rows)
        for col in range(n_cols)
        if (row, col) not in taken
    ]
