"""Candidates for rules: strokes of one direction, judged by what stands along and beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.quantiles import median, percentile
from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.strokes.components import strokes_in
from ocrpipe.tables.rulings.strokes.responses import (
    FAINTEST,
    NOISE_STEP,
    dark_fills,
    noise_of,
    noise_threshold,
    ridge_response,
    runs,
)
from ocrpipe.tables.rulings.strokes.stroke import (
    Stroke,
    greatest_of_three,
    spread_over_rows,
    three_rows,
)

# Lengths in points.
_AVERAGE = 1.6
_LONG_AVERAGE = 8.0
_WIDEST = 5.0
_THICKEST = 4.5
_BRIDGE = 1.5
_SHORTEST = 6.0
_SHORTEST_FAINT = 24.0
_BEND = 0.4
_BESIDE = (1.5, 3.0)
_AROUND = (1.2, 2.2, 3.2, 4.2)
_DOUBLED = (1.2, 1.6, 2.0, 2.4, 2.8, 3.2)
"""Points to the other line of a double rule."""

_DOUBLE = 4.0
"""Pixels of thickness from which a stroke may be both lines of one and the white between."""

_PARTNER = 0.78

_END = 1.5
_DASH_PERIOD = 9.0
_FEWEST_PERIODS = 4
_MOST_IN_PERIOD = 3
_UNEVEN = 0.3
_FEWEST_DASHES, _MOST_DASHES, _UNLIKE, _LONGEST_PERIOD = 6, 0.8, 0.12, 16.0
"""Dashes of a rule, the share of the intervals between them that are alike, the share of one by
which these differ, and how long it is."""

_WIDE_CHARACTERS = 60.0
_WHOLE = 0.88
_WHOLE_RULE = 0.9
_USUAL, _STEADY = 65, 0.85
_STEEPEST = 0.06
"""Greatest slope of a rule: what a flattened photograph may leave close to its edges."""

_LEVEL = 1.5
"""Pixels up or down that the grain of a scan may give a short level stroke."""

_PALEST = 7.0
_PALE_SHARE = 0.22
"""Grey levels, and share of the usual contrast of rules, down to which one is looked for."""

_HARDLY_DARKER = 1.25
"""Contrast of a piece in the threshold of noise up to which its rule may have gone below that."""

_PAPER_STEP = 3
"""The grey level of the paper is measured on every so manieth row and column."""

LONG = 40.0
"""Length from which a stroke is longer than those of characters."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Strokes along x that may be rules, and what they were found in."""

    solid: tuple[Stroke, ...]
    """Runs of ink, strokes of characters among them."""
    faint: tuple[Stroke, ...]
    """Long rules that show only when averaged over a longer way: faint, dashed and dotted ones."""
    fine: Pixels
    """Response to rules along x, not averaged; spread over rows, as the next."""
    ink: Pixels
    """Response to ink of any direction."""
    grey: Pixels
    """The raster itself."""
    paper: float
    """The grey level of most of it."""


def find_candidates(
    grey: Pixels, ink: Pixels, filled: Pixels | None, scale: float, paper: float | None = None
) -> Candidates:
    """Candidates along x in `grey` (at `scale` pixels per point).

    `ink` is its ink response, `filled` is not 0 in the dark fills that `fills_of` found in it, and
    `paper` is the grey level of most of it, where that is known.
    """
    widest = _widest(scale)
    fine = spread_over_rows(ridge_response(grey, filled, 1, widest))
    response = ridge_response(grey, filled, _px(_AVERAGE * scale, 3) | 1, widest)
    threshold = noise_threshold(response)
    mask = runs(response, threshold, _px(_BRIDGE * scale, 2), _px(_SHORTEST * scale, 8))
    solid = [
        stroke
        for stroke in strokes_in(mask, response, _thickest(scale), _most_bent(scale), LONG * scale)
        if not _is_oblique(stroke)
    ]
    faintest = _faintest(solid, scale)
    if faintest < FAINTEST:
        mask = _without_pale_pieces(mask, solid, threshold, scale)
    found = tuple(
        _trimmed(stroke, fine)
        for stroke in _faint_strokes(grey, filled, mask, faintest, scale)
        if not _is_oblique(stroke)
        and _even(stroke, fine, scale)
        and _ink_beside(stroke, fine, scale)[1] < 0.4
    )
    paper = paper_of(grey) if paper is None else paper
    return Candidates(tuple(solid), found, fine, spread_over_rows(ink), grey, paper)


