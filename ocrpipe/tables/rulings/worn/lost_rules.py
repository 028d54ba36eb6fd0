"""Rules of which a coarse fax left nothing, where the walls that end at them show that they were.

Cells are rectangles: no wall ends inside of one. Where several end side by side and no rule is
near, there was one, from the next wall that goes on to the next. Strokes along y have x and y
swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.follow import Line, lines_of
from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_NEAR = 4.0
"""From an end of a wall to a rule at which it may end, at most."""

_PROLONGED = 150.0
"""Beyond the end of a rule that it may go on unseen, at most, as slots of it are looked at."""

_SIDE_BY_SIDE = 1.0
"""How much nearer one wall may end than the next: a fax has 98 lines an inch, and a rule on one of
two of them."""

_FEWEST = 3
"""Walls that do not end by chance where they do."""


def rules_at_ends(
    horizontal: Sequence[Stroke], vertical: Sequence[Stroke], scale: float
) -> list[Stroke]:
    """The lost rules along x at which strokes along y end, none of `horizontal` among them."""
    known, walls = lines_of(horizontal, scale), lines_of(vertical, scale)
    if not known:
        return []
    slope = median(np.array([_slope(line) for line in known]))
    ends = [
        (y - slope * x, x)
        for wall in walls
        for y in (wall.start, wall.end)
        for x in [wall.y_at(y)]
        if not any(_is_at(line, x, y, scale) for line in known)
    ]
    return [
        rule
        for group in _groups(sorted(ends), _SIDE_BY_SIDE * scale)
        if (rule := _rule(group, slope, known, walls, scale)) is not None
    ]


def _slope(line: Line) -> float:
    return (line.y_at(line.end) - line.y_at(line.start)) / max(1.0, line.end - line.start)


def _is_at(line: Line, x: float, y: float, scale: float) -> bool:
    reach = _PROLONGED * scale
    within = line.start - reach <= x <= line.end + reach
    return within and abs(line.y_at(x) - y) <= _NEAR * scale


def _groups(
    ends: Sequence[tuple[float, float]], apart: float
) -> Iterator[Sequence[tuple[float, float]]]:
    """Ends at heights (ascending, without the slope) that are no more than `apart` from the first
    one of their group."""
    start = 0
    for index in range(1, len(ends) + 1):
        if index == len(ends) or ends[index][0] - ends[start][0] > apart:
            yield ends[start:index]
            start = index


def _rule(
    ends: Sequence[tuple[float, float]],
    slope: float,
    known: Sequence[Line],
    walls: Sequence[Line],
    scale: float,
) -> Stroke | None:
    """The rule at ends of walls; None where they are few, or more walls go on between them."""
    if len(ends) < _FEWEST:
        return None
    level, near = median(np.array([height for height, _ in ends])), _NEAR * scale
    left, right = min(x for _, x in ends), max(x for _, x in ends)
    through = [
        x
        for wall in walls
        for x in [wall.y_at(level + slope * left)]
        if wall.start < level + slope * x - near and wall.end > level + slope * x + near
    ]
    if sum(left < x < right for x in through) >= len(ends):
        return None
    x0 = max((x for x in through if x < left), default=left)
    x1 = min((x for x in through if x > right), default=right)
    thickness = median(np.array([line.thickness for line in known]))
    contrast = median(np.array([line.contrast for line in known]))
    return Stroke(x0, level + slope * x0, x1, level + slope * x1, thickness, contrast)
