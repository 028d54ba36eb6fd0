"""Seals of a scan without colour, taken off the print that they cover where they are paler."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.imaging.paper import paper_color
from ocrpipe.imaging.seals.grey_print import digits_level, print_clear_of_strokes
from ocrpipe.page import PageImage, Pixels, Region
from ocrpipe.quantiles import median, percentile
from ocrpipe.timings import timed

_MARGIN = 4.0
"""Points around a seal in which its ink may still lie."""

_RIM = 1.5
"""Points to both sides of a seal's outline in which its ring lies."""

_LEAST_INK = 40
"""Grey levels between paper and seal, and between seal and print, at least."""

_DARKER = 18
_DEVIATIONS = 3.0
"""Grey levels by which print is darker than the ink of a seal at least, and how many standard
deviations of that ink."""

_PALER = 12.0
"""Grey levels by which strokes of a digit are paler than the dark ones of most."""

_ONE_DEVIATION = 16
"""Percentile of a normal distribution that is one standard deviation below its middle."""

_EVEN = 22
"""Grey levels by which the ink of a seal differs from its level, at most."""

_OUTSIDE = 3.0
"""Points beyond its outline that a seal's ink takes at most: the outline was found by its ink."""

_STROKE = 1.1
"""Points: the strokes of a seal are wider, the soft edges of print are not."""

_REACH = 1.2
"""Points around a seal's ink that its soft edges, and print across it, take."""

_DIGIT = 3.0
"""Points around dark print that its paler strokes take."""

_RULE = 25.0
"""Points: strokes of a seal's characters are shorter."""

_LONG_RULE = 55.0
"""Points: what a level line takes of the ring of the largest seal is shorter."""

_THICK_RULE = 4.2
"""Points: rules are thinner, filled heads are not."""

_CROSSED = 12.0
"""Points of a rule that a stroke of a seal takes where it crosses it, at most: its ring, aslant."""

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
        left, top = max(0, x0), max(0, y0)
        place = np.s_[top : max(0, y1), left : max(0, x1)]
        if not pixels[place].size:
            continue
        ring = _Ring.of(seal, image, left, top)
        level = _level(pixels[place], ring, _darkest_print(image, seal, paper), paper, image.scale)
        if level is not None:
            digits = _digits_beside(image, seal, paper)
            grey = pixels[place]
            pixels[place], covered = _cleaned(grey, ring, level, digits, paper, image.scale)
            hidden[place] |= covered
    if np.array_equal(pixels, image.pixels):
        return image
    return PageImage(pixels, image.scale, hidden)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The outline of a seal in pixels of a crop of its page: its middle and its half axes."""

    x: float
    y: float
    across: float
    down: float

    @classmethod
    def of(cls, seal: Region, image: PageImage, left: int, top: int) -> "_Ring":
        x0, y0, x1, y1 = image.to_pixels(seal.box)
        return cls((x0 + x1) / 2 - left, (y0 + y1) / 2 - top, (x1 - x0) / 2, (y1 - y0) / 2)

    def beyond(self, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """(H, W), pixels by which a place is outside; less than 0 inside."""
        ys, xs = np.ogrid[: shape[0], : shape[1]]
        x, y = xs + 0.5 - self.x, ys + 0.5 - self.y
        return (np.hypot(y, x * self.down / self.across) - self.down).astype(np.float32)


def _level(grey: Pixels, ring: _Ring, darkest: float, paper: float, scale: float) -> float | None:
    """The grey of a seal's ring; None where it is not clearly between paper and print."""
    on_ring = np.abs(ring.beyond(grey.shape)) <= _RIM * scale
    inked = grey[on_ring & (grey < paper - _LEAST_INK)]
    if not inked.size:
        return None
    level = median(inked)
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


def _digits_beside(image: PageImage, seal: Region, paper: float) -> float | None:
    """The grey of the digits around a seal, see `digits_level`."""
    side = max(seal.box.width, seal.box.height) / 2
    x0, y0, _, _ = image.to_pixels(around := seal.box.padded(side))
    grey = image.crop(around)
    ring = _Ring.of(seal, image, max(0, int(np.floor(x0))), max(0, int(np.floor(y0))))
    beside = ring.beyond(grey.shape) > _OUTSIDE * image.scale
    ink = ((grey < paper - _LEAST_INK) & beside).astype(np.uint8)
    return digits_level(grey, ink, _rules(ink, image.scale), image.scale)


