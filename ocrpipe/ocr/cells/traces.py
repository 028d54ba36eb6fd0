"""Marks of the height of a digit in a cell that has no ink: pale print beside dark rules.

What ink is, is told by the darkness of the page. Thin figures in pale blue on a page of black rules
are paler than its ink, and far darker than its paper.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts

_LEAST = 22.0
"""Grey levels of 255 by which print differs from its paper at least."""

_NOISE = 5.0
"""Standard deviations of the paper's noise beyond which nothing is its grain."""

_HEIGHTS = (3.0, 14.0)
_WIDEST = 12.0
"""Points: of what may be a figure; what is longer is a rule."""

_EDGE = 1.5
"""Points from the border within which the softened rules of the cell lie."""


def has_traces(crop: NDArray[np.uint8], noise: float, scale: float) -> bool:
    """Whether a mark as high as a digit stands in the middle of a cell.

    Args:
        crop: Its darkness, (H, W).
        noise: The standard deviation of that of paper.
        scale: Pixels a point.
    """
    edge = max(1, round(_EDGE * scale))
    inner = crop[edge:-edge, edge:-edge]
    marked = (inner > max(_LEAST, _NOISE * noise)).astype(np.uint8)
    if not marked.any():
        return False
    # Pieces of one thin stroke stand a pixel apart.
    whole = cv2.morphologyEx(np.pad(marked, 2), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, stats = connected_parts(np.asarray(whole[2:-2, 2:-2], np.uint8))
    low, high = (height * scale for height in _HEIGHTS)
    below = inner.shape[0]
    return any(
        low <= height <= high and width <= _WIDEST * scale and top > 0 and top + height < below
        for _, top, width, height, _ in stats[1:].tolist()
    )
