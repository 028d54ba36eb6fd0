"""The rules that would part the rows of a table without any, each from the column of its label on.

Points of the straight frame.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import OpenRows, Ruling
from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word, within, words_of
from ocrpipe.tables.unruled.label_blocks import Stretch, group_ends, stacked
from ocrpipe.tables.unruled.label_words import FEWEST_IN_COLUMN, common_starts, label_words

_FEWEST_GROUPS = 2
"""Rows with the label of a group beside their own, at least, where their labels begin together."""

# In heights of a character.
_MARGIN = 0.5
"""Between print and the rules around it."""

_FARTHEST = 3.0
"""Between the lines of a head."""

_THICKNESS = 0.5
"""Points of the rules."""

_STRAIGHT = Shear(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Top and bottom of the print of a row, and where its label begins."""

    top: float
    bottom: float
    start: float


def head_lines(
    lines: Sequence[tuple[float, float]],
    marks: Sequence[Box],
    cut: float,
    below: float,
    height: float,
) -> list[tuple[float, float]]:
    """The lines of the head above the rows, whose words begin right of the labels."""
    heads: list[tuple[float, float]] = []
    for top, bottom in reversed(lines):
        words = words_of(within(marks, top, bottom), height)
        alone = not any(word.x1 > cut for word in words)
        if runs_over(words, cut, height) or alone or below - bottom > _FARTHEST * height:
            break
        heads.insert(0, (top, bottom))
        below = top
    return heads


def runs_over(words: Sequence[Word], cut: float, height: float) -> bool:
    """Whether a word of a line goes on from the labels, left of the `cut`, into the columns of
    figures: the line is one of prose."""
    return any(word.x0 < cut - height < cut + height < word.x1 for word in words)


def open_rows(
    rows: Sequence[FigureRow],
    heads: Sequence[tuple[float, float]],
    marks: Sequence[Box],
    cut: float,
    height: float,
) -> OpenRows:
    """The rows as those of a table that rules part, each from the column of its label on."""
    top = heads[0][0] if heads else rows[0].top
    inside = within(marks, top - _MARGIN * height, rows[-1].bottom + _MARGIN * height)
    labels = [mark for mark in inside if mark.center[0] <= cut]
    words = words_of(inside, height)
    left, right = words[0].x0 - _MARGIN * height, words[-1].x1 + _MARGIN * height
    edges = [(one.bottom + other.top) / 2 for one, other in pairwise(rows)]
    first = (heads[-1][1] + rows[0].top) / 2 if heads else rows[0].top - _MARGIN * height
    ys = [first, *edges, rows[-1].bottom + _MARGIN * height]
    starts = _label_columns(ys, labels, left, cut, height)
    levels = _levels(rows, ys, labels, starts, cut, height)
    places = [(0, ys[0]), *zip(levels, edges, strict=True), (0, ys[-1])]
    if heads:
        places.insert(0, (0, heads[0][0] - _MARGIN * height))
    rules = [(starts[level], y) for level, y in places]
    drawn = [Ruling(start, y, right, y, _THICKNESS) for start, y in rules]
    for above, below in pairwise(heads):
        start, end = _over_heads(below, [mark for mark in inside if mark.center[0] > cut], height)
        y = (above[1] + below[0]) / 2
        drawn.append(Ruling(start or cut, y, end or right, y, _THICKNESS))
    drawn.sort(key=lambda rule: rule.y0)
    full = tuple(rule for rule in drawn if rule.x0 == left)
    short = tuple(rule for rule in drawn if rule.x0 > left)
    return OpenRows(full, short, tuple(inside), _STRAIGHT)


def _over_heads(
    line: tuple[float, float], marks: Sequence[Box], height: float
) -> tuple[float | None, float | None]:
    """Where the rule above a line of heads begins and ends, if not with the table: heads at its
    ends that stand higher than the others are of two rows."""
    inside = within(marks, *line)
    words = words_of(inside, height)
    middles = []
    for word in words:
        own = [mark for mark in inside if word.x0 <= mark.center[0] <= word.x1]
        middles.append((min(mark.y0 for mark in own) + max(mark.y1 for mark in own)) / 2)
    lowest = max(middles, default=0.0)
    level = [lowest - middle <= _MARGIN * height for middle in middles]
    if sum(level) < 2:
        return None, None
    first, last = level.index(True), len(level) - 1 - level[::-1].index(True)
    start = (words[first - 1].x1 + words[first].x0) / 2 if first > 0 else None
    end = (words[last].x1 + words[last + 1].x0) / 2 if last + 1 < len(words) else None
    return start, end


def _label_columns(
    ys: Sequence[float],
    labels: Sequence[Box],
    left: float,
    cut: float,
    height: float,
) -> list[float]:
    """Where the columns of labels begin, as the rows show that have a label in several."""
    bands = [within(labels, *band) for band in pairwise(ys)]
    seams = common_starts([words_of(inside, height) for inside in bands], height)
    words = [label_words(inside, seams, height) for inside in bands]
    several = [row for row in words if len(row) > 1]
    if len(several) < (_FEWEST_GROUPS if seams else FEWEST_IN_COLUMN):
        return [left]
    edges = column_edges(several, [], left, cut, height)[:-1]
    first = min(row[0].x0 for row in several)
    outer = min(row[0].x0 for row in words if row)
    if first - outer > height:
        # The labels of groups begin right of others, whose column has its label on another page.
        edges.insert(1, first - _MARGIN * height)
    return edges


def _levels(
    rows: Sequence[FigureRow],
    ys: Sequence[float],
    labels: Sequence[Box],
    starts: Sequence[float],
    cut: float,
    height: float,
) -> list[int]:
    """For each edge between rows the column of labels that its rule begins at: labels left of that
    are those of groups, of which both rows are."""
    own = [max(0, bisect_right(starts, row.start) - 1) for row in rows]
    levels = [min(pair) for pair in pairwise(own)]
    for level in range(len(starts) - 1, 0, -1):
        # Rows one below the other whose labels all begin at this column, or right of it.
        first = 0
        for place in range(len(rows) + 1):
            if place < len(rows) and own[place] >= level:
                continue
            column = Word(starts[level - 1], starts[level])
            inside = [
                mark
                for mark in within(labels, ys[first], ys[place])
                if column.x0 <= mark.center[0] < column.x1
            ]
            groups = stacked(inside, height)
            bands = [Stretch(*band) for band in pairwise(ys[first : place + 1])]
            for end in group_ends(groups, bands):
                levels[first + end - 1] = min(levels[first + end - 1], level - 1)
            first = place + 1
    return levels
