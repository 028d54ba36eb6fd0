"""Halftones, the dots that stand for grey on a page of black and white, smoothed to grey again.

Scanners and copiers that know only black and white give a tinted cell as a field of dots, and a
grey rule as a row of them. A low-pass filter is the plain way back (R. Ulichney, "Digital
Halftoning", MIT Press, 1987).
"""

import logging

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median
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

_SPREAD = 0.9
_LEAST_SIGMA, _MOST_SIGMA = 1.2, 2.2
"""Standard deviation of the filter, as a multiple of a dot's width and in pixels."""


@timed("halftone")
def without_halftone(image: PageImage) -> PageImage:
    """The page with the dots of its halftones smoothed to grey; as it is where it has none.

    All of the page is smoothed: its rules and the edges of its print are made of dots, too.
    """
    width = _dot_width(to_grey(image.pixels), image.scale)
    if width is None:
        return image
    sigma = min(_MOST_SIGMA, max(_LEAST_SIGMA, _SPREAD * width))
    logger.debug("halftone with dots of %.1f pixels", width)
    smoothed = cv2.GaussianBlur(image.pixels, (0, 0), sigma)
    return PageImage(np.asarray(smoothed, np.uint8), image.scale)


def _dot_width(grey: Pixels, scale: float) -> float | None:
    """Mean width in pixels of the dots in the halftone fields of a page, None without any."""
    paper = median(grey[::4, ::4])
    _, mask = cv2.threshold(grey, _INKED * paper, 255, cv2.THRESH_BINARY_INV)
    ink = np.asarray(mask, np.uint8)
    dots = ink & ~_strokes(ink, max(3, round(_STROKE * scale)))
    side = max(4, round(_BLOCK * scale))
    inked, dotted = _shares(ink, side), _shares(dots, side)
    blocks = ((inked >= _FEWEST_INKED) & (dotted >= _DOTTED * inked)).astype(np.uint8)
    fields = cv2.morphologyEx(blocks, cv2.MORPH_OPEN, np.ones((_FIELD, _FIELD), np.uint8))
    if int(fields.sum()) < _FEWEST_BLOCKS:
        return None
    inside = np.kron(fields, np.ones((side, side), np.uint8)) > 0
    height, width = inside.shape
    in_fields = (dots[:height, :width] > 0) & inside
    starts = in_fields[:, 1:] & ~in_fields[:, :-1]
    return float(in_fields.sum()) / max(1, int(starts.sum()))


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
    whole = mask[: rows * side, : columns * side]
    small = cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float64) / 255
