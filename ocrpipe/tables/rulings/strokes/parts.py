"""The connected parts of a mask of runs."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import Labels, label_type
from ocrpipe.page import Pixels
from ocrpipe.runs import row_runs


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of a mask (H, W) whose pixels touch each other, at corners too, and its runs.

    A page has some thousand runs: what is asked of parts is asked of these, not of all pixels.
    """

    labels: Labels
    """(H, W): the number of the part that a pixel belongs to, 0 for none."""
    stats: NDArray[np.intp]
    """(count, 5): left, top, width, height and number of pixels of each part; 0 for the first."""
    owner: NDArray[np.intp]
    """(runs,): the numbers of the parts that runs belong to, row by row from the left."""
    rows: NDArray[np.intp]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    """(runs,), exclusive."""


def parts_of(mask: Pixels) -> Parts:
    """The parts of a mask (H, W) of 0 and 1."""
    rows, starts, ends = row_runs(mask)
    count, found = cv2.connectedComponents(mask, connectivity=8, ltype=label_type(len(rows)))
    labels: Labels = found  # type: ignore[assignment]
    owner = labels[rows, starts].astype(np.intp)
    left, right = np.full(count, mask.shape[1]), np.zeros(count, np.intp)
    np.minimum.at(left, owner, starts)
    np.maximum.at(right, owner, ends)
    top, bottom = np.zeros(count, np.intp), np.zeros(count, np.intp)
    # Of several values for one place the last one stays.
    top[owner[::-1]] = rows[::-1]
    bottom[owner] = rows + 1
    area = np.bincount(owner, ends - starts, count).astype(np.intp)
    stats = np.column_stack([left, top, right - left, bottom - top, area])
    stats[0] = 0
    return Parts(labels, stats, owner, rows, starts, ends)
