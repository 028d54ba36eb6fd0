"""Halftones, the dots that stand for grey on a page of black and white, smoothed to grey again.

Scanners and copiers that know only black and white give a tinted cell as a field of dots, and a
grey rule as a row of them. A low-pass filter is the plain way back (R. Ulichney, "Digital
Halftoning", MIT Press, 1987). What it leaves of the dots is taken off by coring: a difference from
the tone around it that is no greater than those in fields of dots alone is none (J. P. Rossi,
"Digital techniques for reducing television noise", SMPTE Journal 87, 1978).
"""

import logging
import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median
from ocrpipe.shrinking import reduced
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_STROKE = 1.5
"""Points: what is as long along or across is part of a stroke, and no dot."""

_BLOCK = 6.0
_INKED = 0.72
"""Share of the paper's light under which a pixel is ink."""

_FEWEST_INKED = 0.04
_DOTTED = 0.8
"""Shares of a block's pixels that are ink, and of its ink that is dots, where it is halftone."""

_FIELD = 2
_FEWEST_BLOCKS = 12
"""Blocks that fields of so many by so many together have at least: a dotted rule has no field."""

_TEXTURE = (0.005, 0.9)
"""Shares as those of halftone, of the blocks that show what smoothing leaves of dots: pale tones
have dots far apart."""

_REDUCED = 4
_WIDEST_PRINT = 12.0
"""Times by which a page is reduced where its tone is looked for, so that dots become even, and
points up to which something is print on that tone."""

_LEFT, _PRINT = 1.15, 1.65
"""Multiples of what smoothing leaves of dots, in the middle of their blocks, up to which a
difference is none, and from which it is all print: dots of error diffusion that meet are a third
darker than lone ones, and the palest rules of dithered pages half as dark again as those."""

_MEETING = 1.2
"""What smoothing leaves of dots, in that of a lone one, at most: pale print is dots, too."""

_PALE = (0.01, 0.9)
_ALL_OVER = 0.15
"""The same shares in paper that is halftone, and that of a page's blocks with them: dithered pages
and grainy ones in black and white have 0.35 to 0.8, faxes and copies with dust up to 0.04."""

_DARKER = 0.2
"""Share of the paper's light by which dots are darker than what is between them, at least: those
of halftones are by 0.35 to 1, also where a JPEG has blurred them, the grain of a shade as dark as
the palest ink by 0.03 to 0.09."""

_TONES = 32
"""Grey levels that have one such measure: dots leave most in pale tones, least in those of half
black."""

_SPREAD = 0.9
_LEAST_SIGMA, _MOST_SIGMA = 1.2, 2.2
"""Standard deviation of the filter, as a multiple of a dot's width and in pixels."""


@timed("halftone")
def without_halftone(image: PageImage) -> PageImage:
    """The page with the dots of its halftones smoothed to even grey; as it is where it has none.

    All of the page is smoothed: its rules and the edges of its print are made of dots, too.
    """
    grey = to_grey(image.pixels)
    dots = _dots(grey, image.scale)
    fields = _fields(dots, grey)
    if fields is None:
        return image
    width = _dot_width(dots, fields)
    sigma = min(_MOST_SIGMA, max(_LEAST_SIGMA, _SPREAD * width))
    logger.debug("halftone with dots of %.1f pixels", width)
    smoothed = np.asarray(cv2.GaussianBlur(image.pixels, (0, 0), sigma), np.uint8)
    lone = 255 * math.erf(width / (2 * math.sqrt(2) * sigma)) ** 2
    lighter = _texture(to_grey(smoothed), dots, image.scale, _MEETING * lone)
    if smoothed.ndim == 3:
        lighter = np.repeat(lighter[..., None], smoothed.shape[2], axis=2)
    return PageImage(np.asarray(cv2.add(smoothed, lighter), np.uint8), image.scale)


@dataclass(frozen=True, slots=True, eq=False)
class _Dots:
    """What of a page is dots: their mask (0 or 255), and by square blocks of `side` pixels the
    shares of them that are ink and dots."""

    mask: Pixels
    side: int
    inked: NDArray[np.float64]
    dotted: NDArray[np.float64]

    def blocks(self, fewest_inked: float, dotted: float) -> NDArray[np.bool_]:
        """The blocks of which such a share is ink, and such a share of it dots, at least."""
        return (self.inked >= fewest_inked) & (self.dotted >= dotted * self.inked)


def _dots(grey: Pixels, scale: float) -> _Dots:
    paper = median(grey[::4, ::4])
    _, mask = cv2.threshold(grey, _INKED * paper, 255, cv2.THRESH_BINARY_INV)
    ink = np.asarray(mask, np.uint8)
    dots = ink & ~_strokes(ink, max(3, round(_STROKE * scale)))
    side = max(4, round(_BLOCK * scale))
    return _Dots(dots, side, _shares(ink, side), _shares(dots, side))


