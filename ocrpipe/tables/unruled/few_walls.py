"""Tables whose walls part only some of their columns, as the first one of a statistical table.

The rules of such a table close a grid of few cells, in which the columns and rows of its text
stand. All values are points.
"""

from collections.abc import Sequence

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import TableGrid
from ocrpipe.tables.alignment.words import character_height, lines_of, within, words_of

_FEWEST_LINES = 3
_MOST_PRINT = 0.5
"""Share of the print of a grid that stands in columns inside of its cells."""

_COVERED = 0.9


def is_crowded(grid: TableGrid, marks: Sequence[Box]) -> bool:
    """Whether most print of a grid stands in several columns of one of its cells.

    Args:
        grid: A grid that rules close, but for walls that run from its top to its bottom.
        marks: Boxes of the print of the page.
    """
    inside = [mark for mark in marks if grid.box.contains_point(*mark.center)]
    height = character_height(inside)
    # All marks at once for each cell: a table has hundreds of cells, and a page thousands of marks.
    xs, ys = np.array([mark.center for mark in inside]).reshape(-1, 2).T
    crowded = 0
    for x0, y0, x1, y1 in (cell.box for cell in grid.cells):
        places = np.flatnonzero((xs >= x0) & (xs <= x1) & (ys >= y0) & (ys <= y1)).tolist()
        crowded += len(places) if _has_columns([inside[at] for at in places], height) else 0
    return crowded > _MOST_PRINT * len(inside)


def _has_columns(marks: Sequence[Box], height: float) -> bool:
    if len(marks) < 2 * _FEWEST_LINES:
        return False
    lines = [words_of(within(marks, *line), height) for line in lines_of(marks, height)]
    several = sum(len(words) > 1 for words in lines)
    return several >= _FEWEST_LINES and 2 * several > len(lines)


def replaces(opened: TableGrid, closed: TableGrid, marks: Sequence[Box]) -> bool:
    """Whether a grid that text shows has all columns and rows of a closed one, and more."""
    if min(opened.box.overlap(closed.box), closed.box.overlap(opened.box)) < _COVERED:
        return False
    if opened.n_cols <= closed.n_cols or opened.n_rows < closed.n_rows:
        return False
    inside = [mark for mark in marks if closed.box.contains_point(*mark.center)]
    edges = {cell.box.x0 for cell in opened.cells}
    return all(
        any(_are_one(cell.box.x0, edge, inside) for edge in edges)
        for cell in closed.cells
        if cell.col > 0
    )


def _are_one(edge: float, other: float, marks: Sequence[Box]) -> bool:
    """Whether no print stands between two edges."""
    low, high = sorted((edge, other))
    return not any(low < mark.center[0] < high for mark in marks)
