"""How a soft stroke stands, by its grey ink.

A coarse scan smears a stroke over so many pixels that its mask is too wide for one. Its darkness
still shows the middle of the stroke to parts of a pixel.
"""

from collections.abc import Iterable
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import Pixels

_HALF: Final = 0.5
"""Share of a row's darkness where the edge of a blurred stroke lies."""

_EVEN_DIGITS: Final = frozenset("08")
"""Digits whose ink lies as much to either side of their middle, above as below."""

_LEAST_DIGITS: Final = 3

_ITALIC: Final = 0.1
"""Slope from which digits are italic; upright ones of a page that is not quite straight have less
than 0.05."""


def without_soft_edges(mask: Pixels, darkness: Pixels) -> Pixels:
    """The ink of `mask` that is at least half as dark as the darkest of its row: its full width at
    half maximum, which blur leaves nearly as it was. Both are (H, W)."""
    inked = np.where(mask > 0, darkness, 0).astype(np.float64)
    peaks = inked.max(axis=1, keepdims=True, initial=0.0)
    return np.asarray((mask > 0) & (inked >= _HALF * peaks), dtype=np.uint8)


def slope_of_ink(mask: Pixels, darkness: Pixels) -> float:
    """How far ink moves to the right for each pixel upwards: the regression of its columns on its
    rows, each pixel weighted by its darkness. Both are (H, W)."""
    weights: NDArray[np.float64] = np.where(mask > 0, darkness, 0).astype(np.float64)
    height, width = mask.shape
    rows = np.arange(height, dtype=np.float64)[:, None]
    columns = np.arange(width, dtype=np.float64)
    total = float(weights.sum())
    if not total:
        return 0.0
    rows -= float((weights * rows).sum()) / total
    columns -= float((weights * columns).sum()) / total
    spread = float((weights * rows**2).sum())
    return -float((weights * rows * columns).sum()) / spread if spread else 0.0


def lean_of_digits(cells: Iterable[tuple[CellInk, str]]) -> float:
    """How far the digits of an italic typeface move to the right for each pixel upwards; 0 for one
    that is upright, or where too few digits tell. Each cell is its ink and what was read there."""
    slopes = []
    for ink, text in cells:
        parts = sorted(ink.parts, key=lambda part: part.x0)
        if len(parts) != len(text):
            continue
        for part, digit in zip(parts, text, strict=True):
            if digit in _EVEN_DIGITS:
                place = (slice(part.y0, part.y1), slice(part.x0, part.x1))
                slopes.append(slope_of_ink(ink.mask[place], ink.darkness[place]))
    lean = median(slopes) if len(slopes) >= _LEAST_DIGITS else 0.0
    return lean if lean >= _ITALIC else 0.0
