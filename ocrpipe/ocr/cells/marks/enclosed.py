"""Digits in a ring: ⑥ and 21.8③.

A recogniser surely reads what is inside as one digit more: 21.83 for 21.8③, and 6 for ⑥.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading

_ROUND: Final = (0.85, 1.18)
_LEAST_HEIGHT: Final = 0.55
"""Width of a ring in its height, and that in heights of a character, at least: digits are narrower
than three quarters of their height in 18 typefaces."""

_DIRECTIONS: Final = 32
_CLOSED: Final = 0.88
"""Of so many directions from the middle, the share in which there is ink at the edge of the box, at
least: the side of an 8 or a 9, or a square, misses a fifth."""

_EDGE: Final = (0.76, 0.84, 0.92, 1.0)
_BETWEEN: Final = (0.4, 0.5, 0.6, 0.7, 0.8)
"""Where the ring may lie, and the white within it, in half the sides of its box."""

_APART: Final = 0.75
"""Share of the directions in which there is white between the ring and what is in it, at least: a
blurred 8 has it above and below alone."""

_INNER: Final = 0.35
_FILLED: Final = 0.2
"""The share of ink within the inner part of the ring, in half its sides, at least: the middle of a
blurred 0 is white."""

_ENCLOSED: Final = frozenset("123456789")


def with_enclosed(reading: CellReading, ink: CellInk, em: float) -> CellReading:
    """The reading of one line, not sure of its last digit where a ring is drawn around that.

    `em` is the height of a character in pixels.
    """
    last = reading.text[-1:]
    if last not in _ENCLOSED:
        return reading
    ring = max(ink.parts, key=lambda part: (part.x1, part.width), default=None)
    if ring is None or not _is_filled_ring(ink.mask > 0, ring, em):
        return reading
    return bounded(reading, UNSURE)


def _is_filled_ring(mask: NDArray[np.bool_], part: Part, em: float) -> bool:
    """Whether a part of the ink (H, W) is a ring, and there is ink in the middle of it."""
    if part.height < _LEAST_HEIGHT * em or not _ROUND[0] <= part.width / part.height <= _ROUND[1]:
        return False
    box = mask[part.y0 : part.y1, part.x0 : part.x1]
    half = (np.array(box.shape) - 1) / 2
    angles = np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS)
    around = np.stack([np.sin(angles), np.cos(angles)])

    def at(share: float) -> NDArray[np.bool_]:
        y, x = np.rint(half[:, None] + share * half[:, None] * around).astype(int)
        return np.asarray(box[y, x], bool)

    closed = np.any([at(share) for share in _EDGE], axis=0)
    apart = ~np.all([at(share) for share in _BETWEEN], axis=0)
    if closed.mean() < _CLOSED or apart.mean() < _APART:
        return False
    y, x = np.ogrid[: box.shape[0], : box.shape[1]]
    inner = ((y - half[0]) / half[0]) ** 2 + ((x - half[1]) / half[1]) ** 2 <= _INNER**2
    return bool(box[inner].mean() >= _FILLED)
