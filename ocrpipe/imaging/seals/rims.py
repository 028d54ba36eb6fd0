"""Which red ink is a seal."""

from itertools import product
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.imaging.paper import only_parts
from ocrpipe.page import Pixels

_SMALLEST, _LARGEST = 50.0, 190.0
"""Points: official seals measure 20 to 60 mm (国发〔1999〕25号: round ones 40 to 60 mm)."""

_GAPS = (5.0, 14.0)
"""Points by which ring, star and characters of one seal may stand apart."""

_MOST_STRETCHED = 1.35
_RIM_SECTORS = 72
_LEAST_RIM, _LEAST_RING = 0.6, 0.85
_MOST_CIRCLES, _MOST_BESIDE = 6, 0.3
_MOST_LARGE = 0.08
"""Share of a page that large connected ink may take: more is a photograph or a drawing. A ring
takes less than a hundredth, and the transform takes minutes over so many edges."""


class _Part(NamedTuple):
    left: int
    top: int
    width: int
    height: int


def seal_boxes(mask: Pixels, scale: float) -> list[tuple[Box, float]]:
    """Seals in a mask of red ink (1 is red) of `scale` pixels a point.

    A seal is as wide as high, of the size of a seal, and has a rim: a ring, or a square frame.
    A row of letterhead characters has the size but stands in company. Ink is grouped by a narrow
    gap, so that a seal is told from red ink beside it, and by a wide one, so that black print
    across a faint ring does not break it.

    Returns boxes in points, each with the share of its rim that was found.
    """
    found: list[tuple[Box, float]] = []
    for gap in _GAPS:
        found += _seals_grouped(mask, scale, gap)
    seals: list[tuple[Box, float]] = []
    for box, rim in sorted(found, key=lambda seal: -seal[1]):
        if not any(box.overlap(other) > 0.3 or other.overlap(box) > 0.3 for other, _ in seals):
            seals.append((box, rim))
    return sorted(seals, key=lambda seal: (seal[0].y0, seal[0].x0))


def _seals_grouped(mask: Pixels, scale: float, gap: float) -> list[tuple[Box, float]]:
    reach = max(3, round(gap * scale)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    padded = np.pad(mask, reach)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)[reach:-reach, reach:-reach]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    parts = [_Part(*(int(value) for value in stats[label][:4])) for label in range(1, count)]
    seals = []
    for label, grouped in enumerate(parts, start=1):
        if min(grouped.width, grouped.height) < _SMALLEST * scale:
            continue
        part = _extent((labels == label) & (mask > 0))
        if not _has_size_of_seal(part, scale) or _stands_in_a_row(grouped, parts):
            continue
        window = np.s_[part.top : part.top + part.height, part.left : part.left + part.width]
        own = (labels[window] == label) & (mask[window] > 0)
        rim = max(_ring_share(own), _frame_share(own))
        if rim >= _LEAST_RIM:
            box = Box(part.left, part.top, part.left + part.width, part.top + part.height)
            seals.append((box.scaled(1 / scale), round(rim, 3)))
    return seals


def _extent(own: NDArray[np.bool_]) -> _Part:
    """The box around nearly all of the ink: single pixels of coloured grain do not move it."""
    ys, xs = np.nonzero(own)
    if len(ys) == 0:
        return _Part(0, 0, 0, 0)
    left, right = np.percentile(xs, (0.3, 99.7))
    top, bottom = np.percentile(ys, (0.3, 99.7))
    return _Part(int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)


def ring_boxes(mask: Pixels, scale: float) -> list[tuple[Box, float]]:
    """Round seals in a mask of ink of any colour (1 is ink) of `scale` pixels a point.

    Candidates come from the Hough transform for circles, over the connected ink that is large
    enough for a ring; a seal's ring is inked nearly all the way round, with paper on both sides.

    Returns boxes in points, each with the share of its ring that was found.
    """
    large = _large_parts(mask, _SMALLEST * scale * 0.9)
    if not 0 < large.mean() <= _MOST_LARGE:
        return []
    picture = cv2.GaussianBlur(((1 - large) * 255).astype(np.uint8), (0, 0), 1)
    circles = cv2.HoughCircles(
        picture, cv2.HOUGH_GRADIENT, dp=1.5, minDist=20 * scale, param1=120, param2=45,
        minRadius=round(_SMALLEST * scale / 2), maxRadius=round(_LARGEST * scale / 2),
    )  # fmt: skip
    if circles is None:
        return []
    ys, xs = np.nonzero(large)
    seals: list[tuple[Box, float]] = []
    for found in np.reshape(circles, (-1, 3))[:_MOST_CIRCLES].tolist():
        x, y, radius, share = _fitted_ring(xs, ys, *found)
        box = Box(x - radius, y - radius, x + radius, y + radius).scaled(1 / scale)
        known = any(box.overlap(other) > 0.3 for other, _ in seals)
        if share >= _LEAST_RING and not known:
            seals.append((box, round(share, 3)))
    return sorted(seals, key=lambda seal: (seal[0].y0, seal[0].x0))


