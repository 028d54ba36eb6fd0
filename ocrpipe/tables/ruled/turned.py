"""Tables that stand sideways on an upright page: their grids as they are read.

The boxes of cells stay where they are on the page; only rows and columns are those of the turned
table.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.page import Glyph, GridCell, TableGrid
from ocrpipe.quantiles import percentile

_LONG = 1.5
"""How much longer one side of a cell's print is than the other where it shows a direction."""

_CHARACTERS = 1.6
"""Length in characters from which print shows a direction: a lone 1 is no line from top to bottom.
"""

_SHARE = 0.75
"""Share of a table's texts that stand sideways where the table does; labels set in narrow columns
of an upright table are fewer."""

_FEWEST = 4


def turn_grid(grid: TableGrid, quarters: int) -> TableGrid:
    """The grid with the rows and columns that it has after `quarters` clockwise quarter turns."""
    cells = grid.cells
    n_rows, n_cols = grid.n_rows, grid.n_cols
    for _ in range(quarters % 4):
        cells = tuple(
            GridCell(
                cell.col, n_rows - cell.row - cell.row_span, cell.col_span, cell.row_span, cell.box
            )
            for cell in cells
        )
        n_rows, n_cols = n_cols, n_rows
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    return TableGrid(grid.box, n_rows, n_cols, ordered)


def with_turned_boxes(grid: TableGrid, width: float, height: float, quarters: int) -> TableGrid:
    """The grid with its boxes in points of the page turned clockwise by `quarters`.

    `width` and `height` are those of the page before it is turned.
    """
    if quarters % 4 == 0:
        return grid
    degrees = 90.0 * quarters
    cells = tuple(
        replace(cell, box=rotate_box(cell.box, width, height, degrees)) for cell in grid.cells
    )
    return replace(grid, box=rotate_box(grid.box, width, height, degrees), cells=cells)


def glyph_turn(grid: TableGrid, glyphs: Sequence[Glyph]) -> int:
    """Clockwise quarter turns after which most cells with text of a digital table are upright."""
    votes = [0, 0, 0, 0]
    inside = [glyph for glyph in glyphs if grid.box.contains_point(*glyph.box.center)]
    if not any(glyph.quarters for glyph in inside):
        return 0
    for cell in grid.cells:
        turns = [glyph.quarters for glyph in inside if cell.box.contains_point(*glyph.box.center)]
        if turns:
            votes[max(set(turns), key=turns.count)] += 1
    most = max(range(4), key=lambda quarters: votes[quarters])
    return -most % 4 if votes[most] >= max(2, _SHARE * sum(votes)) else 0


def sideways_cells(
    grid: TableGrid, marks: Sequence[Box]
) -> tuple[tuple[GridCell, ...], tuple[GridCell, ...]]:
    """Cells whose print runs from top to bottom, where that is so for most cells of the grid, and
    those whose print runs from left to right all the same.

    Both are empty where the table stands upright. Whether the print is turned, and which way, or
    is set in columns of upright characters, is left to a recogniser.

    Args:
        grid: Of the table, as it stands on the page.
        marks: Boxes of the print of the page, in points.
    """
    boxes = np.array(marks, np.float64).reshape(-1, 4)
    middles = np.c_[boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]] / 2
    boxes, middles = (values[_within(grid.box, middles)] for values in (boxes, middles))
    if not len(boxes):
        return (), ()
    sides = boxes[:, 2:] - boxes[:, :2]
    character = percentile(sides.max(axis=1), 75)
    down: list[GridCell] = []
    across: list[GridCell] = []
    for cell in grid.cells:
        own = boxes[_within(cell.box, middles)]
        if not len(own):
            continue
        width, height = own[:, 2:].max(axis=0) - own[:, :2].min(axis=0)
        if max(width, height) < _CHARACTERS * character:
            continue
        if height >= _LONG * width:
            down.append(cell)
        elif width >= _LONG * height:
            across.append(cell)
    if len(down) < max(_FEWEST, _SHARE * (len(down) + len(across))):
        return (), ()
    return tuple(down), tuple(across)


def _within(box: Box, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    return (box.x0 <= x) & (x <= box.x1) & (box.y0 <= y) & (y <= box.y1)
