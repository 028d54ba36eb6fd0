"""Pale streaks that run over a whole page, from dirty rollers, a dirty glass or folds, taken out.

A streak goes from one edge of the sheet to the other, through its blank margins; a rule ends with
its table. It shades what is printed under it by a share that hardly changes along it, so that
dividing by this share gives the print back.
"""

import logging
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.page import PageImage, Pixels
from ocrpipe.runs import find_runs
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_REACH = 12.0
"""Points: a streak is narrower than twice as much."""

_MARGIN = 20.0
"""Points at both ends of a streak that are blank but for streaks: a picture of a part of a table,
whose rules go from edge to edge as well, has print there."""

_BANDS = 24
_END_BANDS = 2
_SAMPLES = 12
"""Bands across the page in which streaks are measured, those at either end that must show them,
and the lines of each that are looked at."""

_CLEAR = 0.96
_FAINTEST = 0.985
"""Share of the paper's light that streaks leave: one of them at most so much, the others too."""

_UPRIGHT = 1.0
"""Points that a streak may lean over all of the page: a crease of a sheet that lies askew leans
with it, and is taken out whole when the sheet stands straight."""

_DARKEST = 0.5
"""A streak that leaves less than this has no print under it to give back."""

_PRINT = 0.75
_MOST_PRINT = 0.002
"""Share of the paper's light under which a pixel of a margin is print, and how many may be."""

_BLOT = 5.0
"""Points both ways that punch holes, dark corners and other blots of a margin are solid over, and
no stroke of a character is; so far from the edge of a page a slip of what the sheet lies on may
reach."""


@timed("streaks")
def without_streaks(image: PageImage) -> PageImage:
    """The page without the pale streaks that run along or across all of it.

    Args:
        image: The page as it was scanned, which streaks go straight along, or upright, as folds
            do; BGR or grey.

    A page without such streaks is returned as it is.
    """
    pixels = image.pixels
    for across in (False, True):
        turned = pixels.swapaxes(0, 1) if across else pixels
        light = _light_left(turned, image.scale)
        if light is not None:
            columns = int((light < 1).any(axis=0).sum())
            logger.debug("streaks over %d of %d lines of pixels", columns, light.shape[1])
            lit = _divided(turned, light)
            pixels = np.ascontiguousarray(lit.swapaxes(0, 1)) if across else lit
    return image if pixels is image.pixels else PageImage(pixels, image.scale)


def _light_left(pixels: Pixels, scale: float) -> NDArray[np.float32] | None:
    """(bands, width): the share of light that streaks down the page leave each column of pixels, 1
    outside of them; None without any."""
    height, width = pixels.shape[:2]
    margin = round(_MARGIN * scale)
    if height < 4 * margin or width < 4 * margin:
        return None
    reach = round(_REACH * scale)
    ends = _bands(pixels, (*range(_END_BANDS), *range(_BANDS - _END_BANDS, _BANDS)), reach)
    palest = ends.max(axis=0)
    if float(palest.min()) > _CLEAR:
        return None
    # A table's rule or a column of print that lies on a streak must not darken it.
    aside = np.ones((1, 2 * round(_UPRIGHT * scale) + 1), np.uint8)
    light = np.maximum(
        _bands(pixels, range(_BANDS), reach), cv2.erode(np.median(ends, axis=0)[None], aside)[0]
    )
    middle = np.median(light, axis=0)
    # A black strip at an end of a scan leaves no light, as streaks do not.
    readable = (middle >= _DARKEST) & (np.mean(ends >= _DARKEST, axis=0) >= 0.5)
    found = (cv2.erode(palest[None], aside)[0] <= _FAINTEST) & readable
    clear = (palest <= _CLEAR) & (middle <= _CLEAR) & found
    for start, end in find_runs(clear):
        near = np.s_[max(0, start - reach // 2) : end + reach // 2]
        if _lean(ends[:, near]) > _UPRIGHT * scale:
            found[near] = False
    # One that leans takes those beside it along, whose own lean may be less.
    clear &= found
    if not clear.any():
        return None
    soft = cv2.dilate(found.astype(np.uint8).reshape(1, -1), np.ones((1, 5), np.uint8))[0] > 0
    light = np.where(soft & readable, light, np.float32(1))
    blot = round(_BLOT * scale)
    edges = ((pixels[:margin], light[0]), (pixels[: -margin - 1 : -1], light[-1]))
    return light if all(_is_blank(to_grey(edge), share, blot) for edge, share in edges) else None


def _bands(pixels: Pixels, bands: Sequence[int], reach: int) -> NDArray[np.float32]:
    """(bands, width): the light of each column of pixels in that of the paper to both sides.

    That of the paper is a closing along the columns, which spans `reach` pixels to each side.
    """
    lines = np.linspace(0, len(pixels) - 1, _BANDS * _SAMPLES).astype(np.intp)
    grey = to_grey(pixels[lines.reshape(_BANDS, _SAMPLES)[list(bands)].ravel()])
    levels = np.median(grey.reshape(len(bands), _SAMPLES, -1), axis=1).astype(np.float32)
    kernel = np.ones((1, 2 * reach + 1), np.uint8)
    paper = cv2.morphologyEx(levels, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(levels / np.maximum(paper, 1), np.float32)


def _lean(ends: NDArray[np.float32]) -> float:
    """Pixels that the streak in a part of the bands at both ends has gone aside between them; 0
    where punch holes or the like hide it."""
    places = []
    for end in (ends[:_END_BANDS], ends[_END_BANDS:]):
        seen = end[end.min(axis=1) >= _DARKEST]
        if not len(seen):
            return 0.0
        dark = 1 - np.minimum(seen.mean(axis=0), 1)
        places.append(float(dark @ np.arange(len(dark))) / max(float(dark.sum()), 1e-6))
    return abs(places[1] - places[0])


def _is_blank(margin: Pixels, light: NDArray[np.float32], blot: int) -> bool:
    """Whether nothing but streaks and blots is in the margin at one end of them.

    The first of its rows is the edge of the page; `blot` are the pixels that `_BLOT` points have.
    """
    lit = margin / light
    # The dark edge of a scan goes over all of a row.
    paper = np.median(lit, axis=1, keepdims=True)
    ink = (lit < _PRINT * paper).astype(np.uint8)
    most: float = _MOST_PRINT * ink.size
    if np.count_nonzero(ink) <= most:
        return True
    labels, stats = connected_parts(ink)
    left, top, width, height, area = stats.T
    right, bottom = ink.shape[1] - left - width, top + height
    print_ = (bottom > blot) & (left + width > blot) & (right + width > blot)
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((blot, blot), np.uint8)) > 0
    print_[np.unique(labels[solid])] = False
    return int(area[1:][print_[1:]].sum()) <= most


def _divided(pixels: Pixels, light: NDArray[np.float32]) -> Pixels:
    columns = np.flatnonzero((light < 1).any(axis=0))
    share = cv2.resize(1 / light[:, columns], (len(columns), len(pixels)))
    lit = pixels.copy()
    part = pixels[:, columns].astype(np.float32)
    part *= share[..., None] if pixels.ndim == 3 else share
    lit[:, columns] = np.minimum(part, 255).astype(np.uint8)
    return lit
