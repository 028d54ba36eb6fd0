"""Walls of a scanned table that leave off in some rows and go on in others.

Where a wall is gone over a few rows, each of them has one wide cell where the rows above and below
have two. That it was one from the first is told by its print: a value that belongs to several
columns stands in the middle of them all, or at their side, and not in the middle of one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.words import Word, character_height, words_of
from ocrpipe.tables.refinement.remains import without_remains
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

# In heights of a character.
_CROSSING = 0.4
"""From which length on each side of an edge a word stands across it."""

_AT_SIDE, _INDENTED, _IN_MIDDLE = 0.75, 1.2, 0.6
"""Between a value and the side of its cell, at most, as it is set there (the margins of common
programs are 0.2 to 0.55), or with some indent; and between the middle of both."""

_LOWEST_DIGIT, _NARROWEST_DIGIT = 0.5, 0.2
"""Height and width of a digit, at least; what is lower is a sign, or dust, and what is narrower is
what a wall left."""

_SIGN = 1.3
"""Width of a value that is one sign, at most: a dash, a slash, or 无."""

_LABEL_WORDS = 2
"""Words before a value, at most: a number and a label."""

_REGULAR = 0.5
"""Share of the other walls of the row above or below that a row with a gap has, at least: in a
title or a row between two groups all leave off."""


class _Print(Enum):
    """What the print of a wide cell says of a wall in it."""

    NONE = 0
    PARTED = 1
    """It has a value that stands in one column, and would stand elsewhere in all."""
    EITHER = 2
    """Its value stands as it may in one column and in all."""
    WHOLE = 3


def with_wall_gaps_closed(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with the walls that go on above and below rows in which no print denies them, or on
    one side of rows in which some value stands in a column of its own.

    Cells that are blank, or whose value may belong to several columns, are parted where print shows
    that some wall of the table is gone: where none is, a cell of two columns was drawn so.

    Args:
        grid: A table of a scan.
        marks: Its print, in its frame.
    """
    wide = {span for span in grid.spans if _is_wide(span, grid)}
    if not wide:
        return grid
    table = _Table(grid, wide, marks)
    edges = sorted({edge for span in wide for edge in _inside(span)})
    # Of two walls that are gone beside each other the first is left until the second is closed.
    order = (*edges, *reversed(edges))
    parted = sum(table.close(gap, edge) for edge in order for gap in list(table.gaps(edge)))
    if not parted:
        return grid
    for edge in order:
        for gap in list(table.gaps(edge)):
            table.close(gap, edge, worn=True)
    narrow = [span for span in grid.spans if not _is_wide(span, grid)]
    return StraightGrid(grid.xs, grid.ys, tuple(sorted((*narrow, *table.pieces), key=_place)))


def _is_wide(span: Span, grid: StraightGrid) -> bool:
    return span.row_span == 1 and 1 < span.col_span < len(grid.xs) - 1


def _inside(span: Span) -> range:
    return range(span.col + 1, span.col + span.col_span)


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Ascending rows that follow each other, together."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _place(span: Span) -> tuple[int, int]:
    return span.row, span.col


