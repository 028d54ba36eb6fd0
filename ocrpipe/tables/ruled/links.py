"""Verticals that link two tables one above the other: strokes of the heading between them.

A stem of a character that stands on the line of a wall makes the wall of both tables one rule
there. All values are points of the straight frame.
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


def without_links(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """The rules without what of verticals links two closed tables over the paper between them.

    Both tables have walls at both ends of the rules that face each other, and there are none
    between these rules, which a row of a table would have.

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
        if (
            0 < len(links) <= _MOST_LINKS
            and len(links) == len(within)
            and not any(_is_at_end(rule, end) for rule in links for end in (*upper, *lower))
            and _is_closed(vertical, upper, top, -1)
            and _is_closed(vertical, lower, bottom, 1)
        ):
            kept = [part for rule in kept for part in _cut(rule, links, top, bottom)]
    return tuple(kept)


def _extent(rules: Sequence[Ruling], height: float) -> tuple[float, float]:
    """Where the rules at a height begin and end."""
    pieces = [rule for rule in rules if rule.horizontal and rule.y0 == height]
    return min(rule.x0 for rule in pieces), max(rule.x1 for rule in pieces)


def _is_at_end(rule: Ruling, end: float) -> bool:
    return abs(rule.x0 - end) <= _REACH


def _is_closed(
    vertical: Sequence[Ruling], extent: tuple[float, float], height: float, side: int
) -> bool:
    """Whether walls begin at a rule on one of its sides (-1: above it), those at its ends too."""
    walls = [
        rule
        for rule in vertical
        if rule.y0 - _REACH <= height <= rule.y1 + _REACH
        and (height - rule.y0 if side < 0 else rule.y1 - height) > _REACH
        and extent[0] - _REACH <= rule.x0 <= extent[1] + _REACH
    ]
    return len(walls) >= _FEWEST_WALLS and all(
        any(_is_at_end(rule, end) for rule in walls) for end in extent
    )


def _cut(rule: Ruling, links: Sequence[Ruling], top: float, bottom: float) -> list[Ruling]:
    """A rule, or what is left of one that is among or within `links` above and below a band."""
    if rule.horizontal or not any(
        rule.x0 == link.x0 and link.y0 <= rule.y0 and rule.y1 <= link.y1 for link in links
    ):
        return [rule]
    parts = [(rule.y0, min(rule.y1, top)), (max(rule.y0, bottom), rule.y1)]
    return [replace(rule, y0=start, y1=end) for start, end in parts if end - start > 0]
