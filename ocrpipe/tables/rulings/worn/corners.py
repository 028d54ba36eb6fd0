"""Corners that no cell can have: where a rule along x and one along y end at one point.

Cells are rectangles, so that inside a table at least three walls meet, or one line goes through.
On a page whose rules are worn one of the two goes on, and what little is left of it tells which.
Strokes along y have x and y swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ocrpipe.runs import find_runs, longest_run
from ocrpipe.tables.rulings.worn.slots import LONGEST_GAP, Slot

# Lengths in points.
_SAME_PLACE = 2.0

_FEWEST_REMAINS = 2
"""Pieces of ink from which on what lies on a line is no dust."""

_CLEARER = 3.0
"""How many times the ink of the other line one must have to be the one that goes on."""

_MOST_NEAR = 0.3
"""Share of a slot beside which print stands, from which on it may have left the ink there."""

_JUST_A_WALL = 0.5

_Pair = tuple[int, int]


def with_corners_closed(
    across: Sequence[Slot], down: Sequence[Slot], scale: float
) -> tuple[list[Slot], list[Slot]]:
    """The slots of both directions, with walls where one of two rules that end at a corner has
    remains beyond it, and the other has less."""
    slots = (list(across), list(down))
    meeting = list(_joints(down))
    for (x, y), level in _joints(across):
        for (below, beside), upright in meeting:
            if max(abs(x - beside), abs(y - below)) <= _SAME_PLACE * scale:
                _close(slots, (level, upright), scale)
    return slots


def _close(slots: tuple[list[Slot], list[Slot]], pairs: tuple[_Pair, _Pair], scale: float) -> None:
    """Make a wall of what goes on beyond two ends, unless one was prolonged before."""
    walls = [[slots[way][index].is_wall for index in pairs[way]] for way in (0, 1)]
    if any(before == after for before, after in walls):
        return
    ends = [pairs[way][walls[way].index(False)] for way in (0, 1)]
    shares = [_remains(slots[way][ends[way]], scale) for way in (0, 1)]
    if max(shares) > _CLEARER * min(shares):
        way = shares.index(max(shares))
        slots[way][ends[way]] = replace(slots[way][ends[way]], odds=_JUST_A_WALL)


def _joints(slots: Sequence[Slot]) -> Iterator[tuple[tuple[float, float], _Pair]]:
    """Where a line ends between two of its slots, along and across it, and their indices."""
    for index, (before, after) in enumerate(pairwise(slots)):
        meet = before.line == after.line and before.stroke.x1 == after.stroke.x0
        if meet and before.is_wall != after.is_wall:
            yield (after.stroke.x0, after.stroke.y0), (index, index + 1)


def _remains(slot: Slot, scale: float) -> float:
    """Share of a slot that is inked; 0 where that may be print or dust, or the wall is far off."""
    longest = longest_run(~slot.on)
    if slot.remote or slot.crossed > 0 or longest > LONGEST_GAP * scale:
        return 0.0
    ink = slot.on & ~slot.near if float(slot.near.mean()) > _MOST_NEAR else slot.on
    return float(ink.mean()) if len(find_runs(ink)) >= _FEWEST_REMAINS else 0.0
