"""Rows of a scanned table that a lost rule made one: the figures of its columns stand in pairs, or
below their heads.

Where a rule between two rows is lost in all columns or in most of them, every cell of figures has
two of them, one at the height of the upper row and one at that of the lower row, with more white
between than lines of one cell have. Below the last head the upper one is that.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.words import character_height, lines_of
from ocrpipe.tables.alignment.wrapped import goes_on
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

# In heights of a character.
_WHITE = 0.9
"""Between the figures of two rows; lines of one cell that is wrapped are closer."""

_SAME_LEVEL = 0.5
_NARROWEST_LABEL = 2.0

_FEWEST_PAIRS = 4
"""Columns with two figures, one above the other, that make two rows beside any label."""

_FEWEST_HEADED = 5
"""Columns with a figure below their head; fewer may be cells of a name and its number each."""

_FEWEST_COLUMNS = 3
_AGREEING = 0.7
"""Columns of figures that an edge parts, or whose print it leaves clear, and their share."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print in a cell."""

    box: Box
    marks: tuple[Mark, ...]

    @property
    def level(self) -> float:
        return self.box.center[1]

    @property
    def is_figures(self) -> bool:
        return is_figures(self.marks)


class _Print:
    """The marks of a table, which are asked for again and again where its cells are."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        """`marks` in the straight frame of the grid."""
        numbered = enumerate(mark.box.center for mark in marks)
        self._places = sorted((y, x, number) for number, (x, y) in numbered)
        self._marks = marks
        self._known: dict[Box, tuple[_Line, ...]] = {}
        self.height = character_height([mark.box for mark in marks])

    def lines(self, box: Box) -> tuple[_Line, ...]:
        """The lines of print in a cell, from the top."""
        if box not in self._known:
            self._known[box] = tuple(self._lines_in(box))
        return self._known[box]

    def _lines_in(self, box: Box) -> list[_Line]:
        first = bisect_left(self._places, (box.y0,))
        beyond = bisect_right(self._places, (box.y1, inf))
        inside = [
            self._marks[number]
            for number in sorted(
                number for _, x, number in self._places[first:beyond] if box.x0 <= x <= box.x1
            )
        ]
        found = []
        for top, bottom in lines_of([mark.box for mark in inside], self.height):
            line = tuple(mark for mark in inside if top <= mark.box.center[1] <= bottom)
            if line:
                found.append(_Line(union(mark.box for mark in line), line))
        return found


def part_lost_rows(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with those rows parted whose figures stand in pairs.

    `marks` of the table, in the straight frame of the grid.
    """
    printed = _Print(marks)
    for row in range(len(grid.ys) - 2, -1, -1):
        grid = _with_edge(grid, row, printed)
    headed = [_place_below_heads(grid, row, printed) for row in range(len(grid.ys) - 1)]
    places = [(row, place) for row, place in enumerate(headed) if place is not None]
    if len(places) == 1:
        # In several rows they are what is printed in each of their cells.
        grid = _with_row_parted(grid, *places[0], 0, _higher_heads(grid, *places[0], printed))
    for edge in range(1, len(grid.ys) - 1):
        grid = _with_parted_figures(grid, edge, printed)
    return _with_parted_labels(grid, printed)


def _place_below_heads(grid: StraightGrid, row: int, printed: _Print) -> float | None:
    """The middle of the white that runs through a row above the figures of its columns, one in
    each; None where these have no heads above it. Heads that a fax has broken look like figures."""
    spans = [span for span in grid.spans if (span.row, span.row_span) == (row, 1)]
    found = [lines for span in spans if (lines := printed.lines(grid.box_of(span)))]
    last = [lines[-1] for lines in found if len(lines) > 1 and lines[-1].is_figures]
    if len(last) < _FEWEST_HEADED:
        return None
    level = median(line.level for line in last)
    reach = _SAME_LEVEL * printed.height
    below = [line for lines in found for line in lines if line.level > level - reach]
    above = [line for lines in found for line in lines if line.level <= level - reach]
    headed = sum(lines[0].level <= level - reach for lines in found)
    if (
        any(line.level > level + reach for line in below)
        or len(last) < _AGREEING * len(below)
        or headed < len(found)
    ):
        return None
    top, bottom = max(line.box.y1 for line in above), min(line.box.y0 for line in below)
    return (top + bottom) / 2 if bottom - top >= _WHITE * printed.height else None


