"""Red ink: seals found, and pictures in which red ink vanished and black ink stayed.

A pixel's redness is measured against the paper, so that yellowed or tinted paper is not red.
"""

import logging
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.imaging.paper import LookedOver, ink_mask, looked_over, normalized, paper_color
from ocrpipe.imaging.seals.red_print import lone_red_print, red_print
from ocrpipe.imaging.seals.red_rules import red_rules
from ocrpipe.imaging.seals.rims import ring_boxes, seal_boxes
from ocrpipe.page import LONE, PageImage, Pixels, Region
from ocrpipe.shrinking import shrunk_to_scale
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_FAINT_RED = 22.0
"""By how much of 255 red must exceed green and blue; the grain of a scan's colour stays below."""

_MEASURED_AT = 1.4
"""Pixels a point (100 dpi) at which red areas are looked for."""

_LEAST_AREA = 30.0
"""Square points of red ink under which a page counts as having none."""

_REACH = 2.0
"""Points around red ink in which chroma subsampling and blur may have carried its colour."""

_COVERAGE_GAIN = 1.3
"""Blur lowers the redness of thin strokes, but not their darkness, by about this much."""

_SEAL_MARGIN = 4.0
"""Points around a seal in which its ink may still lie."""

_HIDING = 0.5
"""Share of the redness of a seal's ink from which a pixel is covered by it."""

_SHOWING = 0.6
"""Share of the paper's brightness below which print is seen through red ink."""

_LEAST_COVERAGE = 0.08
_GRAIN = 10.0
_BLACKEST = 60.0
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)

Grey = NDArray[np.float32]


def _is_much(red: Pixels, scale: float) -> bool:
    return float(red.sum()) / scale**2 >= _LEAST_AREA


def red_regions(image: PageImage) -> tuple[Region, ...]:
    """The seals of a page, in points. Red letterhead text and red rules are none."""
    red, factor = _red_mask(image)
    mask = _without_grain(red)
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
def without_red(image: PageImage) -> PageImage:
    """The page with its red ink turned to paper; black ink under it stays.

    The rules of a table that is printed in red stay, too, as grey ones, and so do figures that are.

    Where there is red ink each pixel is placed between two levels: the brightness of red ink on
    paper, as dense as it is close by, which becomes paper, and that of black ink, which stays. Both
    the red channel (in which red ink is faint) and the brightness (which a JPEG keeps sharp where
    it blurs colour) are placed so, and the mean is taken. Other pixels are left as they are, and
    so is a picture without red ink.

    Where red ink lay and no black ink is seen, `hidden` is 1: it may have let nothing through.
    Where it may itself have been print, `hidden` is `LONE`.
    """
    red, factor = _red_mask(image)
    small = _without_grain(red)
    if not _is_much(small, image.scale * factor):
        return image
    pixels = image.pixels.copy()
    hidden = np.zeros(pixels.shape[:2], np.uint8)
    reach = max(3, round(_REACH * image.scale)) | 1
    paper = paper_color(image.pixels)
    for left, top, right, bottom in _areas(small, factor, reach, image):
        place = np.s_[top:bottom, left:right]
        pixels[place], covered = _cleaned(pixels[place], paper, reach)
        hidden[place] |= covered
    scale = image.scale * factor
    seals = [box for box, _ in seal_boxes(small, scale)]
    rules, words = red_rules(red, scale), red_print(red, scale, seals)
    for kept in (rules, words):
        if kept is not None:
            _put_back(kept, pixels, hidden, image)
    if words is None and (lone := lone_red_print(small, scale, seals)) is not None:
        hidden[_red_within(lone, image, _FAINT_RED)] = LONE
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
    near = cv2.resize(mask, (image.width, image.height), interpolation=cv2.INTER_NEAREST) > 0
    redness = _redness(_relative(image.pixels, paper_color(image.pixels)))
    return np.asarray(near & (redness > least), np.bool_)


def _without_grain(red: Pixels) -> Pixels:
    """A `_red_mask` without what may be grain of the scan's colour, and the thinnest rules."""
    return np.asarray(cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))


