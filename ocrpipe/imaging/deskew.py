"""The small angle by which a page is not straight."""

import logging

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.imaging.paper import ink_mask, normalized, only_parts
from ocrpipe.page import Pixels
from ocrpipe.shrinking import shrunk

logger = logging.getLogger(__name__)

LARGEST_SKEW = 5.0
"""Degrees, either way."""

_LONG_SIDE = 1600
"""Pixels of the longer side of what is looked at: 0.02 degrees are half a pixel along it."""

_HIGHEST_PART = 1.5
"""Heights of what is looked at, in widths: that of a sheet."""

_SEARCHED = 6.0
"""Degrees, either way: more than is believed, so that the sharpest angle is a summit."""

_LEAST_INK, _LEAST_STROKE = 400, 25
"""Pixels of ink on a page that has an angle, and of a part that is no dust."""

_MOST_PIXELS, _COARSE_PIXELS = 150_000, 40_000
"""Of the ink, that are counted in fine steps and in coarse ones."""

_SHARPNESS = 1.25
"""How much sharper the profile at the skew must be than at a typical angle to be believed."""


def skew_angle(pixels: Pixels) -> float:
    """Degrees clockwise by which to turn the page so that its lines run straight across.

    The angle at which the horizontal projection profile of the ink is sharpest (W. Postl,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR 1986),
    searched from coarse to fine. 0.0 for a page that is blank, has no lines, or is more askew
    than `LARGEST_SKEW`.
    """
    grey, _ = shrunk(_fullest_part(to_grey(pixels)), _LONG_SIDE)
    mask = _without_solid_areas(ink_mask(normalized(grey)))
    # Filled characters give the better angle, but on a very noisy page the noise is filled too.
    angle = _profile_skew(_filled_characters(mask))
    return angle if angle is not None else _profile_skew(mask) or 0.0


def _fullest_part(grey: Pixels) -> Pixels:
    """The part with most print of a picture that is much higher than wide: shrunk as a whole, it
    would be too narrow for any slope to show."""
    height, width = grey.shape
    length = round(_HIGHEST_PART * width)
    if height <= 2 * length:
        return grey
    some = grey[:, :: max(1, width // 400)].astype(np.int16)
    reached = np.cumsum(np.abs(np.diff(some, axis=1)).sum(axis=1, dtype=np.int64))
    top = int(np.argmax(reached[length:] - reached[:-length])) + 1
    return grey[top : top + length]


def _profile_skew(mask: Pixels) -> float | None:
    """The angle of the sharpest profile; None where no angle stands out."""
    if cv2.countNonZero(mask) < _LEAST_INK:
        return None
    places = cv2.findNonZero(mask)[:, 0]
    # A fixed random choice samples all rows evenly and is the same on every run.
    chosen = np.random.default_rng(0).permutation(len(places))[:_MOST_PIXELS]
    xs, ys = np.ascontiguousarray(places[chosen].T, np.float64)
    return _sharpest(xs - mask.shape[1] / 2, ys, mask.shape[0])


def _without_solid_areas(mask: Pixels) -> Pixels:
    """Takes dark edges, pictures and the bodies of very large characters out of an ink mask."""
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((21, 21), np.uint8))
    if cv2.countNonZero(solid) == 0:
        return mask
    solid = cv2.dilate(solid, np.ones((27, 27), np.uint8))
    return np.asarray(np.where(solid > 0, 0, mask), np.uint8)


def _filled_characters(mask: Pixels) -> Pixels:
    """Closes the gaps inside characters and drops what is too small for one.

    In the typefaces 仿宋 and 楷体 horizontal strokes rise to the right, and a profile that sees
    single strokes would take their slope for the skew.
    """
    labels, stats = connected_parts(mask)
    strokes = only_parts(mask, labels, stats, stats[:, cv2.CC_STAT_AREA] >= _LEAST_STROKE)
    return np.asarray(cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))


def _sharpest(x: NDArray[np.float64], y: NDArray[np.float64], height: int) -> float | None:
    angles = np.arange(-_SEARCHED, _SEARCHED + 0.01, 0.25, np.float64)
    some = np.s_[:_COARSE_PIXELS]
    energies = _energies(x[some], y[some], height, angles, 2.0)
    best = int(np.argmax(energies))
    if best in {0, len(angles) - 1} or energies[best] < _SHARPNESS * np.median(energies):
        logger.debug("no clear skew: energy %.3g", energies[best] / np.median(energies))
        return None
    center = float(angles[best])
    for step in (0.1, 0.02):
        around = center + step * np.arange(-4, 5, dtype=np.float64)
        center = float(around[int(np.argmax(_energies(x, y, height, around, 1.0)))])
    return center if abs(center) <= LARGEST_SKEW + 0.5 else None


def _energies(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    height: int,
    angles: NDArray[np.float64],
    bin_size: float,
) -> NDArray[np.float64]:
    """Energy of the profile's differences after turning the ink clockwise by each of the angles,
    which are degrees."""
    # More than ink can rise: every place is above 0, where a cast rounds downwards.
    margin = float(np.abs(x).max() * np.sin(np.radians(_SEARCHED)) + 4)
    size = int((height + 2 * margin) / bin_size) + 4
    energies = []
    rows, moved = np.empty_like(y), np.empty_like(x)
    for angle in np.radians(angles):
        np.multiply(y, np.cos(angle), out=rows)
        rows += np.multiply(x, np.sin(angle), out=moved)
        rows += margin
        if bin_size != 1:
            rows /= bin_size
        # A third of the time of `numpy.bincount`; its single precision counts all of the pixels.
        places = rows.astype(np.uint16).reshape(1, -1)
        profile = cv2.calcHist([places], [0], None, [size], [0, size]).astype(np.float64)
        energies.append(float(np.sum(np.diff(profile[:, 0]) ** 2)))
    return np.array(energies)
