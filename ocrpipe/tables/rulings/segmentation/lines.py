"""The lines that the masks of a network show, each from one crossing line to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.segmentation.network import RuleMasks

# Lengths in points.
_GAP_ACROSS, _GAP_DOWN = 5.0, 7.0
"""Of a mask that are closed: where rules cross, the vertical one is interrupted."""

_SHORTEST = 13.0
"""Length of a line that has a slope to be measured."""

_SIDEWAYS, _LONGEST_GAP = 2.5, 6.0
"""How far off a line the next of its pieces may lie, and the gap before it."""

_REACH = 6.0
"""From the end of a line to a rule that it is meant to meet."""

_STEEPEST = 0.08
"""Slope of a line, at most; steeper ones are bent by something that is no rule."""

_ROUNDS = 3
"""Lines are closed by lines that may be cut off themselves: after so many turns few change."""

_SAME_PLACE = 4.0
"""Crossing lines that are closer are those of one rule."""


class Line(NamedTuple):
    """A nearly horizontal line, in points; vertical ones have x and y swapped."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def slope(self) -> float:
        return (self.y1 - self.y0) / max(self.length, 1e-6)

    def y_at(self, x: float) -> float:
        """The height of the line at `x`, also beyond its ends."""
        return self.y0 + self.slope * (x - self.x0)

    def between(self, x0: float, x1: float) -> "Line":
        """The part of the line, or of where it would go on, from `x0` to `x1`."""
        return Line(x0, self.y_at(x0), x1, self.y_at(x1))


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a page along x, and those along y with x and y swapped."""

    across: tuple[Line, ...]
    down: tuple[Line, ...]


def lines_of_masks(masks: RuleMasks) -> Lines:
    """The lines of two masks that begin and end at lines of the other direction."""
    across = _lines_in(masks.across, masks.scale, _GAP_ACROSS)
    down = _lines_in(masks.down, masks.scale, _GAP_DOWN)
    for _ in range(_ROUNDS):
        across = _closed(across, down)
        down = _closed(down, across)
    return Lines(tuple(across), tuple(down))


def crossings(line: Line, others: Sequence[Line], reach: float) -> list[float]:
    """Where others cross a line, or would if both were longer by `reach` points; ascending."""
    places = []
    height = (line.y0 + line.y1) / 2
    for other in others:
        x = other.y_at(height)
        y = line.y_at(min(max(x, line.x0), line.x1))
        if line.x0 - reach <= x <= line.x1 + reach and other.x0 - reach <= y <= other.x1 + reach:
            places.append(x)
    return sorted(places)


def stretches(line: Line, others: Sequence[Line], reach: float) -> list[Line]:
    """The parts of a line between the lines of the other direction that cross it."""
    places = distinct(crossings(line, others, reach))
    return [line.between(start, end) for start, end in pairwise(places)]


def distinct(places: Iterable[float]) -> list[float]:
    """Ascending places, one of those of each rule: both lines of a double rule are one."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > _SAME_PLACE:
            kept.append(place)
    return kept


def _closed(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    """Lines from the first one that crosses them to the last one: beyond these, and where none
    does, the network has taken print for rules."""
    found = []
    for line in lines:
        places = crossings(line, others, _REACH)
        if places and places[-1] > places[0]:
            found.append(line.between(places[0], places[-1]))
    return found


def _lines_in(mask: Pixels, scale: float, gap: float) -> list[Line]:
    width = round(gap * scale) | 1
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, width), np.uint8))
    labels, stats = connected_parts(np.asarray(closed, np.uint8))
    pieces = []
    for label, (x, y, breadth, height, area) in enumerate(stats.tolist()):
        thickness = area / breadth
        if label == 0 or breadth < max(2 * thickness, _SHORTEST * scale):
            continue
        part = labels[y : y + height, x : x + breadth] == label
        pieces.append(_fitted(part, x, y))
    return [
        Line(*((value + 0.5) / scale for value in line))
        for line in _joined(pieces, _SIDEWAYS * scale, _LONGEST_GAP * scale)
    ]


def _fitted(part: NDArray[np.bool_], x: int, y: int) -> Line:
    """The straight line through a part of a mask whose corner is at (x, y), in pixels."""
    inked = np.flatnonzero(part.any(axis=0))
    heights = (part * np.arange(len(part))[:, None]).sum(axis=0)[inked] / part.sum(axis=0)[inked]
    slope, start = np.polyfit(inked, heights, 1)
    if abs(slope) > _STEEPEST:
        slope, start = 0.0, np.median(heights)
    end = part.shape[1] - 1
    return Line(x, y + float(start), x + end, y + float(start + slope * end))


def _joined(pieces: Sequence[Line], sideways: float, gap: float) -> list[Line]:
    """Pieces that follow each other on one line as one."""
    lines: list[Line] = []
    for piece in sorted(pieces):
        for index, line in enumerate(lines):
            near = piece.x0 - line.x1 <= gap and piece.x1 > line.x1
            if near and abs(line.y_at(line.x1) - piece.y0) <= sideways:
                lines[index] = Line(line.x0, line.y0, piece.x1, piece.y1)
                break
        else:
            lines.append(piece)
    return lines
