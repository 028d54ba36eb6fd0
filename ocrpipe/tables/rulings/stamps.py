"""Strokes of a seal that cross a table: its ring passes from rule to rule like a wall."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling

_RIM = 4.0
"""Points around a seal's box in which the edge of its rim may lie."""

_ASIDE = 1.2
"""Points by which the pieces of one rule may lie aside of each other."""


def without_stamp_strokes(rulings: Sequence[Ruling], stamps: Sequence[Box]) -> list[Ruling]:
    """Rulings but for those that are strokes of a seal.

    A ruling that lies in a seal as a whole belongs to its ring or its characters, unless it goes
    on a rule outside: a seal's ink may cut the rules of the table that it stands on.

    Args:
        rulings: Of a page, in points.
        stamps: Boxes of its seals, in points.
    """
    kept = list(rulings)
    for stamp in (box.padded(_RIM) for box in stamps):
        outside = [ruling for ruling in kept if not _inside(ruling, stamp)]
        through = [ruling for ruling in outside if _touches(ruling, stamp)]
        kept = [
            ruling
            for ruling in kept
            if not _inside(ruling, stamp) or any(_on_one_line(ruling, rule) for rule in through)
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


def _on_one_line(ruling: Ruling, rule: Ruling) -> bool:
    """Whether two rulings lie on one straight line, whatever is between them."""
    if ruling.horizontal != rule.horizontal:
        return False
    if ruling.horizontal:
        slope = (rule.y1 - rule.y0) / (rule.x1 - rule.x0)
        places = [rule.y0 + slope * (x - rule.x0) - y for x, y in _ends(ruling)]
    else:
        slope = (rule.x1 - rule.x0) / (rule.y1 - rule.y0)
        places = [rule.x0 + slope * (y - rule.y0) - x for x, y in _ends(ruling)]
    return all(abs(place) <= _ASIDE for place in places)


def _ends(ruling: Ruling) -> tuple[tuple[float, float], tuple[float, float]]:
    return (ruling.x0, ruling.y0), (ruling.x1, ruling.y1)
