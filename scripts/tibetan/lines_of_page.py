"""Cutting a page of plain text into its lines by the projection of its ink. For measuring only."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray


def cut_lines(page: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The lines of a grey page of one column, from top to bottom, each cut to its ink.

    Tibetan letters hang from a head line, where the projection peaks. The page is cut between the
    head lines at the rows with the least ink.
    """
    _, binary = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    profile = (binary > 0).sum(axis=1).astype(np.float32)
    cuts = _cuts(profile)
    lines = []
    for top, bottom in pairwise(cuts):
        rows, columns = np.nonzero(binary[top:bottom])
        if len(rows) < 40:
            continue
        above, below = max(0, top + rows.min() - 2), min(page.shape[0], top + rows.max() + 3)
        left, right = max(0, columns.min() - 4), min(page.shape[1], columns.max() + 5)
        lines.append(page[above:below, left:right])
    return lines


def _cuts(profile: NDArray[np.float32]) -> list[int]:
    """Rows to cut at: the emptiest ones between neighbouring head lines."""
    smooth = np.asarray(np.convolve(profile, np.ones(3) / 3, mode="same"), dtype=np.float64)
    pitch = _pitch(smooth)
    heads: list[int] = []
    floor = 0.1 * float(smooth.max())
    for row in np.argsort(-smooth, kind="stable").tolist():
        if smooth[row] < floor:
            break
        if all(abs(row - head) > 0.6 * pitch for head in heads):
            heads.append(row)
    heads.sort()
    # The marks over a head line are lower than the stacks below: cut in the middle of the least.
    between = [_emptiest(smooth, a, b) for a, b in pairwise(heads)]
    return [0, *between, len(profile)] if heads else [0, len(profile)]


def _emptiest(profile: NDArray[np.float64], start: int, end: int) -> int:
    piece = profile[start:end]
    rows = np.flatnonzero(piece <= piece.min() + 1e-6)
    return start + int(rows[len(rows) // 2])


def _pitch(profile: NDArray[np.float64]) -> int:
    """The distance of the lines, by autocorrelation; the height where there is one line."""
    centred = profile - profile.mean()
    correlation = np.correlate(centred, centred, mode="full")[len(profile) :]
    lowest = max(12, len(profile) // 80)
    if len(correlation) <= 2 * lowest:
        return len(profile)
    return lowest + int(np.argmax(correlation[lowest : len(correlation) // 2]))
