"""Thin straight features of one direction in a raster: what may be rules, before any judgement.

All functions look for horizontal features; vertical ones are those of the transposed raster.
Units are pixels.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

_THREE_ROWS = np.array([-1, 0, 1])


@dataclass(frozen=True, slots=True)
class Stroke:
    """A nearly horizontal feature from (x0, y0) to (x1, y1), in pixels, x1 exclusive."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    contrast: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def columns(self) -> NDArray[np.intp]:
        """(n,): the columns of pixels that it runs through; one at least, however short it is."""
        start = int(self.x0)
        return np.arange(start, max(start + 1, int(self.x1)), dtype=np.intp)

    def y_at(self, x: float) -> float:
        """The height of its line at `x`, also beyond its ends."""
        share = (x - self.x0) / max(1.0, self.length)
        return self.y0 + (self.y1 - self.y0) * share

    def rows_at(
        self, xs: NDArray[np.intp], offset: float | NDArray[np.float64] = 0.0
    ) -> NDArray[np.intp]:
        """The nearest rows of pixels to its line at `xs` (n,), `offset` pixels below it.

        (n,), or (m, n) for offsets of shape (m, 1).
        """
        share = (xs - self.x0) / max(1.0, self.length)
        heights = self.y0 + (self.y1 - self.y0) * share + offset
        return np.asarray(np.rint(heights), np.intp)

    def between(self, start: float, end: float) -> "Stroke":
        """The part of its line from x = `start` to `end`, also beyond its ends."""
        return replace(self, x0=start, y0=self.y_at(start), x1=end, y1=self.y_at(end))


def usual_contrast(strokes: Iterable[Stroke]) -> float:
    """The contrast that half the length of strokes has at most, 0 without strokes."""
    ascending = sorted(strokes, key=lambda stroke: stroke.contrast)
    if not ascending:
        return 0.0
    reached = np.cumsum([stroke.length for stroke in ascending])
    return ascending[int(np.searchsorted(reached, reached[-1] / 2))].contrast


def three_rows(raster: Pixels, xs: NDArray[np.intp], ys: NDArray[np.intp]) -> Pixels:
    """(3, ..., n): the pixels at (xs, ys), those above and those below them.

    `xs` is (n,), `ys` (n,) or (m, n) for m lines of pixels at once.
    """
    steps = _THREE_ROWS.reshape(3, *(1,) * ys.ndim)
    rows = np.minimum(np.maximum(ys + steps, 0), raster.shape[0] - 1)
    return _pixels_at(raster, rows, xs)


def spread_over_rows(raster: Pixels) -> Pixels:
    """(H + 2, W): in row y + 1 the greatest of the rows above y, y and below y of a raster (H, W).

    Beyond its edges a raster goes on as it ends. Many strokes are looked at along one raster.
    """
    spread = np.empty((raster.shape[0] + 2, raster.shape[1]), np.uint8)
    cv2.dilate(raster, np.ones((3, 1), np.uint8), dst=spread[1:-1])
    spread[0], spread[-1] = raster[0], raster[-1]
    return spread


def greatest_of_three(spread: Pixels, xs: NDArray[np.intp], ys: NDArray[np.intp]) -> Pixels:
    """(n,) or (m, n) as `ys`: the greatest of the pixels at, above and below (xs, ys) of the raster
    that was `spread_over_rows`."""
    rows = np.minimum(np.maximum(ys + 1, 0), spread.shape[0] - 1)
    return _pixels_at(spread, rows, xs)


def _pixels_at(raster: Pixels, rows: NDArray[np.intp], xs: NDArray[np.intp]) -> Pixels:
    # Half the time that numpy takes for an index of two parts.
    return np.asarray(raster.ravel().take(rows * raster.shape[1] + xs), np.uint8)
