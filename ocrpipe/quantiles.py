"""Medians and percentiles of small arrays and of rasters.

The values are those of `numpy.median` and `numpy.percentile` (linear interpolation, Hyndman and
Fan's type 7); what numpy checks before it sorts costs ten times as much as the sorting of the ink
of one cell, and a page has hundreds of cells.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_COUNTED = 512
"""Bytes from which on counting the 256 values is faster than sorting them."""


_COUNTED_SLOWLY = 3072
"""Bytes up to which the call of OpenCV takes longer than the counting by numpy."""

_MOST_IN_FLOAT = 1 << 24
"""OpenCV counts in numbers of single precision, which are exact up to here."""


def percentile(values: NDArray[Any], percent: float) -> float:
    """The value below which `percent` of 100 of the values lie; `values` are not empty."""
    place = percent / 100 * (values.size - 1)
    below = int(place)
    low, high = _in_order(values, below, min(below + 1, values.size - 1))
    return _between(low, high, place - below)


def _between(low: float, high: float, share: float) -> float:
    # From the nearer end, so that rounding cannot carry the value past it.
    return high - (high - low) * (1 - share) if share >= 0.5 else low + (high - low) * share


def percentile_above(values: NDArray[np.uint8], level: float, percent: float) -> float | None:
    """The same of those of many bytes that are above a level; None where none is."""
    counts = _counts(values)
    counts[: max(0, int(level // 1) + 1)] = 0
    reached = np.cumsum(counts)
    count = int(reached[-1])
    if not count:
        return None
    place = percent / 100 * (count - 1)
    below = int(place)
    low, high = reached.searchsorted((below, min(below + 1, count - 1)), side="right")
    return _between(float(low), float(high), place - below)


def median(values: NDArray[Any]) -> float:
    """The value in the middle, or the mean of both there; `values` are not empty."""
    low, high = _in_order(values, (values.size - 1) // 2, values.size // 2)
    return (low + high) / 2


def _in_order(values: NDArray[Any], low: int, high: int) -> tuple[float, float]:
    """The values at two places from 0 when all are in order."""
    if values.dtype == np.uint8 and values.size >= _COUNTED:
        reached = np.cumsum(_counts(values))
        first, second = reached.searchsorted((low, high), side="right")
    else:
        ordered = values.flatten()
        ordered.sort()
        first, second = ordered[low], ordered[high]
    return float(first), float(second)


def _counts(values: NDArray[np.uint8]) -> NDArray[np.intp]:
    """(256,): how often each byte is there."""
    if not _COUNTED_SLOWLY < values.size <= _MOST_IN_FLOAT:
        return np.bincount(values.ravel(), minlength=256)
    # A third of the time of `numpy.bincount`, which makes eight bytes of each.
    flat = np.ascontiguousarray(values).reshape(1, -1)
    counts = cv2.calcHist([flat], [0], None, [256], [0, 256])
    return np.asarray(counts, np.intp).reshape(-1)


def median_deviation(values: NDArray[np.uint8]) -> tuple[float, float]:
    """The median of bytes, and that of their distances from it; `values` are not empty."""
    counts = _counts(values)
    levels = np.arange(256, dtype=np.float64)
    middle = _counted_median(levels, counts)
    return middle, _counted_median(np.abs(levels - middle), counts)


def _counted_median(values: NDArray[np.float64], counts: NDArray[np.intp]) -> float:
    """The median of `values`, each of which stands there `counts` times."""
    order = np.argsort(values)
    reached = np.cumsum(counts[order])
    total = int(reached[-1])
    low, high = reached.searchsorted(((total - 1) // 2, total // 2), side="right")
    return float(values[order][low] + values[order][high]) / 2
