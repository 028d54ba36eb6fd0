"""Strokes that are columns of figures: slashes, dashes and ones that stand below each other.

In a column whose cells all have a slash in the middle, the slashes are as straight, as thin and as
even as the pieces of a worn rule. But a rule leads from one crossing rule to the next.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.beside import LONG
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.follow import lines_of
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three

# Lengths in points.
_END = 1.2
_PAPER = 0.8
_BEYOND = 25.0
"""The first and the last figure end between two rules, of which one may lie so far off."""

_CHARACTER = 12.0
_LOWEST_SLOT = 8.0
_GAP = 20.0
"""A crossing rule that is worn may have a gap of so much at the stroke."""

_REACH = 2.5
_OFF_MIDDLE = 0.75
"""By how much a mark may stand off the middle that nearly touches a rule, as in low rows."""

_FIGURE, _DASHES = 5.0, 2.5
"""Points of ink in one piece that a figure has at least, and how many dashes long it is."""

_FEWEST_FIGURES = 3
_FLOATING = 0.9
"""Share of the slots with ink in which it touches neither crossing rule."""

_IN_MIDDLE, _ASIDE = 0.75, 1.2
"""Share of the slots of a line in which a mark alone is in the middle, and points by which it may
stand aside of that."""

_INK = 0.5
"""Share of a stroke's contrast from which a pixel is its ink."""


def without_figures(
    strokes: Sequence[Stroke],
    crossing: Sequence[Stroke],
    found: Candidates,
    scale: float,
    *,
    short: bool = False,
) -> list[Stroke]:
    """The strokes but for long ones of which nearly all ink floats between crossing rules.

    Args:
        strokes: Along x, in pixels.
        crossing: Those along y, with x and y swapped.
        found: What `strokes` were found in.
        scale: Pixels a point.
        short: The same for whole lines of strokes, short ones as well, which all may be what is
            left of walls where these are worn.
    """
    rules = CrossingRules(crossing)
    figures = {
        stroke
        for line in (lines_of(strokes, scale, 0) if short else ())
        if are_figures(_floating(line.strokes, rules, found, scale))
        for stroke in line.strokes
    }
    return [
        stroke
        for stroke in strokes
        if stroke not in figures
        and (
            stroke.length < LONG * scale
            or not are_figures(_floating([stroke], rules, found, scale, ends=True))
        )
    ]


def _floating(
    line: Sequence[Stroke],
    rules: CrossingRules,
    found: Candidates,
    scale: float,
    *,
    ends: bool = False,
) -> list[bool]:
    """For the slots of a line that its strokes reach into, or lie beyond its `ends`, whether their
    ink floats; without those that have none."""
    reach, middle = _BEYOND * scale, (line[0].y0 + line[-1].y1) / 2
    low, high = line[0].x0 - reach, max(stroke.x1 for stroke in line) + reach
    places = rules.places(low, high, middle, -_GAP * scale).tolist()
    slots = [(start, end) for start, end in pairwise(places) if end - start >= _LOWEST_SLOT * scale]
    floating: list[bool] = []
    for stroke in line:
        own = [slot for slot in slots if ends or (stroke.x0 < slot[1] and stroke.x1 > slot[0])]
        floating += _which_float(stroke, own, found, scale)
        slots = [slot for slot in slots if slot not in own]
    return floating


def are_figures(floating: Sequence[bool]) -> bool:
    """Whether the marks on one line, of which each floats between two rules or reaches one of
    them, are figures below each other."""
    return len(floating) >= _FEWEST_FIGURES and sum(floating) >= _FLOATING * len(floating)


