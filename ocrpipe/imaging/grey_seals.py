"""Seals of a scan without colour, taken off the print that they cover where they are paler."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.imaging.paper import paper_color
from ocrpipe.page import PageImage, Pixels, Region
from ocrpipe.quantiles import median, percentile
from ocrpipe.timings import timed

_MARGIN = 4.0
"""Points around a seal in which its ink may still lie."""

_RIM = 1.5
"""Points to both sides of a seal's outline in which its ring lies."""

_LEAST_INK = 40
"""Grey levels between paper and seal, and between seal and print, at least."""

_EVEN = 22
"""Grey levels by which the ink of a seal differs from its level, at most."""

_STROKE = 1.1
"""Points: the strokes of a seal are wider, the soft edges of print are not."""

_REACH = 1.2
"""Points around a seal's ink that its soft edges, and print across it, take."""

_LOCAL = 12.0
"""Points over which the level of a seal's ink is averaged."""

_GRAIN = 10.0

_SHOWING = 0.6
"""Share of the paper's brightness below which print is seen through the ink of a seal."""


@timed("red ink")
def without_grey_seals(image: PageImage, seals: Sequence[Region]) -> PageImage:
    """The page with the ink of its seals turned to paper; darker print under it stays.

    A page with colour is given as it is, and so is a seal that is as dark as the print. Where ink
    of a seal lay and no print is seen, `hidden` is 1: it may have let nothing through.
    """
    if image.pixels.ndim == 3 or not seals:
        return image
    pixels = image.pixels.copy()
    hidden = np.zeros_like(pixels)
    (paper,) = paper_color(image.pixels)
    for seal in seals:
        x0, y0, x1, y1 = (round(v) for v in image.to_pixels(seal.box.padded(_MARGIN)))
        place = np.s_[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        level = _level(image, seal, paper)
        if level is not None and pixels[place].size:
            pixels[place], covered = _cleaned(pixels[place], level, paper, image.scale)
            hidden[place] |= covered
    if np.array_equal(pixels, image.pixels):
        return image
    return PageImage(pixels, image.scale, hidden)


def _level(image: PageImage, seal: Region, paper: float) -> float | None:
    """The grey of a seal's ring; None where it is not clearly between paper and print."""
    grey = image.crop(seal.box)
    if not grey.size:
        return None
    height, width = grey.shape
    ys, xs = np.ogrid[:height, :width]
    rim = _RIM * image.scale
    distance = np.hypot((ys + 0.5 - height / 2), (xs + 0.5 - width / 2) * height / width)
    ring = grey[(np.abs(distance - height / 2) <= rim) & (grey < paper - _LEAST_INK)]
    if not ring.size:
        return None
    level = median(ring)
    darkest = percentile(grey[grey < paper - _LEAST_INK], 5)
    return level if darkest + _LEAST_INK <= level <= paper - _LEAST_INK else None


def _cleaned(grey: Pixels, level: float, paper: float, scale: float) -> tuple[Pixels, Pixels]:
    """A part of a page without the ink of its seal, and 1 where that may hide print."""
    side = max(3, round(_STROKE * scale))
    reach = 2 * round(_REACH * scale) + 1
    even = (np.abs(grey.astype(np.float32) - level) <= _EVEN).astype(np.uint8)
    thick = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    # The seal's characters are hardly thicker than soft edges, but nothing dark is beside them.
    beside = cv2.dilate(
        (grey < level - _LEAST_INK).astype(np.uint8), np.ones((reach, reach), np.uint8)
    )
    thin = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    core = np.asarray(np.where(beside > 0, thick, thin), np.uint8)
    covered: NDArray[np.bool_] = cv2.dilate(core, np.ones((reach, reach), np.uint8)) > 0
    window = (2 * round(_LOCAL * scale / 2) + 1,) * 2
    share = cv2.blur(core.astype(np.float32), window)
    inked = cv2.blur(core.astype(np.float32) * grey, window)
    local = np.where(share > 0, inked / np.maximum(share, 1e-6), level) - _GRAIN
    black = float(grey.min())
    # Seal ink and what is paler becomes paper, black ink keeps its level.
    placed = black + (grey - black) / np.maximum(local - black, 1) * (paper - black)
    cleaned = np.where(covered, np.clip(placed, 0, paper), grey).astype(np.uint8)
    hidden = (core > 0) & (placed >= _SHOWING * paper)
    return cleaned, hidden.astype(np.uint8)
