"""Rows of a ruled table that no rule parts: several columns have figures on the same lines.

A frame with column rules and one rule below its header is such a table: all rows of its body are
one tall cell in each column. A cell of wrapped text, or a label of several lines beside one
number, is not: rows are where the figures of columns agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.words import character_height, lines_of
from ocrpipe.tables.alignment.wrapped import goes_on
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_FEWEST = 3
"""Lines with figures that make rows."""

_FEWEST_COLUMNS = 2
"""Columns of figures that make rows."""

_FEWEST_SHORT_COLUMNS, _MANY_COLUMNS = 3, 4
"""Columns, besides the first one, that make rows whatever they hold, more of them where there
are but three lines."""

_WRAPS, _FULL_SHARE, _NARROWEST = 2.5, 0.3, 1.3
"""White, in heights of a character, that lines of text which is wrapped hardly leave; share of the
lines that leave less, at most, in a column of short ones; and the width of these, in heights of a
character: vertical or sideways text is narrower."""

_DIGIT = 0.85
"""Height of digits, at most, in that of a character: lines as low are none of vertical text."""

_FIGURE_SHARE = 0.7
"""Share of the lines of a column that are figures; dashes and the like stand in for some."""

_SHARED = 0.5
"""Share of the lines with figures that have figures in several columns."""

_SAME_LINE, _CLOSEST, _TALLEST_ROW, _FULL_LINE = 0.5, 0.8, 2.5, 0.8
"""In heights of a character: how far lines of one row are apart, how near two rows are, what a row
without a rule inside is high, and the white that a line leaves which goes on below."""

_INTERLEAVED = 1.5
"""In steps from row to row: lines of figures of one cell are no farther apart."""

_ALONE = 3
"""A label that is one of the rows' lines in so many, and in the middle of them, is one of all."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print in a cell."""

    box: Box
    marks: tuple[Mark, ...]
    span: Span

    @property
    def center(self) -> float:
        return self.box.center[1]


_Level = list[_Line]
"""Lines of several cells beside each other."""


