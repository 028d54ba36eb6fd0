"""Rules that go on through print: a rule that ends beside a label in the middle of its cell seems
to go on in the level strokes of the label.

Points of the straight frame. What lies on a rule is left out of the marks of a page, and so a
character that a rule goes through is two marks: one that ends at the rule, and one that begins
there.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.tables.alignment.words import Word

_NEAR_RULE = 1.8
"""Points beside a rule, besides half of its thickness, within which what it cuts ends."""

_SAME_END = 3.0
_BESIDE = 12.0
"""Points about the end of a rule within which others end with it, and beside cut print within
which the end of the rule is looked for."""

_FEWEST_CUT = 2

# In heights of a character.
_HIGHEST = 1.3
_NEXT = 0.6
_SHORTEST = 0.8

_Side = Literal["left", "right"]


def without_struck_ends(
    rules: Sequence[Ruling], marks: Sequence[Box], height: float
) -> list[Ruling]:
    """Level rules without the ends that cut characters in two, where no other rule ends.

    Args:
        rules: The level rules of a page.
        marks: Its marks (`print_boxes`).
        height: Of a character.
    """
    return [
        _without(_without(rule, "left", rules, marks, height), "right", rules, marks, height)
        for rule in rules
    ]


def _without(
    rule: Ruling, side: _Side, rules: Sequence[Ruling], marks: Sequence[Box], height: float
) -> Ruling:
    places = [_end(other, side) for other in rules if other is not rule and other.y0 != rule.y0]
    end = _end(rule, side)
    if any(abs(place - end) <= _SAME_END for place in places):
        return rule
    stop = _end_of_cut(_cut_by(rule, marks, height), end, side, height)
    if stop is None:
        return rule
    inwards = 1 if side == "left" else -1
    beside = [place for place in places if -_SAME_END <= inwards * (place - stop) <= _BESIDE]
    place = min(beside, key=lambda place: abs(place - stop), default=stop)
    if not rule.x0 < place < rule.x1:
        return rule
    return replace(rule, x0=place) if side == "left" else replace(rule, x1=place)


def _end(rule: Ruling, side: _Side) -> float:
    return rule.x0 if side == "left" else rule.x1


def _cut_by(rule: Ruling, marks: Sequence[Box], height: float) -> list[Word]:
    """Where a rule goes through print, from the left."""
    reach = rule.thickness / 2 + _NEAR_RULE
    near = [mark for mark in marks if rule.x0 <= mark.x1 and mark.x0 <= rule.x1]
    above = [mark for mark in near if 0 < rule.y0 - mark.y1 <= reach]
    below = [mark for mark in near if 0 < mark.y0 - rule.y0 <= reach]
    cut = [
        Word(min(upper.x0, lower.x0), max(upper.x1, lower.x1))
        for upper in above
        for lower in below
        if upper.x0 < lower.x1 and lower.x0 < upper.x1
        if lower.y1 - upper.y0 <= _HIGHEST * height
    ]
    return sorted(cut)


def _end_of_cut(cut: Sequence[Word], end: float, side: _Side, height: float) -> float | None:
    """How far the print that is cut goes from the end of a rule; None where it is none."""
    outwards = -1 if side == "left" else 1
    reached, count = end, 0
    for word in cut if side == "left" else reversed(cut):
        first, last = (word.x0, word.x1) if side == "left" else (word.x1, word.x0)
        if outwards * (reached - first) > _NEXT * height:
            break
        reached = min(reached, last) if side == "right" else max(reached, last)
        count += 1
    long = abs(reached - end) >= _SHORTEST * height
    return reached if count >= _FEWEST_CUT and long else None
