"""What stands in the columns of the parts of a mask, and strokes along them.

A page of text has thousands of parts, which are measured all at once: their columns lie in one row,
those of one part after those of the other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrpipe.tables.rulings.strokes.groups import Groups, positions
from ocrpipe.tables.rulings.strokes.parts import Parts
from ocrpipe.tables.rulings.strokes.responses import Response
from ocrpipe.tables.rulings.strokes.stroke import Stroke

_LEAST_WEIGHT = 1e-3
"""Of a pixel without response: a column may have no others."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of chosen parts of a mask."""

    parts: Parts
    at: tuple[int, int]
    """x and y of the mask in its raster."""
    sizes: NDArray[np.intp]
    """(count,): how many columns a part has here, 0 if it was not chosen."""
    first: NDArray[np.intp]
    """(count,): the index of its first one."""
    owner: NDArray[np.intp]
    """(n,): the numbers of the parts that columns belong to."""
    sums: NDArray[np.float64]
    """(n,): the response of all pixels of a column."""
    peaks: NDArray[np.float64]
    """(n,): that of the greatest."""
    moments: NDArray[np.float64]
    """(n,): the sum of the rows of its pixels, from the top of its part, times their response."""
    centers: NDArray[np.float64]
    """(n,): the row of the raster in the middle of its response."""

    def of(self, number: int) -> slice:
        """The columns of one part."""
        start = int(self.first[number])
        return slice(start, start + int(self.sizes[number]))

    def level_lines(self, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        """A line along each of some parts, as for `strokes`, at the middle of its response."""
        numbers = np.flatnonzero(chosen)
        count = len(self.sizes)
        totals = np.bincount(self.owner, self.sums, count)[numbers]
        heights = np.bincount(self.owner, self.moments, count)[numbers] / np.maximum(1.0, totals)
        heights += self.parts.stats[numbers, 1] + self.at[1]
        starts = self.first[numbers]
        return np.column_stack([starts, starts + self.sizes[numbers], heights, heights])

    def strokes(self, lines: NDArray[np.float64]) -> list[Stroke]:
        """Lines as strokes, part by part from the left.

        Args:
            lines: (n, 4): first column and the one beyond the last, of one part; height in the
                first column and in the last one, in the raster.
        """
        lines = lines[lines[:, 0].argsort(kind="stable")]
        starts, ends = lines[:, :2].astype(np.intp).T
        owner = self.owner[starts]
        aside = self.parts.stats[owner, 0] + self.at[0] - self.first[owner]
        y0, y1 = lines[:, 2:].T
        contrast = Groups(self.peaks[positions(starts, ends)], ends - starts).medians()
        thickness = self._thickness()[owner]
        table = np.column_stack([starts + aside, y0, ends + aside, y1, thickness, contrast])
        return [Stroke(*line) for line in table.tolist()]

    def _thickness(self) -> NDArray[np.float64]:
        """(count,): thickness from ink: the sum of the response across over its peak, median over
        columns."""
        inked = self.peaks > 0
        sizes = np.bincount(self.owner[inked], minlength=len(self.sizes))
        thickness = Groups(self.sums[inked] / self.peaks[inked], sizes).medians()
        _, _, width, _, area = self.parts.stats.T
        return np.where(np.isnan(thickness), area / np.maximum(1, width), thickness)


def columns_of(
    parts: Parts, chosen: NDArray[np.bool_], response: Response, at: tuple[int, int]
) -> Columns:
    """The columns of the `chosen` (count,) parts of a mask (H, W) with its response (H, W), which
    lies in a raster `at` x and y."""
    left, top, width, _, _ = parts.stats.T
    sizes = np.where(chosen, width, 0)
    first = np.cumsum(sizes) - sizes
    count = int(sizes.sum())
    # For each pixel, its column, its row from the top of its part, and its response.
    kept = chosen[parts.owner]
    owner, starts, ends = parts.owner[kept], parts.starts[kept], parts.ends[kept]
    aside, lengths = (first - left)[owner], ends - starts
    column = positions(starts + aside, ends + aside)
    rows = np.repeat(parts.rows[kept] - top[owner], lengths)
    places = column + np.repeat(parts.rows[kept] * response.shape[1] - aside, lengths)
    values = response.ravel().take(places).astype(np.float64)

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(column, values, count), np.float64)

    sums, moments = summed(values), summed(values * rows)
    peaks = np.zeros(count)
    np.maximum.at(peaks, column, values)
    owner_of_column = np.repeat(np.arange(len(sizes)), sizes)
    weights = values + _LEAST_WEIGHT
    centers = summed(weights * rows) / summed(weights) + (top + at[1])[owner_of_column]
    return Columns(parts, at, sizes, first, owner_of_column, sums, peaks, moments, centers)