def split_bands(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with those rows parted whose cells have the lines of several rows.

    `marks` of the table, in the straight frame of the grid.
    """
    height = character_height([mark.box for mark in marks])
    count = len(grid.ys) - 1
    for row in range(count - 1, -1, -1):
        if grid.ys[row + 1] - grid.ys[row] >= _TALLEST_ROW * height:
            grid = _split(grid, row, marks, height, below=count - 1 - row)
    return grid


def _split(
    grid: StraightGrid, row: int, marks: Sequence[Mark], height: float, *, below: int
) -> StraightGrid:
    """The grid with `row` parted into the rows of its lines; `below` it rules show so many."""
    spans = [span for span in grid.spans if (span.row, span.row_span) == (row, 1)]
    top, bottom = grid.ys[row], grid.ys[row + 1]
    inside = [mark for mark in marks if top <= mark.box.center[1] <= bottom]
    cells = {span: _lines(grid.box_of(span), span, inside, height) for span in spans}
    figures = [
        span for span, lines in cells.items() if _is_column(lines, grid.box_of(span), height)
    ]
    first = min((span.col for span in figures), default=0)
    if len(figures) < _FEWEST_COLUMNS:
        figures = _short_lined(cells, grid, height, below)
        first = min((span.col for span in spans), default=0) + 1
    if not figures:
        return grid
    kept = [
        span
        for span, lines in cells.items()
        if span.col < first and _is_of_all(lines, cells[figures[0]], grid.box_of(span), height)
    ]
    levels = _levels([line for span in spans if span not in kept for line in cells[span]], height)
    if not _agree(levels, figures, height):
        return grid
    rows = _joined(levels, first, grid, height)
    edges = [
        (union(line.box for line in above).y1 + union(line.box for line in below).y0) / 2
        for above, below in pairwise(rows)
    ]
    parted = tuple(
        new for span in grid.spans for new in _parted(span, row, len(rows), span in kept)
    )
    return StraightGrid(grid.xs, (*grid.ys[: row + 1], *edges, *grid.ys[row + 1 :]), parted)


def _lines(cell: Box, span: Span, marks: Sequence[Mark], height: float) -> list[_Line]:
    inside = [mark for mark in marks if cell.contains_point(*mark.box.center)]
    found = []
    for top, bottom in lines_of([mark.box for mark in inside], height):
        line = tuple(mark for mark in inside if top <= mark.box.center[1] <= bottom)
        found.append(_Line(union(mark.box for mark in line), line, span))
    return found


def _is_column(lines: Sequence[_Line], cell: Box, height: float) -> bool:
    """Whether a cell has the figures of several rows, and not one long number that is wrapped."""
    figures = sum(is_figures(line.marks) for line in lines)
    if figures < _FEWEST or figures < _FIGURE_SHARE * len(lines):
        return False
    return _full_lines(lines, cell, _FULL_LINE * height) <= len(lines) / 2


def _short_lined(
    cells: Mapping[Span, Sequence[_Line]], grid: StraightGrid, height: float, below: int
) -> list[Span]:
    """Columns of many lines, the first one left out, few of which are as wide as their cell.

    Figures that touch have no shape to tell them by, and lists of names have rows, too. Heads of
    several lines have more rows below them than lines.
    """
    first = min((span.col for span in cells if span.row > 0), default=None)
    if first is None:
        return []
    short = [
        span
        for span, lines in cells.items()
        if span.col > first
        and len(lines) >= max(_FEWEST, below)
        and (
            median(line.box.width for line in lines) >= _NARROWEST * height
            or median(line.box.height for line in lines) <= _DIGIT * height
        )
        and not _are_characters(lines)
        and _full_lines(lines, grid.box_of(span), _WRAPS * height) <= _FULL_SHARE * len(lines)
    ]
    many = sum(len(cells[span]) > _FEWEST for span in short) >= _FEWEST_SHORT_COLUMNS
    return short if many or len(short) >= _MANY_COLUMNS else []


def _are_characters(lines: Sequence[_Line]) -> bool:
    """Whether most lines are one character each: a head set from top to bottom.

    Of print that is not known a mark may be several digits that touch.
    """
    single = [len(line.marks) == 1 and line.marks[0].digit is False for line in lines]
    return sum(single) > len(single) / 2


def _full_lines(lines: Sequence[_Line], cell: Box, white: float) -> int:
    """How many lines but for the last one leave less than this white in their cell."""
    return sum(cell.width - line.box.width < white for line in lines[:-1])


def _is_of_all(lines: Sequence[_Line], others: Sequence[_Line], cell: Box, height: float) -> bool:
    """Whether what a cell holds is one label, in the middle beside all rows."""
    if not lines or len(lines) * _ALONE > len(others):
        return False
    middle = union(line.box for line in lines).center[1]
    rows = union(line.box for line in others)
    centers = (cell.center[1], rows.center[1])
    return any(abs(middle - center) <= height for center in centers)


def _levels(lines: Sequence[_Line], height: float) -> list[_Level]:
    levels: list[_Level] = []
    for line in sorted(lines, key=lambda line: line.center):
        if levels and line.center - _center(levels[-1]) <= _SAME_LINE * height:
            levels[-1].append(line)
        else:
            levels.append([line])
    return levels


def _center(level: _Level) -> float:
    return mean(line.center for line in level)


def _agree(levels: Sequence[_Level], figures: Sequence[Span], height: float) -> bool:
    """Whether the columns of figures have their lines beside each other."""
    if any(
        _center(below) - _center(above) < _CLOSEST * height for above, below in pairwise(levels)
    ):
        return False
    if _interleave(levels):
        return False
    counts = [sum(line.span in figures for line in level) for level in levels]
    shared = sum(count >= _FEWEST_COLUMNS for count in counts)
    return shared >= max(_FEWEST, _SHARED * sum(count > 0 for count in counts))


def _interleave(levels: Sequence[_Level]) -> bool:
    """Whether lines of figures of one cell stand between those of another: numbers that are wrapped
    to more and to fewer lines, each in the middle of its cell."""
    own: dict[Span, list[float]] = {}
    centers = []
    for level in levels:
        found = [line for line in level if is_figures(line.marks)]
        if found:
            centers.append(_center(found))
        for line in found:
            own.setdefault(line.span, []).append(line.center)
    steps = [below - above for lines in own.values() for above, below in pairwise(lines)]
    closest = min((below - above for above, below in pairwise(centers)), default=0.0)
    return bool(steps) and min(steps) > _INTERLEAVED * closest


def _joined(
    levels: Sequence[_Level], first: int, grid: StraightGrid, height: float
) -> list[_Level]:
    """Levels as rows; one of labels alone belongs to the row whose label it goes on with."""
    rows: list[_Level] = [levels[0]]
    alone = _is_of_labels(levels[0], first)
    for level in levels[1:]:
        own = _is_of_labels(level, first)
        if (own or alone) and _label_goes_on(rows[-1], level, grid, height):
            rows[-1] = rows[-1] + level
            alone = alone and own
        else:
            rows.append(level)
            alone = own
    return rows


def _is_of_labels(level: _Level, first: int) -> bool:
    return all(line.span.col < first for line in level)


def _label_goes_on(row: _Level, level: _Level, grid: StraightGrid, height: float) -> bool:
    last = {line.span: line for line in row}
    pairs = [(last.get(line.span), line) for line in level if line.span in last]
    return any(
        above is not None
        and goes_on(
            [mark.box for mark in above.marks],
            [mark.box for mark in below.marks],
            grid.box_of(below.span).x0,
            grid.box_of(below.span).x1,
            height,
        )
        for above, below in pairs
    )


def _parted(span: Span, row: int, count: int, kept: bool) -> Iterator[Span]:
    """The spans that one becomes where `row` becomes `count` rows."""
    if span.row > row:
        yield Span(span.row + count - 1, span.col, span.row_span, span.col_span)
    elif span.row + span.row_span <= row:
        yield span
    elif kept or span.row_span > 1:
        yield Span(span.row, span.col, span.row_span + count - 1, span.col_span)
    else:
        for number in range(count):
            yield Span(row + number, span.col, 1, span.col_span)
