"""Frames around parts of a page: boxes that hold tables, or running text, and are no tables."""

from collections.abc import Sequence

import numpy as np

from ocrpipe.document import Table
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.ruled.grid import find_grids

_ALONG = 2.0
"""Points from the edge of a frame to a rule that is this edge, at most."""

_MOSTLY = 0.5
"""Share of a frame of several columns that the tables inside it take, at least."""

_FEWEST_RULES = 4
"""Rules of a table inside a cell."""

_LEAST_PROSE = 100
_LEAST_SENTENCES = 2
"""Characters and full stops of running text in one cell."""


def without_frames(
    rulings: Sequence[Ruling], grids: Sequence[TableGrid], width: float, height: float
) -> Sequence[Ruling]:
    """The rules without those of grids that only lay out the page: their cells hold whole tables.

    A table inside a cell of another one is left out by `find_grids`. Here the outer one is taken
    for a frame if it has but one column, or the tables inside it take the most of it.

    Args:
        rulings: Of the page, in points.
        grids: Those that `find_grids` gives for `rulings`.
        width: Of the page, in points.
        height: Of the page, in points.
    """
    for grid in grids:
        inside = _inside_cells(rulings, grid)
        within = [rule for rule, is_inside in zip(rulings, inside, strict=True) if is_inside]
        if len(within) >= _FEWEST_RULES and _frames(grid, find_grids(within, width, height)):
            around = grid.box.padded(_ALONG)
            rulings = [
                rule
                for rule, is_inside in zip(rulings, inside, strict=True)
                if is_inside or not around.contains_point(*_middle(rule))
            ]
    return rulings


def is_text_frame(table: Table) -> bool:
    """Whether a table is a column of boxes of which one holds running text of several sentences."""
    return table.n_cols == 1 and any(
        len(cell.text) >= _LEAST_PROSE and cell.text.count("。") >= _LEAST_SENTENCES
        for cell in table.cells
    )


def _frames(outer: TableGrid, found: Sequence[TableGrid]) -> bool:
    inner = [
        grid
        for grid in found
        if grid.n_rows > 1
        and grid.n_cols > 1
        and any(grid.box.overlap(cell.box.padded(_ALONG)) > 0.95 for cell in outer.cells)
    ]
    if not inner:
        return False
    return outer.n_cols == 1 or sum(grid.box.area for grid in inner) >= _MOSTLY * outer.box.area


def _inside_cells(rulings: Sequence[Ruling], grid: TableGrid) -> list[bool]:
    """For each rule whether its middle lies in a cell, away from the edges of the cell."""
    middles = np.array([_middle(rule) for rule in rulings]).reshape(-1, 2, 1)
    boxes = np.array([cell.box for cell in grid.cells]).T
    x, y = middles[:, 0], middles[:, 1]
    left, top, right, bottom = boxes
    inside = (x > left + _ALONG) & (x < right - _ALONG) & (y > top + _ALONG) & (y < bottom - _ALONG)
    return [bool(found) for found in inside.any(axis=1)]


def _middle(rule: Ruling) -> tuple[float, float]:
    return (rule.x0 + rule.x1) / 2, (rule.y0 + rule.y1) / 2
