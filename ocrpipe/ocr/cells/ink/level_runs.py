"""Long level runs of ink in the bands at a cell's borders, where its rules are looked for."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import cv2
import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.runs import row_runs

_WIDE = 150
"""Pixels from which on following the runs is faster than a morphological opening, whose time grows
with the square of the width here."""

_MOST_LINES = 64
"""Kernels that are kept; a table has about as many widths of cells."""

_SQUARE = np.ones((3, 3), np.uint8)

_APART = 2
"""Rows of paper between two bands in one raster: what thickens either stays its own."""


def long_runs(bands: Sequence[Pixels], length: int) -> list[Pixels]:
    """Where ink of at least `length` pixels runs along each of the bands (h, W), 0 or 1; a rule
    that is a little askew changes rows, so that ink is thickened by a pixel before.

    The bands are looked at as one raster: a call takes longer than its work on a single band.
    """
    tops = list(accumulate((len(band) + _APART for band in bands), initial=0))
    raster = np.zeros((tops[-1], bands[0].shape[1]), np.uint8)
    for top, band in zip(tops, bands, strict=False):
        raster[top : top + len(band)] = band
    thick = cv2.dilate(raster, _SQUARE)
    runs = _opened(np.asarray(thick, np.uint8), length)
    return [runs[top : top + len(band)] for top, band in zip(tops, bands, strict=False)]


def _opened(mask: Pixels, length: int) -> Pixels:
    """The mask (H, W), 0 or 1, opened with a level line of so many pixels, as OpenCV does it: ink
    goes on beyond the mask, and a line of even length moves what it leaves by a pixel."""
    width = mask.shape[1]
    if width < _WIDE:
        return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _line(length)), np.uint8)
    opened = np.zeros_like(mask)
    before, after = length // 2, length - 1 - length // 2
    for row, start, end in zip(*(part.tolist() for part in row_runs(mask)), strict=True):
        first = start + before if start > 0 else 0
        last = end - 1 - after if end < width else width - 1
        if first <= last:
            opened[row, max(0, first - after) : last + before + 1] = 1
    return opened


@lru_cache(_MOST_LINES)
def _line(length: int) -> Pixels:
    return np.ones((1, length), np.uint8)