def _higher_heads(grid: StraightGrid, row: int, place: float, printed: _Print) -> frozenset[Span]:
    """The cells that end with a row and begin above it, where most have a figure below a place,
    clear of their head: those that have one line there."""
    found = {}
    for span in grid.spans:
        if span.row_span > 1 and span.row + span.row_span == row + 1:
            lines = printed.lines(grid.box_of(span))
            below = [line for line in lines if line.level > place]
            if len(below) == 1 and _white_at(lines, place) >= _WHITE * printed.height:
                found[span] = below[0].is_figures
    return frozenset(found) if sum(found.values()) > len(found) / 2 else frozenset()


def _with_edge(grid: StraightGrid, row: int, printed: _Print) -> StraightGrid:
    """The grid with `row` parted where no rule is left of the one that parted it."""
    height = printed.height
    cells = {
        span: lines
        for span in grid.spans
        if (span.row, span.row_span) == (row, 1) and (lines := printed.lines(grid.box_of(span)))
    }
    pairs = {span for span, lines in cells.items() if _are_pair(lines)}
    if not pairs:
        return grid
    first = min(span.col for span in pairs)
    upper = median(cells[span][0].level for span in pairs)
    lower = median(cells[span][1].level for span in pairs)
    figures = {span for span in cells if span.col >= first}
    two_lines = [span for span, lines in cells.items() if _at(lines, (upper, lower), height)]
    wrapped = any(_wraps(grid, span, cells[span], height) for span in two_lines)
    all_cells = len(two_lines) == len(cells) > 1 and not wrapped
    many = len(pairs) >= _FEWEST_PAIRS and pairs == figures <= set(two_lines)
    top = max(cells[span][0].box.y1 for span in pairs)
    bottom = min(cells[span][1].box.y0 for span in pairs)
    beside = [span for span in grid.spans if span.col < first and _covers(span, row)]
    labels = [span for span in beside if span.col + span.col_span == first]
    labelled = all(
        _is_beside(printed.lines(grid.box_of(span)), (upper, lower), height) for span in labels
    )
    if not (all_cells or many) or bottom - top < _WHITE * height or not labelled:
        return grid
    return _with_row_parted(grid, row, (top + bottom) / 2, first)


def _with_row_parted(
    grid: StraightGrid,
    row: int,
    place: float,
    first: int,
    higher: Collection[Span] = (),
) -> StraightGrid:
    """The grid with the cells of a row that begin and end there parted at a place, from the column
    `first` on, and those `higher` ones that end there."""
    parted: list[Span] = []
    for span in grid.spans:
        if span.row > row:
            parted.append(Span(span.row + 1, span.col, span.row_span, span.col_span))
        elif not _covers(span, row):
            parted.append(span)
        elif span.row_span == 1 and span.col >= first:
            parted += [Span(row + below, span.col, 1, span.col_span) for below in (0, 1)]
        elif span in higher:
            parted += [span, Span(row + 1, span.col, 1, span.col_span)]
        else:
            parted.append(Span(span.row, span.col, span.row_span + 1, span.col_span))
    return StraightGrid(grid.xs, (*grid.ys[: row + 1], place, *grid.ys[row + 1 :]), tuple(parted))


def _covers(span: Span, row: int) -> bool:
    return span.row <= row < span.row + span.row_span


def _are_pair(lines: Sequence[_Line]) -> bool:
    return len(lines) == 2 and all(line.is_figures for line in lines)


def _at(lines: Sequence[_Line], levels: Sequence[float], height: float) -> bool:
    return len(lines) == len(levels) and all(
        abs(line.level - level) <= _SAME_LEVEL * height
        for line, level in zip(lines, levels, strict=True)
    )


def _is_beside(lines: Sequence[_Line], levels: Sequence[float], height: float) -> bool:
    """Whether a label has print above and below the middle between two levels: one label of both
    is a line in the middle of them."""
    middle = sum(levels) / len(levels)
    return (
        not any(line.box.y0 < middle < line.box.y1 for line in lines)
        and any(line.level < middle for line in lines)
        and any(line.level > middle for line in lines)
    )