def _faint_strokes(
    grey: Pixels, filled: Pixels | None, known: Pixels, faintest: float, scale: float
) -> list[Stroke]:
    """Long strokes that show when averaged over a long way, apart from `known` ones:
    those that differ from the paper by `faintest` grey levels."""
    average, widest = _px(_LONG_AVERAGE * scale, 15) | 1, _widest(scale)
    shortest = _px(_SHORTEST_FAINT * scale, 24)
    around = np.ones((_px(1.5 * scale, 3), _px(4.0 * scale, 5)), np.uint8)
    unknown = 1 - cv2.dilate(known, around)

    def averaged(rows: slice, step: int) -> Pixels:
        fills = None if filled is None else filled[rows]
        response = ridge_response(grey[rows], fills, average, widest, step)
        return np.asarray(cv2.copyTo(response, unknown[rows, ::step].copy()), np.uint8)

    # Few rows have any, which a third of the columns tell: all noise is measured on.
    some = averaged(np.s_[:], NOISE_STEP)
    threshold = noise_of(some[::NOISE_STEP], faintest)
    rows = np.flatnonzero(runs(some, threshold, 1, shortest // NOISE_STEP - 2).any(axis=1))
    if not len(rows):
        return []
    # The response of a row depends on as many others as `widest`.
    near = np.s_[max(0, int(rows[0]) - widest) : int(rows[-1]) + widest + 1]
    response, faint = np.zeros_like(grey), np.zeros_like(grey)
    response[near] = averaged(near, 1)
    faint[rows] = runs(response[rows], threshold, 1, shortest)
    return strokes_in(faint, response, _thickest(scale), _most_bent(scale), 0)


def _without_pale_pieces(
    mask: Pixels, solid: Sequence[Stroke], threshold: float, scale: float
) -> Pixels:
    """The mask without short strokes that are hardly darker than the `threshold` it was made with.

    A rule which is as pale as that is found in a few pieces alone: averaged, it must be whole.
    """
    left = mask.copy()
    for stroke in solid:
        pale = stroke.contrast <= _HARDLY_DARKER * threshold
        if pale and stroke.length < _SHORTEST_FAINT * scale:
            rows = stroke.rows_at(stroke.columns)
            beside = max(1, round(stroke.thickness / 2))
            top, bottom = max(0, int(rows.min()) - beside), int(rows.max()) + beside + 1
            left[top:bottom, int(stroke.x0) : int(stroke.x1) + 1] = 0
    return left


def paper_of(grey: Pixels) -> float:
    """The grey level of most of a raster."""
    return median(grey[::_PAPER_STEP, ::_PAPER_STEP])


def fills_of(grey: Pixels, scale: float) -> Pixels | None:
    """Where a raster is filled with a dark colour: what `find_candidates` asks for."""
    return dark_fills(grey, _widest(scale))


def _faintest(solid: Sequence[Stroke], scale: float) -> float:
    """Grey levels by which a rule that is averaged over a long way must differ from the paper: so
    much less than usual as all rules of the page are pale, of which some are worn to less."""
    long = [stroke.contrast for stroke in solid if stroke.length >= LONG * scale]
    if not long:
        return FAINTEST
    return min(FAINTEST, max(_PALEST, _PALE_SHARE * median(np.array(long))))


def _widest(scale: float) -> int:
    return _px(_WIDEST * scale, 5) | 1


def _thickest(scale: float) -> float:
    return max(3.0, _THICKEST * scale)


def _most_bent(scale: float) -> float:
    return max(1.0, _BEND * scale)


def _is_oblique(stroke: Stroke) -> bool:
    """Whether a stroke goes off the direction of its rule, as pieces of a ring do."""
    return abs(stroke.y1 - stroke.y0) > max(_LEVEL, _STEEPEST * stroke.length)


def _px(pixels: float, least: int) -> int:
    return max(least, round(pixels))


def profile_of(stroke: Stroke, response: Pixels) -> Pixels:
    """(n,): the response along a stroke (greatest of 3 rows)."""
    xs = stroke.columns
    return greatest_of_three(response, xs, stroke.rows_at(xs))


def _profiles(stroke: Stroke, response: Pixels, offsets: Sequence[float]) -> Pixels:
    """(offsets, n): the response along a stroke, so many pixels below it (greatest of 3 rows)."""
    xs = stroke.columns
    return greatest_of_three(response, xs, stroke.rows_at(xs, np.array(offsets)[:, None]))


def darkness(stroke: Stroke, found: "Candidates") -> float:
    """Grey levels by which a stroke is darker than most of the page."""
    xs = stroke.columns
    rows = three_rows(found.grey, xs, stroke.rows_at(xs))
    return found.paper - median(rows.min(axis=0))


def in_text(stroke: Stroke, fine: Pixels, scale: float) -> bool:
    """Whether a stroke belongs to characters: it has gaps, or is short, and ink is beside it.

    A long one with even gaps is a dashed rule that text stands close to.
    """
    less, more = _ink_beside(stroke, fine, scale)
    if stroke.length < LONG * scale and (less > 0.3 or more > 0.75):
        return True
    # The feet of a row of figures make a line hardly longer than a wall, and rarely a wider one.
    wide = stroke.length >= _WIDE_CHARACTERS * scale
    if not (less > 0.15 or more > (0.4 if wide else 0.25)):
        return False
    if wholeness(stroke, fine) >= _WHOLE_RULE and _is_steady(stroke, fine):
        return False
    return not (wide and _is_dashed(profile_of(stroke, fine), scale))


def _is_steady(stroke: Stroke, fine: Pixels) -> bool:
    """Whether a stroke is inked about alike all along: averaged, a line of text makes pale strokes
    where some of its characters are."""
    if stroke.thickness >= _DOUBLE:
        return True
    profile = profile_of(stroke, fine).astype(np.float64)
    usual = percentile(profile, _USUAL)
    return float((profile > 0.5 * usual).mean()) >= _STEADY


def wholeness(stroke: Stroke, fine: Pixels) -> float:
    """Share of the length of a stroke that is inked: below 1 for dashed rules and worn ones.

    The middle of a double rule is white: the line of it that is inked more counts.
    """
    aside = stroke.thickness / 3
    offsets = (0.0, -aside, aside) if stroke.thickness >= _DOUBLE else (0.0,)
    inked = _profiles(stroke, fine, offsets) > 0.5 * stroke.contrast
    return float(inked.mean(axis=1).max())


def is_line_of_text(chain: Sequence[Stroke], fine: Pixels, scale: float) -> bool:
    """Whether strokes in a row are those of large characters: others cross and interrupt them.

    The pieces of a broken rule are short too, but each of them is whole.
    """
    if len(chain) < 2 or max(stroke.length for stroke in chain) >= _WIDE_CHARACTERS * scale:
        return False
    if _are_dashes(chain, fine, scale):
        return False
    whole = sum(float(np.sum(profile_of(s, fine) > 0.5 * s.contrast)) for s in chain)
    return whole < _WHOLE * sum(stroke.length for stroke in chain)


def _are_dashes(chain: Sequence[Stroke], fine: Pixels, scale: float) -> bool:
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


def _ink_beside(stroke: Stroke, fine: Pixels, scale: float) -> tuple[float, float]:
    """Shares of the length with ink close by, on the emptier side and on the fuller one.

    The other line of a double rule is no such ink.
    """
    before, after = shares_beside(stroke, fine, fine, _BESIDE, 0.4 * stroke.contrast, scale)
    return min(before, after), max(before, after)


def shares_beside(
    stroke: Stroke,
    fine: Pixels,
    ink: Pixels,
    distances: Sequence[float],
    level: float,
    scale: float,
) -> tuple[float, float]:
    """Shares of the length with more than `level` in `ink` at some of the `distances` in points,
    on either side; beyond the other line of a double rule, which is looked for in `fine`."""
    ways = [
        [side * (stroke.thickness / 2 + partner + distance * scale) for distance in distances]
        for side, partner in zip((-1, 1), _partners(stroke, fine, scale), strict=True)
    ]
    # Both sides at once: for a short stroke, each look costs as much as what is looked at.
    rows = _profiles(stroke, ink, [*ways[0], *ways[1]]).reshape(2, len(distances), -1)
    before, after = (rows.max(axis=1) > level).mean(axis=1).tolist()
    return before, after


def _partners(stroke: Stroke, fine: Pixels, scale: float) -> tuple[float, float]:
    """Pixels from a stroke to the other line of its double rule on either side, 0 without one."""
    ways = [stroke.thickness / 2 + distance * scale for distance in _DOUBLED]
    rows = _profiles(stroke, fine, [side * way for side in (-1, 1) for way in ways])
    whole = (rows > 0.5 * stroke.contrast).mean(axis=1) >= _PARTNER
    before, after = (
        ways[int(side.argmax())] if side.any() else 0.0 for side in whole.reshape(2, -1)
    )
    return before, after


def crowded(stroke: Stroke, ink: Pixels, fine: Pixels, scale: float) -> float:
    """Share of the length, without the ends, with ink around it on the fuller side."""
    return crowded_sides(stroke, ink, fine, scale)[1]


def crowded_sides(stroke: Stroke, ink: Pixels, fine: Pixels, scale: float) -> tuple[float, float]:
    """Shares of the length, without the ends, with ink around it, on the emptier side and on the
    fuller one."""
    end = min(_END * scale, stroke.length / 4)
    x0, x1 = stroke.x0 + end, stroke.x1 - end
    inner = replace(stroke, x0=x0, y0=stroke.y_at(x0), x1=x1, y1=stroke.y_at(x1))
    before, after = shares_beside(inner, fine, ink, _AROUND, 0.3 * stroke.contrast, scale)
    return min(before, after), max(before, after)


def _even(stroke: Stroke, fine: Pixels, scale: float) -> bool:
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


def _inked_level(profile: Pixels) -> float:
    return max(4.0, 0.5 * percentile(profile.astype(np.float64), 80))


def _trimmed(stroke: Stroke, fine: Pixels) -> Stroke:
    """The stroke without what averaging added at its ends."""
    profile = profile_of(stroke, fine)
    on = np.flatnonzero(profile > 0.5 * percentile(profile, 80))
    if len(on) < 2:
        return stroke
    x0, x1 = stroke.x0 + float(on[0]), stroke.x0 + float(on[-1]) + 1
    return Stroke(x0, stroke.y_at(x0), x1, stroke.y_at(x1), stroke.thickness, stroke.contrast)