def _large_parts(mask: Pixels, side: float) -> Pixels:
    """Connected ink of at least `side` pixels both ways, without straight rules."""
    reach = round(side)
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    down = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8))
    rules = np.maximum(across, down).astype(np.uint8)
    curved = np.where(rules > 0, 0, mask).astype(np.uint8)
    # A ring goes on below the rules that it crosses.
    crossed = np.minimum(cv2.dilate(curved, np.ones((5, 5), np.uint8)), rules)
    closed = cv2.morphologyEx(curved, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    labels, stats = connected_parts(np.maximum(closed, crossed).astype(np.uint8))
    kept: NDArray[np.bool_] = (stats[:, cv2.CC_STAT_WIDTH] >= side) & (
        stats[:, cv2.CC_STAT_HEIGHT] >= side
    )
    return only_parts(curved, labels, stats, kept)


def _fitted_ring(
    xs: NDArray[np.int64], ys: NDArray[np.int64], x: float, y: float, radius: float
) -> tuple[float, float, float, float]:
    """The circle moved by some pixels to where most of it is inked, and that share."""
    near = (np.abs(xs - x) < radius + 12) & (np.abs(ys - y) < radius + 12)
    xs, ys = xs[near], ys[near]
    best = (x, y, radius, 0.0)
    for step in (2.0, 1.0):
        x, y, radius, _ = best
        shifts = (-step, 0.0, step)
        for dx, dy, grown in product(shifts, shifts, shifts):
            share = _inked_share(xs, ys, x + dx, y + dy, radius + grown)
            if share > best[3]:
                best = (x + dx, y + dy, radius + grown, share)
    return best


def _inked_share(
    xs: NDArray[np.int64], ys: NDArray[np.int64], x: float, y: float, radius: float
) -> float:
    """Share of the directions in which the ring has ink; 0 where its sides are no paper."""
    distance = np.hypot(xs + 0.5 - x, ys + 0.5 - y)
    for side in (radius + 5, radius - 7):
        inked = np.count_nonzero(np.abs(distance - side) < 1.5)
        if inked > _MOST_BESIDE * 3 * 2 * np.pi * side:
            return 0.0
    ring = np.abs(distance - radius) < 1.5
    turns = (np.arctan2(ys[ring] + 0.5 - y, xs[ring] + 0.5 - x) + np.pi) / (2 * np.pi)
    return len(np.unique((turns * _RIM_SECTORS).astype(np.int64))) / _RIM_SECTORS


def _has_size_of_seal(part: _Part, scale: float) -> bool:
    short, long = sorted((part.width, part.height))
    return (
        short >= _SMALLEST * scale and long <= _LARGEST * scale and long <= _MOST_STRETCHED * short
    )


def _stands_in_a_row(part: _Part, parts: list[_Part]) -> bool:
    """Whether other red ink of the same height stands beside `part`, as in a line of text."""
    for other in parts:
        if other is part or not 0.6 < other.height / part.height < 1.6:
            continue
        common = min(part.top + part.height, other.top + other.height) - max(part.top, other.top)
        gap = max(other.left - part.left - part.width, part.left - other.left - other.width)
        if common > 0.6 * part.height and gap < part.height and other.width < 3 * part.width:
            # A character of a letterhead fills its height; a speck or a rule does not.
            return other.width > 0.3 * other.height
    return False


def _ring_share(own: NDArray[np.bool_]) -> float:
    """Share of the directions from the centre in which there is ink close to the ellipse."""
    height, width = own.shape
    ys, xs = np.nonzero(own)
    x = (xs + 0.5 - width / 2) / (width / 2)
    y = (ys + 0.5 - height / 2) / (height / 2)
    radius = np.hypot(x, y)
    rim = (radius > 0.86) & (radius < 1.06)
    if np.mean(radius > 1.06) > 0.06:
        return 0.0
    sectors = np.floor((np.arctan2(y[rim], x[rim]) + np.pi) / (2 * np.pi) * _RIM_SECTORS)
    return len(np.unique(np.clip(sectors, 0, _RIM_SECTORS - 1))) / _RIM_SECTORS


def _frame_share(own: NDArray[np.bool_]) -> float:
    """Share of a square frame that has ink; the least of the four sides counts."""
    depth_y, depth_x = max(1, own.shape[0] // 10), max(1, own.shape[1] // 10)
    sides = (
        own[:depth_y].any(axis=0),
        own[-depth_y:].any(axis=0),
        own[:, :depth_x].any(axis=1),
        own[:, -depth_x:].any(axis=1),
    )
    return float(min(side.mean() for side in sides))
