"""Oblique lines in the corner of a header (斜线表头), taken off before its cell is read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.geometry import Box
from ocrpipe.page import PageImage, Pixels

# Lengths in points.
_NARROWEST = 20.0
_LOWEST = 12.0
_CORNER = 3.0
_HALF_WIDTH = 1.0
_BESIDE = 1.8
_STEP = 0.5

_ENDS = 0.08
"""Share of the line at each end that the rules of the cell cover."""

_INKED = 0.94
"""Share of the rest that is ink; strokes of characters are never so long."""

_MOST_LINES = 3
_DARKER = 45.0
"""Grey levels by which ink is darker than the paper of its cell."""

_Points = NDArray[np.float64]


def without_diagonals(image: PageImage, cells: Sequence[Box]) -> PageImage:
    """The page without the lines that run from an upper corner of a cell to its other sides.

    Args:
        image: The upright page, BGR or grey.
        cells: Cells to look at, in points: those of the head of a table.

    The page is returned as it is where there is none; characters that a line crosses stay.
    """
    pixels = image.pixels
    found = False
    for cell in cells:
        if cell.width < _NARROWEST or cell.height < _LOWEST:
            continue
        x0, y0, x1, y1 = (round(value) for value in image.to_pixels(cell))
        place = np.s_[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        part = pixels[place]
        lines = _lines(part, image.scale)
        if not lines:
            continue
        if not found:
            pixels, found = pixels.copy(), True
        pixels[place] = _erased(part, lines, image.scale)
    return replace(image, pixels=pixels) if found else image


def _lines(part: Pixels, scale: float) -> list[_Points]:
    """The points along each line of a cell, (n, 2): column and row."""
    ink = _ink(part)
    lines: list[_Points] = []
    for corner in (0, part.shape[1] - 1):
        if not _has_ink_at(ink, corner, scale):
            continue
        left = ink.copy()
        candidates = list(_candidates(part, corner, scale))
        while len(lines) < _MOST_LINES:
            inked = [points for points in candidates if _mean(left, points) >= _INKED]
            if not inked:
                break
            # Of those that keep to the ink the one in its middle is the line.
            depth = np.asarray(cv2.distanceTransform(left, cv2.DIST_L2, 3), np.float32)
            best = max(inked, key=lambda points: _mean(depth, points))
            lines.append(best)
            reach = max(2, round(_BESIDE * scale))
            ends = [tuple(round(value) for value in end) for end in (best[0], best[-1])]
            cv2.line(left, ends[0], ends[1], (0,), 2 * reach)
    return lines


def _ink(part: Pixels) -> Pixels:
    grey = to_grey(part)
    paper = float(np.median(grey))
    dark = (np.asarray(grey, np.float32) < paper - _DARKER).astype(np.uint8)
    # A pixel beside the line is as good: prolonged lines are not exact.
    return np.asarray(cv2.dilate(dark, np.ones((3, 3), np.uint8)))


def _has_ink_at(ink: Pixels, corner: int, scale: float) -> bool:
    """Whether ink runs into the cell from a corner, and not the rules of the cell alone."""
    near, far = round(_CORNER * scale), round(2 * _CORNER * scale)
    column = slice(near, far) if corner == 0 else slice(max(0, corner - far), corner - near)
    return bool(ink[near // 2 : far, column].any())


def _candidates(part: Pixels, corner: int, scale: float) -> Iterator[_Points]:
    """Lines from an upper corner to the bottom and to the side that is opposite."""
    height, width = part.shape[:2]
    step = max(1.0, _STEP * scale)
    opposite = width - 1 if corner == 0 else 0
    ends = [(opposite, y) for y in np.arange(0.35 * height, height, step)]
    across = np.arange(0.35 * width, width, step)
    ends += [(x if corner == 0 else width - 1 - x, height - 1) for x in across]
    for x, y in ends:
        count = max(8, int(np.hypot(x - corner, y)))
        along = np.linspace(_ENDS, 1 - _ENDS, count)[:, None]
        yield np.array([corner, 0.0]) * (1 - along) + np.array([x, y]) * along


def _mean(values: NDArray[np.uint8] | NDArray[np.float32], points: _Points) -> float:
    columns, rows = np.rint(points).astype(np.intp).T
    return float(values[rows, columns].mean())


def _erased(part: Pixels, lines: Sequence[_Points], scale: float) -> Pixels:
    """The cell with paper over its lines, but where ink goes on beside one: a character."""
    grey = to_grey(part)
    paper = np.median(part.reshape(-1, *part.shape[2:]), axis=0)
    ink = _ink(part)
    cleaned = part.copy()
    height, width = grey.shape
    for points in lines:
        slope = points[-1] - points[0]
        aside = np.array([-slope[1], slope[0]]) / max(1.0, float(np.hypot(*slope)))
        reach = max(1.0, _HALF_WIDTH * scale)
        beside = max(reach + 2.0, _BESIDE * scale)
        start, end = (points[0] - _ENDS * slope, points[-1] + _ENDS * slope)
        whole = np.linspace(start, end, 2 * len(points))
        crossed = np.zeros(len(whole), bool)
        for side in (-1, 1):
            columns, rows = _clipped(whole + side * beside * aside, width, height)
            crossed |= ink[rows, columns] > 0
        # There the ink beside the line is the rules of the cell.
        inner = np.minimum(whole, np.array([width - 1, height - 1]) - whole).min(axis=1)
        crossed &= inner > _CORNER * scale
        for offset in np.arange(-reach, reach + 0.5, 0.5):
            columns, rows = _clipped(whole + offset * aside, width, height)
            cleaned[rows[~crossed], columns[~crossed]] = paper
    return cleaned


def _clipped(points: _Points, width: int, height: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    columns, rows = np.rint(points).astype(np.intp).T
    return np.clip(columns, 0, width - 1), np.clip(rows, 0, height - 1)
