"""What lies along a stroke: whether it is whole, inked alike all along, or dashes.

Pixels, at `scale` pixels a point; rasters are the `fine` ones of `Candidates`, spread over rows.
"""

from collections.abc import Sequence

import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.quantiles import median, percentile
from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three

_DOUBLE = 4.0
"""Pixels of thickness from which a stroke may be both lines of one and the white between."""

_DASH_PERIOD, _FEWEST_PERIODS, _MOST_IN_PERIOD, _UNEVEN = 9.0, 4, 3, 0.3
"""Points from one dash of a rule to the next, at most; how many such periods there are, at least;
dashes and dots in one, at most; and the deviation of their lengths, in their mean."""

_FEWEST_DASHES, _MOST_DASHES, _UNLIKE, _LONGEST_PERIOD = 6, 0.8, 0.12, 16.0
"""Dashes of a rule, the share of the intervals between them that are alike, the share of one by
which these differ, and how long it is."""

_USUAL, _STEADY = 65, 0.85
"""Percentile of the response along a stroke that is the usual one, and the share of the length that
has half of it, at least, where the stroke is inked alike."""


def profile_of(stroke: Stroke, response: Pixels) -> Pixels:
    """(n,): the response along a stroke (greatest of 3 rows)."""
    xs = stroke.columns
    return greatest_of_three(response, xs, stroke.rows_at(xs))


def profiles(stroke: Stroke, response: Pixels, offsets: Sequence[float]) -> Pixels:
    """(offsets, n): the response along a stroke, so many pixels below it (greatest of 3 rows)."""
    xs = stroke.columns
    return greatest_of_three(response, xs, stroke.rows_at(xs, np.array(offsets)[:, None]))


def wholeness(stroke: Stroke, fine: Pixels) -> float:
    """Share of the length of a stroke that is inked: below 1 for dashed rules and worn ones.

    The middle of a double rule is white: the line of it that is inked more counts.
    """
    aside = stroke.thickness / 3
    offsets = (0.0, -aside, aside) if stroke.thickness >= _DOUBLE else (0.0,)
    inked = profiles(stroke, fine, offsets) > 0.5 * stroke.contrast
    return float(inked.mean(axis=1).max())


def is_steady(stroke: Stroke, fine: Pixels) -> bool:
    """Whether a stroke is inked about alike all along: averaged, a line of text makes pale strokes
    where some of its characters are."""
    if stroke.thickness >= _DOUBLE:
        return True
    profile = profile_of(stroke, fine).astype(np.float64)
    usual = percentile(profile, _USUAL)
    return float((profile > 0.5 * usual).mean()) >= _STEADY


def is_even(stroke: Stroke, fine: Pixels, scale: float) -> bool:
    """Whether a stroke is faint but whole, or interrupted at short even intervals."""
    profile = profile_of(stroke, fine)
    return float((profile > _inked_level(profile)).mean()) >= 0.75 or _is_dashed(profile, scale)


def is_dashed(stroke: Stroke, fine: Pixels, scale: float) -> bool:
    """Whether a stroke has gaps at short even intervals."""
    return _is_dashed(profile_of(stroke, fine), scale)


def _is_dashed(profile: Pixels, scale: float) -> bool:
    """Whether the response along a stroke comes and goes at short even intervals: those from one
    dash to the next, or to the next but one or two where dots stand between."""
    starts = np.flatnonzero(np.diff((profile > _inked_level(profile)).astype(np.int8)) == 1)
    for count in range(1, _MOST_IN_PERIOD + 1):
        periods = starts[count:] - starts[:-count]
        if len(periods) < _FEWEST_PERIODS:
            return False
        mean = float(np.mean(periods))
        if mean > count * _DASH_PERIOD * scale:
            return False
        # By chance, sums of intervals are the more even the more of them there are.
        if float(np.std(periods)) < _UNEVEN * mean / count:
            return True
    return False


def are_dashes(chain: Sequence[Stroke], fine: Pixels, scale: float) -> bool:
    """Whether the ink along nearly all of a chain begins anew at even intervals."""
    starts = [
        int(stroke.x0) + start
        for stroke in chain
        for start, _ in find_runs(profile_of(stroke, fine) > 0.5 * stroke.contrast)
    ]
    if len(starts) < _FEWEST_DASHES:
        return False
    periods = np.diff(starts)
    usual = median(periods)
    # One that was lost, or hangs together with the next, makes an interval of two.
    whole = usual * np.maximum(1, np.rint(periods / usual))
    even = np.abs(periods - whole) <= max(1.0, _UNLIKE * usual)
    return usual <= _LONGEST_PERIOD * scale and float(even.mean()) >= _MOST_DASHES


def _inked_level(profile: Pixels) -> float:
    return max(4.0, 0.5 * percentile(profile.astype(np.float64), 80))


def trimmed(stroke: Stroke, fine: Pixels) -> Stroke:
    """The stroke without what averaging added at its ends."""
    profile = profile_of(stroke, fine)
    on = np.flatnonzero(profile > 0.5 * percentile(profile, 80))
    if len(on) < 2:
        return stroke
    x0, x1 = stroke.x0 + float(on[0]), stroke.x0 + float(on[-1]) + 1
    return Stroke(x0, stroke.y_at(x0), x1, stroke.y_at(x1), stroke.thickness, stroke.contrast)
