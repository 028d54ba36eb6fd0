"""Columns of a ruled table where its rules leave off: heads on a coloured band, an open body.

Statistical tables often rule their header alone, and coloured bands need no rules. The columns are
known from the rows that have rules; print that stands in them, and leaves the edges clear, has
cells of its own there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, within, words_of
from ocrpipe.tables.refinement.remains import without_remains
from ocrpipe.tables.ruled.edges import THINNEST_SLOT
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_SAME_END = 6.0
"""Points by which the ends of a rule may miss those of its table."""

_FEWEST_LINES = 3
_MOST_HEADER_ROWS = 3
_CROWDED_SHARE = 0.3
_LABEL_WORDS = 2
"""Words in the first column, at most: a number and a label."""

# In heights of a character.
_CROSSING = 0.4
"""From which length on each side of an edge a word stands across it."""

_NARROWEST_HEAD = 1.5
_ASIDE = 0.8

_BETWEEN_HEADS = 1.5
"""White between two heads of several lines, or below the first rows: brackets leave less."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of one line by the columns that they stand in; `clear` where none is in several."""

    words: tuple[tuple[Word, ...], ...]
    clear: bool

    @property
    def columns(self) -> int:
        return sum(len(words) > 0 for words in self.words)

    @property
    def is_crowded(self) -> bool:
        first, *others = self.words
        return len(first) > _LABEL_WORDS or any(len(words) > 1 for words in others)


def with_open_body(
    grid: StraightGrid,
    rules: Sequence[Ruling],
    others: Sequence[Box],
    marks: Sequence[Mark],
) -> StraightGrid:
    """The grid with the rows below it that have no rules but level ones as wide as the table.

    Args:
        grid: A table, often a header alone.
        rules: Rules of the page in the frame of the grid.
        others: Outlines of the other tables.
        marks: The print of the page.
    """
    left, _, right, bottom = grid.box
    level = sorted(
        rule.y0
        for rule in rules
        if rule.horizontal
        and rule.y0 > bottom + THINNEST_SLOT
        and abs(rule.x0 - left) <= _SAME_END
        and abs(rule.x1 - right) <= _SAME_END
    )
    if not level or len(grid.xs) < 3:
        return grid
    boxes = [mark.box for mark in marks if left < mark.box.center[0] < right]
    height = character_height([box for box in boxes if grid.ys[0] < box.center[1] < level[-1]])
    ys = [bottom]
    found: list[_Line] = []
    for place in level:
        if place - ys[-1] < THINNEST_SLOT:
            continue
        if any(box.y0 < place and box.y1 > ys[-1] and _meets(box, left, right) for box in others):
            break
        lines = _lines(within(boxes, ys[-1], place), grid.xs, height)
        if not lines or not all(line.clear for line in lines):
            break
        found += lines
        ys.append(place)
    if sum(line.columns > 1 for line in found) < max(_FEWEST_LINES, len(found) / 2):
        return grid
    head = _with_columns_of_body(grid, found, marks, height)
    # Where columns have several words, the rules of the header do not show all of them.
    if head == grid and sum(line.is_crowded for line in found) > _CROWDED_SHARE * len(found):
        return grid
    rows, columns = len(head.ys) - 1, len(head.xs) - 1
    added = [Span(rows + row, col, 1, 1) for row in range(len(ys) - 1) for col in range(columns)]
    return StraightGrid(head.xs, (*head.ys, *ys[1:]), (*head.spans, *added))


def _with_columns_of_body(
    head: StraightGrid, body: Sequence[_Line], marks: Sequence[Mark], height: float
) -> StraightGrid:
    """A header with the walls that its lowest row has lost: the words below and its own heads both
    keep clear of them. As it is where they do not agree."""
    inside = [mark for mark in marks if head.box.contains_point(*mark.box.center)]
    lowest = within([mark.box for mark in inside], head.ys[-2], head.ys[-1])
    lines = [*_lines(lowest, head.xs, height), *body]
    words = [[word for column in line.words for word in column] for line in lines]
    xs = column_edges(words, head.xs[1:-1], head.xs[0], head.xs[-1], height)
    places = {x: index for index, x in enumerate(xs)}
    if len(xs) == len(head.xs) or not all(x in places for x in head.xs):
        return head
    at = [places[x] for x in head.xs]
    spans = tuple(
        Span(span.row, at[span.col], span.row_span, at[span.col + span.col_span] - at[span.col])
        for span in head.spans
    )
    parted = part_columns(StraightGrid(tuple(xs), head.ys, spans), inside)
    bottom = [span for span in parted.spans if span.row + span.row_span == len(head.ys) - 1]
    return parted if all(span.col_span == 1 for span in bottom) else head


