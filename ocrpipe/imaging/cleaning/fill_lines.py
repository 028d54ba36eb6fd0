"""The lines on a grey fill: what differs from the fill on both sides all along, if only a little.

Pixels of the fill's own raster.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.page import Pixels
from ocrpipe.quantiles import median

# Lengths in points.
_SMOOTHED = 1.2
"""Along a line, over which the raster is averaged before it is looked at."""

_BESIDE = (0.8, 2.2)
"""Between these, on either side, is the fill that a line is darker or lighter than."""

_CONTRAST, _BY_CHANCE = 3.0, 5.0
"""Grey levels of a line at least, and how often those by which the mean of as many pixels of the
fill differs (standard deviation)."""

_TRACE = 0.6
"""Share of that, and of its length, where a line goes on beside print."""

_THICKEST = 4.0
"""Of a line; more is print that clings together."""

_CLIPPED = 60.0
"""Grey levels up to which print that stands on a line counts."""

_COVERED = 0.7
"""Share that is found of a line between two others; a character takes up to 0.6 of its row."""

_KNOWN = 0.7
"""Share of a line along which one is known, so that it is the same."""

_DIFFERS, _SHARE = 0.3, 0.75
"""Share of its contrast by which a line differs from both sides in a share of its length."""


class FillLine(NamedTuple):
    """A line along x, its contrast, and whether it is lighter than the fill."""

    x0: int
    y0: float
    x1: int
    y1: float
    contrast: float
    light: bool

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    def is_beside(self, other: "FillLine", reach: float, share: float) -> bool:
        """Whether it is so near to another one along a share of that."""
        common = min(self.x1, other.x1) - max(self.x0, other.x0)
        return abs(self.middle - other.middle) <= reach and common >= share * (other.x1 - other.x0)


def between_others(
    own: Sequence[FillLine], crossing: Sequence[FillLine], size: int, reach: float
) -> list[FillLine]:
    """The lines that begin and end at an edge of a fill of such a size, or at a crossing line, or
    within `reach` pixels of it, drawn from the one to the other: a stroke of a character does not.

    `crossing` have x and y swapped.
    """
    found = []
    for line in own:
        met = [
            other.middle
            for other in crossing
            if other.x0 - reach <= line.middle <= other.x1 + reach
        ]
        places = [0.0, size - 1.0, *met]
        start, end = (min(places, key=lambda place: abs(place - at)) for at in (line.x0, line.x1))
        near = max(abs(start - line.x0), abs(end - line.x1)) <= reach
        if near and 0 < end - start <= (line.x1 - line.x0) / _COVERED:
            found.append(line._replace(x0=round(start), x1=round(end)))
    return found


def lines_along(
    part: Pixels, lengths: Sequence[float], print_level: float, scale: float
) -> list[FillLine]:
    """The lines along x of a fill that have one of the `lengths` in points at least: what noise
    hides of short ones shows of long ones.

    `lengths`: ascending. `print_level`: grey levels by which print is darker than the fill.
    """
    found: list[FillLine] = []
    smooth = cv2.blur(part, (max(1, round(_SMOOTHED * scale)), 1)).astype(np.float32)
    above, below = _beside(smooth, scale)
    level = np.float32(median(part))
    # Strokes of a character have others beside them.
    printed = np.minimum(above, below) < level - print_level
    quiet = (~printed & (smooth > level - print_level)).astype(np.float32)
    darker = np.where(printed, np.float32(-_CLIPPED), np.minimum(above, below) - smooth)
    # The white between two strokes of a character is no lighter than the fill.
    lighter = np.minimum(smooth - np.maximum(above, below), smooth - level)
    for length in lengths:
        along = max(5, round(length * scale))
        if along <= part.shape[1]:
            for differing in (darker, lighter):
                lines = _whole(differing, quiet, along, scale, light=differing is lighter)
                # The shorter the way that is averaged over, the surer are the ends.
                found += [line for line in lines if not _is_known(line, found, scale)]
    return found


def _is_known(line: FillLine, found: Sequence[FillLine], scale: float) -> bool:
    return any(
        other.light == line.light and other.is_beside(line, scale, _KNOWN) for other in found
    )


def _beside(
    smooth: NDArray[np.float32], scale: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The grey level above each pixel, and that below it."""
    near, far = (max(1, round(way * scale)) for way in _BESIDE)
    band = far - near + 1
    side = np.asarray(cv2.blur(smooth, (1, band)), np.float32)
    away = near + band // 2
    return np.roll(side, away, axis=0), np.roll(side, -away, axis=0)


def _whole(
    differing: NDArray[np.float32],
    quiet: NDArray[np.float32],
    along: int,
    scale: float,
    *,
    light: bool,
) -> list[FillLine]:
    """The lines that are whole over so many pixels.

    `differing`: by how many grey levels pixels differ from both sides; `quiet`: 1 where there is no
    print on the fill or beside it, 0 elsewhere.
    """
    window = along // 2 | 1
    clipped = np.clip(differing, -_CLIPPED, _CLIPPED)
    contrast = np.asarray(cv2.blur(clipped, (window, 1)), np.float32)
    least = max(_CONTRAST, _most_by_chance(contrast[cv2.blur(quiet, (window, 1)) >= 1]))
    share = cv2.blur((differing >= _DIFFERS * contrast).astype(np.float32), (window, 1))
    whole = ((contrast >= least) & (share >= _SHARE)).astype(np.uint8)
    # Half of the window is beyond an end of the line.
    shortest = np.ones((1, max(1, along - window // 2)), np.uint8)
    long = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, shortest), np.uint8)
    # Beside print, and where another rule crosses it, a line is less clear.
    around = cv2.dilate(long, np.ones((3, window), np.uint8)) > 0
    traces = (around & (contrast >= _TRACE * least) & (share >= _TRACE)).astype(np.uint8)
    labels, stats = connected_parts(traces)
    lines = []
    for label in np.unique(labels[(long & traces) > 0]).tolist():
        x, y, width, height, _ = stats[label].tolist()
        if height <= _THICKEST * scale and width > 1:
            place = np.s_[y : y + height, x : x + width]
            own = np.where(labels[place] == label, contrast[place], 0)
            slope, start = np.polyfit(np.arange(width), y + own.argmax(axis=0), 1)
            end = float(start + slope * (width - 1))
            level = float(np.median(own.max(axis=0)))
            lines.append(FillLine(x, float(start), x + width - 1, end, level, light))
    return lines


def _most_by_chance(contrast: NDArray[np.float32]) -> float:
    """The contrast that grain does not reach, given that of a fill where nothing is printed."""
    if not contrast.size:
        return np.inf
    middle = float(np.median(contrast))
    return middle + _BY_CHANCE * 1.4826 * float(np.median(np.abs(contrast - middle)))
