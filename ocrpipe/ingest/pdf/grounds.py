"""Rules that are the ground which shows between cells: a web page prints a table so.

Its table has a dark background and cells one pixel apart, each with a background of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling

_FEWEST_CELLS = 4
_COVERED = 0.6
"""Share of a ground that its cells cover, at least."""

_SMALLEST_GROUND = 40.0
_NARROWEST, _WIDEST = 0.15, 3.5
"""Points between two cells, or between a cell and the edge of the ground, where a rule is."""

_OTHER_COLOUR = 0.1
"""Of 1, in one of the channels."""

_BESIDE = 0.5
"""Share of the side of the smaller of two cells that the other one stands beside."""

_MOST_FILLS = 3000
_MOST_GROUNDS = 20


class Fill(NamedTuple):
    """A filled shape in its turn, and its colour, which may be white."""

    box: Box
    colour: tuple[float, ...]
    visible: bool
    """On white paper."""


def rules_of_grounds(fills: Sequence[Fill]) -> list[Ruling]:
    """The rules that the grounds of tables make between the cells painted on them."""
    if len(fills) > _MOST_FILLS:
        return []
    grounds = [
        (index, fill)
        for index, fill in enumerate(fills)
        if fill.visible and min(fill.box.width, fill.box.height) >= _SMALLEST_GROUND
    ]
    grounds.sort(key=lambda ground: -ground[1].box.area)
    found: list[Ruling] = []
    for index, ground in grounds[:_MOST_GROUNDS]:
        cells = [fill.box for fill in fills[index + 1 :] if _is_on(fill, ground)]
        cells = list(dict.fromkeys(cells))
        covered = sum(cell.area for cell in cells)
        if len(cells) >= _FEWEST_CELLS and covered >= _COVERED * ground.box.area:
            found += _gaps(cells, ground.box)
    return found


def _is_on(fill: Fill, ground: Fill) -> bool:
    inside = (
        fill.box.x0 >= ground.box.x0 - _NARROWEST
        and fill.box.y0 >= ground.box.y0 - _NARROWEST
        and fill.box.x1 <= ground.box.x1 + _NARROWEST
        and fill.box.y1 <= ground.box.y1 + _NARROWEST
    )
    if not inside:
        return False
    if len(fill.colour) != len(ground.colour):
        return True
    pairs = zip(fill.colour, ground.colour, strict=True)
    return max(abs(one - other) for one, other in pairs) >= _OTHER_COLOUR


def _gaps(cells: Sequence[Box], ground: Box) -> list[Ruling]:
    x0, y0, x1, y1 = np.array([tuple(cell) for cell in cells], np.float64).T
    level = _along(y0, y1, x0, x1, (ground.y0, ground.y1))
    upright = _along(x0, x1, y0, y1, (ground.x0, ground.x1))
    return [
        *(Ruling(start, at, end, at, thickness) for at, start, end, thickness in level),
        *(Ruling(at, start, at, end, thickness) for at, start, end, thickness in upright),
    ]


def _along(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    outer: tuple[float, float],
) -> list[tuple[float, float, float, float]]:
    """The gaps before and after each cell, those of its neighbours or of the ground's edges: where
    they lie, from where to where they run, and how wide they are."""
    found = []
    side = end - start
    for index in range(len(low)):
        common = np.minimum(end, end[index]) - np.maximum(start, start[index])
        beside = common >= _BESIDE * np.minimum(side, side[index])
        before = np.append(low[index] - high[beside], low[index] - outer[0])
        after = np.append(low[beside] - high[index], outer[1] - high[index])
        for gaps, edge, sign in ((before, low[index], -1), (after, high[index], 1)):
            narrow = gaps[(gaps >= _NARROWEST) & (gaps <= _WIDEST)]
            if len(narrow):
                gap = float(narrow.min())
                at = float(edge) + sign * gap / 2
                found.append((at, float(start[index]) - gap, float(end[index]) + gap, gap))
    return found
