"""Edges of the rows and columns beside a cell that its print leaves clear.

Where a rule is wholly gone, one cell stands where there were several; what it may be parted at are
the edges that other rows or columns of the table have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import GridCell, TableGrid
from ocrpipe.tables.refinement.cell_print import (
    GAP_ACROSS,
    Marks,
    print_inside,
    stretches_of,
    without_remains,
)

_GAP_DOWN = 0.35
"""In heights of the print: white between two lines from which on a row edge may part them."""

_AGREEING = 0.25
"""Share of the other rows that have an edge inside the cell, at least."""

_CLEAR = 0.3
"""Points of white at both sides of an edge, at least."""

_Cells = tuple[GridCell, ...]
Pieces = Mapping[int, _Cells]
"""By the index of a cell of a grid, the cells that it may be."""


def dividable_cells(grid: TableGrid, marks: Sequence[Box]) -> Pieces:
    """What cells over several rows or columns are where all edges that are clear of print part.

    `marks`: boxes of the print, or of the characters of a text layer, in points. Cells without
    two stretches of print are left out. Whether they hold numbers is for `divide` to say.
    """
    boxes = np.array(marks, np.float64).reshape(-1, 4)
    found = _dividable(grid, grid, boxes)
    if not found:
        return {}
    # An edge that is lost in several columns is one that print leaves clear in each of them.
    cells = [piece for n, cell in enumerate(grid.cells) for piece in found.get(n, (cell,))]
    return _dividable(grid, replace(grid, cells=tuple(cells)), boxes)


def _dividable(grid: TableGrid, company: TableGrid, boxes: Marks) -> dict[int, _Cells]:
    """The pieces of the cells of a grid by the edges that those of `company` have."""
    found = {}
    for index, cell in enumerate(grid.cells):
        if cell.row_span == cell.col_span == 1:
            continue
        print_ = print_inside(boxes, cell.box)
        across = _edges(company, cell, print_, down=False)
        below = _edges(company, cell, _without_walls(print_, across), down=True)
        pieces = _pieces(cell, across, below)
        if sum(len(print_inside(print_, piece.box)) > 0 for piece in pieces) > 1:
            found[index] = pieces
    return found


def _edges(grid: TableGrid, cell: GridCell, print_: Marks, *, down: bool) -> dict[int, float]:
    """Index and place of the edges inside a cell that others have and its print leaves clear."""
    if not len(print_):
        return {}
    first, count = (cell.row, cell.row_span) if down else (cell.col, cell.col_span)
    edges = {}
    for edge in range(first + 1, first + count):
        place = _agreed_place(grid, cell, edge, down=down)
        if place is None:
            continue
        text = without_remains(print_, place, down=down)
        if not len(text):
            continue
        least = (_GAP_DOWN if down else GAP_ACROSS) * float((text[:, 3] - text[:, 1]).max())
        stretches = stretches_of(text, down=down)
        before = max((end for start, end in stretches if start < place), default=-np.inf)
        after = min((start for start, _ in stretches if start >= place), default=np.inf)
        if before + _CLEAR <= place <= after - _CLEAR and after - before >= least:
            edges[edge] = place
    return edges


def _without_walls(print_: Marks, across: Mapping[int, float]) -> Marks:
    """The marks but for what is left of the walls at column edges, which joins rows of print."""
    for place in across.values():
        print_ = without_remains(print_, place, down=False)
    return print_


def _agreed_place(grid: TableGrid, cell: GridCell, edge: int, *, down: bool) -> float | None:
    """Where an edge lies that enough rows (columns) beside a cell have, nearest to the cell.

    Those with a cell that is longer than this one are not counted: a label of all rows of a group
    says nothing of the rows themselves.
    """
    having: set[int] = set()
    longer: set[int] = set()
    places: list[tuple[int, float]] = []
    own_span = cell.row_span if down else cell.col_span
    for other in grid.cells:
        start, span = (other.row, other.row_span) if down else (other.col, other.col_span)
        lane, lanes = (other.col, other.col_span) if down else (other.row, other.row_span)
        own = cell.col if down else cell.row
        if other is cell:
            continue
        if start < edge < start + span and span > own_span:
            longer.update(range(lane, lane + lanes))
        if edge not in (start, start + span):
            continue
        box = (other.box.y0, other.box.y1) if down else (other.box.x0, other.box.x1)
        having.update(range(lane, lane + lanes))
        places.append((abs(lane - own), box[0] if start == edge else box[1]))
    own_lanes = (
        range(cell.col, cell.col + cell.col_span)
        if down
        else range(cell.row, cell.row + cell.row_span)
    )
    others = (grid.n_cols if down else grid.n_rows) - len(longer.union(own_lanes))
    agreeing = len(having.difference(own_lanes))
    if agreeing < max(1.0, _AGREEING * others):
        return None
    return min(places)[1]


def _pieces(
    cell: GridCell, across: Mapping[int, float], below: Mapping[int, float]
) -> tuple[GridCell, ...]:
    cols = [(cell.col, cell.box.x0), *across.items(), (cell.col + cell.col_span, cell.box.x1)]
    rows = [(cell.row, cell.box.y0), *below.items(), (cell.row + cell.row_span, cell.box.y1)]
    return tuple(
        GridCell(top, left, bottom - top, right - left, Box(x0, y0, x1, y1))
        for (top, y0), (bottom, y1) in pairwise(rows)
        for (left, x0), (right, x1) in pairwise(cols)
    )
