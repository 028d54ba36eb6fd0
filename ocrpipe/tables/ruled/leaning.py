"""Lines that lean against the rules of their page: streaks of the scanner and folds of the sheet.

A streak goes straight down the scan. On a sheet that lay askew and is turned upright it leans, and
in the straight frame it would lie beside its place, where walls are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ocrpipe.page import Ruling
from ocrpipe.quantiles import median

_LEANS = 4.0
"""Points by which a line leans over its length: pieces of one rule lie less apart, and of the rules
of 60 flat scans none leaned by half as much."""

_SLOPED, _LONG = 20.0, 100.0
"""Points from which a line has a slope to be measured, and from which one that begins in the table
is told by it."""

_STEEP = 0.015
"""Slope against the others of such a line, at least: the last wall of a curled page leans by less.
"""

_EDGE = 6.0
"""Points from the edge of a sheet at which no rule begins."""

_PARALLEL = 0.01
"""Difference of the slopes of streaks of one page."""

_MOST_LEANING = 0.2
"""Share of the length of all rules of a direction: of a curled page, or one photographed askew,
more lean against the others."""


class _Run(NamedTuple):
    """A rule along its direction: where it begins and ends, and its slope."""

    start: float
    end: float
    slope: float

    @property
    def length(self) -> float:
        return self.end - self.start


def without_leaning(rulings: Sequence[Ruling], width: float, height: float) -> Sequence[Ruling]:
    """The rules of an upright page without long lines that lean against the others.

    Args:
        rulings: In points, of a page of `width` and `height`.
    """
    runs = [_run(rule) for rule in rulings]
    if not any(abs(run.slope) * run.length > _LEANS / 2 for run in runs):
        return rulings
    leaning: set[int] = set()
    for across, length, breadth in ((True, width, height), (False, height, width)):
        own = {n: runs[n] for n, rule in enumerate(rulings) if rule.horizontal == across}
        others = [run for n, run in enumerate(runs) if n not in own]
        leaning |= _leaning(own, others, length, breadth)
    return [rule for n, rule in enumerate(rulings) if n not in leaning]


def _leaning(
    own: dict[int, _Run], others: Sequence[_Run], length: float, breadth: float
) -> set[int]:
    """Which rules of a direction lean; the page has a `length` along them."""

    def is_at_edge(run: _Run) -> bool:
        # The edge of a sheet that was turned is as oblique as a streak on it.
        edge = _EDGE + abs(run.slope) * breadth
        return run.start <= edge or run.end >= length - edge

    inside = [run for run in own.values() if not is_at_edge(run)]
    usual = _usual(inside)
    if usual is None:
        # A sheet that is turned turns both directions.
        usual = -(_usual(others) or 0.0)
    found = {n: run for n, run in own.items() if abs(run.slope - usual) * run.length > _LEANS}
    if 2 * len(found) >= len(own):
        # A picture of a part of a table, whose rules go from edge to edge.
        return set()
    streaks = {n for n, run in found.items() if is_at_edge(run)}
    slopes = sorted(found[n].slope for n in streaks)
    rest = {n: run for n, run in found.items() if n not in streaks}
    whole = sum(run.length for run in inside)
    few = sum(run.length for run in rest.values()) <= _MOST_LEANING * whole
    return streaks | {
        n
        for n, run in rest.items()
        if (few and run.length >= _LONG and abs(run.slope - usual) >= _STEEP)
        or bisect_left(slopes, run.slope - _PARALLEL) < bisect_right(slopes, run.slope + _PARALLEL)
    }


def _usual(runs: Sequence[_Run]) -> float | None:
    """The slope that most of some rules have, None where all are short."""
    slopes = [run.slope for run in runs if run.length >= _SLOPED]
    return median(np.array(slopes)) if slopes else None


def _run(rule: Ruling) -> _Run:
    ends = ((rule.x0, rule.y0), (rule.x1, rule.y1))
    (start, place), (end, other) = sorted(ends if rule.horizontal else ((y, x) for x, y in ends))
    return _Run(start, end, (other - place) / max(end - start, 1e-6))
