"""Candidates for rules: strokes of one direction, judged by what stands along and beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.along import is_even, trimmed
from ocrpipe.tables.rulings.beside import LONG, ink_beside
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
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows, three_rows

# Lengths in points.
_AVERAGE, _LONG_AVERAGE = 1.6, 8.0
"""Way along a rule over which the response to it is averaged, and where it is faint or dotted."""

_SHORTEST, _SHORTEST_FAINT = 6.0, 24.0
"""Of strokes found by either; print averaged over a long way makes many that are shorter."""

_WIDEST, _THICKEST = 5.0, 5.0
"""What is looked at across a rule as its surroundings, and the thickest rule with its soft sides:
more is a fill."""

_BRIDGE = 1.5
"""The longest gap within a stroke."""

_BEND = 0.4
"""How far the ink of a stroke may lie off its straight line: pages are hardly ever quite flat."""

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
        trimmed(stroke, fine)
        for stroke in _faint_strokes(grey, filled, mask, faintest, scale)
        if not _is_oblique(stroke)
        and is_even(stroke, fine, scale)
        and ink_beside(stroke, fine, scale)[1] < 0.4
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


def darkness(stroke: Stroke, found: "Candidates") -> float:
    """Grey levels by which a stroke is darker than most of the page."""
    xs = stroke.columns
    rows = three_rows(found.grey, xs, stroke.rows_at(xs))
    return found.paper - median(rows.min(axis=0))
