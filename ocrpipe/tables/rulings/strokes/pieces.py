"""Straight pieces of curves: halved until each is straight."""

import numpy as np
from numpy.typing import NDArray

from ocrpipe.tables.rulings.strokes.groups import Groups, positions

_SHORTEST_BENT = 16
_USUAL = 90
"""Percentile of the ways of a curve's points from its line that says whether it is straight."""


def straight_pieces(
    heights: NDArray[np.float64],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    bend: float,
) -> NDArray[np.float64]:
    """(n, 4): start, end, and the line's heights at the first and at the last point of each piece.

    Args:
        heights: (m,), the points of all curves, one a pixel.
        starts: (curves,), where each begins in them.
        ends: (curves,), exclusive.
        bend: Greatest way of most points from a straight line, in pixels.
    """
    found = [np.empty((0, 4))]
    while len(starts):
        # One point alone has no direction.
        some = ends - starts >= 2
        starts, ends = starts[some], ends[some]
        sizes = ends - starts
        middles = starts + sizes // 2
        # A line through the medians of both halves is not drawn aside by a character at one end.
        first, second = _medians(heights, starts, middles), _medians(heights, middles, ends)
        slopes = (second - first) / np.maximum(1.0, sizes / 2)
        levels, half = (first + second) / 2, (sizes - 1) / 2
        lines = np.column_stack([starts, ends, levels - slopes * half, levels + slopes * half])
        bent = sizes >= _SHORTEST_BENT
        bent[bent] = _ways(heights, starts[bent], ends[bent], levels[bent], slopes[bent]) > bend
        found.append(lines[~bent])
        starts, middles, ends = starts[bent], middles[bent], ends[bent]
        starts, ends = np.concatenate([starts, middles]), np.concatenate([middles, ends])
    return np.concatenate(found)


def _medians(
    values: NDArray[np.float64], starts: NDArray[np.intp], ends: NDArray[np.intp]
) -> NDArray[np.float64]:
    return Groups(values[positions(starts, ends)], ends - starts).medians()


def _ways(
    heights: NDArray[np.float64],
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    levels: NDArray[np.float64],
    slopes: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(n,): how far most points of curves are from lines with such heights in the middle."""
    sizes = ends - starts
    places = positions(starts, ends)
    ways = places - np.repeat(starts, sizes) - np.repeat((sizes - 1) / 2, sizes)
    fit = np.repeat(levels, sizes) + np.repeat(slopes, sizes) * ways
    return Groups(np.abs(heights[places] - fit), sizes).percentiles(_USUAL)
