"""How much each pixel of a raster is ink, and ink of a thin horizontal feature.

Vertical features are those of the transposed raster. Units are pixels.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median_deviation
from ocrpipe.timings import timed

Response = NDArray[np.uint8]

_WIDEST_INK = 6.0
"""Points."""

_DARK_FILL = 170
"""Grey level under which an area is dark enough to carry light rules."""

_FILL_SHARE = 0.75
"""Share of the brightness around it under which a dark area is a fill, and not the shade of an
unevenly lit page."""

_DARKEST_SHADE = 90
_SHADE_REACH = 24
_SHADE_STEP = 8
_CHARACTER = 3
"""How often the width of ink a character is at most, with the paper around it that dilating takes
for its own: the width of ink twice, less a pixel, around a single point without paper near."""

_WHITE = math.ceil(_DARK_FILL / _FILL_SHARE)
"""Brightness from which on `_DARK_FILL` is that level."""

_FILLED_UNDER = np.minimum(
    _DARK_FILL, np.maximum(_DARKEST_SHADE, np.ceil(_FILL_SHARE * np.arange(256)))
).astype(np.uint8)
"""(256,): by the brightness around it, the grey level under which a pixel is that of a fill."""

NOISE_STEP = 3
"""Noise is measured on every so manieth row and column."""

FAINTEST = 14
"""Grey levels by which a rule must differ from what is beside it."""


def ridge_response(
    grey: Pixels, filled: Pixels | None, average: int, widest: int, step: int = 1
) -> Response:
    """How much each pixel is darker than both what is above and what is below it.

    The raster is averaged over `average` pixels along the rule, which lifts a faint rule out of
    noise, and a black-hat across it takes out everything wider than `widest`, so that fills, the
    shadows of a scan and pictures leave nothing (top-hat transforms: Serra, Image Analysis and
    Mathematical Morphology, 1982). Light rules count where `filled`, if given, is not 0. With a
    `step` there is only every so manieth column of it.
    """
    smooth = cv2.blur(grey, (average, 1)) if average > 1 else grey
    if step > 1:
        smooth = np.ascontiguousarray(smooth[:, ::step])
        filled = None if filled is None else np.ascontiguousarray(filled[:, ::step])
    kernel = np.ones((widest, 1), np.uint8)
    dark = cv2.subtract(cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, kernel), smooth)
    if filled is None:
        return np.asarray(dark, np.uint8)
    light = cv2.subtract(smooth, cv2.morphologyEx(smooth, cv2.MORPH_OPEN, kernel))
    return np.asarray(cv2.max(dark, cv2.copyTo(light, filled)), np.uint8)


def dark_fills(grey: Pixels, widest: int) -> Pixels | None:
    """Not 0 where the paper between ink of up to `widest` pixels is filled with a dark colour.

    None where it is nowhere.
    """
    square = np.ones((widest, widest), np.uint8)
    lightest = np.asarray(cv2.dilate(grey, square), np.uint8)
    if _darkest(lightest) >= _DARK_FILL:
        return None
    ground = cv2.erode(lightest, square, iterations=2)
    filled = _without_characters(_filled(np.asarray(ground, np.uint8), widest), widest)
    return filled if filled.any() else None


def _without_characters(filled: Pixels, widest: int) -> Pixels:
    """The fills that are larger than a character whose strokes blur leaves no paper between."""
    if not filled.any():
        return filled
    labels, stats = connected_parts((filled > 0).astype(np.uint8))
    fills = stats[:, 2:4].max(axis=1) > _CHARACTER * widest
    fills[0] = False
    return np.asarray(np.where(fills[labels], filled, 0), np.uint8)


def _filled(ground: Response, widest: int) -> Pixels:
    """Not 0 where the paper is filled with a dark colour, given the raster without its ink."""
    if _darkest(ground) >= _DARK_FILL:
        return np.zeros_like(ground)
    height, width = ground.shape
    reach = _shade_reach(widest)
    size = (max(1, width // _SHADE_STEP), max(1, height // _SHADE_STEP))
    small = cv2.resize(ground, size, interpolation=cv2.INTER_AREA)
    around = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    around = cv2.resize(around, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.compare(ground, cv2.LUT(around, _FILLED_UNDER), cv2.CMP_LT), np.uint8)


def _darkest(raster: Pixels) -> int:
    return int(raster.min(initial=255))


def _under(raster: Pixels, level: int) -> Pixels:
    """Not 0 where a raster is darker than a grey level."""
    return np.asarray(cv2.threshold(raster, level - 1, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)


def _is_white_close_by(ground: Response, widest: int) -> bool:
    """Whether there is white paper around each pixel, as on most pages: a fill is then what is
    darker than `_DARK_FILL`, and no shade need be looked at.

    `ground` is an opening by squares of `widest` pixels: all that is white in it is as wide.
    """
    # The samples meet each white square, and a whole cell of the shade lies in it.
    if widest < 2 * max(length / max(1, length // _SHADE_STEP) for length in ground.shape):
        return False
    # From a pixel to a sample, to the far side of its square, and one cell for the interpolation.
    reach = _shade_reach(widest) // 2 - 2 - math.ceil(widest / _SHADE_STEP)
    if reach < 0:
        return False
    samples = np.ascontiguousarray(ground[::_SHADE_STEP, ::_SHADE_STEP])
    white = cv2.threshold(samples, _WHITE - 1, 1, cv2.THRESH_BINARY)[1]
    around = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    return bool(cv2.dilate(white, around).all())


def _shade_reach(widest: int) -> int:
    return max(3, _SHADE_REACH * widest // _SHADE_STEP) | 1


def widest_ink(scale: float) -> int:
    """Pixels up to which something is ink, at `scale` pixels a point; an odd number."""
    return max(7, round(_WIDEST_INK * scale)) | 1


@timed("rulings")
def dark_ink(image: PageImage) -> Response:
    """(H, W): how much each pixel of a page is darker than the paper around it (black-hat).

    What is wider than `widest_ink` in both directions leaves nothing.
    """
    return black_hat(to_grey(image.pixels), widest_ink(image.scale))


def black_hat(grey: Pixels, widest: int) -> Response:
    """The same of a raster, for ink of up to `widest` pixels."""
    square = np.ones((widest, widest), np.uint8)
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, square), np.uint8)


def ink_response(grey: Pixels, widest: int, dark: Pixels | None = None) -> Response:
    """How much each pixel differs from the paper, or from the dark fill, around it.

    What is wider than `widest` pixels in both directions leaves nothing. `dark` is its `black_hat`,
    where that is known.
    """
    square = np.ones((widest, widest), np.uint8)
    dark = black_hat(grey, widest) if dark is None else dark
    ground = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, square), np.uint8)
    if _is_white_close_by(ground, widest):
        filled = _under(ground, _DARK_FILL)
    else:
        filled = _filled(ground, widest)
    if not filled.any():
        return dark
    light = cv2.subtract(grey, ground, mask=filled)
    return np.asarray(cv2.max(dark, light), np.uint8)


def noise_threshold(response: Response) -> float:
    """The response that paper grain and compression do not reach (median absolute deviation)."""
    return noise_of(response[::NOISE_STEP, ::NOISE_STEP])


def noise_of(sample: Response, least: float = FAINTEST) -> float:
    """The same from a sample of the response, and `least` at least."""
    if not sample.size:
        return least
    middle, deviation = median_deviation(sample)
    return max(least, middle + 4.0 * 1.4826 * deviation)


def runs(response: Response, threshold: float, bridge: int, shortest: int) -> Pixels:
    """Mask of runs of at least `shortest` pixels after gaps up to `bridge` are closed."""
    mask = np.asarray(cv2.threshold(response, threshold, 1, cv2.THRESH_BINARY)[1], np.uint8)
    rows = np.flatnonzero(mask.max(axis=1, initial=0))
    inked = mask[rows]
    if bridge > 1 and rows.size:
        kernel = np.ones((1, bridge), np.uint8)
        inked = np.asarray(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, kernel), np.uint8)
    # A run that the edge of the raster cuts may be half as long; rows with less ink have none.
    enough = 2 * inked.sum(axis=1, dtype=np.int32) >= min(shortest, mask.shape[1])
    rows, inked = rows[enough], inked[enough]
    found = np.zeros_like(mask)
    if rows.size:
        found[rows] = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    return found