def _cleaned(
    grey: Pixels, ring: _Ring, level: float, digits: float | None, paper: float, scale: float
) -> tuple[Pixels, Pixels]:
    """A part of a page without the ink of its seal, and 1 where that may hide print."""
    core, rules = _seal_ink(grey, ring, level, digits, paper, scale)
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


def _seal_ink(
    grey: Pixels, ring: _Ring, level: float, digits: float | None, paper: float, scale: float
) -> tuple[Pixels, Pixels]:
    """1 where there is nothing but ink of the seal, whose level is given, and 1 where other ink is.

    The other ink is that of rules, and of print that stands clear of the seal's strokes.
    """
    side = max(3, round(_STROKE * scale))
    ink = (grey < paper - _LEAST_INK).astype(np.uint8)
    rules = _rules(ink, scale)
    even = ((np.abs(grey.astype(np.float32) - level) <= _EVEN) & (rules == 0)).astype(np.uint8)
    thick = _opened(even, side)
    print_level = _print_level(grey[thick > 0], level, digits)
    dark = ((grey < print_level) & (rules == 0)).astype(np.uint8)
    # The seal's characters are hardly thicker than soft edges, but nothing dark is beside them.
    beside, by_print = _around(dark, _REACH, scale), _around(dark, _DIGIT, scale)
    # Soft as they are, thin ones are paler than its ring; so are the thin strokes of print.
    pale = (ink > 0) & (grey > level) & ~by_print & (rules == 0)
    thin = (((even > 0) | pale) & ~beside).astype(np.uint8)
    thin = _opened(thin, 2)
    other = rules
    if digits is not None and digits > level - _LEAST_INK:
        middle = ring.x, ring.y
        clear = print_clear_of_strokes(grey, ink, rules, thick, middle, digits, scale)
        other = np.maximum(rules, _around(clear, _SOFT, scale)).astype(np.uint8)
    outside = ring.beyond(grey.shape) > _OUTSIDE * scale
    seal = np.where(other > 0, 0, np.maximum(thick, np.where(outside, 0, thin)))
    return seal.astype(np.uint8), other


def _print_level(thick: Pixels, level: float, digits: float | None) -> float:
    """The grey below which ink is print: as dark as digits are, and darker than any of the seal."""
    if digits is None:
        return level - _LEAST_INK
    spread = level - percentile(thick, _ONE_DEVIATION) if thick.size else 0.0
    darkest = level - max(_DARKER, _DEVIATIONS * spread)
    return max(level - _LEAST_INK, min(digits + _PALER, darkest))


def _around(mask: Pixels, distance: float, scale: float) -> NDArray[np.bool_]:
    """Whether 1 is within `distance` points across and down."""
    reach = 2 * round(distance * scale) + 1
    return np.asarray(cv2.dilate(mask, np.ones((reach, reach), np.uint8)) > 0, bool)


def _rules(ink: Pixels, scale: float) -> Pixels:
    """The straight ink that is too thin, or too long, for strokes of a seal."""
    wide = _opened(ink, max(4, round(_WIDE * scale)))
    by_seal = _around(wide, _SOFT, scale)
    across = _lines(ink, by_seal, scale)
    turned = np.ascontiguousarray(ink.T), np.ascontiguousarray(by_seal.T)
    down = np.asarray(_lines(*turned, scale).T, np.uint8)
    return np.asarray(np.maximum(across, down), np.uint8)


def _lines(ink: Pixels, by_seal: NDArray[np.bool_], scale: float) -> Pixels:
    """The level rules of `ink`, also where they cross the seal's strokes."""
    along = _run(cv2.MORPH_OPEN, ink, _RULE, scale)
    thin = _run(cv2.MORPH_CLOSE, np.where(by_seal, 0, along).astype(np.uint8), _CROSSED, scale)
    long = _run(cv2.MORPH_OPEN, ink, _LONG_RULE, scale)
    fills = _opened(long, round(_THICK_RULE * scale))
    thick = np.where(fills > 0, 0, long)
    return np.asarray(np.maximum(np.minimum(thin, along), thick), np.uint8)


def _run(operation: int, mask: Pixels, length: float, scale: float) -> Pixels:
    """An operation of morphology along the rows, over `length` points."""
    size = 2 * round(length * scale / 2) + 1
    return np.asarray(cv2.morphologyEx(mask, operation, np.ones((1, size), np.uint8)), np.uint8)


def _opened(mask: Pixels, side: int) -> Pixels:
    square = np.ones((side, side), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, square), np.uint8)
