"""Whether a picture is a photograph of a sheet on a darker ground, and where the sheet lies."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.photograph.crossed import crossed_quadrangles
from ocrpipe.imaging.photograph.sides import Points, trace_sides
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median
from ocrpipe.shrinking import shrunk

logger = logging.getLogger(__name__)

A4 = (595.28, 841.89)
"""Points."""

_COARSE, _FINE = 480, 1600
"""Pixels of the longer side of the picture in which the sheet is found, and of that in which its
sides are traced."""

_LEAST_SHARE, _MOST_SHARE = 0.2, 0.96
"""Of the picture, that a sheet covers."""

_LEAST_CORNER, _MOST_CORNER = 50.0, 130.0
"""Degrees between two sides of a sheet that is seen at a slant."""

_TEXT, _FINE_TEXT = 21, 25
"""Pixels of the coarse and the fine picture under which dark marks on the sheet are bridged."""

_CONTRAST = 1.15
"""How much brighter than the ground the sheet must be beside its edge."""

_SUPPORT, _WEAKEST_SIDE = 0.85, 0.7
"""Share of all sides, and of each one, along which the ground is darker."""

_LEAST_GROUND = 0.4
"""Share of the sides of a sheet on others that have the darker ground beside them."""

_PROBES = 60
"""Places along a side at which it is looked at."""

_LARGEST = 3
"""Regions of a mask, from the largest on, that are looked at."""

_BULGE, _NEAR_OTHERS = 0.06, 0.012
"""Share of the picture's length by which a side may bulge; and that of a sheet on others, whose
sides are not the only edges close by."""

_BESIDE = 4
"""Pixels from a side to what is beside it, in the coarse picture."""

_LEAST_VISIBLE = 0.6
"""Share of each side that must lie in the picture, ground beside it included."""

_DRAWN = 0.004
"""A panel whose corners are this close to those of an upright rectangle is drawn, not laid, where
its ground is as even as one that is drawn."""

_EVEN_GROUND = 1.0
"""Grey levels of 255 from pixel to pixel of the coarse picture that compression leaves of an even
ground, in the median; desks of wood, cloth and paint have 2 and more."""

_THIN_MARGIN, _NEARLY_RECTANGULAR = 0.015, 0.03
"""Share of the picture beside what was found, in the median of its sides, and by which its corners
differ from those of an upright rectangle: with less of both it is the glass of a scanner."""


@dataclass(frozen=True, slots=True)
class PageOutline:
    """The sheet in a photograph, in points of the stored page.

    `sides`: top, right, bottom and left as curves of points (n, 2), clockwise, each beginning
    where the one before ends. "Top" is the side nearest to the top of the picture.
    """

    sides: tuple[Points, Points, Points, Points]

    @property
    def corners(self) -> Points:
        """(4, 2): top left, top right, bottom right, bottom left."""
        return np.stack([side[0] for side in self.sides])

    @property
    def enlargement(self) -> float:
        """By how much an A4 sheet is larger than it shows here, in length."""
        area = abs(_signed_area(self.corners))
        return float(np.sqrt(A4[0] * A4[1] / max(area, 1.0)))


def find_page(image: PageImage) -> PageOutline | None:
    """The outline of a bright sheet that lies on a darker ground with all four sides in sight.

    A corner may be cut off.

    It may lie on other sheets, as long as the ground shows beside a part of its sides.

    None for scans: a sheet that fills the picture, dark edges of a scanner, dark pictures or
    drawn panels on a page. The sheet is the largest quadrangle whose sides are edges from bright
    to dark along nearly their whole length, among regions that several thresholds and the edges
    of the picture enclose; or else that of the straightest edges.
    """
    coarse, factor = shrunk(image.pixels, _COARSE)
    paper = _without_marks(coarse, _TEXT)
    brightest = to_grey(paper)
    if not _is_ground(_border(brightest), float(brightest.max())):
        return None
    best = _best_quadrangle(paper)
    if best is None:
        # Under a finer eye something bright close by is a thing of its own.
        paper = _without_marks(coarse, _TEXT // 3)
        best = _best_quadrangle(paper)
    on_others = best is None
    if best is None:
        best = _lying_on_others(paper)
    if best is None or _is_scan(best, coarse):
        return None
    # Sheets below, which may be brighter, take a part of the border.
    if not on_others and not _ground_is_darker(to_grey(paper), _ordered(best)):
        return None
    fine, finer = shrunk(to_grey(image.pixels), _FINE)
    corners = _ordered((best + 0.5) * (finer / factor) - 0.5)
    # A ruling close to the edge of the sheet must not be taken for it. But what parts white paper
    # from white paper is no wider than a stroke of print.
    unmarked = fine if on_others else _without_marks(fine, _FINE_TEXT)
    reach = (_NEAR_OTHERS if on_others else _BULGE) * max(fine.shape)
    sides = trace_sides(unmarked, corners, reach, faint=on_others)
    if sides is not None:
        # Once more from better corners: those of a sheet that is cut off were far out.
        corners = np.stack([side[0] for side in sides])
        sides = trace_sides(unmarked, corners, reach, faint=on_others)
    if sides is None:
        return None
    logger.debug("a photographed sheet: corners %s", np.round(corners / finer).tolist())
    top, right, bottom, left = ((side + 0.5) / (finer * image.scale) for side in sides)
    return PageOutline((top, right, bottom, left))


def _best_quadrangle(paper: Pixels) -> Points | None:
    best: Points | None = None
    best_score = 0.0
    for mask in _candidate_masks(paper):
        for corners in _quadrangles(mask):
            score = _score(paper, corners)
            if score > best_score:
                best, best_score = corners, score
    return best


def _lying_on_others(paper: Pixels) -> Points | None:
    """The quadrangle of a sheet that hides a part of other sheets."""
    grey = to_grey(paper)
    for corners in crossed_quadrangles(paper):
        supports, _ = _side_supports(grey, _ordered(corners))
        if _corners_are_open(corners) and supports.mean() >= _LEAST_GROUND:
            return corners
    return None


def _without_marks(pixels: Pixels, side: int) -> Pixels:
    """The picture with dark marks under `side` pixels closed: the sheet is one bright area."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    # Mirrored at the border: a ground that the closing makes brighter there would look like paper.
    padded = cv2.copyMakeBorder(pixels, side, side, side, side, cv2.BORDER_REFLECT)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)
    return np.asarray(cv2.medianBlur(closed, 5)[side:-side, side:-side], np.uint8)


