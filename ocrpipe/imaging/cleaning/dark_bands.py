"""Dark bands with light print, as tables have behind their heads, turned to dark print on paper.

What reads rules, marks and characters then needs to know of one kind of print alone.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.cleaning.rectangles import Place, rectangles
from ocrpipe.imaging.paper import LookedOver, looked_over
from ocrpipe.levels import reaching, under
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median, percentile
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

# Lengths in points.
_WIDEST_STROKE = 3.0
_LONGEST_PRINT = 60.0
"""Print so long may take all of a band's height but for its edges, which a stroke is as wide as."""

_LOWEST = 8.0
_HIGHEST = 160.0
_NARROWEST = 16.0
_SAME_EDGE = 2.0

_DARK_SHARES = (0.68, 0.82)
"""Share of the paper's brightness under which a fill is dark enough for light print: the first on
a page of usual ink, the second at most on a faint one, whose fills have paled like its print."""

_DARK_OF_INK = 0.4
"""Share of the darkness of the page's darkest print from which on a fill is dark: a head of a
common blue has 0.57 of that of black."""

_INKED = 0.1
"""Percent of a page that its darkest print takes at least."""

_LEVEL_OVER = 16.0
"""Points along a band over which its level is taken: wider than any print is dense."""

_BLANK = 0.95
"""Share of a column of a rectangle that is light where that is no part of its band."""

_EVEN = 12.0
"""Grey levels by which most of a band may differ from its level there: a photograph does more."""

_PRINT_SHARE = (0.003, 0.5)
"""Shares of a band that light print may take: heads of a few small characters in wide cells have
0.007 at 150 dpi."""

_PRINT_LEVEL = 0.4
"""Part of the way from the band to the paper from which on a pixel is print."""

_SEAM = (0.1, 0.6)
"""Levels, on that way, of a seam between the fills of two cells, over its whole height: a light
rule is lighter, or goes on below the band, and print has gaps."""

_OUTLINE = 4
"""Pixels at both ends of a band, soft ones of its edge among them."""

_BELOW = (1.5, 8.0)
"""Points below a band between which a rule of the rows below it is looked for."""

_RULE = 0.92
"""Share of the paper's brightness that a rule below a band stays under nearly all along."""

_RULE_SHARE = 80
"""Percent of that way."""

_RULE_IN_BAND = 0.7
_SHORTEST_RULE = 12.0
"""Share of the level of a band under which its rules are, where these are darker than its fill, and
how long they are, or nearly as long as a lower band is high."""


class _Band(NamedTuple):
    """A rectangle of the small raster, its grey level, and whether it has light print."""

    x0: int
    y0: int
    x1: int
    y1: int
    level: float
    printed: bool


@timed("dark bands")
def without_dark_bands(
    image: PageImage, clean: PageImage | None = None, overview: LookedOver | None = None
) -> PageImage:
    """The page with its dark bands inverted, which leaves a dark outline about each of them.

    Args:
        image: The upright page, BGR or grey: what bands are looked for in.
        clean: The same page without red ink, if it has any; the result is made of this one.
        overview: The page `looked_over`, where that is known.

    A page without dark bands is returned as it is.
    """
    clean = clean if clean is not None else image
    grey = to_grey(image.pixels)
    small, factor = overview or looked_over(image)
    paper = median(small[::2, ::2])
    bands = _bands(small, paper, image.scale * factor)
    if not bands:
        return clean
    logger.debug("%d dark bands with light print", len(bands))
    pixels = clean.pixels.copy()
    for band in bands:
        place = _pixels_of(band, factor, grey)
        part = grey[place].astype(np.float32)
        level = _level_along(grey[place], image.scale)
        light = np.maximum(float(np.percentile(part, 99)), level + 1.0)
        print_ = np.clip((part - level) / (light - level), 0, 1)
        ruled = _ruled_below(grey, place, paper, image.scale)
        rules = _dark_rules(part, level, image.scale)
        print_ = np.maximum(_without_seams(print_, ruled), rules)
        turned = np.rint(paper * (1 - print_)).astype(np.uint8)
        pixels[place] = turned if pixels.ndim == 2 else turned[..., None]
    return replace(clean, pixels=pixels)


def _level_along(part: Pixels, scale: float) -> NDArray[np.float32]:
    """(width,): the grey level of a band's fill, which toner and light make go up and down."""
    columns = np.median(part, axis=0).astype(np.uint8)[None]
    if columns.shape[1] > 2 * _OUTLINE:
        columns[:, :_OUTLINE] = columns[:, _OUTLINE]
        columns[:, -_OUTLINE:] = columns[:, -_OUTLINE - 1]
    window = min(round(_LEVEL_OVER * scale) | 1, 255)
    return np.asarray(cv2.medianBlur(columns, window)[0], np.float32)