def _fields(dots: _Dots, grey: Pixels) -> NDArray[np.bool_] | None:
    """The blocks of a page in the fields of its halftones, None where it has none."""
    fields = _without_rows(dots.blocks(_FEWEST_INKED, _DOTTED))
    if int(fields.sum()) < _FEWEST_BLOCKS:
        fields = _without_rows(dots.blocks(*_PALE))
        if int(fields.sum()) < max(_FEWEST_BLOCKS, _ALL_OVER * fields.size):
            return None
    return fields if _are_dark(dots, fields, grey) else None


def _are_dark(dots: _Dots, fields: NDArray[np.bool_], grey: Pixels) -> bool:
    """Whether the dots of some blocks differ from the paper between them as ink does."""
    inside = _pixels(fields, dots.side)
    height, width = inside.shape
    within, mask = grey[:height, :width][inside], dots.mask[:height, :width][inside] > 0
    if not mask.any() or mask.all():
        return False
    contrast = float(within[~mask].mean() - within[mask].mean())
    return contrast >= _DARKER * median(grey[::4, ::4])


def _pixels(blocks: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """(rows * side, columns * side): the pixels of square blocks."""
    return np.asarray(np.kron(blocks, np.ones((side, side), np.bool_)), np.bool_)


def _without_rows(blocks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    square = np.ones((_FIELD, _FIELD), np.uint8)
    return np.asarray(cv2.morphologyEx(blocks.astype(np.uint8), cv2.MORPH_OPEN, square) > 0)


def _dot_width(dots: _Dots, fields: NDArray[np.bool_]) -> float:
    """Mean width in pixels of the dots in the halftone fields of a page."""
    inside = _pixels(fields, dots.side)
    height, width = inside.shape
    in_fields = (dots.mask[:height, :width] > 0) & inside
    starts = in_fields[:, 1:] & ~in_fields[:, :-1]
    return float(in_fields.sum()) / max(1, int(starts.sum()))


def _texture(smoothed: Pixels, dots: _Dots, scale: float, most: float) -> Pixels:
    """(height, width): grey levels by which what smoothing leaves of dots, `most` of them, is
    darker than the tone around it; 0 in print."""
    tone = _tone(smoothed, scale)
    darker = np.asarray(cv2.subtract(tone, smoothed), np.uint8)
    left = np.minimum(most, _left_in_tones(darker, tone, dots))
    low, high = (
        np.asarray(cv2.LUT(tone, np.clip(times * left, 0, 255).astype(np.uint8)), np.float32)
        for times in (_LEFT, _PRINT)
    )
    texture = darker * np.clip((high - darker) / np.maximum(high - low, 1), 0, 1)
    return np.asarray(np.rint(texture), np.uint8)


def _tone(smoothed: Pixels, scale: float) -> Pixels:
    """The page without its print: what is darker than all around it and no wider than print."""
    height, width = smoothed.shape
    size = max(1, width // _REDUCED), max(1, height // _REDUCED)
    small = cv2.resize(smoothed, size, interpolation=cv2.INTER_AREA)
    across = max(3, round(_WIDEST_PRINT * scale / _REDUCED) | 1)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((across, across), np.uint8))
    return np.asarray(cv2.resize(closed, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _left_in_tones(darker: Pixels, tone: Pixels, dots: _Dots) -> NDArray[np.float64]:
    """(256,): the most by which dots alone are darker than each tone, in the middle of blocks."""
    side, (rows, columns) = dots.side, dots.inked.shape
    blocks = dots.blocks(*_TEXTURE)
    if darker.shape[0] < side * rows or darker.shape[1] < side * columns or not blocks.any():
        return np.zeros(256)

    def most(raster: Pixels) -> NDArray[np.uint8]:
        whole = raster[: rows * side, : columns * side].reshape(rows, side, columns, side)
        return np.asarray(whole.max(axis=(1, 3))[blocks], np.uint8)

    levels, tones = most(darker), most(tone) // _TONES
    left = np.full(256, median(levels))
    for at in np.unique(tones).tolist():
        found = levels[tones == at]
        if len(found) >= _FEWEST_BLOCKS:
            left[at * _TONES : (at + 1) * _TONES] = median(found)
    return left


def _strokes(ink: Pixels, length: int) -> Pixels:
    """What of a mask (0 or 255) is at least so many pixels long along or across."""
    along, across = (
        np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
        for shape in ((1, length), (length, 1))
    )
    return along | across


def _shares(mask: Pixels, side: int) -> NDArray[np.float64]:
    """(rows, columns) of square blocks: the share of pixels that a mask (0 or 255) marks."""
    rows, columns = mask.shape[0] // side, mask.shape[1] // side
    if not rows or not columns:
        return np.zeros((1, 1))
    return np.asarray(reduced(mask, side), np.float64) / 255
