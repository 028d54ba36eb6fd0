"""Runs: maximal stretches of neighbouring positions where something holds."""

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


def longest_run(mask: NDArray[np.bool_]) -> int:
    """Length of the longest run of True in `mask` (N,), 0 if there is none."""
    return max(map(length, find_runs(mask)), default=0)


def length(run: Run) -> int:
    """How many positions a run has."""
    return run[1] - run[0]
