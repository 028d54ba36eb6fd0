"""Before and after a text detection network of the DB kind.

Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020: the
network gives a probability map of shrunk text; each connected part of it is grown back by an
offset that follows from its area and perimeter (the paper's unclip ratio).
"""

from collections.abc import Callable

import cv2
import numpy as np
import pyclipper
from numpy.typing import NDArray

from ocrpipe.ocr.port import TextQuad
from ocrpipe.page import Pixels

LONG_SIDE = 1280
"""Pixels of the longer side of what the network sees."""

_STRIDE = 32
_MOST_PIXELS = 460_000
"""Pixels of the input that the network sees at once: what it keeps on the way takes 170 bytes a
pixel, 200 MB for a whole page."""

_SEEN_TWICE = 128
"""Rows that two parts of a page share. Of these each part gives the half that is its own, so that
no line is judged without what is above and below it."""

_STEP = 64
"""Rows by which the parts of one page are higher than those of another: a runtime keeps programs
for every height."""

_BLOCK = 32
_LEAST_RANGE = 0.06
"""Range of brightness, of -1 to 1, in a block of so many pixels, from which on it may have text."""

MAP_THRESHOLD = 0.3
UNCLIP_RATIO = 1.6
"""Those that rapidocr reads the same weights with."""

BOX_THRESHOLD = 0.6
"""Mean probability of a box; rapidocr takes 0.5."""

MAX_CANDIDATES = 3000
"""Far more than a page has lines, or a dense matrix cells (233 boxes): a bound on time alone."""

_MIN_SIDE = 3.0
"""Pixels of the probability map, as in the `DBPostProcess` of rapidocr."""


def network_input(pixels: Pixels, long_side: int = LONG_SIDE) -> NDArray[np.float32]:
    """Scale a picture down so that its longer side is at most `long_side`, and normalise it.

    Returns (1, 3, H, W) in -1 to 1; H and W are multiples of 32, as the network's strides ask.
    """
    height, width = pixels.shape[:2]
    factor = min(1.0, long_side / max(height, width, 1))
    size = network_size(width, height, factor)
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    resized = np.asarray(cv2.resize(pixels, size, interpolation=method))
    channels = resized[None] if resized.ndim == 2 else resized.transpose(2, 0, 1)
    tensor = np.empty((1, 3, *channels.shape[1:]), np.float32)
    # The one channel of a grey page is scaled once, and stands for all three.
    np.divide(channels, np.float32(127.5), out=tensor[0, : len(channels)], dtype=np.float32)
    tensor[0, : len(channels)] -= np.float32(1)
    tensor[0, len(channels) :] = tensor[0, 0]
    return tensor


def network_size(width: int, height: int, factor: float) -> tuple[int, int]:
    """Width and height of a picture scaled by about `factor`, in multiples of the stride."""
    across, down = (
        max(_STRIDE, round(side * factor / _STRIDE) * _STRIDE) for side in (width, height)
    )
    return across, down


def map_in_parts(
    detector: Callable[[NDArray[np.float32]], NDArray[np.float32]], tensor: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The probability map (H, W) of (1, 3, H, W), which a tall page gets in parts.

    Args:
        detector: Maps (1, 3, h, W) to (h, W).
        tensor: H is a multiple of 32.
    """
    height = tensor.shape[2]
    most = (_MOST_PIXELS // tensor.shape[3] - _SEEN_TWICE) // _STEP * _STEP
    most = max(_STEP, most) + _SEEN_TWICE
    if height <= most:
        return detector(tensor)
    count = -(-(height - _SEEN_TWICE) // (most - _SEEN_TWICE))
    rows = -(-(height - _SEEN_TWICE) // (count * _STEP)) * _STEP + _SEEN_TWICE
    found = np.empty((height, tensor.shape[3]), np.float32)
    for index in range(count):
        # The last part ends with the page: all parts have the same shape.
        top = min(index * (rows - _SEEN_TWICE), height - rows)
        start = 0 if index == 0 else _SEEN_TWICE // 2
        part = detector(np.ascontiguousarray(tensor[:, :, top : top + rows]))
        found[top + start : top + rows] = part[start:]
    return found


def without_blank_blocks(
    probability: NDArray[np.float32], tensor: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The map (H, W) with 0 where the input (1, 3, H, W) shows nothing but paper.

    On a part of a page without any text the network is undecided everywhere, and the field of
    values about one half would join all lines of the other parts.
    """
    height, width = probability.shape
    blocks = tensor[0, 1].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    ranges = blocks.max(axis=(1, 3)) - blocks.min(axis=(1, 3))
    inked = cv2.dilate((ranges > _LEAST_RANGE).astype(np.uint8), np.ones((3, 3), np.uint8))
    if inked.all():
        return probability
    shown = cv2.resize(inked, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(shown > 0, probability, np.float32(0))


def quads_from_map(
    probability: NDArray[np.float32], width: int, height: int
) -> tuple[TextQuad, ...]:
    """Turn a probability map (H, W) into quads in pixels of the picture of `width` x `height`."""
    mask = (probability > MAP_THRESHOLD).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = np.array([width / probability.shape[1], height / probability.shape[0]])
    quads = []
    for contour in contours[:MAX_CANDIDATES]:
        corners, short_side = _smallest_rectangle(np.asarray(contour, dtype=np.int32))
        if short_side < _MIN_SIDE:
            continue
        score = _mean_inside(probability, corners)
        if score < BOX_THRESHOLD:
            continue
        grown = _unclip(corners)
        if grown is None:
            continue
        points = np.clip(grown * scale, 0, (width, height))
        quads.append(TextQuad(points=points, confidence=round(min(1.0, score), 4)))
    return tuple(quads)


def order_corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put four corners into the order top left, top right, bottom right, bottom left."""
    by_x = points[np.argsort(points[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]])


def _smallest_rectangle(contour: NDArray[np.int32]) -> tuple[NDArray[np.float64], float]:
    rectangle = cv2.minAreaRect(contour)
    return order_corners(cv2.boxPoints(rectangle).astype(np.float64)), float(min(rectangle[1]))


def _mean_inside(probability: NDArray[np.float32], corners: NDArray[np.float64]) -> float:
    height, width = probability.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - (x0, y0)).astype(np.int32)], (1,))
    return float(cv2.mean(probability[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _unclip(corners: NDArray[np.float64]) -> NDArray[np.float64] | None:
    sides = np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1)
    area = float(cv2.contourArea(corners.astype(np.float32)))
    offset = pyclipper.PyclipperOffset()
    offset.AddPath(np.rint(corners).astype(int), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    paths = offset.Execute(area * UNCLIP_RATIO / float(sides.sum()))
    if not paths:
        return None
    grown, short_side = _smallest_rectangle(np.array(paths[0], dtype=np.int32))
    return grown if short_side >= _MIN_SIDE + 2 else None