def _candidate_masks(paper: Pixels) -> Iterator[Pixels]:
    """Masks (1 inside) of what may be the sheet."""
    grey = to_grey(paper)
    for channel in (grey,) if paper.ndim == 2 else (grey, paper.min(axis=2)):
        otsu, _ = cv2.threshold(channel, 0, 255, cv2.THRESH_OTSU)
        low, high = np.percentile(channel, [5, 95])
        for level in (otsu, *np.linspace(low, high, 8)[1:-1]):
            yield (channel > level).astype(np.uint8)
    # Uneven light may leave no one level; then the edges still close around the sheet.
    for strength in (20, 40, 80):
        edges = cv2.dilate(cv2.Canny(grey, strength / 2, strength), np.ones((3, 3), np.uint8))
        yield (edges == 0).astype(np.uint8)


def _quadrangles(mask: Pixels) -> Iterator[Points]:
    """The four corners of each of the largest regions of a mask that are four-cornered."""
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:_LARGEST]:
        area = cv2.contourArea(contour)
        if not _LEAST_SHARE <= area / mask.size <= _MOST_SHARE:
            continue
        corners = _largest_inscribed(cv2.convexHull(contour).reshape(-1, 2).astype(np.float64))
        if corners is None or not _corners_are_open(corners):
            continue
        if 0.85 <= abs(_signed_area(corners)) / area <= 1.15:
            yield corners


def _largest_inscribed(hull: Points) -> Points | None:
    """The quadrangle of the largest area whose corners are among those of a convex hull."""
    perimeter = cv2.arcLength(hull.astype(np.float32), True)
    points = hull
    for share in (0.004, 0.008, 0.015, 0.03):
        if len(points) <= 24:
            break
        reduced = cv2.approxPolyDP(hull.astype(np.float32), share * perimeter, True)
        points = reduced.reshape(-1, 2).astype(np.float64)
    count = len(points)
    if count < 4 or count > 40:
        return None
    x, y = (points[None, :, axis] - points[:, None, axis] for axis in (0, 1))
    # (n, n, n): of the triangles of any two corners i and k with a third one j, on either side.
    areas = np.abs(x[:, :, None] * y[:, None, :] - y[:, :, None] * x[:, None, :]) / 2
    i, k, j = np.ogrid[:count, :count, :count]
    first, first_area = _largest(areas, (i < j) & (j < k))
    behind, behind_area = _largest(areas, j > k)
    ahead, ahead_area = _largest(areas, j < i)
    second = np.where(behind_area >= ahead_area, behind, ahead)
    second_area = np.maximum(behind_area, ahead_area)
    both = np.where((first_area > 0) & (second_area > 0), first_area + second_area, 0.0)
    start, end = np.unravel_index(int(np.argmax(both)), both.shape)
    if both[start, end] == 0:
        return None
    return points[[start, first[start, end], end, second[start, end]]]