def _meets(box: Box, left: float, right: float) -> bool:
    return box.x0 < right and box.x1 > left


def part_columns(
    grid: StraightGrid, marks: Sequence[Mark], *, scanned: bool = False
) -> StraightGrid:
    """The grid with those wide cells parted that have print in the columns of other rows.

    Several lines must leave the edges between them clear, or a row at the head must have one head
    in the middle of each column.

    Args:
        grid: A table.
        marks: Its print, in its frame.
        scanned: Walls may be lost, also those of a row of heads further down.
    """
    height = character_height([mark.box for mark in marks])
    spans: list[Span] = []
    for span in grid.spans:
        wide = span.col_span > 1 and span.row_span == 1
        lost = scanned and _is_parted_beside(grid, span)
        if wide and _is_parted(grid, span, marks, height, lost=lost):
            last = span.col + span.col_span
            spans += [Span(span.row, column, 1, 1) for column in range(span.col, last)]
        else:
            spans.append(span)
    return StraightGrid(grid.xs, grid.ys, tuple(spans))


def _is_parted_beside(grid: StraightGrid, span: Span) -> bool:
    """Whether all edges inside a wide cell are those of cells in the row above it or below it."""
    inside = set(range(span.col + 1, span.col + span.col_span))
    rows = (span.row - 1, span.row + 1)
    return any(
        inside <= {other.col for other in grid.spans if (other.row, other.row_span) == (row, 1)}
        for row in rows
    )


def _is_parted(
    grid: StraightGrid, span: Span, marks: Sequence[Mark], height: float, *, lost: bool
) -> bool:
    """`lost`: whether walls of a row below the head may be lost."""
    cell = grid.box_of(span)
    inside = [mark.box for mark in marks if cell.contains_point(*mark.box.center)]
    xs = grid.xs[span.col : span.col + span.col_span + 1]
    lines = _lines(without_remains(inside, xs[1:-1]), xs, height)
    if not lines or not all(line.clear for line in lines):
        return False
    if sum(line.columns > 1 for line in lines) >= max(_FEWEST_LINES, len(lines) / 2):
        return True
    if span.row < _MOST_HEADER_ROWS:
        # The first row of a page may be one of the body, with a label that is wrapped.
        return _are_heads(lines, xs, height, white=_BETWEEN_HEADS if len(lines) > 1 else 0.0)
    return lost and _are_heads(lines, xs, height, white=_BETWEEN_HEADS)


def _lines(boxes: Sequence[Box], xs: Sequence[float], height: float) -> list[_Line]:
    found = []
    for top, bottom in lines_of(boxes, height):
        words = words_of(within(boxes, top, bottom), height, xs[1:-1])
        reach = _CROSSING * height
        clear = not any(
            word.x0 < edge - reach and word.x1 > edge + reach for word in words for edge in xs[1:-1]
        )
        by_column = tuple(
            tuple(word for word in words if start <= word.center < end)
            for start, end in pairwise(xs)
        )
        found.append(_Line(by_column, clear))
    return found


def _are_heads(
    lines: Sequence[_Line], xs: Sequence[float], height: float, white: float = 0.0
) -> bool:
    """Whether each column has one word, or one below another, in its middle, and these are no
    characters set wide. `white`: between two heads, at least, in heights of a character."""
    columns = [
        [line.words[column] for line in lines if line.words[column]]
        for column in range(len(xs) - 1)
    ]
    if not all(columns) or any(len(words) > 1 for column in columns for words in column):
        return False
    heads = [
        Word(min(words[0].x0 for words in column), max(words[0].x1 for words in column))
        for column in columns
    ]
    aside = [
        abs(head.center - (start + end) / 2)
        for head, (start, end) in zip(heads, pairwise(xs), strict=True)
    ]
    if any(after.x0 - before.x1 < white * height for before, after in pairwise(heads)):
        return False
    wide = [head.width >= _NARROWEST_HEAD * height for head in heads]
    return max(aside) <= _ASIDE * height and 2 * sum(wide) > len(wide)
