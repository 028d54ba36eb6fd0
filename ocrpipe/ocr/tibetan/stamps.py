"""The strokes of a stamp over a line, taken off by their grey.

A stamp's ink has one grey, lighter than that of the print, and its strokes are wider than the soft
edges of letters, which pass through every grey. What the stamp leaves through is multiplied onto
what lies below it, as in any overprint, and dividing by it leaves the letters.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

Grey = NDArray[np.uint8]

_BANDS = ((0.1, 0.4), (0.3, 0.6), (0.5, 0.8))
"""Where a stamp's grey may lie, from paper (0) to ink (1); no band is wider than its noise."""
_STROKE = 1 / 20
"""How wide a stamp's strokes are at least, in heights of the crop."""
_AREA = 0.013
"""How much a piece of a stamp covers at least, in squared heights of the crop."""
_EDGE = 1 / 32
"""How far a stroke's soft edges reach, in heights of the crop."""
_DARKER = 0.2
"""Ink this much darker than the stamp is print."""


def without_stamps(crop: Pixels) -> Grey | None:
    """The crop of a line, grey, with its stamps taken off; None where there are none to take off.

    `crop` is (height, width) uint8, dark ink on light paper. A stamp as dark as the print, or of a
    scan in black and white, cannot be told from it and stays.
    """
    height = crop.shape[0]
    grey = np.asarray(crop, dtype=np.float32)
    ink, paper = np.percentile(grey, (1, 75))
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.5, height / 120)).astype(np.float32)
    darkness = (paper - soft) / max(paper - ink, 32.0)
    cleaned = grey.copy()
    for low, high in _BANDS:
        for stamp in _pieces((darkness > low) & (darkness < high), height):
            level = float(np.median(soft[stamp]))
            reach = 2 * max(1, round(height * _EDGE)) + 1
            around = cv2.dilate(stamp.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
            print_from = min(0.95, (paper - level) / max(paper - ink, 32.0) + _DARKER)
            below = around & (darkness < print_from)
            lit = np.minimum(paper, grey * (paper / max(level, 1.0)))
            cleaned[below] = np.maximum(cleaned, lit)[below]
    if np.array_equal(cleaned, grey):
        return None
    return np.clip(cleaned, 0, 255).astype(np.uint8)


def _pieces(mask: NDArray[np.bool_], height: int) -> list[NDArray[np.bool_]]:
    """The connected pieces of a mask that are wide and large enough for a stamp's strokes."""
    wide = max(2, round(height * _STROKE))
    kernel = np.ones((wide, wide), np.uint8)
    solid = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(solid)
    areas = statistics[:, cv2.CC_STAT_AREA]
    return [labels == i for i in range(1, count) if areas[i] >= _AREA * height * height]
