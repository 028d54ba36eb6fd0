"""Rules of tables that are printed in red: they are no ink of a seal."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.page import Pixels

_SHORTEST = 40.0
_LONGEST_OF_SEAL = 200.0
"""Points: rules of a table, of which some are longer than the frame of any seal."""

_SHORTEST_WALL = 8.0
"""Points: a wall of one row, which leads from one such long rule to another."""

_FEWEST_CROSSINGS = 4
"""The rule below a letterhead crosses none."""

_BEYOND = 3.0
"""Points above, below and beside the rules of a table that cross others in which the others end."""

_OPEN_WALLS = 4
"""Walls that go on beyond the first or last rule, at least, where a page cuts a row there: the
frames of two stamps on that rule have fewer."""


def red_rules(red: Pixels, scale: float) -> Pixels | None:
    """1 on the rules of tables in a mask of red ink, None where there is no such table.

    The table is as wide as its longest rules: beyond the last wall that shows another may be pale,
    and tables are left open at their sides. It is as high as its walls go together: a row at the
    end of a page may have no rule there.

    Args:
        red: 1 where ink is red, the palest too, at about 100 dpi of an upright page.
        scale: Its pixels a point.
    """
    thick = np.asarray(cv2.dilate(red, np.ones((3, 3), np.uint8)), np.uint8)
    length = round(_SHORTEST * scale)
    across, down = _runs(thick, length, 1), _runs(thick, 1, length)
    long = _runs(across, round(_LONGEST_OF_SEAL * scale), 1)
    if long.any():
        down |= _walls_between(long, _runs(thick, 1, round(_SHORTEST_WALL * scale)))
    crossed = np.asarray(cv2.bitwise_and(long, down), np.uint8)
    _, crossings = connected_parts(crossed)
    if len(crossings) - 1 < _FEWEST_CROSSINGS:
        return None
    _, top, _, bottom = _extent(crossings[1:])
    left, _, right, _ = _extent(_crossing(long, crossed))
    walls = _crossing(down, crossed)
    if len(walls) >= _OPEN_WALLS:
        tops, bottoms = np.sort(walls[:, 1]), np.sort(walls[:, 1] + walls[:, 3])
        top, bottom = min(top, int(tops[_OPEN_WALLS - 1])), max(bottom, int(bottoms[-_OPEN_WALLS]))
    reach = round(_BEYOND * scale)
    found = np.zeros_like(red)
    place = np.s_[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach]
    found[place] = cv2.bitwise_or(across, down)[place]
    return found


def _walls_between(rules: Pixels, walls: Pixels) -> Pixels:
    """1 on those of the `walls` that lead from one of the `rules` to another: in a table of one or
    two rows all are short."""
    of_walls, parts = connected_parts(walls)
    of_rules, _ = connected_parts(rules)
    common = (of_walls > 0) & (of_rules > 0)
    met = np.unique(np.stack([of_walls[common], of_rules[common]]), axis=1)
    counts = np.bincount(met[0], minlength=len(parts))
    return (counts > 1)[of_walls].astype(np.uint8)


def _crossing(lines: Pixels, crossed: Pixels) -> NDArray[np.int32]:
    """The stats of the connected parts of a mask that are crossed somewhere."""
    labels, parts = connected_parts(lines)
    return np.asarray(parts[np.unique(labels[crossed > 0])], np.int32)


def _extent(parts: NDArray[np.int32]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of all of some parts, given by their stats."""
    first, last = parts[:, :2].min(axis=0), (parts[:, :2] + parts[:, 2:4]).max(axis=0)
    return int(first[0]), int(first[1]), int(last[0]), int(last[1])


def _runs(mask: Pixels, width: int, height: int) -> Pixels:
    kernel = np.ones((max(1, height), max(1, width)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
