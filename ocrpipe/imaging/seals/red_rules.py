"""Rules of tables that are printed in red: they are no ink of a seal."""

import cv2
import numpy as np

from ocrpipe.connected import connected_parts
from ocrpipe.page import Pixels

_SHORTEST = 40.0
_LONGEST_OF_SEAL = 200.0
"""Points: rules of a table, of which some are longer than the frame of any seal."""

_FEWEST_CROSSINGS = 4
"""The rule below a letterhead crosses none."""

_BEYOND = 3.0
"""Points around the crossings of a table's rules in which they end."""


def red_rules(red: Pixels, scale: float) -> Pixels | None:
    """1 on the rules of tables in a mask of red ink, None where there is no such table.

    Args:
        red: 1 where ink is red, at about 100 dpi of an upright page.
        scale: Its pixels a point.
    """
    thick = np.asarray(cv2.dilate(red, np.ones((3, 3), np.uint8)), np.uint8)
    length = round(_SHORTEST * scale)
    across, down = _runs(thick, length, 1), _runs(thick, 1, length)
    long = _runs(across, round(_LONGEST_OF_SEAL * scale), 1)
    _, stats = connected_parts(np.asarray(cv2.bitwise_and(long, down), np.uint8))
    crossings = stats[1:]
    if len(crossings) < _FEWEST_CROSSINGS:
        return None
    left, top = crossings[:, 0].min(), crossings[:, 1].min()
    right = (crossings[:, 0] + crossings[:, 2]).max()
    bottom = (crossings[:, 1] + crossings[:, 3]).max()
    reach = round(_BEYOND * scale)
    found = np.zeros_like(red)
    place = np.s_[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach]
    found[place] = cv2.bitwise_or(across, down)[place]
    return found


def _runs(mask: Pixels, width: int, height: int) -> Pixels:
    kernel = np.ones((max(1, height), max(1, width)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
