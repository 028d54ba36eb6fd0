"""Streaks of a scanner or a copier, which run over a table and beyond it on both sides.

All values are points of the straight frame.
"""

from collections.abc import Sequence

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.merge import SAME_RULE, merge_straight

_BEYOND = 12.0
"""A rule ends with its table; a streak goes on for at least so much at both ends."""

_REACH = 4.0
_ASIDE = 5.0
_GAP = 3.0
"""Points that the pieces of one streak, which is seldom straight, lie aside and apart."""

_FEWEST_CROSSED = 3
_FEWEST_ALIKE = 2
"""A rule that begins and ends where so many others do is of a table, though its sides be open."""


_Place = tuple[float, float, float]
"""Where a rule lies across its direction, and where it begins and ends."""


def without_streaks(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Axis-parallel rules, in pieces perhaps, without those of streaks: these cross a closed table
    and run out of it at both ends."""
    whole = merge_straight(rules)
    level = [_place(rule) for rule in whole if rule.horizontal]
    upright = [_place(rule) for rule in whole if not rule.horizontal]
    streaks = {
        True: [rule for rule in level if _is_streak(rule, level, upright)],
        False: [rule for rule in upright if _is_streak(rule, upright, level)],
    }
    return tuple(
        rule
        for rule in rules
        if not any(_is_of(_place(rule), streak) for streak in streaks[rule.horizontal])
    )


def _is_of(rule: _Place, streak: _Place) -> bool:
    (at, start, end), (other, low, high) = rule, streak
    return abs(at - other) <= SAME_RULE and start < high and end > low


def _is_streak(rule: _Place, own: Sequence[_Place], across: Sequence[_Place]) -> bool:
    """Whether a rule is a streak; `own` are all of its direction, `across` those of the other."""
    at, low, high = _with_its_pieces(rule, own)
    places = [
        place
        for place, start, end in across
        if start + _REACH < at < end - _REACH and low - _REACH <= place <= high + _REACH
    ]
    if len(places) < _FEWEST_CROSSED:
        return False
    first, last = min(places), max(places)
    if first - low < _BEYOND or high - last < _BEYOND:
        return False
    if len(_parallel(rule, own, low, high)) >= _FEWEST_ALIKE:
        return False
    frame = [place for place, _, _ in _parallel(rule, own, first, last)]
    return bool(frame) and min(frame) < at < max(frame)


def _parallel(rule: _Place, own: Sequence[_Place], first: float, last: float) -> list[_Place]:
    """The other rules of the same direction that lead from `first` to `last`."""
    return [
        other
        for other in own
        if other is not rule and abs(other[1] - first) <= _REACH and abs(other[2] - last) <= _REACH
    ]


def _with_its_pieces(rule: _Place, own: Sequence[_Place]) -> _Place:
    """Where a rule lies, and where it begins and ends with the pieces that go on from its ends."""
    at, low, high = rule
    others = [other for other in own if other is not rule and abs(other[0] - at) <= _ASIDE]
    for _, start, end in sorted(others, key=lambda piece: piece[1]):
        high = end if abs(start - high) <= _GAP else high
    for _, start, end in sorted(others, key=lambda piece: -piece[2]):
        low = start if abs(end - low) <= _GAP else low
    return at, low, high


def _place(rule: Ruling) -> _Place:
    if rule.horizontal:
        return rule.y0, rule.x0, rule.x1
    return rule.x0, rule.y0, rule.y1
