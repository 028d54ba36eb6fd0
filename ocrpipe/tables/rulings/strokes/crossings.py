"""Where strokes meet the rules of the other direction."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.tables.rulings.strokes.stroke import Stroke

_AT_A_TIME = 512
"""Places looked at together: a page may have ten thousands of strokes and a thousand rules."""


class CrossingRules:
    """Rules that run along y, whose x and y are swapped, as many strokes along x meet them."""

    def __init__(self, rules: Sequence[Stroke]) -> None:
        values = [(rule.x0, rule.y0, rule.x1, rule.y1, rule.thickness) for rule in rules]
        self._rules = np.array(values, np.float64).reshape(-1, 5).T

    def nearest(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        before: NDArray[np.float64] | float,
        after: NDArray[np.float64] | float,
    ) -> NDArray[np.float64]:
        """(n,): where a rule cuts the line at `y`, the nearest to `x`; NaN where none does.

        Args:
            x: (n,), pixels, as all lengths here.
            y: (n,)
            before: How far before `x` the place may be, at most, and the end of the rule from `y`.
            after: How far after `x`.
        """
        before, after = np.broadcast_to(before, x.shape), np.broadcast_to(after, x.shape)
        found = [
            self._nearest(x[part], y[part], before[part], after[part])
            for part in (np.s_[at : at + _AT_A_TIME] for at in range(0, len(x), _AT_A_TIME))
        ]
        return np.concatenate(found) if found else np.empty(0)

    def places(self, start: float, end: float, y: float, beyond: float) -> NDArray[np.float64]:
        """(m,), ascending: where rules cut the line at `y` between `start` and `end`, those that go
        on by `beyond` pixels to both sides; a negative one lets them end so far from the line."""
        places, meets = self._places(start, end, y, beyond)
        return np.sort(places[meets])

    def counts(
        self,
        starts: NDArray[np.float64],
        ends: NDArray[np.float64],
        ys: NDArray[np.float64],
        beyond: float,
    ) -> NDArray[np.intp]:
        """(n,): how many `places` there are of each of n lines."""
        found = np.empty(len(ys), np.intp)
        for at in range(0, len(ys), _AT_A_TIME):
            part = np.s_[at : at + _AT_A_TIME, None]
            _, meets = self._places(starts[part], ends[part], ys[part], beyond)
            found[part[0]] = np.count_nonzero(meets, axis=1)
        return found

    def _places(
        self,
        start: NDArray[np.float64] | float,
        end: NDArray[np.float64] | float,
        y: NDArray[np.float64] | float,
        beyond: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Where every rule cuts the line at `y`, and which of the `places` these are; of n lines,
        all arguments but the last are (n, 1)."""
        x0, y0, x1, y1, _ = self._rules
        places = y0 + (y1 - y0) * (y - x0) / np.maximum(1.0, x1 - x0)
        return places, (x0 + beyond < y) & (y < x1 - beyond) & (start < places) & (places < end)

    def _nearest(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        before: NDArray[np.float64],
        after: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        x0, y0, x1, y1, thickness = self._rules
        if not len(x0):
            return np.full(len(x), np.nan)
        x, y, before, after = (values[:, None] for values in (x, y, before, after))
        places = y0 + (y1 - y0) * ((y - x0) / np.maximum(1.0, x1 - x0))
        way = places - x
        meets = (x0 - before <= y) & (y <= x1 + before)
        meets &= (way >= -before - thickness / 2) & (way <= after + thickness / 2)
        distance = np.where(meets, np.abs(way), np.inf)
        best = distance.argmin(axis=1)
        rows = np.arange(len(best))
        return np.where(np.isinf(distance[rows, best]), np.nan, places[rows, best])
