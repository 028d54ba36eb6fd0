"""Walls between columns of labels that a whole page of a scanned table has lost.

Where few rows stand on a page, no other one there has the wall between the label of a group and
those of its rows. The pages before have it, and lists go on in their own column: 3. stands where 2.
stood, and what is left of it is the rest of the label of the group.
"""

from collections.abc import Iterator, Sequence

from ocrpipe.document import Cell, CellRegion, Table
from ocrpipe.geometry import Box
from ocrpipe.tables.continued.columns import ColumnEdges
from ocrpipe.tables.continued.labels import is_next_item, is_numbered, is_same


def with_lost_walls(upper: Table, lower: Table, edges: ColumnEdges) -> Table:
    """`lower` with the labels parted that go on a list of a column which its own cells do not show.

    Args:
        upper: The part of the table above.
        lower: The part below it, on the same columns, without a repeated header; upright.
        edges: Of the columns of both.
    """
    if all(cell.origin == "digital" for cell in lower.cells):
        return lower
    shown = {edge for cell in lower.cells for edge in (cell.col, cell.col + cell.col_span)}
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    above = list(last)
    cells: list[Cell] = []
    for cell in sorted(lower.cells, key=lambda cell: (cell.row, cell.col)):
        start = _start(cell, above, last)
        if start is None or start in shown:
            cells.append(cell)
        else:
            cells += _parted(cell, start, edges)
        above.append(cells[-1])
    if len(cells) == len(lower.cells):
        return lower
    return lower.model_copy(update={"cells": tuple(_with_whole_blanks(cells, lower))})


def _start(cell: Cell, above: Sequence[Cell], last: Sequence[Cell]) -> int | None:
    """The column inside a wide cell in which the list that it goes on stands, or the same label
    above the break (`last`)."""
    if cell.col_span == 1 or not is_numbered(cell.text):
        return None
    end = cell.col + cell.col_span
    before = [other for other in reversed(above) if other.col + other.col_span <= end]
    found = next((other for other in before if is_next_item(other.text, cell.text)), None)
    found = found or next((o for o in last if o in before and is_same(o.text, cell.text)), None)
    return found.col if found is not None and cell.col < found.col < end else None


def _parted(cell: Cell, start: int, edges: ColumnEdges) -> tuple[Cell, Cell]:
    """A blank cell and the label right of it, from the column `start` on."""
    left, right = edges[cell.col], edges[cell.col + cell.col_span]
    share = (edges[start] - left) / (right - left)
    blanks, labels = [], []
    for region in cell.regions:
        x0, y0, x1, y1 = region.bbox
        place = x0 + share * (x1 - x0)
        blanks.append(CellRegion(page=region.page, bbox=Box(x0, y0, place, y1)))
        labels.append(CellRegion(page=region.page, bbox=Box(place, y0, x1, y1)))
    blank = cell.model_copy(
        update={
            "col_span": start - cell.col,
            "text": "",
            "state": "blank",
            "regions": tuple(blanks),
        }
    )
    label = cell.model_copy(
        update={
            "col": start,
            "col_span": cell.col + cell.col_span - start,
            "regions": tuple(labels),
        }
    )
    return blank, label


def _with_whole_blanks(cells: Sequence[Cell], whole: Table) -> Iterator[Cell]:
    """The cells, those blank ones that follow each other in new columns as one."""
    known = {(cell.row, cell.col, cell.col_span) for cell in whole.cells}
    group: list[Cell] = []
    for cell in cells:
        if cell.state != "blank" or (cell.row, cell.col, cell.col_span) in known:
            yield cell
            continue
        if group and _follows(group[-1], cell):
            group.append(cell)
            continue
        if group:
            yield _one(group)
        group = [cell]
    if group:
        yield _one(group)


def _follows(above: Cell, below: Cell) -> bool:
    place = (above.row + above.row_span, above.col, above.col_span)
    return place == (below.row, below.col, below.col_span)


def _one(group: Sequence[Cell]) -> Cell:
    first, last = group[0], group[-1]
    box, end = first.regions[0].bbox, last.regions[0].bbox
    region = CellRegion(page=first.regions[0].page, bbox=Box(box.x0, box.y0, end.x1, end.y1))
    rows = last.row + last.row_span - first.row
    return first.model_copy(update={"row_span": rows, "regions": (region, *first.regions[1:])})
