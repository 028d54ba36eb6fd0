"""The outline of a stamp over a line, found by its shape and taken off.

The ring or the sides of a seal are strokes of one width that run smoothly from one edge of a line's
crop to another, through its letters; no letter does, nor a gap between letters hold ink. What lies
across such a curve all along it, over paper and over print, is the stamp's own density. Densities
add up where inks are printed over each other, so taking the stamp's off leaves the letters, however
dark the stamp. In a scan in black and white nothing is left of the letters below it.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.curves import Density, Floats, curves_through, points_of, refined, sampled
from ocrpipe.page import Pixels

Grey = NDArray[np.uint8]

_HEIGHT = 96
"""Curves are looked for in a picture of at most this height, in pixels."""
_SMALLEST = 16
"""In smaller crops, in pixels, there is nothing to tell a stamp by."""
_DARKEST = 4.0
"""Darker greys are taken for this one: the logarithm of black has no end."""
_LEAST = 0.1
"""The least density of a stroke."""
_BLACK = 2.5
"""A denser stroke is black: of a scan in black and white."""
_EVEN = 0.55
"""The part of its usual density that a stroke has nearly everywhere."""
_EDGE = 0.2
"""A stroke ends where its density falls to this part."""
_REACH = 0.28
"""How far to either side of a curve its stroke is measured, in heights of the crop."""
_WIDEST = 0.3
"""How wide a stroke is at most, in heights of the crop."""
_ALONE = 1.12
"""A pixel up to this much denser than the stroke is the stroke alone, without print below."""


@dataclass(frozen=True, slots=True, eq=False)
class Bare:
    """A line's crop without the outline of a stamp, and whether that left nothing of the print
    below it."""

    crop: Grey
    black: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Stroke:
    """`points` (n, 2) along the middle, x and y in pixels; `profile` the density in `unit` pixels
    from there, two and so on."""

    points: Floats
    profile: Floats
    unit: float


def without_outline(crop: Pixels) -> Bare | None:
    """The crop of a line, (height, width) uint8 with dark ink on light paper, without the outline
    of the stamps over it; None where there is none."""
    if min(crop.shape) < _SMALLEST:
        return None
    scale = min(1.0, _HEIGHT / crop.shape[0])
    small: Pixels = crop
    if scale < 1.0:
        size = (max(1, round(scale * crop.shape[1])), _HEIGHT)
        reduced = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
        small = np.asarray(reduced, np.uint8)
    found = _strokes(_density(small))
    if not found:
        return None
    dark = _density(crop)
    layer = np.zeros_like(dark)
    for stroke in found:
        points = (stroke.points + 0.5) / scale - 0.5
        layer += _layer(dark - layer, _Stroke(points, stroke.profile, 1 / scale))
    black = any(stroke.profile[0] > _BLACK for stroke in found)
    return Bare(_lit(crop, layer), black)


def _paper(crop: Pixels) -> float:
    return max(float(np.percentile(crop, 75)), 32.0)


def _density(crop: Pixels) -> Density:
    """The logarithm of paper over pixel, a little smoothed."""
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.5, crop.shape[0] / 90)).astype(np.float32)
    return np.log(_paper(crop) / np.maximum(soft, np.float32(_DARKEST)))


def _lit(crop: Pixels, layer: Density) -> Grey:
    """A crop without a layer of ink of some density; nothing becomes lighter than the paper."""
    full = np.maximum(crop.astype(np.float32), np.float32(_DARKEST))
    lit = np.minimum(full * np.exp(layer), np.maximum(np.float32(_paper(crop)), full))
    return np.where(layer > 0.0, np.maximum(lit, crop), crop).clip(0, 255).astype(np.uint8)


def _strokes(dark: Density) -> list[_Stroke]:
    found = []
    for curve in curves_through(dark):
        points = points_of(refined(dark, curve)[None])[0]
        profile = _profile(dark, points)
        if profile is not None:
            found.append(_Stroke(points, profile, 1.0))
            # What one curve explains is no ink of another.
            dark = dark - _layer(dark, found[-1])
    return found


def _profile(dark: Density, points: Floats) -> Floats | None:
    """The density of a stroke by the distance from its middle; None where what lies along the
    points is no stroke of one width and density."""
    height = dark.shape[0]
    tangent = np.gradient(points, axis=0)
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    normal /= np.hypot(normal[:, 0], normal[:, 1])[:, None]
    reach = int(_REACH * height)
    offsets = np.arange(-reach, reach + 1)
    values = sampled(dark, points + offsets[:, None, None] * normal)
    values[np.isnan(values).mean(axis=1) > 0.6] = 0.0
    # Print lies over the smaller part of a curve; noise is as often lighter as darker.
    usual = np.nanpercentile(values, 30, axis=1)
    sides = usual[reach:], usual[reach::-1]
    peak = float(usual[max(0, reach - 1) : reach + 2].max())
    if peak < _LEAST or np.nanpercentile(values[reach], 8) < _EVEN * peak:
        return None
    widths = [int(np.argmax(side < _EDGE * peak)) for side in sides]
    if 0 in widths or sum(widths) > _WIDEST * height:
        return None
    profile = np.max(sides, axis=0)
    profile[max(widths) + 2 :] = 0.0
    if peak > _BLACK:
        # Black has no soft edges, only ragged ones.
        profile[: max(widths) + 1] = 2 * peak
    return np.asarray(profile, np.float64)


def _layer(dark: Density, stroke: _Stroke) -> Density:
    """The density of a stroke in each pixel of a picture."""
    middle = np.full(dark.shape, 255, np.uint8)
    sixteenths = np.rint(stroke.points * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(middle, [sixteenths], False, (0,), 1, cv2.LINE_8, 4)
    away = np.asarray(cv2.distanceTransform(middle, cv2.DIST_L2, 5), np.float64) / stroke.unit
    steps = np.arange(len(stroke.profile))
    usual = np.interp(away, steps, stroke.profile, right=0.0)
    # A pixel further in: the edges of a stroke are not quite where its curve has them.
    inner = np.maximum(away - 1.0 / stroke.unit, 0.0)
    most = np.interp(inner, steps, stroke.profile, right=0.0)
    layer = np.where(dark < _ALONE * most, np.maximum(dark, 0.0), usual)
    return np.asarray(layer, np.float32)
