"""Rules followed along their ink: walls that a seal, text or wear kept from being found as strokes.

Once the lines of a table are known, each slot between two crossing lines is looked at by itself,
in the raster. Only where nothing else is close does ink on the line tell a wall from the text of a
merged cell that happens to stand there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.quantiles import median
from ocrpipe.runs import find_runs, longest_run
from ocrpipe.tables.rulings.along import wholeness
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.gutters import gutters_of
from ocrpipe.tables.rulings.slot_ink import SlotInk, ink_of_slots
from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_SIDEWAYS, _LONGEST_GAP, _SHORTEST_LINE = 0.7, 150.0, 20.0
"""How far off a line the next of its strokes may lie, the gap before it, and what all its strokes
are long together, at least."""

_REACH = 3.5
"""From the end of a line to another one that it crosses all the same: corners are worn."""

_THINNEST_SLOT = 5.0
"""Lines that are closer are those of one double rule."""

_OVERRUN = 2.0
"""By which averaging prolongs a stroke past the rule at which it ends, at most."""

_LEAST_FREE, _FREE_SHARE = 4.0, 0.25
"""Of a slot, and share of it, without anything close by, from which the ink there is believed."""

_COVERED = 0.97
"""Share of a slot that strokes take, from which it needs no look at the raster."""

_WHOLE = 0.85
"""Share of its length that the longest stroke of a line is inked where the line has no gaps."""

_AT_END, _CHARACTER = 0.15, 10.0
"""Share of a slot, a character in it left out, at whose ends the ink of a worn wall may begin."""

_SPECK = 0.7
"""Paper that parts no runs of ink, and from an end of a slot to ink that begins there."""

_THROUGH, _LONGEST_LOST = 0.5, 72.0
"""Share of a slot that is inked where a rule goes through it, and points that it may lack."""


@dataclass(frozen=True, slots=True)
class _Needed:
    """Shares of a slot that must be inked for a wall, by what is known of it."""

    piece: float
    """Length of a stroke, in points, from which it is no part of a character."""
    gap: float
    """Longest gap in a wall, in points."""
    reaching: float
    """In the raster, where ink begins at an end of the slot."""
    floating: float
    """Where none does: a dash in a merged cell looks like a piece of wall."""
    beside: float
    """Where the line has a wall beside the slot and ink begins at an end of it."""
    hidden: float
    """With what stands close by, where the line has walls on all sides. Above the first row of a
    whole table it has none: the head of several columns may stand on the edge between two."""


_USUAL = _Needed(piece=15.0, gap=9.0, reaching=0.2, floating=0.85, beside=0.2, hidden=0.8)
_OF_WORN = _Needed(piece=10.0, gap=24.0, reaching=0.25, floating=0.35, beside=0.15, hidden=0.55)
_OF_WORN_AND_LOW = replace(_OF_WORN, floating=_USUAL.floating, hidden=_USUAL.hidden)
"""For a row as high as a line of text, in which a character looks like a piece of wall."""

_HIGHEST_ROW = 22.0


class _State(Enum):
    """What is known of a slot: strokes cover it, or the raster has its wall, or hardly has it."""

    OPEN = auto()
    COVERED = auto()
    INKED = auto()
    UNSURE = auto()
    HIDDEN = auto()


class Line:
    """Strokes that lie on one line: where it runs, also in its gaps and beyond its ends."""

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self.strokes = tuple(strokes)
        self.start = strokes[0].x0
        self.end = max(stroke.x1 for stroke in strokes)
        self.contrast = median(np.array([stroke.contrast for stroke in strokes]))
        self.thickness = median(np.array([stroke.thickness for stroke in strokes]))
        self._pieces = [(stroke.x0, stroke.x1) for stroke in strokes]
        points = [point for s in strokes for point in ((s.x0, s.y0), (max(s.x0 + 1, s.x1), s.y1))]
        self._points = sorted(points)
        # The slope of a short stroke says little: the line as a whole is prolonged.
        self._slope = (self._points[-1][1] - self._points[0][1]) / max(1.0, self.end - self.start)

    def y_at(self, x: float) -> float:
        if x <= self.start:
            return self._points[0][1] + self._slope * (x - self.start)
        if x >= self.end:
            return self._points[-1][1] + self._slope * (x - self.end)
        # Asked of one place at a time, for which `numpy.interp` takes five times as long.
        after = bisect_right(self._points, x, key=_place)
        (left, above), (right, below) = self._points[after - 1 : after + 1]
        return above + (below - above) / (right - left) * (x - left)

    def covered(self, start: float, end: float) -> float:
        """Share of the way from `start` to `end` that strokes take."""
        inked = sum(max(0.0, min(high, end) - max(low, start)) for low, high in self._pieces)
        return inked / (end - start)

    def covers(self, xs: NDArray[np.intp], shortest: float) -> NDArray[np.bool_]:
        """Which of `xs` strokes of at least that length take."""
        taken = np.zeros(len(xs), bool)
        for low, high in self._pieces:
            if high - low >= shortest:
                taken |= (xs >= low) & (xs < high)
        return taken


def _place(point: tuple[float, float]) -> float:
    return point[0]


def followed(
    rules: Sequence[Stroke],
    crossing: Sequence[Stroke],
    found: Candidates,
    scale: float,
    *,
    worn: bool = False,
) -> list[Stroke]:
    """Walls on the lines of `rules` that are inked between two lines of `crossing`, as strokes.

    Args:
        rules: Strokes along x of the page's tables, in pixels.
        crossing: Those along y, with x and y swapped.
        found: What `rules` were found in.
        scale: Pixels a point.
        worn: Many rules of the page are rows of pieces.
    """
    across, lines = lines_of(crossing, scale), lines_of(rules, scale)
    gutters = gutters_of(lines, scale)
    return [
        wall
        for line in lines
        for wall in _walls(line, across, found, scale, worn=worn)
        if not any(gutter.is_in(wall, _SIDEWAYS * scale) for gutter in gutters)
    ]


def lines_of(rules: Sequence[Stroke], scale: float, shortest: float = _SHORTEST_LINE) -> list[Line]:
    """The lines that rules lie on, in pixels, without those of fewer points than `shortest`."""
    sideways = max(1.5, _SIDEWAYS * scale)
    lines: list[list[Stroke]] = []
    heights: list[float] = []
    # Lines by the height at which they go on, so that a rule meets only those of its own.
    at_height: defaultdict[int, set[int]] = defaultdict(set)
    for rule in sorted(rules, key=lambda rule: (rule.x0, rule.y0)):
        level = int(rule.y0 / sideways)
        near = [index for at in (level - 1, level, level + 1) for index in at_height.get(at, ())]
        for index in sorted(near):
            line = lines[index]
            gap = rule.x0 - line[-1].x1
            if abs(heights[index] - rule.y0) <= sideways and gap <= _LONGEST_GAP * scale:
                line.append(rule)
                at_height[int(heights[index] / sideways)].discard(index)
                break
        else:
            index = len(lines)
            lines.append([rule])
            heights.append(0.0)
        heights[index] = max(lines[index][-2:], key=lambda stroke: stroke.length).y1
        at_height[int(heights[index] / sideways)].add(index)
    return [
        Line(line) for line in lines if sum(stroke.length for stroke in line) >= shortest * scale
    ]


def _walls(
    line: Line, across: Sequence[Line], found: Candidates, scale: float, *, worn: bool
) -> list[Stroke]:
    slots = [
        Stroke(start, line.y_at(start), end, line.y_at(end), line.thickness, line.contrast)
        for start, end in pairwise(crossings_of(line, across, scale))
        if end - start >= _THINNEST_SLOT * scale
    ]
    states = _states(line, slots, found, scale, worn=worn)
    walls = []
    for index, slot in enumerate(slots):
        state = states[index]
        beside = [*states[max(0, index - 1) : index], *states[index + 1 : index + 2]]
        goes_on = [_is_wall(other) for other in beside]
        # The line goes on beside the slot; wear, or what crosses the page, hides it here.
        if (state is _State.UNSURE and any(goes_on)) or (
            state is _State.HIDDEN and all(goes_on) and len(goes_on) > (0 if worn else 1)
        ):
            state = _State.INKED
        if state is _State.INKED and _is_reached(line, slots, states, index):
            walls.append(slot)
    return walls


def _is_solid(line: Line, found: Candidates) -> bool:
    """Whether a line has no gaps where it is known."""
    longest = max(line.strokes, key=lambda stroke: stroke.length)
    return wholeness(longest, found.fine) >= _WHOLE


def _is_wall(state: "_State") -> bool:
    return state in (_State.COVERED, _State.INKED)


def _is_reached(
    line: Line, slots: Sequence[Stroke], states: Sequence["_State"], index: int
) -> bool:
    """Whether a slot lies between the ends of its line, or walls alone between it and an end."""
    slot = slots[index]
    if slot.x0 >= line.end:
        way = [other for other in range(index) if slots[other].x0 >= line.end]
    elif slot.x1 <= line.start:
        way = [other for other in range(index + 1, len(slots)) if slots[other].x1 <= line.start]
    else:
        return True
    return all(_is_wall(states[other]) for other in way)


def crossings_of(line: Line, across: Sequence[Line], scale: float) -> list[float]:
    """Where the lines of the other direction cross `line`, ascending."""
    reach = _REACH * scale
    places: list[float] = []
    start = line.y_at(line.start)
    for other in across:
        height = line.y_at(other.y_at(start))
        if other.start - reach <= height <= other.end + reach:
            places.append(other.y_at(height))
    return sorted(places)


def _states(
    line: Line, slots: Sequence[Stroke], found: Candidates, scale: float, *, worn: bool
) -> list[_State]:
    """What is known of each slot of a line, from its strokes or else from the raster.

    Beyond the ends of a line, slots are open from the first one on that is.
    """
    covered = [line.covered(slot.x0, slot.x1) >= _COVERED for slot in slots]
    states = [_State.COVERED if whole else _State.OPEN for whole in covered]

    def judge(chosen: Sequence[int]) -> None:
        inks = ink_of_slots([slots[index] for index in chosen], found, scale)
        for index, ink in zip(chosen, inks, strict=True):
            needed = _needed(slots[index], scale) if worn else _USUAL
            states[index] = _state(line, ink, needed, found, scale)

    places = [index for index, whole in enumerate(covered) if not whole]
    before = [index for index in reversed(places) if slots[index].x1 <= line.start]
    after = [index for index in places if slots[index].x0 >= line.end]
    judge([index for index in places if index not in (*before, *after)])
    for outwards in (before, after):
        for index in outwards:
            judge([index])
            if states[index] is _State.OPEN:
                break
    return states


def _needed(slot: Stroke, scale: float) -> _Needed:
    return _OF_WORN if slot.length >= _HIGHEST_ROW * scale else _OF_WORN_AND_LOW


def _state(line: Line, ink: SlotInk, needed: _Needed, found: Candidates, scale: float) -> _State:
    """Whether a slot has a wall in the raster, judged where nothing else is close to it."""
    columns = len(ink.columns)
    if columns < 2:
        return _State.OPEN
    known = _long_runs(line.covers(ink.columns, needed.piece * scale), _OVERRUN * scale)
    on, free = ink.on | known, ink.free | known
    if int(free.sum()) < max(_LEAST_FREE * scale, _FREE_SHARE * columns):
        return _State.HIDDEN if float(on.mean()) >= needed.hidden else _State.OPEN
    # What is not free breaks no gap: in the grain of a dark page that is every other pixel.
    share, gap = float(on[free].mean()), longest_run(~on[free])
    if gap > needed.gap * scale:
        through = _enters_at_both_ends(known, scale) and share >= _THROUGH
        return _State.INKED if through and gap <= _LONGEST_LOST * scale else _State.OPEN
    solid = needed is _USUAL and _is_solid(line, found)
    reaches = _reaches_an_end(on, scale, solid=solid)
    if share >= (needed.reaching if reaches else needed.floating):
        return _State.INKED
    return _State.UNSURE if reaches and share >= needed.beside else _State.OPEN


def _enters_at_both_ends(known: NDArray[np.bool_], scale: float) -> bool:
    """Whether rules come into a slot from both sides, where they do not end: they are one."""
    reach = round(_CHARACTER * scale)
    return len(known) > 2 * reach and bool(known[:reach].all() and known[-reach:].all())


def _long_runs(known: NDArray[np.bool_], shortest: float) -> NDArray[np.bool_]:
    """Runs without short ones: averaging prolongs a stroke past the rule at which it ends."""
    for start, end in find_runs(known):
        known[start:end] = end - start >= shortest
    return known


def _reaches_an_end(on: NDArray[np.bool_], scale: float, *, solid: bool) -> bool:
    """Whether the ink of a slot begins at one of its ends, as far as wear lets it.

    One run alone may be a dash or the digit 1: it must begin at the very end. So must that of a
    line which is `solid` elsewhere: a word that fills a narrow cell begins close to it.
    """
    places = np.flatnonzero(on)
    if len(places) == 0:
        return False
    runs = 1 + int(np.count_nonzero(np.diff(places) > 1 + _SPECK * scale))
    near = _AT_END * (len(on) - _CHARACTER * scale) if runs > 1 and not solid else 0.0
    return min(int(places[0]), len(on) - 1 - int(places[-1])) <= max(near, _SPECK * scale)
