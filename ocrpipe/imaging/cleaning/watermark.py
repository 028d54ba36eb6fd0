"""Watermarks: large pale characters printed under a page's text, or over it, taken out.

They are of one even tone, paler than the print that runs across them. Where they are, the page is
brightened by as much as their tone takes, which leaves the print as dark as it was.
"""

import logging
import math
from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.cleaning.slanted_watermark import (
    has_pale_strokes,
    without_slanted_watermark,
)
from ocrpipe.levels import above, under
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median
from ocrpipe.shrinking import shrunk_to_scale
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_MEASURED_AT = 1.4
"""Pixels a point (100 dpi) at which watermarks are looked for."""

# Lengths in points.
_LEAST_STROKE, _MOST_STROKE = 2.5, 24.0
_LEAST_SIZE, _LEAST_HEIGHT = 24.0, 10.0
_LEAST_PIECE, _MOST_PIECE = 3.0, 60.0
_CLOSE = 3.0
_ACROSS = 9.0
_AROUND = 3.0
_TIPS = 10.0

_PALEST, _DARKEST = 0.93, 0.6
"""Shares of the paper's light that a watermark leaves."""

_PRINT = 0.8
"""Share of a watermark's light under which a pixel is print."""

_EVEN = 12
"""Grey levels between the pixels of even ink that touch each other."""

_ONE_TONE = 8
"""Grey levels by which the parts of a watermark differ from their middle."""

_STEP = 0.5
"""Part of the way from its tone to the paper that is done just outside of it; shadows fade."""

_FEWEST = 2
"""Parts as large as characters that a watermark has at least."""

_FULL = 0.75
"""Share of its box that a tinted cell fills, and no character does."""

_THIN, _MOST_RULES = 2.5, 0.5
"""Pixels from the middle of a rule to its side, and the share of a part that is of rules."""

_CROSSED = 0.01
"""Print across a watermark as a share of it, at least: pale titles stand clear of other print."""

_GREYEST = 24
"""Grey levels between the channels of ink without a colour."""


@timed("watermark")
def without_watermark(image: PageImage) -> PageImage:
    """The page without its watermark; as it is where none is found.

    Args:
        image: BGR or grey, evenly lit where a watermark is to be found.
    """
    small, factor = shrunk_to_scale(image, _MEASURED_AT)
    grey, scale = to_grey(small), image.scale * factor
    paper = median(grey[::2, ::2])
    found = _marks(grey, small, paper, scale)
    if found is None:
        pale = has_pale_strokes(grey, paper, scale)
        return without_slanted_watermark(image) if pale else image
    mask, tone = found
    logger.debug("watermark of %.0f where the paper is %.0f", tone, paper)
    size = (image.width, image.height)
    place = cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST) > 0
    lit = image.pixels.copy()
    part = lit[place].astype(np.float32) * np.float32(paper / tone)
    lit[place] = np.minimum(part, np.maximum(lit[place], np.float32(paper))).astype(np.uint8)
    return PageImage(lit, image.scale)


def _marks(grey: Pixels, pixels: Pixels, paper: float, scale: float) -> tuple[Pixels, float] | None:
    """Where a watermark is (H, W) with its soft edges, not 0, and its tone; None without one."""
    pale = _pale(grey, pixels, paper, scale)
    if np.count_nonzero(pale) < 1e-3 * pale.size:
        return None
    side = round(_CLOSE * scale) | 1
    whole = cv2.morphologyEx(pale, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(whole, np.uint8))
    tones, clear = {}, []
    for index in range(1, count):
        x, y, width, height, _ = stats[index].tolist()
        if max(width, height) < _LEAST_PIECE * scale:
            continue
        place = np.s_[y : y + height, x : x + width]
        own = labels[place] == index
        tone = float(np.median(grey[place][own & (pale[place] > 0)]))
        if _is_of_strokes(own, scale) and not _is_of_rules(own & (pale[place] > 0), scale):
            tones[index] = tone
            if _has_edges(grey, own, (x, y), tone, paper, scale):
                clear.append(index)
    usual, chosen = _of_one_tone(tones, clear, np.asarray(stats), scale)
    if not chosen:
        return None
    grown = _with_what_crosses(np.isin(labels, chosen), grey, usual, scale)
    crossed = float(np.mean(grey[grown > 0] < _PRINT * usual))
    return (grown, usual) if crossed >= _CROSSED else None


