"""Slashes that a pen drew into a cell beside its figure, told from print by their height.

They are higher than any mark of the figure's own type, so that the digit beside one looks like a
speck, and the slash like the cell's only print.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT
from ocrpipe.ocr.cells.ink.parts import Part

_HIGHER = 1.6
"""Height of a pen's slash in that of the digits beside it, at least: a printed one has 1.45 at
most in 323 of 331 typefaces (the others are of Telugu, Kannada and Arabic)."""

_LEAN = 0.24
"""How far it moves to the right for each pixel upwards, at least, as a printed slash does."""

_OFF, _FARTHEST = 0.06, 0.12
"""How far its ink is from its middle line across, in its heights: the root of the mean square, and
the most. The bar of a 7 and the hook of a check mark reach farther."""


def pen_slash(parts: Sequence[Part], labels: NDArray[np.integer], scale: float) -> Part | None:
    """The slash of a pen among the parts of a cell, if there is one beside a figure.

    `labels` (H, W) are those of the cell's parts, `scale` is pixels a point. Something else is as
    high as a digit, and nothing as high as the slash.
    """
    digits = [part for part in parts if part.height >= LEAST_TEXT * scale]
    if len(digits) <= 1:
        return None
    *others, tallest = sorted(digits, key=lambda part: part.height)
    if tallest.height < _HIGHER * others[-1].height:
        return None
    ink = labels[tallest.y0 : tallest.y1, tallest.x0 : tallest.x1] == tallest.label
    return tallest if _is_slash(ink) else None


def _is_slash(ink: NDArray[np.bool_]) -> bool:
    rows, columns = np.nonzero(ink)
    slope, start = np.polyfit(rows, columns, 1)
    off = np.abs(columns - (start + slope * rows)) / ink.shape[0]
    close = float(np.sqrt(np.mean(off**2))) <= _OFF and float(off.max()) <= _FARTHEST
    return bool(close and -slope >= _LEAN)
