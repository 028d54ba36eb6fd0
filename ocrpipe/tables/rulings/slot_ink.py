"""The ink on and beside the line of a rule, in the slots between the lines that cross it.

Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three

# Lengths in points.
_END = 1.2
_STEPS = (0.0, -0.6, 0.6, -1.2, 1.2)
"""Ways aside at which a wall may lie: a prolonged line is not exact, and a fax moves it by rows."""

_BESIDE = (1.3, 2.2)

_INK = 0.45
"""Share of a line's contrast from which a pixel is its ink."""


@dataclass(frozen=True, slots=True, eq=False)
class SlotInk:
    """What a raster shows along a slot, between the rules at its ends; each (n,)."""

    columns: NDArray[np.intp]
    on: NDArray[np.bool_]
    """Where the line is inked."""
    free: NDArray[np.bool_]
    """Where nothing else is close to it."""


def ink_of_slots(slots: Sequence[Stroke], found: Candidates, scale: float) -> list[SlotInk]:
    """The ink of the slots of one line, each a stroke of its thickness and contrast.

    They are looked at all at once: a page has hundreds of slots of a few dozen columns.
    """
    if not slots:
        return []
    margin = _END * scale + slots[0].thickness / 2 + 1
    level = _INK * slots[0].contrast
    width = found.ink.shape[1]
    columns = [
        np.arange(max(0, round(slot.x0 + margin)), min(width, round(slot.x1 - margin)))
        for slot in slots
    ]
    xs, sizes = np.concatenate(columns), np.array([len(part) for part in columns])
    heights = np.concatenate([_heights(*pair) for pair in zip(slots, columns, strict=True)])
    aside = [slots[0].thickness / 2 + distance * scale for distance in _BESIDE]
    beside = _ink_at(heights, found.ink, xs, [side * way for side in (-1, 1) for way in aside])
    free = beside.max(axis=0) <= level
    rows = _ink_at(heights, found.fine, xs, [step * scale for step in _STEPS]) > level
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    # The first of the rows that have most ink where it is free, and of these most in all.
    order = _counts(rows & free, bounds) * (sizes + 1) + _counts(rows, bounds)
    on = rows[np.repeat(order.argmax(axis=0), sizes), np.arange(len(xs))]
    return [
        SlotInk(part, on[start:end], free[start:end])
        for part, (start, end) in zip(columns, pairwise(bounds.tolist()), strict=True)
    ]


def _counts(rows: NDArray[np.bool_], bounds: NDArray[np.intp]) -> NDArray[np.intp]:
    """(m, n): how much of each of m rows is true between each of n pairs of bounds."""
    reached = np.zeros((rows.shape[0], rows.shape[1] + 1), np.intp)
    np.cumsum(rows, axis=1, out=reached[:, 1:])
    return np.diff(reached[:, bounds], axis=1)


def ink_along(wall: Stroke, ink: Pixels, xs: NDArray[np.intp], offsets: Sequence[float]) -> Pixels:
    """(offsets, n): the ink along a wall, so many pixels below it (greatest of 3 rows)."""
    return _ink_at(_heights(wall, xs), ink, xs, offsets)


def _heights(wall: Stroke, xs: NDArray[np.intp]) -> NDArray[np.float64]:
    slope = (wall.y1 - wall.y0) / max(1.0, wall.length)
    return np.asarray(wall.y0 + slope * (xs - wall.x0), np.float64)


def _ink_at(
    heights: NDArray[np.float64], ink: Pixels, xs: NDArray[np.intp], offsets: Sequence[float]
) -> Pixels:
    ys = np.rint(heights + np.array(offsets)[:, None])
    return greatest_of_three(ink, xs, ys.astype(np.intp))
