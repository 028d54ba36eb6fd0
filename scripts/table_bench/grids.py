"""Tables in the shapes that other tools and truths have, as tables of ocrpipe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import lxml.html

from ocrpipe.document import Cell, Table
from ocrpipe.ingest.web.tables import read_table


class GridCell(NamedTuple):
    """A cell of a grid, counted from 0."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


def table_from_cells(cells: Iterable[GridCell], table_id: str) -> Table:
    """A table of these cells; slots that none of them covers are blank cells.

    Raises:
        ValueError: two cells share a slot, or there is no cell.
    """
    given = sorted(cells)
    if not given:
        raise ValueError(f"table {table_id} has no cells")
    n_rows = max(cell.row + cell.row_span for cell in given)
    n_cols = max(cell.col + cell.col_span for cell in given)
    taken = {slot for cell in given for slot in _slots(cell)}
    blank = (
        GridCell(row, col, 1, 1, "")
        for row in range(n_rows)
        for col in range(n_cols)
        if (row, col) not in taken
    )
    placed = tuple(_cell(cell) for cell in sorted((*given, *blank)))
    return Table(id=table_id, caption=None, n_rows=n_rows, n_cols=n_cols, pages=(), cells=placed)


def _slots(cell: GridCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for col in range(cell.col, cell.col + cell.col_span):
            yield row, col


def _cell(cell: GridCell) -> Cell:
    return Cell(
        row=cell.row, col=cell.col, row_span=cell.row_span, col_span=cell.col_span,
        text=cell.text, state="printed" if cell.text else "blank",
        origin="scanned", confidence=1.0, regions=(),
    )  # fmt: skip


def tables_from_html(text: str) -> tuple[Table, ...]:
    """The tables of an HTML text in order, spans as a browser lays them out."""
    if not text.strip():
        return ()
    elements = lxml.html.fromstring(f"<div>{text}</div>").iter("table")
    found = (
        read_table(element, f"t{number}", None) for number, element in enumerate(elements, start=1)
    )
    return tuple(table for table in found if table is not None)


def cells_from_slots(rows: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[GridCell, ...]:
    """Cells of a matrix that repeats a merged cell, with the same box, in each of its slots.

    Slots of one box that are no rectangle make a cell a row.
    """
    by_box: defaultdict[tuple[float, ...], list[tuple[int, int]]] = defaultdict(list)
    texts: dict[tuple[float, ...], str] = {}
    for row, slots in enumerate(rows):
        for col, slot in enumerate(slots):
            box = tuple(slot["box"])
            by_box[box].append((row, col))
            texts[box] = slot["text"] or ""
    return tuple(
        GridCell(*place, texts[box]) for box, slots in by_box.items() for place in _places(slots)
    )


def _places(slots: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Row, column and both spans of the rectangles that the slots make."""
    whole = _extent(slots)
    if whole[2] * whole[3] == len(slots):
        yield whole
        return
    for row in sorted({row for row, _ in slots}):
        columns = [slot for slot in slots if slot[0] == row]
        extent = _extent(columns)
        if extent[3] == len(columns):
            yield extent
        else:
            yield from ((row, col, 1, 1) for _, col in columns)


def _extent(slots: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    rows, cols = [row for row, _ in slots], [col for _, col in slots]
    return min(rows), min(cols), max(rows) - min(rows) + 1, max(cols) - min(cols) + 1


def tables_from_answer(tables: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    """The tables of one file as a program of `scripts.peers` writes them.

    Each has "html", or "slots" (rows of boxes and texts), or "rows" (rows of texts, no spans).
    """
    found: list[Table] = []
    for number, table in enumerate(tables, start=1):
        name = f"t{number}"
        if "html" in table:
            found.extend(tables_from_html(table["html"]))
            continue
        if "slots" in table:
            cells = cells_from_slots(table["slots"])
        else:
            cells = tuple(
                GridCell(row, col, 1, 1, text or "")
                for row, texts in enumerate(table["rows"])
                for col, text in enumerate(texts)
            )
        if cells:
            found.append(table_from_cells(cells, name))
    return tuple(found)
