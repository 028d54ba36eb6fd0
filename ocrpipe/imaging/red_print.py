"""Figures and labels that are printed in red: they are no ink of a seal."""

from collections.abc import Sequence

import cv2
import numpy as np

from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.page import Pixels

# Lengths in points.
_GAP = 4.0
"""Between the digits of a number there is less, between numbers below each other more."""

_HEIGHTS = (3.5, 14.0)
_WIDEST = 80.0
_SHORTEST = 2.0
"""The height of digits, the width of a number, and the length of a dash; letterheads are higher."""

_FARTHEST = 200.0
"""No seal is so wide (its largest is 190 points): what is left of one lies together."""

_FEWEST = 8
_EVEN, _EVENLY = 0.2, 0.7
"""By how much of the middle one heights differ in print, and the share of those that do not differ
more: the marks of a pen are of any height."""

_AROUND = 4.0
"""Points around a seal in which its ink may still lie."""

_SOFT = 1.5
"""Points around print in which its blurred edges lie."""


def red_print(red: Pixels, scale: float, seals: Sequence[Box]) -> Pixels | None:
    """1 around the words and numbers that stand alone in a mask of red ink, None where it has few.

    Args:
        red: 1 where ink is red, at about 100 dpi of an upright page.
        scale: Its pixels a point.
        seals: Those of the page, in points.
    """
    reach = round(_GAP * scale) | 1
    padded = np.pad(red, reach)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, stats = connected_parts(np.asarray(closed[reach:-reach, reach:-reach], np.uint8))
    left, top, width, height = stats[1:, :4].T
    places = [seal.padded(_AROUND).scaled(scale) for seal in seals]
    apart = np.ones(len(left), np.bool_)
    for place in places:
        apart &= (
            (left > place.x1)
            | (left + width < place.x0)
            | ((top > place.y1) | (top + height < place.y0))
        )
    small = apart & (height <= _HEIGHTS[1] * scale) & (width <= _WIDEST * scale)
    small &= np.maximum(width, height) >= _SHORTEST * scale
    high = small & (height >= _HEIGHTS[0] * scale)
    if np.count_nonzero(high) < _FEWEST:
        return None
    if max(np.ptp(left[high]), np.ptp(top[high])) < _FARTHEST * scale:
        return None
    middle = float(np.median(height[high]))
    even = np.abs(height[high] - middle) <= max(1.0, _EVEN * middle)
    if even.mean() < _EVENLY:
        return None
    found = np.zeros_like(red)
    soft = round(_SOFT * scale)
    for x, y, w, h in stats[1:, :4][small].tolist():
        found[max(0, y - soft) : y + h + soft, max(0, x - soft) : x + w + soft] = 1
    return found
