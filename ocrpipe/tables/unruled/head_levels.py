"""Heads of groups above the heads of their columns, between two rules of a table without walls.

No rule parts the two, but a group stands in the middle over the heads of several columns. The line
that a printer might have drawn between them is added to the rules of the table. Points of the
straight frame.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from ocrpipe.geometry import Box
from ocrpipe.page import OpenRows, Ruling
from ocrpipe.tables.alignment.text_columns import joined
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, within, words_of

_ASIDE = 1.0
"""How far a head stands aside of the middle of its group, at most, in heights of a character."""

_IN_MIDDLE = 0.5
"""The same of a head of one line that is as high as both levels from their middle."""

_FEWEST, _MOST = 2, 40
"""Columns of a group, and heads in a line, which are compared in pairs."""

_THICKNESS = 0.5
"""Points of the rules."""


def with_head_levels(table: OpenRows) -> OpenRows:
    """The table with a rule below the heads of groups that share a band with those of columns."""
    if len(table.full) < 3 or any(rule.y0 < table.full[1].y0 for rule in table.short):
        return table
    top, bottom, last = table.full[0].y0, table.full[1].y0, table.full[-1].y0
    height = character_height(table.marks)
    below = within(table.marks, bottom, last)
    body = [words_of(within(below, *line), height) for line in lines_of(below, height)]
    rows = [row for row in body if len(row) > 1]
    columns = joined(rows, ())
    if len(columns) <= _FEWEST:
        return table
    cut = (columns[0].x1 + columns[1].x0) / 2
    heads = [mark for mark in within(table.marks, top, bottom) if mark.center[0] > cut]
    lines = _lines(heads, height)
    added: list[Ruling] = []
    for (above, middle), (other, end) in pairwise(lines):
        upper = words_of(within(heads, above, middle), height)
        lower = words_of(within(heads, other, end), height)
        y = (middle + other) / 2
        places = joined([*rows, lower], ())
        sides = Word(cut, table.right)
        for first, until in _runs(head_groups(upper, lower, sides, columns, height)):
            x0 = _edge(places, lower[first].x0, table)
            x1 = _edge(places, lower[until].x1, table)
            added.append(Ruling(x0, y, x1, y, _THICKNESS))
    return replace(table, short=(*table.short, *added)) if added else table


def _lines(heads: Sequence[Box], height: float) -> list[tuple[float, float]]:
    """The lines of the heads, without those of one line that stand beside two levels."""
    if not heads:
        return []
    middle = (min(mark.y0 for mark in heads) + max(mark.y1 for mark in heads)) / 2
    kept: list[Box] = []
    for word in words_of(heads, height):
        inside = [mark for mark in heads if word.x0 <= mark.center[0] <= word.x1]
        lines = lines_of(inside, height)
        if len(lines) != 1 or abs(sum(lines[0]) / 2 - middle) > _IN_MIDDLE * height:
            kept += inside
    return lines_of(kept, height)


def head_groups(
    upper: Sequence[Word],
    lower: Sequence[Word],
    sides: Word,
    columns: Sequence[Word],
    height: float,
) -> list[tuple[int, int]]:
    """First and last of the lower heads of each upper one that is over several, from the left.

    None at all where one is over several that it is not in the middle of: such lines are those of
    heads that are wrapped, or rows.

    Args:
        upper: Words of a line of heads.
        lower: Words of the next line.
        sides: From the end of the labels to that of the table.
        columns: Those of the rows below.
        height: Of a character.
    """
    if len(lower) > _MOST:
        return []
    edges = [sides.x0, *((a.x1 + b.x0) / 2 for a, b in pairwise(lower)), sides.x1]
    groups: list[tuple[int, int]] = []
    for number, word in enumerate(upper):
        start = groups[-1][1] + 1 if groups else 0
        until = upper[number + 1].x0 if number + 1 < len(upper) else inf
        own = [at for at in range(start, len(lower)) if lower[at].center < until]
        pairs = [(last - first, first, last) for first in own for last in own if last > first]
        # The end of the labels tells less of the cells of heads than these do.
        by_heads = [
            pair for pair in pairs if _is_over(word, lower[pair[1]], lower[pair[2]], height)
        ]
        found = by_heads or [
            pair
            for pair in pairs
            if abs((edges[pair[1]] + edges[pair[2] + 1]) / 2 - word.center) <= _ASIDE * height
        ]
        if found:
            groups.append(max(found)[1:])
        elif sum(word.common(lower[at]) > 0 for at in own) > 1:
            return []
    # Dust may join two columns.
    several = all(len(_below(lower[i : k + 1], columns)) >= _FEWEST for i, k in groups)
    return groups if several else []


def _is_over(word: Word, first: Word, last: Word, height: float) -> bool:
    """Whether a head is in the middle over others, of which these are the first and the last."""
    middles = ((first.x0 + last.x1) / 2, (first.center + last.center) / 2)
    return min(abs(middle - word.center) for middle in middles) <= _ASIDE * height


def _below(heads: Sequence[Word], columns: Sequence[Word]) -> set[int]:
    """The columns that some of the heads are above."""
    return {
        number
        for number, column in enumerate(columns)
        if any(head.common(column) > 0 for head in heads)
    }


def _runs(groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last of the heads of groups that follow each other."""
    runs: list[tuple[int, int]] = []
    for first, last in groups:
        if runs and runs[-1][1] + 1 == first:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _edge(columns: Sequence[Word], x: float, table: OpenRows) -> float:
    """The middle of the white between columns beside the end `x` of a head; one in the middle of
    its column has it on the side where it is nearer to."""
    edges = [
        table.left,
        *((one.x1 + other.x0) / 2 for one, other in pairwise(columns)),
        table.right,
    ]
    place = bisect_left(edges, x)
    near = edges[max(0, place - 1) : place + 1]
    return min(near, key=lambda edge: abs(edge - x))
