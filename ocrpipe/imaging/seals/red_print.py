"""Figures and labels that are printed in red: they are no ink of a seal."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

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
    words = _words(red, scale, seals)
    left, top, _, height, _ = words[words[:, 3] >= _HEIGHTS[0] * scale].T
    if len(height) < _FEWEST:
        return None
    if max(np.ptp(left), np.ptp(top)) < _FARTHEST * scale:
        return None
    middle = float(np.median(height))
    even = np.abs(height - middle) <= max(1.0, _EVEN * middle)
    if even.mean() < _EVENLY:
        return None
    return _around(words, red, scale)


def lone_red_print(red: Pixels, scale: float, seals: Sequence[Box]) -> Pixels | None:
    """1 around what stands off the seals and is as small as a word or a number, None where there is
    none: it may be print, or a mark of a pen, or a piece of a seal that was not found.

    The arguments are those of `red_print`.
    """
    words = _words(red, scale, seals)
    return _around(words, red, scale) if len(words) else None


def _words(red: Pixels, scale: float, seals: Sequence[Box]) -> NDArray[np.int32]:
    """What has the size of a word or a number and stands off the seals: a row (left, top, width,
    height, area) each."""
    reach = round(_GAP * scale) | 1
    padded = np.pad(red, reach)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, stats = connected_parts(np.asarray(closed[reach:-reach, reach:-reach], np.uint8))
    left, top, width, height = stats[1:, :4].T
    apart = np.ones(len(left), np.bool_)
    for place in (seal.padded(_AROUND).scaled(scale) for seal in seals):
        apart &= (
            (left > place.x1)
            | (left + width < place.x0)
            | ((top > place.y1) | (top + height < place.y0))
        )
    small = apart & (height <= _HEIGHTS[1] * scale) & (width <= _WIDEST * scale)
    small &= np.maximum(width, height) >= _SHORTEST * scale
    return np.asarray(stats[1:][small], np.int32)


def _around(words: NDArray[np.int32], red: Pixels, scale: float) -> Pixels:
    found = np.zeros_like(red)
    soft = round(_SOFT * scale)
    for x, y, w, h in words[:, :4].tolist():
        found[max(0, y - soft) : y + h + soft, max(0, x - soft) : x + w + soft] = 1
    return found