def without_solid_marks(
    strokes: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes but for short ones that have more ink in one piece than rules of dots or dashes
    have, and do not lead from one crossing rule to another: they are figures.

    Args:
        strokes: Along x, in pixels, of a page whose long rules are evenly dashed.
        crossing: Those along y, with x and y swapped.
        found: What `strokes` were found in.
        scale: Pixels a point.
    """
    inks = [_pieces(stroke, found) for stroke in strokes]
    dashes = [
        piece
        for stroke, pieces in zip(strokes, inks, strict=True)
        if stroke.length >= LONG * scale
        for piece in pieces
    ]
    least = max(_FIGURE * scale, _DASHES * float(np.median(dashes))) if dashes else np.inf
    rules, reach = CrossingRules(crossing), _REACH * scale
    return [
        stroke
        for stroke, pieces in zip(strokes, inks, strict=True)
        if stroke.length >= LONG * scale
        or max(pieces, default=0) < least
        or _leads_from_rule_to_rule(stroke, rules, reach)
    ]


def without_columns_of_figures(
    strokes: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes but for those of lines on which nearly every slot between crossing rules has one
    mark alone, no longer than a character and in its middle: what wear leaves of a wall lies where
    it will, the sides of the figures of a column below each other.

    Arguments as those of `without_solid_marks`.
    """
    rules = CrossingRules(crossing)
    figures: set[Stroke] = set()
    for line in lines_of(strokes, scale, 0):
        if max(stroke.length for stroke in line.strokes) > _CHARACTER * scale:
            continue
        height = (line.strokes[0].y0 + line.strokes[-1].y1) / 2
        reach = _BEYOND * scale
        places = rules.places(line.start - reach, line.end + reach, height, -_GAP * scale).tolist()
        marks = [
            _is_in_the_middle(stroke, start, end, found, scale)
            for stroke in line.strokes
            for start, end in pairwise(places)
            if start < (stroke.x0 + stroke.x1) / 2 < end
        ]
        if len(marks) >= _FEWEST_FIGURES and sum(marks) >= _IN_MIDDLE * len(marks):
            figures.update(line.strokes)
    return [stroke for stroke in strokes if stroke not in figures]


def _is_in_the_middle(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> bool:
    before, length, after = _only_ink(stroke, start, end, found, scale)
    return (
        0 < length <= _CHARACTER * scale
        and min(before, after) >= _PAPER * scale
        and abs(before - after) / 2 <= _ASIDE * scale
    )


def _pieces(stroke: Stroke, found: Candidates) -> list[int]:
    """The lengths of the pieces of ink of a stroke, in pixels."""
    xs = np.arange(max(0, round(stroke.x0)), min(round(stroke.x1), found.fine.shape[1]))
    on = greatest_of_three(found.fine, xs, stroke.rows_at(xs)) > _INK * stroke.contrast
    return [end - start for start, end in find_runs(on)]


def _leads_from_rule_to_rule(stroke: Stroke, rules: CrossingRules, reach: float) -> bool:
    xs, ys = np.array([stroke.x0, stroke.x1]), np.array([stroke.y0, stroke.y1])
    return bool(np.isfinite(rules.nearest(xs, ys, reach, reach)).all())


def is_figure(stroke: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    """Whether all ink of a stroke between rules at `start` and `end` is one mark in the middle, no
    longer than a character, which averaging has made as long as the way from rule to rule."""
    before, length, after = _only_ink(stroke, start, end, found, scale)
    return 0 < length <= _CHARACTER * scale and min(before, after) >= _PAPER * scale


def is_mark(stroke: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    """Whether all ink of a stroke between rules at `start` and `end` is one mark in the middle, of
    any length."""
    before, length, after = _only_ink(stroke, start, end, found, scale)
    if not length:
        return False
    off_middle = abs(before - after) / 2
    return (
        min(before, after) >= _PAPER * scale or off_middle <= _OFF_MIDDLE * scale < before + after
    )


def _only_ink(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> tuple[int, int, int]:
    """The paper before the only piece of ink between two rules, its length and the paper after it,
    in pixels; 0 each where there are none or several."""
    inked = next(_inked(stroke, [(start, end)], found, scale))
    runs = find_runs(inked)
    if len(runs) != 1:
        return 0, 0, 0
    return runs[0][0], runs[0][1] - runs[0][0], len(inked) - runs[0][1]


def _which_float(
    stroke: Stroke, slots: Sequence[tuple[float, float]], found: Candidates, scale: float
) -> list[bool]:
    """For each slot with ink, whether there is paper between the ink and both its ends."""
    return [
        bool(min(places[0], len(inked) - 1 - places[-1]) >= _PAPER * scale)
        for inked in _inked(stroke, slots, found, scale)
        if len(places := np.flatnonzero(inked))
    ]


def _inked(
    stroke: Stroke, slots: Sequence[tuple[float, float]], found: Candidates, scale: float
) -> Iterator[NDArray[np.bool_]]:
    """For each slot between two rules, ascending, (n,): where the line of a stroke is inked,
    without the rules' own ink."""
    if not slots:
        return
    margin, width = _END * scale + stroke.thickness / 2, found.fine.shape[1]
    ways = [(round(start + margin), round(end - margin) + 1) for start, end in slots]
    first, last = max(0, ways[0][0]), min(ways[-1][1], width)
    # All slots of a long rule at once: their pixels lie side by side.
    xs = np.arange(first, max(first, last))
    # The two lines of a double rule may make one stroke, in whose middle is paper.
    beside = max(0, int(stroke.thickness / 2) - 1)
    rows = stroke.rows_at(xs, np.arange(-beside, beside + 1, dtype=np.float64)[:, None])
    on = greatest_of_three(found.fine, xs, rows).max(axis=0) > _INK * stroke.contrast
    for start, end in ways:
        yield on[max(0, start - first) : max(0, end - first)]
