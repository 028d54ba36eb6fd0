"""Lines of text as batches for a recogniser, such that company does not change an answer.

A line's picture is brought to a height of 48 pixels and padded to a width that follows from its
own width alone; lines of the same width travel together, and a batch always has the same number
of rows, empty ones filling it up, because a runtime may choose another kernel, and another order
of summing, for another shape.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

LINE_HEIGHT = 48
MAX_WIDTH = 3200
PADDING = 127
"""The grey that normalising turns into (almost) 0, which the networks were trained to see as
"no more line"."""

_ROOM_OF_A_BATCH = 384
_MOST_ROWS = 4
_WIDEST_IN_COMPANY = 128
"""From 192 pixels on a line alone costs hardly more a pixel than in company, and batches of
narrow ones of this size little more than twice as large ones: no row is left empty for nothing."""


@dataclass(frozen=True, slots=True)
class Batch:
    """`pixels` is (rows, 48, width, 3) uint8; row i is the line `members[i]` of the sequence that
    was batched, and rows beyond the members are empty."""

    members: tuple[int, ...]
    pixels: NDArray[np.uint8]


def padded_width(width: int) -> int:
    """The width of the batch that a line of `width` pixels (at a height of 48) goes to."""
    step = 32 if width <= 128 else 64 if width <= 512 else 128 if width <= 1024 else 256
    return min(MAX_WIDTH, max(64, -(-width // step) * step))


def rows_of_batch(width: int) -> int:
    """How many lines of this padded width travel together."""
    if width > _WIDEST_IN_COMPANY:
        return 1
    return max(1, min(_MOST_ROWS, _ROOM_OF_A_BATCH // width))


def prepare_line(crop: Pixels) -> NDArray[np.uint8]:
    """Bring a line's picture to (48, padded width, 3), the picture at the left.

    A picture so long that it would not fit is squeezed.
    """
    resized = line_width(crop)
    line = np.full((LINE_HEIGHT, padded_width(resized), 3), PADDING, dtype=np.uint8)
    if crop.size:
        # Shrinking by plain interpolation drops thin strokes of high-resolution scans.
        method = cv2.INTER_AREA if crop.shape[0] > 2 * LINE_HEIGHT else cv2.INTER_LINEAR
        shrunk = cv2.resize(crop, (resized, LINE_HEIGHT), interpolation=method)
        line[:, :resized] = shrunk if shrunk.ndim == 3 else shrunk[:, :, None]
    return line


def line_width(crop: Pixels) -> int:
    """The width of a picture at a height of 48."""
    height, width = crop.shape[:2]
    return min(MAX_WIDTH, max(1, round(LINE_HEIGHT * width / height))) if crop.size else 1


def batches(crops: Sequence[Pixels]) -> Iterator[Batch]:
    """Group lines by their padded width, the wide ones first; each batch is made when asked for.

    Runtimes that compute several at a time end together when the quickest come last.
    """
    by_width: defaultdict[int, list[int]] = defaultdict(list)
    for index, crop in enumerate(crops):
        by_width[padded_width(line_width(crop))].append(index)
    for width, members in sorted(by_width.items(), reverse=True):
        rows = rows_of_batch(width)
        for start in range(0, len(members), rows):
            some = members[start : start + rows]
            pixels = np.full((rows, LINE_HEIGHT, width, 3), PADDING, dtype=np.uint8)
            for row, index in enumerate(some):
                pixels[row] = prepare_line(crops[index])
            yield Batch(members=tuple(some), pixels=pixels)


def normalized(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(B, H, W, 3) of bytes to (B, 3, H, W) in -1 to 1."""
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)).astype(np.float32) / 127.5 - 1.0
