"""Cells that a lost rule below the heads of a table made one: a head and the first figure of its
column, or the head of the labels and the first of them, which has a number of its own."""

import re
from collections.abc import Sequence
from statistics import fmean

from ocrpipe.geometry import union
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables.numeric import is_number

_AGREEING = 0.7
"""Share of the columns beside such a cell that have a row edge there, at least."""

_NUMBERS, _WORDS, _FEWEST = 0.75, 0.25, 3
"""Share of numbers among so many printed cells or more below the edge, at least, and among those
above it, at most."""

_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d))"
)

Parted = tuple[tuple[GridCell, GridCell], tuple[CellReading, CellReading]]


def head_and_first(
    grid: TableGrid,
    readings: Sequence[CellReading],
    cell: GridCell,
    pieces: Sequence[GridCell],
    of_pieces: Sequence[CellReading],
) -> Parted | None:
    """A cell of a scanned table as a head and what stands below it, with what they read; None if
    it is one.

    Args:
        grid: The table.
        readings: What its cells read.
        cell: One of them, over several rows.
        pieces: What it may be parted into, from the top; none where they stand side by side.
        of_pieces: What these read. Blank ones, and several lines, above the last are of the upper.
    """
    if len(pieces) < 2 or any(piece.col_span != cell.col_span for piece in pieces):
        return None
    *above, below = of_pieces
    printed = [reading for reading in above if reading.state == "printed"]
    edge = pieces[-1].row
    if not printed or below.state != "printed" or not _is_usual_edge(grid, cell, edge):
        return None
    if any(is_number(reading.text) or not reading.text for reading in printed):
        return None
    if not (is_number(below.text) or _NUMBERED.match(below.text)):
        return None
    if not _parts_heads(grid, readings, cell, edge):
        return None
    upper = GridCell(
        cell.row, cell.col, edge - cell.row, cell.col_span, union(p.box for p in pieces[:-1])
    )
    head = CellReading(
        "".join(reading.text for reading in printed),
        "printed",
        min(reading.confidence for reading in printed),
        None,
        0.0,
    )
    return (upper, pieces[-1]), (printed[0] if len(printed) == 1 else head, below)


def _is_usual_edge(grid: TableGrid, cell: GridCell, edge: int) -> bool:
    """Whether most columns beside a cell have a row edge there, but for those whose longer cells
    say nothing of it."""
    having: set[int] = set()
    beside = set(range(grid.n_cols)).difference(range(cell.col, cell.col + cell.col_span))
    for other in grid.cells:
        lanes = range(other.col, other.col + other.col_span)
        if edge in (other.row, other.row + other.row_span):
            having.update(lanes)
        elif other.row < edge < other.row + other.row_span and other.row_span > cell.row_span:
            beside.difference_update(lanes)
    return bool(beside) and len(having & beside) >= _AGREEING * len(beside)


def _parts_heads(
    grid: TableGrid, readings: Sequence[CellReading], cell: GridCell, edge: int
) -> bool:
    """Whether the others that end at a row edge are of words, and those below it of numbers."""
    above: list[bool] = []
    below: list[bool] = []
    for other, reading in zip(grid.cells, readings, strict=True):
        if other is not cell and reading.state == "printed":
            if other.row + other.row_span == edge:
                above.append(is_number(reading.text))
            elif other.row == edge:
                below.append(is_number(reading.text))
    return min(len(above), len(below)) >= _FEWEST and (
        fmean(above) <= _WORDS and fmean(below) >= _NUMBERS
    )