def _wraps(grid: StraightGrid, span: Span, lines: Sequence[_Line], height: float) -> bool:
    """Whether a line of a cell goes on in the next one, having no room at its end."""
    box = grid.box_of(span)
    return any(
        goes_on(
            [mark.box for mark in above.marks],
            [mark.box for mark in below.marks],
            box.x0,
            box.x1,
            height,
        )
        for above, below in pairwise(lines)
    )


def _with_parted_figures(grid: StraightGrid, edge: int, printed: _Print) -> StraightGrid:
    """The grid with the cells of figures parted at an edge that others have."""
    height = printed.height
    place, top, bottom = grid.ys[edge], grid.ys[edge - 1], grid.ys[edge + 1]
    crossing = {
        span: printed.lines(grid.box_of(span)) for span in grid.spans if _crosses(span, edge)
    }
    clear = [
        span
        for span, lines in crossing.items()
        if all(line.is_figures for line in lines)
        and any(top < line.level < place for line in lines)
        and any(place < line.level < bottom for line in lines)
        and _white_at(lines, place) >= _WHITE * height
    ]
    if not clear:
        return grid
    first = min(span.col for span in clear)
    parted = sum(span.col_span for span in grid.spans if span.row == edge and span.col >= first)
    agreeing = parted + sum(span.col_span for span in clear)
    if agreeing < max(_FEWEST_COLUMNS, _AGREEING * (len(grid.xs) - 1 - first)):
        return grid
    near = [
        [line.level for span in clear for line in crossing[span] if low < line.level < high]
        for low, high in ((top, place), (place, bottom))
    ]
    if any(max(levels) - min(levels) > _SAME_LEVEL * height for levels in near):
        return grid
    return _parted(grid, {span: [edge] for span in clear})


def _crosses(span: Span, edge: int) -> bool:
    return span.row < edge < span.row + span.row_span


def _white_at(lines: Sequence[_Line], place: float) -> float:
    """The white between the lines above and below a place, 0 where print is on it."""
    above = [line.box.y1 for line in lines if line.level < place]
    below = [line.box.y0 for line in lines if line.level >= place]
    if not above or not below or not max(above) <= place <= min(below):
        return 0.0
    return min(below) - max(above)


def _with_parted_labels(grid: StraightGrid, printed: _Print) -> StraightGrid:
    """The grid with the labels parted that have a text of their own beside each row of figures."""
    cuts = {}
    for span in grid.spans:
        if span.row_span == 1:
            continue
        end = span.row + span.row_span
        levels = [_level(grid, row, span, printed) for row in range(span.row, end)]
        if None not in levels and _has_label_each(
            grid,
            span,
            printed.lines(grid.box_of(span)),
            [level for level in levels if level is not None],
            printed.height,
        ):
            cuts[span] = list(range(span.row + 1, end))
    return _parted(grid, cuts)


def _level(grid: StraightGrid, row: int, label: Span, printed: _Print) -> float | None:
    """Where the figures of a row stand; None unless all cells right of its label are its own."""
    right = [
        span for span in grid.spans if _covers(span, row) and span.col >= label.col + label.col_span
    ]
    if any(span.row_span > 1 for span in right):
        return None
    lines = [line for span in right for line in printed.lines(grid.box_of(span))]
    if not lines or not all(line.is_figures for line in lines):
        return None
    return median(line.level for line in lines)


def _has_label_each(
    grid: StraightGrid,
    span: Span,
    lines: Sequence[_Line],
    levels: Sequence[float],
    height: float,
) -> bool:
    edges = grid.ys[span.row + 1 : span.row + span.row_span]
    return (
        _at(lines, levels, height)
        and all(line.box.width >= _NARROWEST_LABEL * height for line in lines)
        and all(_white_at(lines, edge) >= _WHITE * height for edge in edges)
        and not _wraps(grid, span, lines, height)
    )


def _parted(grid: StraightGrid, cuts: dict[Span, list[int]]) -> StraightGrid:
    """The grid with spans cut along the row edges given for them, ascending."""
    spans = []
    for span in grid.spans:
        rows = [span.row, *cuts.get(span, []), span.row + span.row_span]
        spans += [
            Span(top, span.col, bottom - top, span.col_span) for top, bottom in pairwise(rows)
        ]
    return StraightGrid(grid.xs, grid.ys, tuple(spans))
