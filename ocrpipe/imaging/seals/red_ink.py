"""Red ink: seals found, and pictures in which red ink vanished and black ink stayed.

A pixel's redness is measured against the paper, so that yellowed or tinted paper is not red.
"""

import logging
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.imaging.paper import LookedOver, ink_mask, looked_over, normalized, paper_color
from ocrpipe.imaging.seals.covering import (
    MEASURED_AT,
    enlarged,
    inked_areas,
    is_much,
    uncovered,
)
from ocrpipe.imaging.seals.red_print import lone_red_print, red_print
from ocrpipe.imaging.seals.red_rules import red_rules
from ocrpipe.imaging.seals.rims import ring_boxes, seal_boxes
from ocrpipe.imaging.seals.tints import FAINT_TINT, PALE_TINT, red_pixels, redness, relative
from ocrpipe.page import LONE, PageImage, Pixels, Region
from ocrpipe.shrinking import shrunk_to_scale
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_REACH = 2.0
"""Points around red ink in which chroma subsampling and blur may have carried its colour."""

_SEAL_MARGIN = 4.0
"""Points around a seal in which its ink may still lie."""

_GRAIN = 10.0
"""By how much of 255 the soft edges of red print are red at least."""


def red_regions(image: PageImage) -> tuple[Region, ...]:
    """The seals of a page, in points. Red letterhead text and red rules are none."""
    tint, factor = _red_tint(image)
    mask = _without_grain(_reddish(tint))
    if not mask.any():
        return ()
    boxes = seal_boxes(mask, image.scale * factor)
    return tuple(Region("seal", box, confidence) for box, confidence in boxes)


@timed("red ink")
def seal_regions(image: PageImage, overview: LookedOver | None = None) -> tuple[Region, ...]:
    """The seals of a page, in points: red ones, or round ones in a scan without colour.

    `overview` is the page `looked_over`, where that is known.
    """
    red = red_regions(image)
    if red:
        return red
    small, factor = overview or looked_over(image)
    boxes = ring_boxes(ink_mask(normalized(small)), image.scale * factor)
    return tuple(Region("seal", box, confidence) for box, confidence in boxes)


@timed("red ink")
def without_seals(image: PageImage, clean: PageImage, seals: Sequence[Region]) -> PageImage:
    """The page with what `clean` (the page without red ink) shows wherever a seal stands.

    The characters of a seal are no text of the document, and a red letterhead is: so red ink goes
    from under the seals alone.
    """
    pixels = image.pixels.copy()
    for seal in seals:
        x0, y0, x1, y1 = (round(value) for value in image.to_pixels(seal.box.padded(_SEAL_MARGIN)))
        place = np.s_[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        pixels[place] = clean.pixels[place]
    return PageImage(pixels, image.scale)


@timed("red ink")
def without_red(image: PageImage, seals: Sequence[Region] | None = None) -> PageImage:
    """The page with its red ink turned to paper; black ink under it stays. `seals` are those of the
    page, where they are known.

    The rules of a table that is printed in red stay, too, as grey ones, and so do figures that are.

    What is not near red ink is left as it is, and so is a picture without red ink.

    Where red ink lay and no black ink is seen, `hidden` is 1: it may have let nothing through.
    Where it may itself have been print, `hidden` is `LONE`.
    """
    tint, factor = _red_tint(image)
    red = _reddish(tint)
    small = _without_grain(red)
    if not is_much(small, image.scale * factor):
        return image
    pixels = image.pixels.copy()
    hidden = np.zeros(pixels.shape[:2], np.uint8)
    reach = max(3, round(_REACH * image.scale)) | 1
    paper = paper_color(image.pixels)
    for left, top, right, bottom in inked_areas(small, factor, reach, image):
        place = np.s_[top:bottom, left:right]
        pixels[place], covered = uncovered(pixels[place], paper, redness, reach)
        hidden[place] |= covered
    scale = image.scale * factor
    if seals is None:
        stamps = [box for box, _ in seal_boxes(small, scale)]
    else:
        stamps = [seal.box for seal in seals]
    rules = red_rules(_reddish(tint, PALE_TINT), scale)
    words = red_print(red, scale, stamps)
    for kept in (rules, words):
        if kept is not None:
            _put_back(kept, pixels, hidden, image)
    if words is None and (lone := lone_red_print(small, scale, stamps)) is not None:
        hidden[_red_within(lone, image, FAINT_TINT)] = LONE
    return PageImage(pixels, image.scale, hidden)


def _put_back(kept: Pixels, pixels: Pixels, hidden: Pixels, image: PageImage) -> None:
    """Draws the `red_rules` or `red_print` of `image` into `pixels`, its copy without red ink, in
    grey: they hide nothing."""
    place = _red_within(kept, image, _GRAIN)
    pixels[place] = image.pixels[place].min(axis=1, keepdims=True)
    hidden[place] = 0


def _red_within(mask: Pixels, image: PageImage, least: float) -> NDArray[np.bool_]:
    """(height, width): the pixels of a page that are redder than `least` within a mask of it, of
    any resolution."""
    colour = redness(relative(image.pixels, paper_color(image.pixels)))
    return np.asarray(enlarged(mask, image) & (colour > least), np.bool_)


def _without_grain(red: Pixels) -> Pixels:
    """A mask of red ink without what may be grain of the scan's colour, and the thinnest rules."""
    return np.asarray(cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))


def _red_tint(image: PageImage) -> tuple[Pixels, float]:
    """How red the page is, at about 100 dpi, and the factor from the image to that size."""
    if image.pixels.ndim == 2:
        return np.zeros((1, 1), np.uint8), 1.0
    small, factor = shrunk_to_scale(image, MEASURED_AT)
    return red_pixels(small, paper_color(image.pixels)), factor


def _reddish(tint: Pixels, least: float = FAINT_TINT) -> Pixels:
    """1 where a `_red_tint` is that of ink."""
    return (tint > least).view(np.uint8)
