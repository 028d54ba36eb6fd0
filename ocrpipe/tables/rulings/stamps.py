"""Strokes of a seal that cross a table: its ring passes from rule to rule like a wall."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling

_RIM = 4.0
"""Points around a seal's box in which the edge of its rim may lie."""

_ASIDE = 1.2
"""Points by which the pieces of one rule may lie aside of each other."""


_RING = 8.0
"""Points from the sides of a seal's box within which its ring may run straight."""

_CHORD = 0.5
"""Length of a stroke there in sides of the box from which it is no piece of the ring: one that lies
in a rim of 3 points, on a seal of 84, is 0.4 long."""

_MEETS = 1.5
"""Points between the end of a wall and the rule that it ends on, at most."""

_FEWEST_MET = 3
"""Rules that a wall meets which the seal covers: it ends on two and crosses another. Strokes of
characters may reach from one rule to the next."""


def without_stamp_strokes(rulings: Sequence[Ruling], stamps: Sequence[Box]) -> list[Ruling]:
    """Rulings but for those that are strokes of a seal.

    A ruling that lies in a seal as a whole belongs to its ring or its characters, unless it goes
    on a rule outside: a seal's ink may cut the rules of the table that it stands on. So do the
    walls of a low table that a seal covers wholly.

    Args:
        rulings: Of a page, in points.
        stamps: Boxes of its seals, in points.
    """
    kept = list(rulings)
    for box in stamps:
        stamp = box.padded(_RIM)
        outside = [ruling for ruling in kept if not _inside(ruling, stamp)]
        through = [ruling for ruling in outside if _touches(ruling, stamp)]
        kept = [
            ruling
            for ruling in kept
            if not _inside(ruling, stamp)
            or any(_on_one_line(ruling, rule) for rule in through)
            or _is_wall(ruling, through, box)
        ]
    return kept


def _inside(ruling: Ruling, stamp: Box) -> bool:
    return stamp.contains_point(ruling.x0, ruling.y0) and stamp.contains_point(ruling.x1, ruling.y1)


def _touches(ruling: Ruling, stamp: Box) -> bool:
    return (
        min(ruling.x0, ruling.x1) <= stamp.x1
        and max(ruling.x0, ruling.x1) >= stamp.x0
        and min(ruling.y0, ruling.y1) <= stamp.y1
        and max(ruling.y0, ruling.y1) >= stamp.y0
    )


def _is_wall(ruling: Ruling, through: Sequence[Ruling], stamp: Box) -> bool:
    """Whether an upright stroke in a seal ends on two rules that go on outside of it, crosses
    another, and does not lie where the ring does."""
    if ruling.horizontal:
        return False
    x, top, bottom = (ruling.x0 + ruling.x1) / 2, *sorted((ruling.y0, ruling.y1))
    aside = min(abs(x - stamp.x0), abs(x - stamp.x1))
    if aside <= _RING and bottom - top < _CHORD * (stamp.y1 - stamp.y0):
        return False
    met = [
        (y, reach)
        for rule in through
        if rule.horizontal and rule.x0 - _MEETS <= x <= rule.x1 + _MEETS
        if (reach := _MEETS + rule.thickness / 2)
        if top - reach <= (y := _height_at(rule, x)) <= bottom + reach
    ]
    ends = all(any(abs(y - end) <= reach for y, reach in met) for end in (top, bottom))
    return ends and len(met) >= _FEWEST_MET


def _height_at(rule: Ruling, x: float) -> float:
    return rule.y0 + (rule.y1 - rule.y0) / (rule.x1 - rule.x0) * (x - rule.x0)


def _on_one_line(ruling: Ruling, rule: Ruling) -> bool:
    """Whether two rulings lie on one straight line, whatever is between them."""
    if ruling.horizontal != rule.horizontal:
        return False
    if ruling.horizontal:
        places = [_height_at(rule, x) - y for x, y in _ends(ruling)]
    else:
        slope = (rule.x1 - rule.x0) / (rule.y1 - rule.y0)
        places = [rule.x0 + slope * (y - rule.y0) - x for x, y in _ends(ruling)]
    return all(abs(place) <= _ASIDE for place in places)


def _ends(ruling: Ruling) -> tuple[tuple[float, float], tuple[float, float]]:
    return (ruling.x0, ruling.y0), (ruling.x1, ruling.y1)
