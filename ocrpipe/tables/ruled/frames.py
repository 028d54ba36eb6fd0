"""Frames around parts of a page: boxes that hold tables, or running text, and are no tables."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ocrpipe.document import Table
from ocrpipe.geometry import Box, union
from ocrpipe.page import GridCell, Ruling, TableGrid
from ocrpipe.tables.ruled.grid import find_grids

_ALONG = 2.0
"""Points from the edge of a frame to a rule that is this edge, at most."""

_MOSTLY = 0.5
"""Share of a frame of several columns that the tables inside it take, at least."""

_FEWEST_RULES = 4
"""Rules of a table inside a cell."""

_NARROWEST = 8.0
"""Points: no column or row of print is narrower."""

_SIDES = ("left", "right", "top", "bottom")

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


def without_margins(grid: TableGrid, marks: Sequence[Box]) -> TableGrid:
    """The grid without the margin between a table and a frame that meets it on some sides.

    Such a frame makes a first or last column, or row, without print that is too narrow for any.
    Where there is one, blank paper above or below the table inside the same frame goes with it.

    Args:
        grid: In points.
        marks: Boxes of the print, in points.
    """
    margin = next(_margins(grid, marks), None)
    while margin is not None:
        grid = _peeled(grid, margin)
        margin = next(_margins(grid, marks), None) or next(_blank_rows(grid, marks), None)
    return grid


def _margins(grid: TableGrid, marks: Sequence[Box]) -> Iterator[str]:
    """Sides with a narrow margin, or with blank paper in front of one."""
    if min(grid.n_rows, grid.n_cols) > 1:
        for side in _SIDES:
            cells = _along(grid, side)
            if cells and _thickness(cells, side) < _NARROWEST and _is_blank(cells, marks):
                yield side
        for side in _blank_rows(grid, marks):
            if next(_margins(_peeled(grid, side), marks), None):
                yield side


def _blank_rows(grid: TableGrid, marks: Sequence[Box]) -> Iterator[str]:
    """The first or the last row where it is one blank cell."""
    if min(grid.n_rows, grid.n_cols) > 1:
        for side in ("top", "bottom"):
            cells = _along(grid, side)
            if len(cells) == 1 and _is_blank(cells, marks):
                yield side


def is_text_frame(table: Table) -> bool:
    """Whether a table is a column of boxes of which one holds running text of several sentences."""
    return table.n_cols == 1 and any(
        len(cell.text) >= _LEAST_PROSE and cell.text.count("。") >= _LEAST_SENTENCES
        for cell in table.cells
    )


def _along(grid: TableGrid, side: str) -> list[GridCell]:
    """The cells of the outermost row or column; none where one of them goes on inwards."""
    by_row = side in {"top", "bottom"}
    if side in {"top", "left"}:
        cells = [cell for cell in grid.cells if (cell.row if by_row else cell.col) == 0]
    else:
        last = grid.n_rows if by_row else grid.n_cols
        cells = [
            cell
            for cell in grid.cells
            if (cell.row + cell.row_span if by_row else cell.col + cell.col_span) == last
        ]
    spans = {cell.row_span if by_row else cell.col_span for cell in cells}
    return cells if spans == {1} else []


def _is_blank(cells: Sequence[GridCell], marks: Sequence[Box]) -> bool:
    return bool(cells) and not any(
        cell.box.contains_point(*mark.center) for cell in cells for mark in marks
    )


def _thickness(cells: Sequence[GridCell], side: str) -> float:
    by_row = side in {"top", "bottom"}
    return max(cell.box.height if by_row else cell.box.width for cell in cells)


def _peeled(grid: TableGrid, side: str) -> TableGrid:
    """The grid without the cells along a side, and without edges that were theirs alone."""
    gone = _along(grid, side)
    left = [cell for cell in grid.cells if cell not in gone]
    rows, cols = sorted({cell.row for cell in left}), sorted({cell.col for cell in left})
    cells = []
    for cell in left:
        row, end_row = (bisect_left(rows, at) for at in (cell.row, cell.row + cell.row_span))
        col, end_col = (bisect_left(cols, at) for at in (cell.col, cell.col + cell.col_span))
        row_span, col_span = end_row - row, end_col - col
        cells.append(replace(cell, row=row, col=col, row_span=row_span, col_span=col_span))
    box = union(cell.box for cell in cells)
    return replace(grid, box=box, n_rows=len(rows), n_cols=len(cols), cells=tuple(cells))


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
