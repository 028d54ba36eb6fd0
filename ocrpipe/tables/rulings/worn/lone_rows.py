"""Rows that stand alone, as the last one of a table does on a page of its own.

Nothing above or below such a row tells where its rules end, but its own walls do: they go from the
one to the other. Strokes along y have x and y swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Iterator, Sequence

from ocrpipe.tables.rulings.follow import Line
from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_TOUCH = 3.5
_LOWEST, _HIGHEST = 5.0, 40.0
_FARTHEST = 150.0
"""From the end of a rule to a wall that it was led to, at most."""

_FEWEST_WALLS = 3


def ends_of_lone_rows(
    lines: Sequence[Line], crossing: Sequence[Stroke], scale: float
) -> list[Stroke]:
    """What is lost at the ends of the two rules of rows that stand alone, up to their last walls.

    Args:
        lines: Rules along x.
        crossing: Strokes along y; those of a row begin at one of its rules and end at the other.
        scale: Pixels a point.
    """
    return [
        end
        for upper in lines
        for lower in lines
        if upper is not lower and _LOWEST * scale <= _between(upper, lower) <= _HIGHEST * scale
        for end in _ends(upper, lower, crossing, scale)
    ]


def _between(upper: Line, lower: Line) -> float:
    place = (lower.start + lower.end) / 2
    return lower.y_at(place) - upper.y_at(place)


def _ends(upper: Line, lower: Line, crossing: Sequence[Stroke], scale: float) -> Iterator[Stroke]:
    touch, reach = _TOUCH * scale, _FARTHEST * scale
    start, end = min(upper.start, lower.start), max(upper.end, lower.end)
    walls = []
    for wall in crossing:
        if not start - reach <= wall.y0 <= end + reach:
            continue
        over = upper.y_at(wall.y0) - wall.x0
        under = wall.x1 - lower.y_at(wall.y1)
        if max(abs(over), abs(under)) <= touch:
            walls.append(wall.y0)
        elif (over > touch and wall.x1 >= upper.y_at(wall.y0) - touch) or (
            under > touch and wall.x0 <= lower.y_at(wall.y1) + touch
        ):
            return  # The row goes on above or below, and merged cells may end its rules.
    if len(walls) < _FEWEST_WALLS:
        return
    for line in (upper, lower):
        if line.start - reach <= min(walls) < line.start - touch:
            yield _part(line, min(walls), line.start)
        if line.end + touch < max(walls) <= line.end + reach:
            yield _part(line, line.end, max(walls))


def _part(line: Line, x0: float, x1: float) -> Stroke:
    return Stroke(x0, line.y_at(x0), x1, line.y_at(x1), line.thickness, line.contrast)
