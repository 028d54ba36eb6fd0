"""Heads of several levels in one cell: on a dark band, or a faint one, their rules do not show.

The walls of the rows below tell the columns, and each head stands in the middle over its own.
"""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.alignment.head_tree import HeadLevels, head_levels
from ocrpipe.tables.alignment.head_words import head_words
from ocrpipe.tables.alignment.words import Word, character_height
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_MOST_TITLES = 2
"""Rows above the heads, at most."""

_FEWEST = 3
"""Columns of such a cell, at least."""

_MARGIN = 0.1
"""Share of a column at both sides of it that heads leave white."""

_MOST_COST = 0.15
"""A column, in heights of a character that heads stand aside of the middle of their cells."""


def part_band_heads(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with a cell over all columns parted into the heads of two levels and more in it.

    Each column must have a head, and rows below be parted at all of its edges. `marks` of the
    table, in its frame.
    """
    columns = len(grid.xs) - 1
    whole = next(
        (span for span in grid.spans if span.row <= _MOST_TITLES and span.col_span == columns), None
    )
    if whole is None or columns < _FEWEST or whole.row + whole.row_span > len(grid.ys) - 2:
        return grid
    if any(edge not in _edges_below(grid, whole) for edge in range(columns)):
        return grid
    levels = _levels(grid, whole, marks)
    return grid if levels is None else _with_levels(grid, whole, levels)


def _edges_below(grid: StraightGrid, whole: Span) -> set[int]:
    """The columns that cells of one column below a cell begin at."""
    end = whole.row + whole.row_span
    return {span.col for span in grid.spans if span.row >= end and span.col_span == 1}


def _levels(grid: StraightGrid, whole: Span, marks: Sequence[Mark]) -> HeadLevels | None:
    cell = grid.box_of(whole)
    inside = [mark.box for mark in marks if cell.contains_point(*mark.box.center)]
    height = character_height(inside)
    columns = [
        Word(start + _MARGIN * (end - start), end - _MARGIN * (end - start))
        for start, end in zip(grid.xs, grid.xs[1:], strict=False)
    ]
    levels = head_levels(head_words(inside, grid.xs[1:-1], height), columns, height)
    if levels is None or levels.cost > _MOST_COST * len(columns):
        return None
    single = {cell.first for cell in levels.cells if cell.first == cell.last}
    return levels if len(single) == len(levels.leaves) == len(columns) else None


def _with_levels(grid: StraightGrid, whole: Span, levels: HeadLevels) -> StraightGrid:
    added = len(levels.ys) - 2 - (whole.row_span - 1)
    inner = levels.ys[1:-1]
    end = whole.row + whole.row_span
    ys = (*grid.ys[: whole.row + 1], *inner, *grid.ys[end:])
    heads = [
        Span(
            whole.row + cell.top, cell.first, cell.bottom - cell.top + 1, cell.last - cell.first + 1
        )
        for cell in levels.cells
    ]
    others = [
        replace(span, row=span.row + added) if span.row >= end else span
        for span in grid.spans
        if span is not whole
    ]
    return StraightGrid(grid.xs, ys, (*heads, *others))
