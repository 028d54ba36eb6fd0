"""Lines of which nearly every slot keeps two short pieces, one at either of its rules.

Such pieces are as short as the strokes of characters, and no long stroke of their line is left that
would tell them from those. But characters keep off the rules above and below them, and two strokes
of them that stand in line with each other do not end at both rules in row after row. Strokes along
y have x and y swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.beside import LONG, crowded
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.follow import lines_of
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke, usual_contrast
from ocrpipe.tables.rulings.worn.slots import Slot, slots_of

# Lengths in points.
_SHORTEST = 5.0
"""Pieces that may be of a line, as `worn.walls` takes them."""

_AT_RULE = 2.5
"""From the end of a piece to the rule at which it begins, as `wear` has it."""

_SIDEWAYS = 1.5
"""Places of a line beside each other, in which its pieces are counted: twice the way that two
strokes of a line may be apart."""

_FEWEST, _LEAST_AT_END = 3, 0.2
"""Pieces of a line that meet rules; share of these that go on after one, and before one."""

_FEWEST_IN_LINE, _FEWEST_ON_PAGE = 2, 4
"""Slots of a line that have two pieces, and of all broken lines, which are no chance: below the
head of a page that ends there, a table may have two rows."""

_MOST_CROWDED = 0.4
"""Share of a piece with ink around it: below 0.3 for most of a wall, 1 for stems of characters."""

_TWO, _ONE = 0.25, 0.5
"""Share of the slots of a line that have a piece at both rules, and that have one at any."""

_SPACE = 1.5
"""Between two pieces: less may be the grain of one."""

_REACH = 0.15
"""Share of a slot in which a piece begins that is at its rule: wear takes what is next to it."""

_MOST_NEAR = 0.3
"""Share of the ink of a line that may have print close by."""

_PALEST = 0.6
"""Share of the contrast of the rules that the pieces have at least, as `worn.walls` has it."""


def broken_lines(
    rules: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The pieces of lines along x that are broken between most of the rules that cross them.

    Args:
        rules: Strokes along x of the page's tables, in pixels.
        crossing: Those along y, with x and y swapped.
        found: What `rules` were found in.
        scale: Pixels a point.
    """
    pieces = _pieces_at_rules(rules, crossing, found, scale)
    lines = [
        line
        for line in lines_of(list(pieces), scale)
        if len(line.strokes) >= _FEWEST
        and _are_at_both_ends([pieces[stroke] for stroke in line.strokes])
        and _are_clear(line.strokes, found, scale)
    ]
    if not lines:
        return []
    slots = slots_of(lines, lines_of(crossing, scale), found, scale)
    broken = {
        index: two
        for index, own in groupby(slots, key=lambda slot: slot.line)
        if (two := _slots_in_two([slot for slot in own if not slot.remote], scale))
    }
    if sum(broken.values()) < _FEWEST_ON_PAGE:
        return []
    return [stroke for index in broken for stroke in lines[index].strokes]


def _pieces_at_rules(
    rules: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> dict[Stroke, tuple[bool, bool]]:
    """Short strokes of the tables of which several are on one line, and that meet a crossing rule:
    whether each of them goes on after it, and before it."""
    if len(crossing) <= _FEWEST:
        return {}
    least, most = _SHORTEST * scale, LONG * scale
    palest = _PALEST * usual_contrast([*rules, *crossing])
    known = set(rules)
    short = [
        stroke
        for stroke in found.solid
        if least <= stroke.length < most and stroke.contrast >= palest and stroke not in known
    ]
    if len(short) < _FEWEST:
        return {}
    x0, y0, x1, y1 = np.array([(s.x0, s.y0, s.x1, s.y1) for s in short]).T
    # Few places have as many: only their strokes are compared with the rules.
    places = np.maximum(y0 / (_SIDEWAYS * scale), 0).astype(np.intp)
    counts = np.bincount(places, minlength=int(places.max()) + 2)
    counts[1:] += counts[:-1].copy()
    some = np.flatnonzero(np.maximum(counts[places], counts[places + 1]) >= _FEWEST)
    x0, y0, x1, y1 = x0[some], y0[some], x1[some], y1[some]
    reach, half = _AT_RULE * scale, (x1 - x0) / 2
    rule = CrossingRules(crossing).nearest(x0 + half, (y0 + y1) / 2, half + reach, half + reach)
    # Those of two slots go on over the rule between them.
    begins, ends = (x1 - rule > reach).tolist(), (rule - x0 > reach).tolist()
    return {
        short[index]: (begin, end)
        for index, begin, end in zip(some.tolist(), begins, ends, strict=True)
        if begin or end
    }


def _are_at_both_ends(at_rules: Sequence[tuple[bool, bool]]) -> bool:
    """Whether pieces of a line are after rules and before them: the feet of characters that touch
    their rules are all before them."""
    after, before = (sum(at[side] for at in at_rules) for side in (0, 1))
    return min(after, before) >= _LEAST_AT_END * len(at_rules)


def _are_clear(strokes: Sequence[Stroke], found: Candidates, scale: float) -> bool:
    """Whether most strokes stand clear: those of characters have others of theirs beside them."""
    left = len(strokes) // 2
    for stroke in strokes:
        if crowded(stroke, found.ink, found.fine, scale) > _MOST_CROWDED:
            left -= 1
        if left < 0:
            return False
    return True


def _slots_in_two(slots: Sequence[Slot], scale: float) -> int:
    """How many slots of a line have a piece at both rules; 0 where too few have for a wall."""
    ink = sum(int(slot.on.sum()) for slot in slots)
    if not ink or sum(int((slot.on & slot.near).sum()) for slot in slots) > _MOST_NEAR * ink:
        return 0
    ends = [_ends(slot, scale) for slot in slots]
    two = sum(pieces > 1 and first and last for first, last, pieces in ends)
    one = sum(first or last for first, last, _ in ends)
    many = two >= max(_FEWEST_IN_LINE, _TWO * len(slots)) and one >= _ONE * len(slots)
    return two if many else 0


def _ends(slot: Slot, scale: float) -> tuple[bool, bool, int]:
    """Whether the ink of a slot begins at its first rule, ends at its last, and its pieces."""
    whole = slot.on.copy()
    for start, end in find_runs(~slot.on):
        if start > 0 and end < len(whole) and end - start < _SPACE * scale:
            whole[start:end] = True
    runs = find_runs(whole)
    if not runs:
        return False, False, 0
    reach = _REACH * len(whole)
    return runs[0][0] <= reach, len(whole) - runs[-1][1] <= reach, len(runs)
