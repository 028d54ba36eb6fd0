"""Streaks of a scanner or a copier, and creases, which run over a table and beyond it.

All values are points of the straight frame.
"""

from collections.abc import Sequence

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.merge import SAME_RULE, merge_straight

_BEYOND = 12.0
"""A rule ends with its table; a streak goes on for at least so much at both ends."""

_FAR = 40.0
"""Or so much at one: a crease is found from the edge of the sheet to where its shadow fades."""

_INKED = 0.4
"""Share of what lies beyond the table that is found of a streak, which breaks off by places. A
stroke of a character of a heading above the table, on the line of a wall, is less."""

_REACH = 4.0
_ASIDE = 5.0
_GAP = 3.0
"""Points that the pieces of one streak, which is seldom straight, lie aside and apart."""

_FEWEST_CROSSED = 3
_FEWEST_ALIKE = 2
"""A rule that begins and ends where so many others do is of a table, though its sides be open."""

_EDGE = 6.0
"""Points from the edges of the page to a streak that goes over all of it. Many do on one page."""

_SIDE = 0.5
"""Share of the way over all that a streak crosses that the sides of tables there have, at least:
between two tables there are none."""


_Place = tuple[float, float, float]
"""Where a rule lies across its direction, and where it begins and ends."""


def without_streaks(rules: Sequence[Ruling], width: float, height: float) -> tuple[Ruling, ...]:
    """Axis-parallel rules, in pieces perhaps, without those of streaks and creases: these cross a
    closed table and run out of it.

    `width` and `height` are those of the page.
    """
    whole = merge_straight(rules)
    level = [_place(rule) for rule in whole if rule.horizontal]
    upright = [_place(rule) for rule in whole if not rule.horizontal]
    streaks = {
        True: [rule for rule in level if _is_streak(rule, level, upright, width)],
        False: [rule for rule in upright if _is_streak(rule, upright, level, height)],
    }
    return tuple(
        rule
        for rule in rules
        if not any(_is_of(_place(rule), streak) for streak in streaks[rule.horizontal])
        or _is_wall(_place(rule), *((level, upright) if rule.horizontal else (upright, level)))
    )


def _is_of(rule: _Place, streak: _Place) -> bool:
    (at, start, end), (other, low, high) = rule, streak
    return abs(at - other) <= SAME_RULE and start < high and end > low


def _is_wall(rule: _Place, own: Sequence[_Place], across: Sequence[_Place]) -> bool:
    """Whether a piece that lies where a streak does is a wall: it leads from rule to rule over some
    between them, and another one of its direction does, too."""
    at, low, high = rule
    places = _met(at, low, high, across)
    if len(places) <= _FEWEST_CROSSED or min(places) - low > _GAP or high - max(places) > _GAP:
        return False
    return any(abs(other[0] - at) > _ASIDE for other in _alike(rule, own, low, high))


def _met(at: float, low: float, high: float, across: Sequence[_Place]) -> list[float]:
    """Where rules of the other direction cross or touch a line; broken ones leave gaps about it,
    and a broken line ends before the last of them."""
    return [
        place
        for place, start, end in across
        if start - _BEYOND <= at <= end + _BEYOND and low - _BEYOND <= place <= high + _BEYOND
    ]


def _is_streak(
    rule: _Place, own: Sequence[_Place], across: Sequence[_Place], length: float
) -> bool:
    """Whether a rule is a streak of a page of a `length`; `own` are all of its direction, `across`
    those of the other."""
    at = rule[0]
    pieces = _pieces(rule, own)
    low, high = min(piece[1] for piece in pieces), max(piece[2] for piece in pieces)
    met = _met(at, low, high, across)
    crossed = [start + _REACH < at < end - _REACH for place, start, end in across if place in met]
    if sum(crossed) < _FEWEST_CROSSED:
        return False
    first, last = min(met), max(met)
    if not _goes_on(pieces, (low, first), (last, high)):
        return False
    over_all = low <= _EDGE and high >= length - _EDGE
    # Of two tables side by side each rule has its like, and the line of both together has none.
    alike = max(len(_alike(rule, own, *ends)) for ends in ((low, high), rule[1:]))
    if not over_all and (alike >= _FEWEST_ALIKE or _ends_with(own, (low, first), (last, high))):
        return False
    ended = [
        piece
        for piece in own
        if (piece[1] >= first - _REACH if first - low >= high - last else piece[2] <= last + _REACH)
    ]
    sides = [place for place, _, _ in ended if _covered(place, ended, first, last) >= _SIDE]
    return bool(sides) and min(sides) < at < max(sides)


def _covered(at: float, rules: Sequence[_Place], first: float, last: float) -> float:
    """Share of the way from `first` to `last` that the rules on one line have."""
    parts = [
        max(0.0, min(end, last) - max(start, first))
        for place, start, end in rules
        if abs(place - at) <= SAME_RULE / 2
    ]
    return sum(parts) / max(last - first, _REACH)


def _goes_on(
    pieces: Sequence[_Place], before: tuple[float, float], after: tuple[float, float]
) -> bool:
    """Whether a line goes on beyond both, or far beyond one, of the outermost rules it meets."""
    beyond = [max(0.0, end - start) for start, end in (before, after)]
    if min(beyond) < _BEYOND and max(beyond) < _FAR:
        return False
    inked = sum(
        max(0.0, min(end, stop) - max(start, begin))
        for _, start, end in pieces
        for begin, stop in (before, after)
    )
    return inked >= _INKED * sum(beyond)


def _ends_with(
    own: Sequence[_Place], before: tuple[float, float], after: tuple[float, float]
) -> bool:
    """Whether a line that goes on at one end alone stops at the other with the rules of its table:
    it is the rule under a head whose labels stand outside the frame. A crease fades anywhere."""
    low, high = before[0], after[1]
    if before[1] - low >= _BEYOND and high - after[0] >= _BEYOND:
        return False
    at_start = high - after[0] > before[1] - low
    ends = (abs(rule[1] - low if at_start else rule[2] - high) <= _REACH for rule in own)
    # The line itself, or a piece of it, ends there, too.
    return sum(ends) > _FEWEST_ALIKE


def _alike(rule: _Place, own: Sequence[_Place], first: float, last: float) -> list[_Place]:
    """The other rules of the same direction that lead from `first` to `last`."""
    return [
        other
        for other in own
        if other is not rule and abs(other[1] - first) <= _REACH and abs(other[2] - last) <= _REACH
    ]


def _pieces(rule: _Place, own: Sequence[_Place]) -> list[_Place]:
    """The pieces of the line of a rule, and those that go on from its ends a little aside."""
    at = rule[0]
    pieces = [other for other in own if abs(other[0] - at) <= SAME_RULE / 2]
    low, high = min(piece[1] for piece in pieces), max(piece[2] for piece in pieces)
    others = [other for other in own if other not in pieces and abs(other[0] - at) <= _ASIDE]
    for other in sorted(others, key=lambda piece: piece[1]):
        if abs(other[1] - high) <= _GAP:
            high = other[2]
            pieces.append(other)
    for other in sorted(others, key=lambda piece: -piece[2]):
        if abs(other[2] - low) <= _GAP:
            low = other[1]
            pieces.append(other)
    return pieces


def _place(rule: Ruling) -> _Place:
    if rule.horizontal:
        return rule.y0, rule.x0, rule.x1
    return rule.x0, rule.y0, rule.y1
