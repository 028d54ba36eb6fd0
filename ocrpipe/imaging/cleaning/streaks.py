"""Pale streaks that run over a whole page, from dirty rollers or a dirty glass, taken out.

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
from ocrpipe.page import PageImage, Pixels
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

_DARKEST = 0.5
"""A streak that leaves less than this has no print under it to give back."""

_PRINT = 0.75
_MOST_PRINT = 0.002
"""Share of the paper's light under which a pixel of a margin is print, and how many may be."""


@timed("streaks")
def without_streaks(image: PageImage) -> PageImage:
    """The page without the pale streaks that run along or across all of it.

    Args:
        image: The page as it was scanned, before any skew is taken out; BGR or grey.

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
    light = np.maximum(_bands(pixels, range(_BANDS), reach), np.median(ends, axis=0))
    middle = np.median(light, axis=0)
    # A black strip at an end of a scan leaves no light, as streaks do not.
    readable = (middle >= _DARKEST) & (np.mean(ends >= _DARKEST, axis=0) >= 0.5)
    found = (palest <= _FAINTEST) & readable
    if not ((palest <= _CLEAR) & (middle <= _CLEAR) & found).any():
        return None
    soft = cv2.dilate(found.astype(np.uint8).reshape(1, -1), np.ones((1, 5), np.uint8))[0] > 0
    light = np.where(soft & readable, light, np.float32(1))
    edges = ((pixels[:margin], light[0]), (pixels[-margin:], light[-1]))
    return light if all(_is_blank(to_grey(edge), share) for edge, share in edges) else None


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


def _is_blank(margin: Pixels, light: NDArray[np.float32]) -> bool:
    """Whether nothing but streaks is in the margin at one end of them."""
    lit = margin / light
    # The dark edge of a scan goes over all of a row.
    paper = np.median(lit, axis=1, keepdims=True)
    return float(np.mean(lit < _PRINT * paper)) <= _MOST_PRINT


def _divided(pixels: Pixels, light: NDArray[np.float32]) -> Pixels:
    columns = np.flatnonzero((light < 1).any(axis=0))
    share = cv2.resize(1 / light[:, columns], (len(columns), len(pixels)))
    lit = pixels.copy()
    part = pixels[:, columns].astype(np.float32)
    part *= share[..., None] if pixels.ndim == 3 else share
    lit[:, columns] = np.minimum(part, 255).astype(np.uint8)
    return lit