def _of_one_tone(
    tones: Mapping[int, float], clear: Sequence[int], stats: NDArray[np.int32], scale: float
) -> tuple[float, list[int]]:
    """The tone of the largest character, and the parts of that tone: whole characters, and pieces
    of some between them. Those that stand on paper are `clear`; `stats` are those of all parts, as
    OpenCV gives them."""
    large = [
        index
        for index in clear
        if stats[index, 2:4].max() >= _LEAST_SIZE * scale
        and stats[index, 2:4].min() >= _LEAST_HEIGHT * scale
        and stats[index, 4] <= _FULL * stats[index, 2] * stats[index, 3]
    ]
    if len(large) < _FEWEST:
        return 0.0, []
    usual = tones[max(large, key=lambda index: int(stats[index, 4]))]
    same = [index for index in tones if abs(tones[index] - usual) <= _ONE_TONE]
    whole = [index for index in large if index in same]
    corners = stats[whole, :2], stats[whole, :2] + stats[whole, 2:4]
    low = corners[0].min(axis=0) - _MOST_PIECE * scale
    high = corners[1].max(axis=0) + _MOST_PIECE * scale
    pieces = [
        index
        for index in same
        if (stats[index, :2] >= low).all()
        and (stats[index, :2] + stats[index, 2:4] <= high).all()
        and stats[index, 2:4].max() <= _MOST_PIECE * scale
    ]
    return usual, sorted({*whole, *pieces})


def _with_what_crosses(found: NDArray[np.bool_], grey: Pixels, tone: float, scale: float) -> Pixels:
    """(H, W), 1 in the parts of a watermark, at their soft edges, and where print parts them."""
    mask = found.astype(np.uint8)
    across, around = (
        np.ones((2 * round(reach / 2 * scale) + 1,) * 2, np.uint8) for reach in (_ACROSS, _TIPS)
    )
    joined = cv2.dilate(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, across), around)
    inked = joined & (grey <= tone + _ONE_TONE).astype(np.uint8)
    return np.asarray(cv2.dilate(inked | mask, np.ones((3, 3), np.uint8)), np.uint8)


def _pale(grey: Pixels, pixels: Pixels, paper: float, scale: float) -> Pixels:
    """1 where ink is pale, even and without colour, and as wide as a watermark's strokes."""
    kernel = np.ones((3, 3), np.uint8)
    calm = np.asarray(cv2.medianBlur(grey, 3), np.uint8)
    between = under(calm, _PALEST * paper) & above(calm, _DARKEST * paper)
    even = cv2.morphologyEx(calm, cv2.MORPH_GRADIENT, kernel) <= _EVEN
    pale = between & even
    if pixels.ndim == 3:
        channels = cv2.split(pixels)
        spread = np.maximum.reduce(channels) - np.minimum.reduce(channels)
        pale &= spread <= _GREYEST
    # Its soft edges are not even: what is even is narrower than the stroke.
    width = max(1, math.ceil(_LEAST_STROKE * scale) - 2)
    opened = cv2.morphologyEx(
        pale.astype(np.uint8), cv2.MORPH_OPEN, np.ones((width, width), np.uint8)
    )
    return np.asarray(opened, np.uint8)


def _is_of_strokes(own: NDArray[np.bool_], scale: float) -> bool:
    """Whether a part is nowhere wider than a stroke of large characters: shades are."""
    padded = np.pad(own.astype(np.uint8), 1)
    return float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max()) <= _MOST_STROKE / 2 * scale


def _is_of_rules(own: NDArray[np.bool_], scale: float) -> bool:
    """Whether most of a part is thin lines along the page's sides: hairlines of a table that are
    blurred are as pale as a watermark, and as large where they cross."""
    ink = np.pad(own.astype(np.uint8), 1)
    if float(cv2.distanceTransform(ink, cv2.DIST_L2, 3).max()) > _THIN:
        return False
    long = round(_LEAST_SIZE * scale)
    lines = np.zeros(ink.shape, bool)
    for shape in ((1, long), (long, 1)):
        lines |= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) > 0
    return int(lines.sum()) > _MOST_RULES * int(ink.sum())


def _has_edges(
    grey: Pixels,
    own: NDArray[np.bool_],
    corner: tuple[int, int],
    tone: float,
    paper: float,
    scale: float,
) -> bool:
    """Whether the page is as light as its paper right outside of a part."""
    reach = round(_AROUND * scale)
    (x, y), (height, width) = corner, own.shape
    top, left = max(0, y - reach), max(0, x - reach)
    around = grey[top : y + height + reach, left : x + width + reach]
    inside = np.zeros(around.shape, np.uint8)
    inside[y - top : y - top + height, x - left : x - left + width] = own
    near, far = (
        cv2.dilate(inside, np.ones((2 * size + 1, 2 * size + 1), np.uint8)) > 0
        for size in (max(1, reach - 2), reach)
    )
    ring = around[far & ~near]
    return bool(ring.size) and float(np.median(ring)) >= tone + _STEP * (paper - tone)
