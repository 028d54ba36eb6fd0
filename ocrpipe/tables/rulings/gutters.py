"""Gutters: the paper between two tables side by side whose outer sides are open.

Strokes along y have x and y swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_NARROWEST = 9.0
"""Less may be a gap in a rule (`follow`: the longest one in a usual wall)."""

_WIDEST = 72.0
"""More is never closed (`follow`: what a rule that goes through a slot may lack)."""

_SAME_END = 4.0
"""Between the ends of rules of one table: the outline of a dark head is a little wider."""

_FEWEST = 3
"""Rules with the same gap: wear or a seal takes them at different places."""


_Gap = tuple[float, float, float]
"""Where a gap of a line begins and ends along it, and its place across."""


class _Line(Protocol):
    @property
    def strokes(self) -> Sequence[Stroke]: ...


@dataclass(frozen=True, slots=True)
class Gutter:
    """Where every line between two heights has a gap, along the lines and across them."""

    start: float
    end: float
    first: float
    last: float

    def is_in(self, slot: Stroke, reach: float) -> bool:
        """Whether the gutter goes through a slot of one of its lines."""
        return (
            slot.x0 < self.start
            and self.end < slot.x1
            and self.first - reach <= slot.y0 <= self.last + reach
        )


def gutters_of(lines: Sequence[_Line], scale: float) -> list[Gutter]:
    """The gutters between the ends of lines, which no line crosses from their first to their
    last one."""
    reach = _SAME_END * scale
    groups: list[list[_Gap]] = []
    for gap in sorted(
        (before.x1, after.x0, before.y1)
        for line in lines
        for before, after in pairwise(line.strokes)
        if _NARROWEST * scale <= after.x0 - before.x1 <= _WIDEST * scale
    ):
        group = next((group for group in groups if _alike(group[0], gap, reach)), None)
        if group is None:
            groups.append([gap])
        else:
            group.append(gap)
    strokes = [stroke for line in lines for stroke in line.strokes]
    return [
        gutter
        for group in groups
        if len(group) >= _FEWEST
        and (gutter := _gutter(group)) is not None
        and not any(gutter.is_in(stroke, reach) for stroke in strokes)
    ]


def _alike(one: _Gap, other: _Gap, reach: float) -> bool:
    return abs(one[0] - other[0]) <= reach and abs(one[1] - other[1]) <= reach


def _gutter(gaps: Sequence[_Gap]) -> Gutter | None:
    start, end = max(gap[0] for gap in gaps), min(gap[1] for gap in gaps)
    heights = [gap[2] for gap in gaps]
    return Gutter(start, end, min(heights), max(heights)) if start < end else None
