"""Verticals that link two tables one above the other: strokes of the heading between them.

A stem of a character that stands on the line of a wall makes the wall of both tables one rule
there: headings begin where their tables do. All values are points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocrpipe.page import Ruling

_REACH = 4.0
_LOWEST = 11.0
"""Points between two tables with a heading between them, which may fill all of that."""

_MOST_LINKS = 2
"""Strokes that may lie on walls of both tables; a row of cells has more walls."""

_FEWEST_WALLS = 3

_Edge = tuple[tuple[float, float], float]
"""Where the rules at a height begin and end, and that height."""


def without_links(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """The rules without what of verticals links two closed tables over the paper between them.

    Both tables have walls at both ends of the rules that face each other, and there are none
    between these rules, or one at one end and the columns of neither table go on in the other: a
    title row of one table has walls at both ends, and where one is lost, the columns go on.

    Args:
        rules: Axis-parallel, pieces of one rule merged.
    """
    vertical = [rule for rule in rules if not rule.horizontal]
    heights = sorted({rule.y0 for rule in rules if rule.horizontal})
    kept = list(rules)
    for top, bottom in pairwise(heights):
        if bottom - top < _LOWEST:
            continue
        upper, lower = (_extent(rules, height) for height in (top, bottom))
        within = [
            rule
            for rule in vertical
            if rule.y0 < bottom - _REACH
            and rule.y1 > top + _REACH
            and min(upper[0], lower[0]) - _REACH < rule.x0 < max(upper[1], lower[1]) + _REACH
        ]
        links = [rule for rule in within if rule.y0 <= top + _REACH and rule.y1 >= bottom - _REACH]
        # The line of a pen may go on a rule beyond the last wall.
        common = max(upper[0], lower[0]), min(upper[1], lower[1])
        if (
            0 < len(links) <= _MOST_LINKS
            and len(links) == len(within)
            and any(
                _are_parted(links, vertical, (above, top), (below, bottom))
                for above, below in ((upper, lower), (common, common))
            )
        ):
            kept = [part for rule in kept for part in _cut(rule, links, top, bottom)]
    return tuple(kept)


def _extent(rules: Sequence[Ruling], height: float) -> tuple[float, float]:
    """Where the rules at a height begin and end."""
    pieces = [rule for rule in rules if rule.horizontal and rule.y0 == height]
    return min(rule.x0 for rule in pieces), max(rule.x1 for rule in pieces)


def _are_parted(
    links: Sequence[Ruling], vertical: Sequence[Ruling], upper: _Edge, lower: _Edge
) -> bool:
    """Whether closed tables end and begin at two edges, and the links are no sides of one row."""
    above, below = _walls(vertical, upper, -1), _walls(vertical, lower, 1)
    if not (_is_closed(above, upper) and _is_closed(below, lower)):
        return False
    linked = [
        any(_is_at(rule, edge[0][end]) for rule in links for edge in (upper, lower))
        for end in (0, 1)
    ]
    if not any(linked):
        return True
    aside = max(abs(one - other) for one, other in zip(upper[0], lower[0], strict=True))
    if all(linked) or aside > _REACH:
        return False
    return not _have_common(_inner(above, upper), _inner(below, lower))


def _is_at(rule: Ruling, place: float) -> bool:
    return abs(rule.x0 - place) <= _REACH


def _walls(vertical: Sequence[Ruling], edge: _Edge, side: int) -> list[Ruling]:
    """The walls that begin at an edge on one of its sides (-1: above it)."""
    (start, end), height = edge
    return [
        rule
        for rule in vertical
        if rule.y0 - _REACH <= height <= rule.y1 + _REACH
        and (height - rule.y0 if side < 0 else rule.y1 - height) > _REACH
        and start - _REACH <= rule.x0 <= end + _REACH
    ]


def _is_closed(walls: Sequence[Ruling], edge: _Edge) -> bool:
    """Whether enough walls stand on an edge, and some at both its ends."""
    return len(walls) >= _FEWEST_WALLS and all(
        any(_is_at(rule, end) for rule in walls) for end in edge[0]
    )


def _inner(walls: Sequence[Ruling], edge: _Edge) -> list[float]:
    """Where walls stand between the ends of an edge."""
    return [rule.x0 for rule in walls if not any(_is_at(rule, end) for end in edge[0])]


def _have_common(above: Sequence[float], below: Sequence[float]) -> bool:
    """Whether walls on both sides are on one line, or there are none on one of them."""
    if not (above and below):
        return True
    return any(abs(place - other) <= _REACH for place in above for other in below)


def _cut(rule: Ruling, links: Sequence[Ruling], top: float, bottom: float) -> list[Ruling]:
    """A rule, or what is left of one that is among or within `links` above and below a band."""
    if rule.horizontal or not any(
        rule.x0 == link.x0 and link.y0 <= rule.y0 and rule.y1 <= link.y1 for link in links
    ):
        return [rule]
    parts = [(rule.y0, min(rule.y1, top)), (max(rule.y0, bottom), rule.y1)]
    return [replace(rule, y0=start, y1=end) for start, end in parts if end - start > 0]
