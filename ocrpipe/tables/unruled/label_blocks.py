"""Which lines of labels are one label, and which rows it is that of: the row in whose middle it is.

Points of the straight frame.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.words import lines_of, within

# In heights of a character.
_WRAPPED = 0.7
"""White between the lines of one label, at most, where no figures tell."""

_BESIDE = 1.2
"""The same of lines beside one row of figures."""

_ONE_CHARACTER, _SPACED = 1.5, 2.5
"""Width of a line of vertical writing, and the white between its characters, at most: 、 takes the
room of one."""

_NO_FIGURES, _NO_LABEL = 0.6, 2.0
"""What a label without figures costs beside it, and figures without a label, against a label one
height of a character above or below the middle of its figures: a row may be blank, while each has
a label. The line of a label that is wrapped is at least half a line off."""

_INNER_WHITE = 0.4
"""What the white between the lines of a label costs, in heights: that between rows is wider."""

_LABEL_ELSEWHERE = 0.45
"""What a group costs whose label is on another page, in usual rows by which labels are aside: one
row more moves the middle of a group by half a row."""

_MOST_LINES = 8
"""Of a label."""


class Stretch(NamedTuple):
    """From the top to the bottom of a line, or of several."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Pair = tuple[Stretch | None, Stretch | None]
"""A label and its figures."""


def beside_figures(
    lines: Sequence[Stretch], figures: Sequence[Stretch], height: float
) -> list[Pair]:
    """The rows of a table: each label, of one line or more, with the figures beside its middle.

    Of all ways to share out the lines the one is taken whose labels are nearest to the middles of
    their figures (dynamic programming over both from the top). What stands above the first figures
    or below the last ones, and is not beside them, belongs to no row.

    Args:
        lines: Lines of labels, from the top.
        figures: Lines of figures, from the top.
        height: Of a character.
    """
    count = len(lines)

    @cache
    def best(line: int, figure: int) -> tuple[float, int, int]:
        """The least cost from a line and a figure on, how many lines the next row takes, and
        whether it has the figures."""
        if figure == len(figures):
            return 0.0, 0, 0
        options = [(_NO_LABEL + best(line, figure + 1)[0], 0, 1)]
        if figure == 0 and line < count:
            options.append((best(line + 1, figure)[0], 1, -1))
        for end in range(line + 1, min(line + _MOST_LINES, count) + 1):
            label = Stretch(lines[line].top, lines[end - 1].bottom)
            white = _widest_white(lines[line:end])
            if white > _BESIDE * height:
                break
            aside = abs(label.middle - figures[figure].middle) / height
            inner = sum(below.top - above.bottom for above, below in pairwise(lines[line:end]))
            cost = _INNER_WHITE * inner / height
            options.append((aside + cost + best(end, figure + 1)[0], end - line, 1))
            if white <= _WRAPPED * height and figure > 0:
                options.append((_NO_FIGURES + cost + best(end, figure)[0], end - line, 0))
        return min(options)

    pairs: list[Pair] = []
    line = figure = 0
    while figure < len(figures):
        _, taken, step = best(line, figure)
        label = Stretch(lines[line].top, lines[line + taken - 1].bottom) if taken else None
        if step >= 0:
            pairs.append((label, figures[figure] if step else None))
        line, figure = line + taken, figure + max(step, 0)
    return pairs


def _widest_white(lines: Sequence[Stretch]) -> float:
    return max((below.top - above.bottom for above, below in pairwise(lines)), default=0.0)


def stacked(marks: Sequence[Box], height: float) -> list[Stretch]:
    """The labels of a narrow column, from the top: lines close below each other are one, as are
    the characters of vertical writing."""
    labels: list[Stretch] = []
    last = 0.0
    for line in lines_of(marks, height):
        inside = within(marks, *line)
        width = max(box.x1 for box in inside) - min(box.x0 for box in inside)
        vertical = max(width, last) <= _ONE_CHARACTER * height
        reach = (_SPACED if vertical else _WRAPPED) * height
        if labels and line[0] - labels[-1].bottom <= reach:
            labels[-1] = Stretch(labels[-1].top, line[1])
        else:
            labels.append(Stretch(*line))
        last = width
    return labels


def group_ends(labels: Sequence[Stretch], rows: Sequence[Stretch]) -> list[int]:
    """How many rows lie above the end of each group but the last, so that each label is nearest to
    the middle of the rows of its group.

    The first group, or the last one, may have its label on another page.

    Args:
        labels: Those of the groups, from the top.
        rows: All that one of the groups has.
    """
    if not 0 < len(labels) <= len(rows):
        return []
    elsewhere = _LABEL_ELSEWHERE * (rows[-1].bottom - rows[0].top) / len(rows)

    @cache
    def best(label: int, row: int) -> tuple[float, int]:
        """The least cost of the labels from `label` on, and where the group of the first ends."""
        if label == len(labels):
            return (0.0 if row == len(rows) else elsewhere), len(rows)
        ends = range(row + 1, len(rows) - (len(labels) - label) + 2)
        return min((aside(label, row, end) + best(label + 1, end)[0], end) for end in ends)

    def aside(label: int, row: int, end: int) -> float:
        return abs((rows[row].top + rows[end - 1].bottom) / 2 - labels[label].middle)

    last = len(rows) - len(labels)
    row = min(range(last + 1), key=lambda row: best(0, row)[0] + (row > 0) * elsewhere)
    ends = [row]
    for label in range(len(labels)):
        ends.append(best(label, ends[-1])[1])
    return [end for end in ends if 0 < end < len(rows)]
