"""Lines cut out of a page by their quads."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.ocr.recognition.batching import LINE_HEIGHT
from ocrpipe.page import Pixels

_VERTICAL = 1.5
"""A quad this many times higher than wide holds a vertical line (as PaddleOCR has it)."""

_LONG = 8.0
"""Widths in heights from which a line is read narrowed."""

_NARROWED = 0.75
"""Of the width of a line. In training, long lines were squeezed into 320 pixels, so that the
network reads narrow characters as well, and its time goes with the width. In English, where l, i
and 1 follow each other closely, it begins to lose some when the square of a Chinese character is
29 pixels wide; 0.75 leaves it 34 on average. Cells are read at their full width: the places of
their characters, of which narrowed pictures show less, tell （ from (."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A line's picture; `vertical` when it stood upright on the page and was laid down."""

    pixels: Pixels
    vertical: bool


def cut_out(pixels: Pixels, points: NDArray[np.float64]) -> Crop:
    """Cut a quad out of a page and lay it level.

    `points` is (4, 2) in pixels: top left, top right, bottom right, bottom left. A vertical line
    is turned counterclockwise, so that its first character is at the left.
    """
    width = max(1, round(float(max(_distance(points, 0, 1), _distance(points, 3, 2)))))
    height = max(1, round(float(max(_distance(points, 0, 3), _distance(points, 1, 2)))))
    if _is_level(points):
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        left, top = max(0, int(np.floor(x0))), max(0, int(np.floor(y0)))
        crop = pixels[top : max(top + 1, int(np.ceil(y1))), left : max(left + 1, int(np.ceil(x1)))]
    else:
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        matrix = cv2.getPerspectiveTransform(points.astype(np.float32), corners)
        crop = np.asarray(
            cv2.warpPerspective(
                pixels, matrix, (width, height), flags=cv2.INTER_CUBIC,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            dtype=np.uint8,
        )  # fmt: skip
    vertical = height > _VERTICAL * width
    return Crop(np.ascontiguousarray(np.rot90(crop)) if vertical else crop, vertical)


def narrowed(picture: Pixels) -> Pixels:
    """The picture of a line as it is read: a long one narrower, and as high as the network asks."""
    height, width = picture.shape[:2]
    if width < _LONG * height:
        return picture
    size = (round(_NARROWED * LINE_HEIGHT * width / height), LINE_HEIGHT)
    method = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=method), np.uint8)


def hull(points: NDArray[np.float64]) -> Box:
    """The box around a quad, in the unit of its points."""
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return Box(float(x0), float(y0), float(x1), float(y1))


def _distance(points: NDArray[np.float64], first: int, second: int) -> float:
    return float(np.hypot(*(points[first] - points[second])))


def _is_level(points: NDArray[np.float64]) -> bool:
    """Whether cutting along the axes loses nothing: resampling would only soften the strokes."""
    rise = abs(points[0, 1] - points[1, 1]) + abs(points[3, 1] - points[2, 1])
    shift = abs(points[0, 0] - points[3, 0]) + abs(points[1, 0] - points[2, 0])
    return bool(rise <= 3 and shift <= 3)
