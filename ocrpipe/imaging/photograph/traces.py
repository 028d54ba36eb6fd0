"""Rulings and lines of text traced as they run, for straightening what is not quite straight."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.imaging.paper import ink_mask, normalized, small_parts
from ocrpipe.imaging.photograph.sides import Points
from ocrpipe.page import Pixels

Places = NDArray[np.intp]

# Lengths in points.
_THICKEST_RULE = 3.0
_STRAIGHT, _GAP = 10.0, 4.0
"""Pieces of a rule in one row of pixels, which bent ones leave soon, and gaps between them."""

_LEAST_RULE, _LEAST_TEXT = 55.0, 110.0
"""Traces that are long enough to tell of a bend; text is less even than rules."""

_STEP, _TEXT_STEP = 6.0, 20.0
"""From one point of a trace to the next: one of text has two characters or so."""

_CHARACTER, _TALLEST_TEXT = 30.0, 22.0
"""What is larger is no character; and what is higher no line of text, but several or a picture."""

_TEXT_GAP = 14.0
"""Between characters of one line: a wide space."""

_FAINTEST = 18
"""Levels of grey, of 255, by which a rule is darker than what is beside it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One line: how far along it lie its points and where across, in points; its weight."""

    along: Points
    across: Points
    weight: float


def trace_rulings(grey: Pixels, scale: float) -> list[Trace]:
    """The nearly horizontal rulings of a page; hand in the transposed page for the vertical ones.

    Args:
        grey: the page, lit evenly.
        scale: pixels a point.
    """
    tall = max(5, round(2 * _THICKEST_RULE * scale)) | 1
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((tall, 1), np.uint8))
    response = np.asarray(cv2.subtract(closed, grey), np.uint8)
    mask = (response > _FAINTEST).astype(np.uint8)
    # A ruling that still slopes leaves a row after a while: it may wander by a pixel.
    mask = np.asarray(cv2.dilate(mask, np.ones((3, 1), np.uint8)), np.uint8)
    mask = _closed_then_opened(mask, round(_GAP * scale), round(_STRAIGHT * scale))
    return [
        trace
        for rows, columns in _parts(mask, _LEAST_RULE * scale, 4 * _THICKEST_RULE * scale)
        if (trace := _centres(response, rows, columns, _STEP * scale, scale, 1.0)) is not None
    ]


def trace_text(grey: Pixels, scale: float) -> list[Trace]:
    """The nearly horizontal lines of text: where the middle of their ink runs."""
    ink = small_parts(ink_mask(normalized(grey)), round(_CHARACTER * scale))
    mask = _closed_then_opened(ink, round(_TEXT_GAP * scale), round(_CHARACTER * scale))
    weights = (ink * 255).astype(np.uint8)
    return [
        trace
        for rows, columns in _parts(mask, _LEAST_TEXT * scale, _TALLEST_TEXT * scale)
        if (trace := _centres(weights, rows, columns, _TEXT_STEP * scale, scale, 0.15)) is not None
    ]


def _closed_then_opened(mask: Pixels, gap: int, length: int) -> Pixels:
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, max(3, gap) | 1), np.uint8))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)))


def _parts(mask: Pixels, length: float, height: float) -> list[tuple[Places, Places]]:
    """Rows and columns of the pixels of each long and low component of a mask."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    parts = []
    for label in range(1, count):
        left, top, wide, high, _ = (int(value) for value in stats[label])
        if wide < length or high > height + 0.05 * wide:
            continue
        rows, columns = np.nonzero(labels[top : top + high, left : left + wide] == label)
        parts.append((rows + top, columns + left))
    return parts


def _centres(
    response: Pixels, rows: Places, columns: Places, step: float, scale: float, weight: float
) -> Trace | None:
    """The centre of gravity of the ink in each step along a component."""
    bins = ((columns - columns.min()) / step).astype(np.int64)
    ink = response[rows, columns].astype(np.float64)
    mass = np.bincount(bins, ink)
    kept = mass > 0.3 * np.median(mass[mass > 0]) if (mass > 0).any() else mass > 0
    if kept.sum() < 4:
        return None
    along = np.bincount(bins, ink * (columns + 0.5))[kept] / mass[kept]
    across = np.bincount(bins, ink * (rows + 0.5))[kept] / mass[kept]
    return Trace(along / scale, across / scale, weight)
