"""The print of a cell, told from dust and from what is left of rules."""

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.tables.refinement.remains import REMAINS, THIN

GAP_ACROSS = 1.0
"""In heights of the print: white beside a column edge from which on it parts two numbers."""

_DUST, _POINT = 0.35, 0.1
"""Size of print in that of the largest, and of a decimal point at the foot of the digits, at least:
what is smaller is dust."""

_THICK, _FLAT, _DOT = 4.0, 4.0, 1.0
"""Thickness of a rule on a coarse fax in points, at most; the length in that, at least, of what is
left of it, and in points of a dot."""

_AT_FOOT = 0.3
"""How far from the foot of the digits one ends, in their heights, at most."""

Marks = NDArray[np.float64]
"""(count, 4): boxes."""


def print_inside(marks: Marks, box: Box) -> Marks:
    """The marks with their middle in a box, without dust and what a rule left along its sides.

    What stands at the foot of the digits may be a decimal point, and is no gap between two numbers.
    """
    x, y = (marks[:, 0] + marks[:, 2]) / 2, (marks[:, 1] + marks[:, 3]) / 2
    within = marks[(box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)]
    if len(within) < 2:
        return within
    sides = within[:, 2:] - within[:, :2]
    size = sides.max(axis=1)
    # What a rule left may be longer than any digit is high: digits beside it were taken for dust.
    solid = sides.min(axis=1) > THIN
    largest = float(size[solid].max() if solid.any() else size.max())
    large = size >= _DUST * largest
    foot, height = float(within[large, 3].max()), float(np.ptp(within[large][:, [1, 3]]))
    at_foot = np.abs(within[:, 3] - foot) <= _AT_FOOT * height
    return np.asarray(within[large | (at_foot & (size >= _POINT * largest))])


def stretches_of(marks: Marks, *, down: bool) -> list[tuple[float, float]]:
    """Where print stands along one axis: ascending stretches with white between."""
    low, high = (1, 3) if down else (0, 2)
    joined: list[tuple[float, float]] = []
    for start, end in sorted(zip(marks[:, low], marks[:, high], strict=True)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], float(end)))
        else:
            joined.append((float(start), float(end)))
    return joined


def without_remains(print_: Marks, place: float, *, down: bool) -> Marks:
    """The marks but for what is left of a rule at an edge: thin ones and dots about it, and flat
    ones on its line."""
    low, high = (print_[:, 1], print_[:, 3]) if down else (print_[:, 0], print_[:, 2])
    sides = print_[:, 2:] - print_[:, :2]
    length, thickness = (sides[:, 0], sides[:, 1]) if down else (sides[:, 1], sides[:, 0])
    thin = (thickness <= THIN) | ((length <= _DOT) & (thickness <= _THICK))
    near = np.abs((low + high) / 2 - place) <= REMAINS
    flat = (thickness <= _THICK) & (length >= _FLAT * thickness) & (low <= place) & (place <= high)
    return np.asarray(print_[~((near & thin) | flat)])