def _largest(areas: Points, allowed: NDArray[np.bool_]) -> tuple[NDArray[np.intp], Points]:
    """(n, n), (n, n): the last index of the largest of the `allowed` areas (n, n, n), which is the
    first of equals, and that area; 0 where none is allowed."""
    chosen = np.where(allowed, areas, 0.0)
    return chosen.argmax(axis=2), chosen.max(axis=2)


def _signed_area(corners: Points) -> float:
    x, y = corners[:, 0], corners[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2


def _corners_are_open(corners: Points) -> bool:
    to_next = np.roll(corners, -1, axis=0) - corners
    to_previous = np.roll(corners, 1, axis=0) - corners
    cosines = (to_next * to_previous).sum(axis=1) / np.maximum(
        np.hypot(*to_next.T) * np.hypot(*to_previous.T), 1e-9
    )
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return bool(((angles >= _LEAST_CORNER) & (angles <= _MOST_CORNER)).all())


def _ordered(corners: Points) -> Points:
    """Clockwise as seen, from the left end of the side that is nearest to the top."""
    if _signed_area(corners) < 0:
        corners = corners[::-1]
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    return np.roll(corners, -int(np.argmin(middles[:, 1])), axis=0)


def _score(paper: Pixels, corners: Points) -> float:
    """The area of a quadrangle as far as its sides are edges of a bright sheet; 0: it is none."""
    supports, visible = _side_supports(to_grey(paper), _ordered(corners))
    if visible.min() < _LEAST_VISIBLE:
        return 0.0
    supports /= visible
    if supports.min() < _WEAKEST_SIDE or supports.mean() < _SUPPORT:
        return 0.0
    return abs(_signed_area(corners)) * float(supports.mean()) ** 4


def _side_supports(grey: Pixels, corners: Points) -> tuple[Points, Points]:
    """(4,), (4,): the share of each side along which it is brighter inside than outside, and that
    of which both sides are in the picture.

    Along a side that bulges the edge is looked for within a few percent of the picture.
    """
    ends = np.roll(corners, -1, axis=0)
    reach = max(3, round(_BULGE * max(grey.shape)))
    t = np.linspace(0.03, 0.97, _PROBES)
    shares, visible = [], []
    limits = np.array(grey.shape[::-1]) - 1
    for start, end in zip(corners, ends, strict=True):
        along = end - start
        normal = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-9)
        steps = np.arange(-reach - 4, reach + 5)
        places = start + t[:, None, None] * along + steps[None, :, None] * normal
        middle = places[:, [reach + 4 - _BESIDE, reach + 4 + _BESIDE]]
        seen = ((middle >= 0) & (middle <= limits)).all(axis=(1, 2))
        shares.append(float(np.mean(_has_edge(grey, places) & seen)))
        visible.append(float(np.mean(seen)))
    return np.array(shares), np.array(visible)


def _has_edge(grey: Pixels, places: Points) -> NDArray[np.bool_]:
    maps = places.astype(np.float32)
    values = cv2.remap(
        grey.astype(np.float32),
        maps[..., 0],
        maps[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255.0,),
    )
    inside, outside = values[:, 6:], values[:, :-6]
    return np.asarray((inside > _CONTRAST * outside + 4).any(axis=1))


def _is_scan(corners: Points, picture: Pixels) -> bool:
    """Whether what was found is the edge of a scanner's glass or a panel drawn on a page."""
    ordered = _ordered(corners)
    height, width = picture.shape[:2]
    low, high = ordered.min(axis=0), ordered.max(axis=0)
    rectangle = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
    deviation = float(np.abs(ordered - rectangle).max()) / max(width, height)
    if deviation < _DRAWN and _has_even_border(to_grey(picture)):
        return True
    margins = np.array([low[0] / width, low[1] / height, 1 - high[0] / width, 1 - high[1] / height])
    return bool(deviation < _NEARLY_RECTANGULAR and np.median(margins) < _THIN_MARGIN)


def _has_even_border(grey: Pixels) -> bool:
    sides = [side.astype(np.int16) for side in (grey[0], grey[-1], grey[:, 0], grey[:, -1])]
    return median(np.abs(np.concatenate([np.diff(side) for side in sides]))) <= _EVEN_GROUND


def _ground_is_darker(grey: Pixels, corners: Points) -> bool:
    """Whether the picture's border is ground, not the white of a page around a dark picture."""
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(corners).astype(np.int32), (1,))
    return _is_ground(_border(grey), float(np.median(grey[inside == 1])))


def _border(grey: Pixels) -> Pixels:
    """The pixels (n,) at the four sides of a picture."""
    sides = [grey[:3].ravel(), grey[-3:].ravel(), grey[:, :3].ravel(), grey[:, -3:].ravel()]
    return np.concatenate(sides)


def _is_ground(border: Pixels, sheet: float) -> bool:
    """Whether most of the border is darker than a sheet of that brightness."""
    return float(np.mean(border < sheet / _CONTRAST)) > 0.7
