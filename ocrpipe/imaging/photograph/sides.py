"""The sides of a photographed sheet as smooth curves, to a fraction of a pixel."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

Points = NDArray[np.float64]

_PROBES = 120
"""Profiles of a side, of which half have to show it."""

_DEGREE = 5
"""Of the polynomial of a side that is seen to both its ends."""

_SAMPLES = 101
"""Points of a side that is given back."""

_NEAR_CORNER = 0.02
"""Share of a side at either end without profiles: they would go over the next side."""

_LEAST_STEP, _FAINTEST_STEP = 8.0, 1.0
"""Levels of grey, of 255, from the ground to the sheet; and from the shadow of the sheet on other
paper, of some five levels, within two pixels."""

_PLAINLY = 2.0
"""By how much the one step is steeper than the other: print beside a sheet has both."""

_OUTLIER = 2.5
"""Pixels off the curve within which a profile agrees, if the others are not farther off."""


def trace_sides(
    grey: Pixels, corners: Points, reach: float, *, faint: bool = False
) -> tuple[Points, ...] | None:
    """The four sides between `corners` as curves, clockwise from the first corner's side.

    Along each straight side profiles are taken at right angles, the step from bright sheet to
    darker ground is placed on each, and a polynomial is fitted on which far steps have no hold.

    Args:
        grey: the picture, one channel.
        corners: (4, 2) clockwise in pixels (x, y).
        reach: pixels by which a side may bulge from the straight line.
        faint: sides are known to lie there, some of them beside paper as bright as the sheet.

    Returns:
        Four arrays (101, 2) that share their ends; None where a side does not show.
    """
    deviation, least_step = (2.0, _FAINTEST_STEP) if faint else (1.0, _LEAST_STEP)
    source = grey.astype(np.float32) if faint else grey
    smooth = np.asarray(cv2.GaussianBlur(source, (0, 0), deviation), np.float32)
    fits = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        fit = _side(smooth, start, end, reach, least_step)
        if fit is None:
            return None
        fits.append(fit)
    return _joined(fits)


class _Fit:
    """A side as `offset(t)` to the right of the straight line from `start` to `end`."""

    def __init__(self, start: Points, end: Points, coefficients: Points) -> None:
        self.start, self.end = start, end
        direction = end - start
        self.normal = np.array([-direction[1], direction[0]]) / np.hypot(*direction)
        self.coefficients = coefficients

    def at(self, t: Points) -> Points:
        offset = np.polynomial.legendre.legval(2 * t - 1, self.coefficients)
        line = self.start + t[:, None] * (self.end - self.start)
        return np.asarray(line + offset[:, None] * self.normal, np.float64)


def _side(
    smooth: NDArray[np.float32], start: Points, end: Points, reach: float, least_step: float
) -> _Fit | None:
    straight = _Fit(start, end, np.zeros(1))
    t = np.linspace(_NEAR_CORNER, 1 - _NEAR_CORNER, _PROBES)
    steps = np.arange(-reach, reach + 0.25, 0.5)
    places = straight.at(t)[:, None, :] + steps[None, :, None] * straight.normal
    values = _sampled(smooth, places)
    # Clockwise in a frame with y downwards: the sheet lies where offsets are positive.
    lag = 4
    rise = np.asarray(values[:, lag:] - values[:, :-lag], np.float64)
    if least_step == _FAINTEST_STEP and _is_beside_whiter(rise):
        rise = -rise
    weights: Points = np.asarray(np.clip(rise, 0, None) ** 2, np.float64)
    offsets = _strongest(np.asarray(steps[lag // 2 : -(lag // 2)], np.float64), weights)
    seen = rise.max(axis=1) >= least_step
    if seen.sum() < _PROBES // 2:
        return None
    # Where an end is out of sight a stiff curve is the better guess.
    # What is faint must not be followed into the print of the paper beside it either.
    degree = _DEGREE if np.ptp(t[seen]) > 0.9 and least_step == _LEAST_STEP else 2
    coefficients, kept = _robust_fit(t[seen], offsets[seen], degree)
    if kept < _PROBES // 2:
        return None
    return _Fit(start, end, coefficients)


def _is_beside_whiter(rise: Points) -> bool:
    """Whether most profiles fall from whiter paper to the sheet, and not from it to its shadow."""
    steepest, fall = (float(np.median(steps.max(axis=1))) for steps in (rise, -rise))
    return fall > _PLAINLY * steepest


def _sampled(picture: NDArray[np.float32], places: Points) -> NDArray[np.float64]:
    maps = places.astype(np.float32)
    found = cv2.remap(
        picture, maps[..., 0], maps[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, np.float64)


def _strongest(steps: Points, weights: Points) -> Points:
    """The centre of gravity of the strongest rise of each profile."""
    best = np.argmax(weights, axis=1)
    near = np.abs(np.arange(weights.shape[1])[None, :] - best[:, None]) <= 4
    held = weights * near
    return np.asarray((held * steps).sum(axis=1) / np.maximum(held.sum(axis=1), 1e-9))


def _robust_fit(t: Points, offsets: Points, degree: int) -> tuple[Points, int]:
    """Legendre coefficients by iteratively reweighted least squares, and how many probes agree."""
    basis = np.polynomial.legendre.legvander(2 * t - 1, degree)
    weights = np.ones_like(t)
    coefficients: Points = np.zeros(degree + 1)
    for _ in range(20):
        scaled = basis * weights[:, None]
        coefficients = np.asarray(np.linalg.lstsq(scaled, offsets * weights, rcond=None)[0])
        residuals = np.abs(basis @ coefficients - offsets)
        spread = max(0.5, 1.5 * float(np.median(residuals)))
        weights = 1 / np.sqrt(1 + (residuals / spread) ** 4)
    return coefficients, int((residuals < max(_OUTLIER, 2 * spread)).sum())


def _joined(fits: Sequence[_Fit]) -> tuple[Points, ...]:
    """The sides cut where neighbours meet."""
    count = len(fits)
    ends = [_crossing(fits[k], fits[(k + 1) % count]) for k in range(count)]
    curves = []
    for k, fit in enumerate(fits):
        first, last = ends[k - 1][1], ends[k][0]
        curves.append(fit.at(np.linspace(first, last, _SAMPLES)))
    for k in range(count):
        corner = (curves[k][-1] + curves[(k + 1) % count][0]) / 2
        curves[k][-1] = curves[(k + 1) % count][0] = corner
    return tuple(curves)


def _crossing(first: _Fit, second: _Fit) -> tuple[float, float]:
    """The places (t of the first, t of the second) at which two neighbours meet."""
    a, b = 1.0, 0.0
    for _ in range(12):
        step = 1e-3
        here = first.at(np.array([a, a + step]))
        there = second.at(np.array([b, b + step]))
        matrix = np.stack([(here[1] - here[0]) / step, -(there[1] - there[0]) / step], axis=1)
        if abs(np.linalg.det(matrix)) < 1e-6:
            break
        change = np.linalg.solve(matrix, there[0] - here[0])
        a = float(np.clip(a + change[0], 0.8, 1.2))
        b = float(np.clip(b + change[1], -0.2, 0.2))
    return a, b
