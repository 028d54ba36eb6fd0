"""Stretches of columns with the same rows between two walls, and the words in them.

Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.text_cells import Item, items_of
from ocrpipe.tables.alignment.words import Word, within, words_of

Walls = NDArray[np.bool_]
"""(rows + 1, columns): whether a rule, or the white between rows, is above or below a slot."""


SAME_START = 0.15
"""By how much labels stand aside that begin together, in heights of a character."""

_TWO_DIGITS, _ON_SEAM = 1.6, 0.3
"""In heights of a character: width of a sign and a digit, at most, and how far they stand aside of
the edge that they are in the middle of."""

_IN_MIDDLE = 0.5
"""How far a label stands aside of the middle of its cell, in heights of a character."""


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """How many columns from the left are labels of several levels.

    `indent`: how far from the left edge of the last of them its labels begin, in points, where they
    begin together.
    """

    count: int = 0
    indent: float | None = None


NO_LABELS = LabelColumns()


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns `first` to `last` that have the same rows `top` to `bottom` between two walls."""

    top: int
    bottom: int
    first: int
    last: int
    items: tuple[Item, ...]

    @property
    def is_corner(self) -> bool:
        """Whether it is one cell over several rows at the left."""
        return self.first == 0 and self.bottom > self.top and len(self.items) < 2


def strips_of(
    boxes: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Walls,
    height: float,
    labels: LabelColumns,
) -> list[Strip]:
    """The strips of a table by row and column, where columns of labels are known.

    Arguments as those of `text_grid.spans_of_text`.
    """
    strips = _empty_strips(walls)
    rows = [within(boxes, top, bottom) for top, bottom in pairwise(ys)]
    whole = [_filled(strip, rows, xs, _without_seams(xs), height) for strip in strips]
    # A label may have a white where others have an edge.
    count = max(labels.count, label_count(whole))
    head = next((strip.bottom + 1 for strip in whole if strip.top == 0 and strip.is_corner), 0)
    known = replace(labels, count=count)
    inner = replace(known, indent=None)
    return [
        _filled(strip, rows, xs, known if strip.top in (head, len(rows) - 1) else inner, height)
        for strip in strips
    ]


def _without_seams(xs: Sequence[float]) -> LabelColumns:
    return LabelColumns(len(xs))


def _filled(
    strip: Strip,
    rows: Sequence[Sequence[Box]],
    xs: Sequence[float],
    labels: LabelColumns,
    height: float,
) -> Strip:
    """The strip with its items; right of the columns of labels close heads are parted.

    `rows` are the marks of each row of the table.
    """
    first, last = strip.first, strip.last
    inside = [
        box
        for row in rows[strip.top : strip.bottom + 1]
        for box in row
        if xs[first] <= box.center[0] < xs[last + 1]
    ]
    seams = [
        *_label_seams(strip, inside, xs, labels, height),
        *xs[max(first + 1, labels.count) : last + 1],
    ]
    items = [
        Item(item.word, item.first + first, item.last + first)
        for item in _items(inside, xs[first : last + 2], seams, height)
    ]
    return replace(strip, items=tuple(items))


def _label_seams(
    strip: Strip, boxes: Sequence[Box], xs: Sequence[float], labels: LabelColumns, height: float
) -> list[float]:
    """Where the label of a row parts from the label of its group that stands close beside it: the
    one row of a group on a page has a part of that label alone, and no rule shows it.

    A label in the middle of several columns is none of both, unless what stands before the seam is
    in the middle of its own column.
    """
    last = labels.count - 1
    if labels.indent is None or not strip.first < last <= strip.last:
        return []
    start = xs[last] + labels.indent
    near = SAME_START * height
    whole = next(
        (word for word in words_of(boxes, height) if word.x0 < start - near < word.x1), None
    )
    if whole is None or not any(abs(box.x0 - start) <= near for box in boxes):
        return []
    before = [box for box in boxes if box.x0 < start - near]
    group = Word(min(box.x0 for box in before), max(box.x1 for box in before))
    whole = Word(group.x0, whole.x1)
    own = abs(group.center - (xs[last - 1] + xs[last]) / 2) <= _IN_MIDDLE * height
    middles = [(xs[first] + xs[last + 1]) / 2 for first in range(strip.first, last)]
    centered = any(abs(whole.center - middle) <= _IN_MIDDLE * height for middle in middles)
    return [start - near] if own or not centered else []


def _empty_strips(walls: Walls) -> list[Strip]:
    runs = [_runs(walls[:, column]) for column in range(walls.shape[1])]
    strips = []
    for top, bottom in sorted({run for column in runs for run in column}):
        columns = [column for column, found in enumerate(runs) if (top, bottom) in found]
        strips += [Strip(top, bottom, first, last, ()) for first, last in _neighbours(columns)]
    return sorted(strips, key=lambda strip: (strip.top, strip.first))


def _items(
    boxes: Sequence[Box], edges: Sequence[float], seams: Sequence[float], height: float
) -> list[Item]:
    """What stands in the columns between `edges`; close heads are parted at the `seams`.

    A number in the middle of two columns is one, though its sign has white beside it (＋2).
    """
    whole = words_of(boxes, height)
    if len(whole) == 1 and abs(whole[0].center - (edges[0] + edges[-1]) / 2) <= height:
        return items_of(whole, edges, height)
    parted = words_of(boxes, height, seams)
    words: list[Word] = []
    for word in whole:
        pieces = [piece for piece in parted if piece.common(word) > 0]
        single = all(item.first == item.last for item in items_of(pieces, edges, height))
        number = word.width <= _TWO_DIGITS * height and any(
            abs(word.center - seam) <= _ON_SEAM * height for seam in seams
        )
        words += pieces if single and not number else [word]
    return items_of(words, edges, height)


def _runs(walls: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Rows from wall to wall of one column; the outer walls count as being there."""
    edges = [0, *(int(row) for row in np.flatnonzero(walls[1:-1]) + 1), len(walls) - 1]
    return [(top, bottom - 1) for top, bottom in pairwise(edges)]


def _neighbours(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of columns that follow each other."""
    stretches = []
    for _, group in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        members = [column for _, column in group]
        stretches.append((members[0], members[-1]))
    return stretches


def label_count(strips: Sequence[Strip]) -> int:
    """How many columns from the left are labels of several levels.

    A rule between two rows that begins inside the table leaves a label over both rows beside it.
    Left of that label are others over several rows, and no head of one row.
    """
    last = max(strip.last for strip in strips)
    # Heads over several rows are several words, or the corner above the labels.
    over_rows = [one for one in strips if 0 < one.top < one.bottom and len(one.items) <= 1]
    rows: dict[int, set[int]] = {}
    for strip in strips:
        beside = any(
            one.last == strip.first - 1 and one.top <= strip.top <= one.bottom for one in over_rows
        ) and not any(
            one.top == one.bottom == strip.top and one.last < strip.first for one in strips
        )
        if strip.last == last and strip.top == strip.bottom and beside:
            rows.setdefault(strip.first, set()).add(strip.top)
    return max((first + 1 for first, found in rows.items() if len(found) > 1), default=0)