def _red_mask(image: PageImage) -> tuple[Pixels, float]:
    """1 where ink is red, at about 100 dpi, and the factor from the image to that size."""
    if image.pixels.ndim == 2:
        return np.zeros((1, 1), np.uint8), 1.0
    small, factor = shrunk_to_scale(image, _MEASURED_AT)
    red = _redness(_relative(small, paper_color(image.pixels)))
    return (red > _FAINT_RED).astype(np.uint8), factor


def _relative(pixels: Pixels, paper: tuple[float, ...]) -> NDArray[np.float32]:
    """The picture with its paper lifted to white, as float32."""
    scale = np.array([255 / max(value, 1.0) for value in paper], np.float32)
    return np.asarray(np.minimum(pixels.astype(np.float32) * scale, 255), np.float32)


def _redness(relative: NDArray[np.float32]) -> Grey:
    """By how much red exceeds the brighter of green and blue, 0 to 255.

    Orange and purple count less than red, yellow and magenta not at all.
    """
    blue, green, red = relative[..., 0], relative[..., 1], relative[..., 2]
    return np.asarray(np.maximum(red - np.maximum(blue, green), 0), np.float32)


def _areas(
    small: Pixels, factor: float, reach: int, image: PageImage
) -> list[tuple[int, int, int, int]]:
    """Boxes (pixels of the image) around the red ink, so that the rest costs nothing."""
    grown = cv2.dilate(small, np.ones((15, 15), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    areas = []
    for left, top, width, height, _ in stats[1:count]:
        x0, y0 = int(left / factor) - reach, int(top / factor) - reach
        x1, y1 = int((left + width) / factor) + reach, int((top + height) / factor) + reach
        areas.append((max(0, x0), max(0, y0), min(image.width, x1), min(image.height, y1)))
    return areas


def _cleaned(part: Pixels, paper: tuple[float, ...], reach: int) -> tuple[Pixels, Pixels]:
    """A part of a page without its red ink, and 1 where that hides what may lie under it."""
    relative = _relative(part, paper)
    redness = np.asarray(cv2.GaussianBlur(_redness(relative), (0, 0), 0.8), np.float32)
    near = redness > _FAINT_RED * 0.6
    if not near.any():
        return part, np.zeros(part.shape[:2], np.uint8)
    strongest = float(np.percentile(redness[near], 90))
    full = relative[redness >= strongest]
    # Black ink under red ink is dark too: the brighter half is red ink alone.
    full = full[full.sum(axis=1) >= np.median(full.sum(axis=1))]
    red_color = np.median(full, axis=0)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    covered = np.asarray(cv2.dilate(redness, kernel), np.float32) * (_COVERAGE_GAIN / strongest)
    covered = np.where(covered > _LEAST_COVERAGE, np.minimum(covered, 1.0), 0).astype(np.float32)
    in_red_channel = _placed(relative[..., 2], float(red_color[2]), covered)
    in_brightness = _placed(relative @ _LUMA, float(red_color @ _LUMA), covered)
    placed = (in_red_channel + in_brightness) / 2
    whitened = placed[..., None] / 255 * np.array(paper, np.float32)
    cleaned = np.where(covered[..., None] > 0, np.clip(whitened, 0, 255), part).astype(np.uint8)
    hidden = (redness >= _HIDING * strongest) & (placed >= _SHOWING * 255)
    return cleaned, hidden.astype(np.uint8)


def _placed(channel: Grey, red_level: float, covered: Grey) -> Grey:
    """`channel` stretched so that red ink alone becomes 255 and black ink keeps its level.

    `red_level` is the channel's value of red ink on paper, `covered` (0 to 1) how much of it
    may lie at a pixel.
    """
    level = 255 - covered * (255 - red_level + _GRAIN)
    black = min(float(np.percentile(channel, 0.5)), 0.5 * red_level, _BLACKEST)
    stretched = (channel - black) / np.maximum(level - black, 1) * (255 - black) + black
    return np.asarray(np.clip(stretched, 0, 255), np.float32)
