"""Column and row edges of one table from its rules, in the straight frame (points)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Ruling

THINNEST_SLOT = 5.0
"""Points below which a row or column holds no character and is a fault of drawing."""

_TOGETHER = 3.0
_FEWEST_TOGETHER = 3
"""So many rules that end within 3 points of each other are an edge, few as they may be."""

_OVERHANG = 7.0
"""Points by which rules must run past the outermost crossing rule to close a table there."""


def column_and_row_edges(
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ascending x of the column edges and y of the row edges, outer ones included."""
    across = [(rule.x0, rule.y0, rule.y1) for rule in vertical]
    along = [(rule.y0, rule.x0, rule.x1) for rule in horizontal]
    return _edges(across, along), _edges(along, across)


_Segment = tuple[float, float, float]
"""Position across, start and end along."""


def _edges(segments: list[_Segment], crossing: list[_Segment]) -> NDArray[np.float64]:
    """Positions of `segments`, closed at both ends by the extents of the rules that cross them."""
    strength: dict[float, float] = {}
    for position, start, end in segments:
        strength[position] = strength.get(position, 0.0) + end - start
    positions = sorted(strength)
    ordered = sorted(crossing)
    low = _closing_edge(positions[0], [start for _, start, _ in ordered], -1)
    high = _closing_edge(positions[-1], [end for _, _, end in ordered], 1)
    for closing in (low, high):
        if closing is not None:
            strength[closing] = float("inf")
    return np.array(_without_slivers(strength))


def _closing_edge(outermost: float, ends: list[float], side: int) -> float | None:
    """Where rules of an open table end: the median of those that run past its last edge.

    `ends` are in the order of the rules, from the first of the table to the last.
    """
    beyond = [end for end in ends if side * (end - outermost) > _OVERHANG]
    if len(beyond) < 2:
        return None
    place = float(np.median(beyond))
    # In a matrix only the few rules that part whole groups of rows reach the outer label column.
    together = sum(abs(end - place) <= _TOGETHER for end in beyond)
    # On a page that such a group fills, only the first rule and the last one do.
    framed = all(abs(end - place) <= _TOGETHER for end in (ends[0], ends[-1]))
    many = 4 * len(beyond) >= len(ends) or together >= _FEWEST_TOGETHER
    return place if many or framed else None


def _without_slivers(strength: dict[float, float]) -> list[float]:
    """Drop the weaker of two edges that are too close for a row or column between them."""
    edges = sorted(strength)
    while len(edges) > 2:
        gaps = np.diff(edges)
        index = int(gaps.argmin())
        if gaps[index] >= THINNEST_SLOT:
            break
        weaker = index if strength[edges[index]] < strength[edges[index + 1]] else index + 1
        del edges[weaker]
    return edges
