"""Filled shapes of a page as the rectangles that they are made of."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

_RECTANGULAR = 0.85
"""Share of its outline that a shape fills; a seal or a picture fills less."""

_STEP = 2.0
"""Points by which the top or the bottom of a rectangle may go up and down."""


class Place(NamedTuple):
    """A rectangle of a raster."""

    x: int
    y: int
    width: int
    height: int


def rectangles(contour: NDArray[np.int32], scale: float) -> list[Place]:
    """The rectangle that an outline fills, or those that it is made of: where some cells of a head
    go over several rows, it has steps.

    Each is the widest that has about the same top and bottom all along.
    """
    x, y, width, height = cv2.boundingRect(contour)
    if cv2.contourArea(contour) >= _RECTANGULAR * width * height:
        return [Place(x, y, width, height)]
    filled = np.zeros((height, width), np.uint8)
    cv2.drawContours(filled, [contour], -1, [1], cv2.FILLED, offset=(-x, -y))
    top = filled.argmax(axis=0).astype(np.int64)
    bottom = height - filled[::-1].argmax(axis=0).astype(np.int64)
    found: list[Place] = []
    start = 0
    most = _STEP * scale
    for column in range(1, width + 1):
        if column < width and (
            abs(top[column] - top[start]) <= most and abs(bottom[column] - bottom[start]) <= most
        ):
            continue
        part = filled[:, start:column]
        low, high = int(np.median(top[start:column])), int(np.median(bottom[start:column]))
        if part[low:high].size and float(part[low:high].mean()) >= _RECTANGULAR:
            found.append(Place(x + start, y + low, column - start, high - low))
        start = column
    return found
