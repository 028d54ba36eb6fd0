"""Edges between the columns of a table, in the whites between its words.

Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.tables.alignment.words import Word

STRAIGHT = 1.5
"""Points by which half of the words of a column may stand aside of its middle."""

_CLEARANCE = 2.0
"""Points."""

_KNOWN = 10.0
_OUTER = 0.3
_MIDDLE_OF_WHITE = 6.0
_NARROW_WHITE = 20.0
"""Weights of the place of an edge against that of words in the middle of their column: the weight
of the middle of a white goes down with its width (points)."""


@dataclass(frozen=True, slots=True)
class Column:
    """The stretch that the words of a column take, and their middles."""

    place: Word
    middles: Sequence[float]

    @property
    def middle(self) -> float | None:
        """The middle of most words, None where they do not stand one below the other."""
        middle = median(self.middles)
        aside = median(abs(value - middle) for value in self.middles)
        return middle if aside <= STRAIGHT else None


def inner_edges(
    columns: Sequence[Column], fixed: Sequence[float], left: float, right: float
) -> list[float]:
    """Edges between columns, in the white between them, and those that rules show.

    Words stand in the middle of their column, if at all, so that the edges are those which have
    the words in their middles with the least squares of deviation; edges that rules show are
    known, and the middle of the white is where the words do not tell.
    """
    places = [*((edge, _KNOWN) for edge in fixed), (left, _OUTER), (right, _OUTER)]
    whites = {}
    for one, other in pairwise(columns):
        if not any(one.place.center < edge < other.place.center for edge in fixed):
            center = (one.place.x1 + other.place.x0) / 2
            whites[center] = Word(one.place.x1, other.place.x0)
            weight = _MIDDLE_OF_WHITE / max(_NARROW_WHITE, whites[center].width)
            places.append((center, weight))
    places.sort()
    rows = [_at(index, len(places), weight) for index, (_, weight) in enumerate(places)]
    sums = [place * weight for place, weight in places]
    for column in columns:
        before = sum(place < column.place.center for place, _ in places)
        if column.middle is not None and 0 < before < len(places):
            rows.append(_at(before - 1, len(places), 0.5) + _at(before, len(places), 0.5))
            sums.append(column.middle)
    solved = np.linalg.lstsq(np.array(rows), np.array(sums), rcond=None)[0]
    return sorted(
        place if place not in whites else _in_white(float(edge), white)
        for (place, _), edge in zip(places, solved, strict=True)
        if left < place < right
        for white in [whites.get(place, Word(place, place))]
    )


def _in_white(edge: float, white: Word) -> float:
    """The place nearest to `edge` that does not touch the words at the ends of a white: what does
    is taken for the remains of a rule."""
    clearance = min(_CLEARANCE, white.width / 3)
    return min(max(edge, white.x0 + clearance), white.x1 - clearance)


def _at(index: int, length: int, weight: float) -> NDArray[np.float64]:
    row = np.zeros(length)
    row[index] = weight
    return row
