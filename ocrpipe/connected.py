"""The connected components of a mask."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

_MOST_LABELS = (1 << 16) - 1


Labels = NDArray[np.uint16] | NDArray[np.int32]


def connected_parts(mask: Pixels) -> tuple[Labels, NDArray[np.int32]]:
    """The parts of a mask (H, W), 0 or 1, whose pixels touch each other, at corners too.

    Returns:
        (H, W), the number of the part that a pixel belongs to, 0 for none; and (count, 5): left,
        top, width, height and number of pixels of each part, the first that of the ground.
    """
    # The rows of a small mask have no room for more.
    starts = (mask.shape[1] + 1) // 2 * mask.shape[0]
    if starts >= _MOST_LABELS:
        starts = int(np.count_nonzero(mask[:, 1:] > mask[:, :-1]) + np.count_nonzero(mask[:, :1]))
    ltype = label_type(starts)
    _, found, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=ltype)
    labels: Labels = found  # type: ignore[assignment]
    return labels, np.asarray(stats, np.int32)


def label_type(runs: int) -> int:
    """OpenCV's type for the labels of a mask with so many runs in its rows."""
    # Labels of half the size take half the time; OpenCV does not say where they do not suffice. It
    # begins a label, to be joined with others perhaps, at the start of a run at the earliest.
    return cv2.CV_16U if runs < _MOST_LABELS else cv2.CV_32S
