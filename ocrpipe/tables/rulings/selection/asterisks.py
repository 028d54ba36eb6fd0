"""Rows of asterisks, as they stand for the middle of a number that is not to be known.

Where they touch, eight of them are as long, as straight and as even as a rule, or a dashed one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.along import profile_of, wholeness
from ocrpipe.tables.rulings.beside import shares_beside
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke

_LONGEST = 120.0
"""Points: the number of a bank card with all but four of its characters hidden, at 12 points."""

_WHOLE = 0.92
_FEWEST = 5
"""Share that is inked and pieces of ink of asterisks between which paper is seen."""

_CLOSE, _FAR = 0.8, 1.2
"""Points off a stroke at which there is ink of asterisks, and hardly ever any of rules."""

_BLUR = 2.0
"""Pixels off a rule at least, at which its own blur is no ink."""

_LEAST_APART = 0.2
_LEAST_TOUCHING = (0.25, 0.2)
_LEAST_AT_RULE = (0.8, 0.25, 0.9)
"""Shares of the length with such ink: close to both sides, of asterisks between which paper is
seen; close and farther off, of those that touch; and close, farther off and on the fuller side of
those that go on to a rule. Measured: 0.25; 0.27 and 0.21; 0.87, 0.27 and 1, all of 8 and 9 points
at 150 to 300 dpi, faint ones and faxes among them."""

_DARK = 0.3
"""Share of the contrast of a stroke from which what is beside it is ink."""

_LEAST_DARK = 0.1
"""Share of the length with ink close to either side of asterisks: 0.15 at least of those drawn at
150 and 200 dpi, faint ones among them, and none beside a rule."""

_REACH = 3.0
"""Points to a crossing rule at which a stroke ends."""


def without_asterisks(
    strokes: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes along x, in pixels, that may be rules, but for those of asterisks.

    Args:
        strokes: In pixels.
        crossing: Those along y, with x and y swapped.
        found: What `strokes` were found in.
        scale: Pixels a point.
    """
    low = [stroke for stroke in strokes if stroke.length <= _LONGEST * scale]
    at_rules = _end_at_rules(low, CrossingRules(crossing), _REACH * scale)
    asterisks = {
        stroke
        for stroke, at_rule in zip(low, at_rules, strict=True)
        if _are_asterisks(stroke, bool(at_rule), found, scale)
    }
    return [stroke for stroke in strokes if stroke not in asterisks]


def _are_asterisks(stroke: Stroke, at_rule: bool, found: Candidates, scale: float) -> bool:
    apart = _is_interrupted(stroke, found)
    if at_rule and not apart:
        return False
    level = _DARK * stroke.contrast
    close, far = (
        shares_beside(stroke, found.fine, found.ink, (max(way, _BLUR / scale),), level, scale)
        for way in (_CLOSE, _FAR)
    )
    shares = min(close), min(far), max(far)
    if at_rule:
        return all(share >= least for share, least in zip(shares, _LEAST_AT_RULE, strict=True))
    if apart:
        return shares[0] >= _LEAST_APART
    touching = shares[0] >= _LEAST_TOUCHING[0] and shares[1] >= _LEAST_TOUCHING[1]
    return touching and _is_dark_beside(stroke, found, scale)


def _is_dark_beside(stroke: Stroke, found: Candidates, scale: float) -> bool:
    """Whether it is ink that stands close to both sides, and not the white between a rule and the
    print of a low row: where no square of paper is white, that looks like print on a dark fill."""
    return bool(min(_shares_dark(stroke, found, scale)) >= _LEAST_DARK)


def _shares_dark(stroke: Stroke, found: Candidates, scale: float) -> tuple[float, float]:
    """Shares of the length with ink in one of two rows of pixels close to either side."""
    way = stroke.thickness / 2 + max(_CLOSE * scale, _BLUR)
    ways = np.array([-way - 1, -way, way, way + 1])
    xs = stroke.columns
    ys = np.clip(stroke.rows_at(xs, ways[:, None]), 0, found.grey.shape[0] - 1)
    dark = found.grey[ys, xs] < found.paper - _DARK * stroke.contrast
    before, after = dark.reshape(2, 2, -1).any(axis=1).mean(axis=1).tolist()
    return before, after


def _is_interrupted(stroke: Stroke, found: Candidates) -> bool:
    if wholeness(stroke, found.fine) >= _WHOLE:
        return False
    return len(find_runs(profile_of(stroke, found.fine) > 0.5 * stroke.contrast)) >= _FEWEST


def _end_at_rules(
    strokes: Sequence[Stroke], rules: CrossingRules, reach: float
) -> NDArray[np.bool_]:
    """(n,): which strokes begin or end at a rule."""
    ends = np.array([(s.x0, s.y0, s.x1, s.y1) for s in strokes]).reshape(-1, 4)
    first, last = (rules.nearest(ends[:, at], ends[:, at + 1], reach, reach) for at in (0, 2))
    at_rules: NDArray[np.bool_] = np.isfinite(first) | np.isfinite(last)
    return at_rules
