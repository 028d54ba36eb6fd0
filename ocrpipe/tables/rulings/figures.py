"""Strokes that are columns of figures: slashes, dashes and ones that stand below each other.

In a column whose cells all have a slash in the middle, the slashes are as straight, as thin and as
even as the pieces of a worn rule. But a rule leads from one crossing rule to the next.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.candidates import LONG, Candidates
from ocrpipe.tables.rulings.crossings import CrossingRules
from ocrpipe.tables.rulings.follow import lines_of
from ocrpipe.tables.rulings.strokes import Stroke, greatest_of_three

# Lengths in points.
_END = 1.2
_PAPER = 0.8
_BEYOND = 25.0
"""The first and the last figure end between two rules, of which one may lie so far off."""

_CHARACTER = 12.0
_LOWEST_SLOT = 8.0
_GAP = 20.0
"""A crossing rule that is worn may have a gap of so much at the stroke."""

_FEWEST_FIGURES = 3
_FLOATING = 0.9
"""Share of the slots with ink in which it touches neither crossing rule."""

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
    slots = list(pairwise(rules.places(low, high, middle, -_GAP * scale).tolist()))
    own = [
        next((stroke for stroke in line if ends or (stroke.x0 < end and stroke.x1 > start)), None)
        for start, end in slots
    ]
    return [
        floats
        for (start, end), stroke in zip(slots, own, strict=True)
        if stroke is not None
        and end - start >= _LOWEST_SLOT * scale
        and (floats := _floats(stroke, start, end, found, scale)) is not None
    ]


def are_figures(floating: Sequence[bool]) -> bool:
    """Whether the marks on one line, of which each floats between two rules or reaches one of
    them, are figures below each other."""
    return len(floating) >= _FEWEST_FIGURES and sum(floating) >= _FLOATING * len(floating)


def is_figure(stroke: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    """Whether all ink of a stroke between rules at `start` and `end` is one mark in the middle,
    which averaging has made as long as the way from rule to rule."""
    inked = _inked(stroke, start, end, found, scale)
    runs = find_runs(inked)
    return (
        len(runs) == 1
        and runs[0][1] - runs[0][0] <= _CHARACTER * scale
        and min(runs[0][0], len(inked) - runs[0][1]) >= _PAPER * scale
    )


def _floats(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> bool | None:
    """Whether there is paper between the ink of a slot and both its ends; None without ink."""
    inked = _inked(stroke, start, end, found, scale)
    runs = find_runs(inked)
    return min(runs[0][0], len(inked) - runs[-1][1]) >= _PAPER * scale if runs else None


def _inked(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> NDArray[np.bool_]:
    """(n,): where the line of a stroke is inked between two rules, without the rules' own ink."""
    margin = _END * scale + stroke.thickness / 2
    xs = np.arange(round(start + margin), round(end - margin) + 1)
    xs = xs[(xs >= 0) & (xs < found.fine.shape[1])]
    level = _INK * stroke.contrast
    return np.asarray(greatest_of_three(found.fine, xs, stroke.rows_at(xs)) > level, np.bool_)
