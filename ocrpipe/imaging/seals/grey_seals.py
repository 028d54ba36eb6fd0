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

_DIGIT = 3.0
"""Points around dark print that its paler strokes take."""

_RULE = 25.0
"""Points: strokes of a seal's characters are shorter."""

_WIDE = 2.1
"""Points: rules are thinner with their soft edges, a seal's ring is not."""

_SOFT = 0.6
"""Points: the soft edge of a thick stroke."""

_PLACE = 3.0
"""Points: side of the squares in each of which the darkest ink is looked for."""

_DARKEST = 1
"""Percentile of the darkest of such places that is the ink of print; specks are fewer."""

_LOCAL = 12.0
"""Points over which the level of a seal's ink is averaged."""

_GRAIN = 5.0
"""Grey levels by which some of a seal's ink is darker than its average; more is thin print."""

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
    darkest = _darkest_print(image, seal, paper)
    return level if darkest + _LEAST_INK <= level <= paper - _LEAST_INK else None


def _darkest_print(image: PageImage, seal: Region, paper: float) -> float:
    """The grey of the ink that print under a seal and around it is of.

    Thin strokes show it in their middle alone, and a seal may lie on little print: so what counts
    is the darkest of each place that has ink, not how much is as dark.
    """
    around = image.crop(seal.box.padded(max(seal.box.width, seal.box.height) / 2))
    side = max(1, round(_PLACE * image.scale))
    rows, columns = (length // side for length in around.shape)
    places = around[: rows * side, : columns * side].reshape(rows, side, columns, side)
    darkest = places.min(axis=(1, 3))
    inked = darkest[darkest < paper - _LEAST_INK]
    return percentile(inked, _DARKEST) if inked.size else paper


def _cleaned(grey: Pixels, level: float, paper: float, scale: float) -> tuple[Pixels, Pixels]:
    """A part of a page without the ink of its seal, and 1 where that may hide print."""
    core, rules = _seal_ink(grey, level, paper, scale)
    covered = _around(core, _REACH, scale) & (rules == 0)
    window = (2 * round(_LOCAL * scale / 2) + 1,) * 2
    # Soft edges of the seal are paler than its ink.
    even = ((core > 0) & (np.abs(grey - level) <= _EVEN)).astype(np.float32)
    share = cv2.blur(even, window)
    inked = cv2.blur(even * grey, window)
    local = np.where(share > 0, inked / np.maximum(share, 1e-6), level) - _GRAIN
    black = float(grey.min())
    # Seal ink and what is paler becomes paper, black ink keeps its level.
    placed = black + (grey - black) / np.maximum(local - black, 1) * (paper - black)
    cleaned = np.where(covered, np.clip(placed, 0, paper), grey).astype(np.uint8)
    hidden = (core > 0) & (placed >= _SHOWING * paper)
    return cleaned, hidden.astype(np.uint8)


def _seal_ink(grey: Pixels, level: float, paper: float, scale: float) -> tuple[Pixels, Pixels]:
    """1 where there is nothing but ink of the seal, whose level is given, and 1 where rules are."""
    side = max(3, round(_STROKE * scale))
    ink = (grey < paper - _LEAST_INK).astype(np.uint8)
    rules = _rules(ink, scale)
    even = ((np.abs(grey.astype(np.float32) - level) <= _EVEN) & (rules == 0)).astype(np.uint8)
    thick = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    dark = ((grey < level - _LEAST_INK) & (rules == 0)).astype(np.uint8)
    # The seal's characters are hardly thicker than soft edges, but nothing dark is beside them.
    beside, by_print = _around(dark, _REACH, scale), _around(dark, _DIGIT, scale)
    # Soft as they are, thin ones are paler than its ring; so are the thin strokes of print.
    pale = (ink > 0) & (grey > level) & ~by_print & (rules == 0)
    thin = (((even > 0) | pale) & ~beside).astype(np.uint8)
    thin = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.maximum(thick, thin), rules


def _around(mask: Pixels, distance: float, scale: float) -> NDArray[np.bool_]:
    """Whether 1 is within `distance` points across and down."""
    reach = 2 * round(distance * scale) + 1
    return np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)) > 0, bool)


def _rules(ink: Pixels, scale: float) -> Pixels:
    """The ink of thin straight strokes that are longer than those of a seal's characters."""
    length, thickness = max(3, round(_RULE * scale)), max(4, round(_WIDE * scale))
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    square = np.ones((thickness, thickness), np.uint8)
    wide = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, square), np.uint8)
    by_seal = _around(wide, _SOFT, scale)
    return np.where(by_seal, 0, np.maximum(across, down)).astype(np.uint8)
