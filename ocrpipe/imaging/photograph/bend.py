"""The smooth correction of a sheet's mapping that makes its traced lines straight."""

import logging
from collections.abc import Sequence

import numpy as np

from ocrpipe.imaging.photograph.sheet import SheetMap, bend_basis
from ocrpipe.imaging.photograph.sides import Points
from ocrpipe.imaging.photograph.traces import Trace

logger = logging.getLogger(__name__)

_EDGE_WEIGHT = 0.5
_EDGE_POINTS = 60
_RIDGE = 3e-4
_SPREAD = 0.4
_MOST = 25.0
"""Points: a correction beyond this is no rest of curl, and is not believed."""


def straightened(sheet: SheetMap, across: Sequence[Trace], down: Sequence[Trace]) -> SheetMap:
    """The mapping with the bend for lines traced in the page that it renders.

    Args:
        across: traces along x. They should keep one y each.
        down: traces along y.
    """
    bends = []
    for traces, coordinate, sizes in (
        (down, 0, (sheet.height, sheet.width)),
        (across, 1, (sheet.width, sheet.height)),
    ):
        flat, unbent, lines, weights = _gathered(sheet, traces, coordinate, sizes)
        basis = bend_basis(flat[:, 1 - coordinate], flat[:, coordinate], *sizes)
        found = _solved(basis, unbent, lines, weights)
        largest = float(np.abs(basis @ found).max())
        logger.debug("bend of %.1f points from %d lines", largest, len(traces))
        if largest > _MOST or not traces:
            found = np.zeros_like(found)
        bends.append(found.reshape(sheet.bend.shape[1:]))
    return sheet.with_bend(np.stack(bends))


def _gathered(
    sheet: SheetMap, traces: Sequence[Trace], coordinate: int, sizes: tuple[float, float]
) -> tuple[Points, Points, Points, Points]:
    """All points of all lines: where they lie flat, where without the bend, their line, weight.

    The sides of the sheet are lines too: they hold the correction where there are no rulings.
    """
    length, breadth = sizes
    even = (np.arange(_EDGE_POINTS) + 0.5) * length / _EDGE_POINTS
    flat, unbent, lines, weights = [], [], [], []
    for number, trace in enumerate(traces):
        pair = (trace.across, trace.along) if coordinate == 0 else (trace.along, trace.across)
        points = np.stack(pair, axis=1)
        flat.append(points)
        unbent.append(points[:, coordinate] + sheet.bend_at(points)[:, coordinate])
        lines.append(np.full(len(points), number))
        weights.append(np.full(len(points), trace.weight))
    for side in (0.0, breadth):
        level = np.full(_EDGE_POINTS, side)
        flat.append(np.stack((level, even) if coordinate == 0 else (even, level), axis=1))
        unbent.append(level)
        lines.append(np.full(_EDGE_POINTS, len(lines)))
        weights.append(np.full(_EDGE_POINTS, _EDGE_WEIGHT))
    return tuple(np.concatenate(part) for part in (flat, unbent, lines, weights))  # type: ignore[return-value]


def _solved(basis: Points, unbent: Points, lines: Points, weights: Points) -> Points:
    """Coefficients for which `unbent - basis @ coefficients` is the same all along each line.

    Iteratively reweighted least squares, in which points far off have little hold.
    """
    coefficients: Points = np.zeros(basis.shape[1])
    held = weights
    for _ in range(8):
        centered = basis - _line_means(basis, lines, held)
        wanted = unbent - _line_means(unbent[:, None], lines, held)[:, 0]
        normal = (centered * held[:, None]).T @ centered
        normal += np.eye(len(coefficients)) * _RIDGE * held.sum()
        coefficients = np.asarray(
            np.linalg.solve(normal, (centered * held[:, None]).T @ wanted), np.float64
        )
        residuals = np.abs(wanted - centered @ coefficients)
        spread = max(_SPREAD, 2 * float(np.median(residuals)))
        held = weights / (1 + (residuals / spread) ** 2)
    return coefficients


def _line_means(values: Points, lines: Points, weights: Points) -> Points:
    """(n, k): the weighted mean of `values` (n, k) over the line that each row belongs to."""
    total = np.bincount(lines, weights)
    sums = np.stack([np.bincount(lines, weights * column) for column in values.T], axis=1)
    return np.asarray((sums / np.maximum(total, 1e-12)[:, None])[lines])
