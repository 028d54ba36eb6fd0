"""Runs: maximal stretches of neighbouring positions where something holds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Run = tuple[int, int]
"""First position, and the position beyond the last."""


def find_runs(mask: NDArray[np.bool_]) -> list[Run]:
    """The runs of True in `mask` (N,), ascending."""
    padded = np.zeros(len(mask) + 2, np.bool_)
    padded[1:-1] = mask
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def row_runs(
    mask: NDArray[np.uint8],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Row, first column and the column beyond the last of each run of 1 in the rows of a mask
    (H, W) of 0 and 1, row by row from the left."""
    height, width = mask.shape
    # With a blank column after each row, no run goes on in the next one.
    padded = np.zeros((height, width + 1), np.uint8)
    padded[:, :width] = mask
    flat = padded.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    if flat[0]:
        edges = np.concatenate(([0], edges))
    rows, starts = np.divmod(edges[::2], width + 1)
    return rows, starts, edges[1::2] - rows * (width + 1)


def row_extent(mask: NDArray[Any]) -> Run:
    """The rows from the first to the last of a mask (H, W) with anything in them; (0, 0) if there
    are none."""
    return _extent(mask, 1)


def column_extent(mask: NDArray[Any]) -> Run:
    """The columns likewise."""
    return _extent(mask, 0)


def inked_height(mask: NDArray[Any]) -> int:
    """How many rows `row_extent` has."""
    return length(row_extent(mask))


def _extent(mask: NDArray[Any], axis: int) -> Run:
    places = np.flatnonzero(mask.any(axis=axis))
    return (int(places[0]), int(places[-1]) + 1) if places.size else (0, 0)


def longest_run(mask: NDArray[np.bool_]) -> int:
    """Length of the longest run of True in `mask` (N,), 0 if there is none."""
    return max(map(length, find_runs(mask)), default=0)


def length(run: Run) -> int:
    """How many positions a run has."""
    return run[1] - run[0]