class _Table:
    """The wide cells of a table while they are parted."""

    def __init__(self, grid: StraightGrid, wide: Iterable[Span], marks: Sequence[Mark]) -> None:
        self._grid = grid
        self.pieces = set(wide)
        self._height = character_height([mark.box for mark in marks])
        self._walls: list[set[int]] = [set() for _ in grid.ys[1:]]
        for span in grid.spans:
            for row in range(span.row, span.row + span.row_span):
                self._walls[row].add(span.col)
        self._print: list[list[Box]] = [[] for _ in grid.ys[1:]]
        for mark in marks:
            row = bisect_right(grid.ys, mark.box.center[1]) - 1
            if 0 <= row < len(self._print):
                self._print[row].append(mark.box)

    def gaps(self, edge: int) -> Iterator[Sequence[Span]]:
        """The cells over an edge in rows that follow each other, where it goes on above or below
        and most of the other walls there do not leave off."""
        over = {span.row: span for span in self.pieces if edge in _inside(span)}
        for rows in _runs(sorted(over)):
            ends = self._ends(rows, edge)
            regular = [row for row in rows if all(self._is_regular(row, end, edge) for end in ends)]
            for part in _runs(regular):
                if self._ends(part, edge):
                    yield [over[row] for row in part]

    def _ends(self, rows: Sequence[int], edge: int) -> list[int]:
        """The rows right above and below others that have a wall there."""
        beside = (rows[0] - 1, rows[-1] + 1)
        return [row for row in beside if 0 <= row < len(self._walls) and edge in self._walls[row]]

    def _is_regular(self, row: int, end: int, edge: int) -> bool:
        others = self._walls[end] - {0, edge}
        return len(self._walls[row] & others) >= _REGULAR * len(others)

    def close(self, gap: Sequence[Span], edge: int, *, worn: bool = False) -> bool:
        """Part the cells of a gap at an edge if a wall was there, and say whether it was. Where the
        walls of the table are `worn`, cells that tell nothing are parted, too."""
        ends = self._ends([span.row for span in gap], edge)
        # Above the first wall a head may stand that print has broken into what look like figures.
        headed = gap[0].row - 1 not in ends
        found = [self._says(span, edge, headed=headed) for span in gap]
        told = _Print.PARTED in found or (worn and len(ends) > 1)
        if _Print.WHOLE in found or not told:
            return False
        for span in gap:
            self.pieces.remove(span)
            self.pieces.add(Span(span.row, span.col, 1, edge - span.col))
            self.pieces.add(Span(span.row, edge, 1, span.col + span.col_span - edge))
            self._walls[span.row].add(edge)
        return True

    def _says(self, span: Span, edge: int, *, headed: bool) -> _Print:
        xs, height = self._grid.xs, self._height
        whole = Word(xs[span.col], xs[span.col + span.col_span])
        seams = [xs[inside] for inside in _inside(span)]
        inside = [box for box in self._print[span.row] if whole.x0 <= box.center[0] <= whole.x1]
        inside = without_remains(inside, seams)
        words = words_of(inside, height, seams)
        if not words:
            return _Print.NONE
        reach = _CROSSING * height
        if any(word.x0 < xs[edge] - reach and word.x1 > xs[edge] + reach for word in words):
            return _Print.WHOLE
        right = [word for word in words if word.center > xs[edge]]
        left = [word for word in words if word.center <= xs[edge]]
        before, values = (left, right) if right else ([], left)
        value = values[0]
        column = Word(*next(ends for ends in pairwise(xs) if value.center <= ends[1]))
        if (
            len(values) > 1
            or len(before) > _LABEL_WORDS
            or not _is_set_in(value, column, height, _INDENTED)
        ):
            return _Print.WHOLE
        number = _is_number(
            [box for box in inside if value.x0 <= box.center[0] <= value.x1], height
        )
        if not number and any(word.width > _SIGN * height for word in (*before, value)):
            return _Print.WHOLE
        told = not headed if before else not _is_set_in(value, whole, height, _AT_SIDE)
        return _Print.PARTED if number and told else _Print.EITHER


def _is_number(boxes: Sequence[Box], height: float) -> bool:
    """Whether marks are digits by their shape and size."""
    large = any(
        box.height >= _LOWEST_DIGIT * height and box.width >= _NARROWEST_DIGIT * height
        for box in boxes
    )
    return large and is_figures([Mark(box) for box in boxes])


def _is_set_in(value: Word, column: Word, height: float, margin: float) -> bool:
    """Whether a value stands in the middle of a column or at one of its sides."""
    at_side = min(value.x0 - column.x0, column.x1 - value.x1) <= margin * height
    return at_side or abs(value.center - column.center) <= _IN_MIDDLE * height
