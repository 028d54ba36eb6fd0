"""The grey fills of a page: even rectangles darker than the paper and lighter than print."""

from collections.abc import Iterator

import cv2
import numpy as np

from ocrpipe.imaging.cleaning.rectangles import Place, rectangles
from ocrpipe.levels import under
from ocrpipe.page import Pixels
from ocrpipe.quantiles import median

# Lengths in points.
_WIDEST_STROKE = 3.0
"""Print, and light rules, of up to this do not part a fill."""

_LOWEST, _NARROWEST = 9.0, 24.0
"""Of a fill."""

_FILL = (0.35, 0.95)
"""Brightness of a fill in that of the paper: a darker one has light print."""

_EVEN, _EVEN_SHARE = 10.0, 0.75
"""Grey levels by which so much of a fill may differ from its middle."""

_SHARP, _OUTSIDE = 0.5, 1.5
"""Share of the way from a fill to the paper which is made within so many points of its edges: a
shadow ends more softly."""


def grey_fills(small: Pixels, scale: float) -> Iterator[Place]:
    """The grey rectangles of a raster at `scale` pixels a point."""
    paper = median(small[::2, ::2])
    widest = round(_WIDEST_STROKE * scale) | 1
    square = np.ones((widest, widest), np.uint8)
    if np.count_nonzero(under(small, _FILL[1] * paper)) < 1e-3 * small.size:
        return
    # Without its print first: a light rule does not stop where a character touches it.
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, square)
    ground: Pixels = np.asarray(cv2.morphologyEx(bare, cv2.MORPH_OPEN, square), np.uint8)
    mask = cv2.inRange(ground, np.array(_FILL[0] * paper), np.array(_FILL[1] * paper))
    shape = (round(_LOWEST * scale), round(_LOWEST * scale))
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        for place in rectangles(np.asarray(contour, np.int32), scale):
            x, y, width, height = place
            inside = ground[y : y + height, x : x + width]
            level = median(inside)
            even = np.abs(inside - np.float32(level)) <= _EVEN
            if (
                width >= _NARROWEST * scale
                and float(even.mean()) >= _EVEN_SHARE
                and _step_at_edges(ground, place, scale) >= _SHARP * (paper - level)
            ):
                yield place


def _step_at_edges(ground: Pixels, fill: Place, scale: float) -> float:
    """By how many grey levels it is brighter close above and below a fill than close inside,
    whichever is less."""
    reach = round(_OUTSIDE * scale)
    top, bottom = fill.y, fill.y + fill.height - 1
    if top - 1 - reach < 0 or bottom + 1 + reach >= len(ground):
        return 0.0
    columns = np.s_[fill.x : fill.x + fill.width]
    return min(
        median(ground[outside, columns]) - median(ground[inside, columns])
        for outside, inside in (
            (top - 1 - reach, top + 1 + reach),
            (bottom + 1 + reach, bottom - 1 - reach),
        )
    )
