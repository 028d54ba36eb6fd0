"""Runs: maximal stretches of neighbouring positions where something holds."""

import numpy as np
from numpy.typing import NDArray


def find_runs(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """(R, 2): first position of each run of True in `mask` (N,), and the position beyond it."""
    edges = np.concatenate(([0], mask.astype(np.int8), [0]))
    return np.flatnonzero(np.diff(edges)).reshape(-1, 2)