def _without_seams(print_: NDArray[np.float32], ruled: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The light print of a band (0 to 1) without the seams where two fills meet side by side.

    `ruled` are the columns (width,) in which a rule goes on below the band. Those at both ends are
    the outline of the band, whose soft edge is no seam.
    """
    inner = print_[print_.shape[0] // 5 : -(print_.shape[0] // 5) or None]
    seams = (inner.min(axis=0) > _SEAM[0]) & (inner.max(axis=0) < _SEAM[1])
    seams[:_OUTLINE] = seams[-_OUTLINE:] = False
    cleaned = print_.copy()
    cleaned[:, seams & ~ruled] = 0
    return cleaned


def _dark_rules(
    part: NDArray[np.float32], level: NDArray[np.float32], scale: float
) -> NDArray[np.float32]:
    """1 on the rules of a band that are darker than its fill, 0 elsewhere; all its print is light.

    Args:
        part: (height, width), grey levels of the band.
        level: (width,), those of its fill.
    """
    dark = (part < _RULE_IN_BAND * level - _EVEN).astype(np.uint8)
    if not dark.any():
        return np.zeros_like(part)
    # Of an even length, what is opened would move by a pixel.
    longest, upright = round(_SHORTEST_RULE * scale) | 1, round(0.8 * len(part)) | 1
    rules = np.zeros_like(dark)
    for shape in ((1, longest), (min(longest, upright), 1)):
        rules |= np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    return rules.astype(np.float32)


def _ruled_below(
    grey: Pixels, place: tuple[slice, slice], paper: float, scale: float
) -> NDArray[np.bool_]:
    """(width,): the columns of a band below which, within a pixel, there is a rule: the wall
    between two heads is as pale on a dark band as the rules of the rows below it are on paper."""
    rows, columns = place
    start, end = (rows.stop + round(way * scale) for way in _BELOW)
    below = grey[start:end, columns]
    if not len(below):
        return np.zeros(columns.stop - columns.start, np.bool_)
    darkest = cv2.erode(below, np.ones((1, 3), np.uint8))
    ruled = np.percentile(darkest, _RULE_SHARE, axis=0) < _RULE * paper
    return np.asarray(cv2.dilate(ruled.astype(np.uint8), np.ones((3, 1), np.uint8))[:, 0] > 0)


def _pixels_of(band: _Band, factor: float, grey: Pixels) -> tuple[slice, slice]:
    """The pixels of a band and of the paper close around it, which become its outline."""
    height, width = grey.shape
    left, top = int((band.x0 - 1) / factor), int((band.y0 - 1) / factor)
    right, bottom = int(np.ceil((band.x1 + 1) / factor)), int(np.ceil((band.y1 + 1) / factor))
    return np.s_[max(0, top) : min(height, bottom), max(0, left) : min(width, right)]


def _bands(small: Pixels, paper: float, scale: float) -> list[_Band]:
    """The dark bands of a raster at `scale` pixels a point: printed ones, and blank ones beside."""
    widest = round(_WIDEST_STROKE * scale) | 1
    dark_level = _dark_level(small, paper)
    if np.count_nonzero(under(small, dark_level)) < 1e-4 * small.size:
        return []
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((widest, widest), np.uint8))
    dark = under(np.asarray(ground, np.uint8), dark_level).view(np.uint8)
    if not dark.any():
        return []
    longest = round(_LONGEST_PRINT * scale)
    # Without paper around it, a band close to the edge of the page would be closed up to there.
    framed = cv2.copyMakeBorder(dark, 0, 0, longest, longest, cv2.BORDER_CONSTANT, value=[0])
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((1, longest), np.uint8))
    dark = np.ascontiguousarray(closed[:, longest:-longest])
    contours, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    light = reaching(small, dark_level)
    found = [
        band
        for contour in contours
        for whole in rectangles(np.asarray(contour, np.int32), scale)
        for place in _without_gaps(whole, light, widest)
        if (band := _band(place, small, (dark_level, paper), scale)) is not None
    ]
    printed = [band for band in found if band.printed]
    return [band for band in found if band.printed or _is_beside(band, printed, scale)]


def _without_gaps(place: Place, light: NDArray[np.bool_], widest: int) -> list[Place]:
    """The parts of a rectangle (one, where it is whole) between columns of mere paper.

    Tables side by side have bands with paper between them, as wide as print is long; but over
    print a band's edges are dark. What is `widest` or narrower is a light wall between two heads.
    """
    part = light[place.y : place.y + place.height, place.x : place.x + place.width]
    blank = np.asarray(np.mean(part, axis=0) >= _BLANK, np.uint8)[None]
    gaps = cv2.morphologyEx(blank, cv2.MORPH_OPEN, np.ones((1, widest + 1), np.uint8))[0]
    ends = np.flatnonzero(np.diff(gaps, prepend=1, append=1))
    return [
        place._replace(x=place.x + int(start), width=int(end - start))
        for start, end in ends.reshape(-1, 2)
    ]


def _dark_level(small: Pixels, paper: float) -> float:
    """The grey level under which a fill is dark, by the darkest print of the page."""
    ink = percentile(small, _INKED)
    usual, faint = (share * paper for share in _DARK_SHARES)
    return min(max(usual, paper - _DARK_OF_INK * (paper - ink)), faint)


def _band(place: Place, small: Pixels, levels: tuple[float, float], scale: float) -> _Band | None:
    """The band in a rectangle, if it is even; `levels` are that of darkness and of the paper."""
    dark_level, paper = levels
    x, y, width, height = place
    inside = x > 1 and y > 1 and x + width < small.shape[1] - 1 and y + height < small.shape[0] - 1
    sized = _LOWEST * scale <= height <= _HIGHEST * scale and width >= _NARROWEST * scale
    if not inside or not sized:
        return None
    pixels = small[y + 1 : y + height - 1, x + 1 : x + width - 1]
    along, part = _level_along(pixels, scale), pixels.astype(np.float32)
    level = float(np.median(along))
    if level > dark_level or float(np.median(np.abs(part - along))) > _EVEN:
        return None
    step = _PRINT_LEVEL * (paper - along)
    light, dark = float(np.mean(part > along + step)), float(np.mean(part < along - step))
    # Light walls between heads with dark print are no light print.
    printed = dark < light and _PRINT_SHARE[0] <= light <= _PRINT_SHARE[1]
    return _Band(x, y, x + width, y + height, level, printed)


def _is_beside(band: _Band, others: Sequence[_Band], scale: float) -> bool:
    """Whether a blank band is a cell of a row with printed ones."""
    return any(
        max(abs(band.y0 - other.y0), abs(band.y1 - other.y1)) <= _SAME_EDGE * scale
        for other in others
    )
