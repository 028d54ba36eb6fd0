"""Medians and percentiles of small arrays.

The values are those of `numpy.median` and `numpy.percentile` (linear interpolation, Hyndman and
Fan's type 7); what numpy checks before it sorts costs ten times as much as the sorting of the ink
of one cell, and a page has hundreds of cells.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def percentile(values: NDArray[Any], percent: float) -> float:
    """The value below which `percent` of 100 of the values lie; `values` are not empty."""
    ordered = np.sort(values, axis=None)
    place = percent / 100 * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    low, high, share = float(ordered[below]), float(ordered[above]), place - below
    # From the nearer end, so that rounding cannot carry the value past it.
    return high - (high - low) * (1 - share) if share >= 0.5 else low + (high - low) * share


def median(values: NDArray[Any]) -> float:
    """The value in the middle, or the mean of both there; `values` are not empty."""
    ordered = np.sort(values, axis=None)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (float(ordered[middle - 1]) + float(ordered[middle])) / 2
