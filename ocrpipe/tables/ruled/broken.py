"""Broken rules: a worn or badly copied page, where every rule is a row of pieces.

Which gap is damage and which one a merged cell is decided for each slot between two crossing
rules: a slot that is inked in part has its wall, one without ink has none.
"""

from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.page import Ruling

_FEWEST_BREAKS = 12
_BROKEN_SHARE = 0.25
_LONGEST_BREAK = 15.0
_NEAR = 3.5
_REACH = 12.0
"""Points by which a broken rule may miss the rule that it crosses."""

_THINNEST_SLOT = 5.0
_INKED_SHARE = 0.3
"""Share of a slot that is inked where its rule is broken; a figure in the slot inks less."""

_LITTLE_INK = 0.1

_Piece = tuple[float, float]
_Lines = dict[float, list[_Piece]]
"""Position across the rules: start and end of the pieces there, ascending."""


def mend(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Merged axis-parallel rules with the gaps of broken ones closed, sorted as they came.

    Rules come back as they are but for a page on which many have gaps where no other rule is.

    Args:
        rules: In the straight frame, pieces of one rule at the same position (`merge_straight`).
    """
    horizontal: _Lines = {}
    vertical: _Lines = {}
    for rule in rules:
        if rule.horizontal:
            horizontal.setdefault(rule.y0, []).append((rule.x0, rule.x1))
        else:
            vertical.setdefault(rule.x0, []).append((rule.y0, rule.y1))
    breaks = _breaks(horizontal, vertical) + _breaks(vertical, horizontal)
    if breaks < max(_FEWEST_BREAKS, _BROKEN_SHARE * len(rules)):
        return tuple(rules)
    thickness = {rule.y0 if rule.horizontal else rule.x0: rule.thickness for rule in rules}
    return (
        *(
            Ruling(start, at, end, at, thickness[at])
            for at, start, end in _mended(horizontal, vertical)
        ),
        *(
            Ruling(at, start, at, end, thickness[at])
            for at, start, end in _mended(vertical, horizontal)
        ),
    )


def _breaks(lines: _Lines, crossing: _Lines) -> int:
    """Short gaps in rules that neither begin nor end at a crossing rule."""
    count = 0
    for at, pieces in lines.items():
        places = _crossings(at, crossing)
        count += sum(
            after[0] - before[1] <= _LONGEST_BREAK
            and not any(
                abs(place - end) <= _NEAR for place in places for end in (before[1], after[0])
            )
            for before, after in pairwise(pieces)
        )
    return count


def _crossings(at: float, crossing: _Lines) -> list[float]:
    """Where rules cross the line at `at`, ascending, with room for a cell between them."""
    places: list[float] = []
    for place in sorted(crossing):
        if any(start - _REACH <= at <= end + _REACH for start, end in crossing[place]) and (
            not places or place - places[-1] >= _THINNEST_SLOT
        ):
            places.append(place)
    return places


def _mended(lines: _Lines, crossing: _Lines) -> list[tuple[float, float, float]]:
    """Position, start and end of every rule, with the slots closed that are inked in part."""
    result = []
    for at, pieces in sorted(lines.items()):
        slots = _walls(pieces, list(pairwise(_crossings(at, crossing))))
        joined: list[list[float]] = []
        for start, end in sorted([*pieces, *slots]):
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        result += [(at, start, end) for start, end in joined]
    return result


def _walls(pieces: Sequence[_Piece], slots: Sequence[_Piece]) -> list[_Piece]:
    """Slots that are inked enough; between two that are, little ink is enough."""
    shares = [0.0, *(_inked(pieces, low, high) / (high - low) for low, high in slots), 0.0]
    return [
        slot
        for index, slot in enumerate(slots, 1)
        if shares[index]
        >= (
            _LITTLE_INK
            if min(shares[index - 1], shares[index + 1]) >= _INKED_SHARE
            else _INKED_SHARE
        )
    ]


def _inked(pieces: Sequence[_Piece], low: float, high: float) -> float:
    return sum(max(0.0, min(end, high) - max(start, low)) for start, end in pieces)
