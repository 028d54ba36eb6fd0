"""From points of the flat sheet to points of its photograph."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.imaging.photograph.outline import A4, PageOutline
from ocrpipe.imaging.photograph.sides import Points

logger = logging.getLogger(__name__)

_SNAP = 0.12
"""A sheet whose measured aspect is this close to A4's is A4: curl and lens leave that doubt."""

_USUAL_FOCAL = 0.8
"""Focal length of a phone's main camera as a share of the picture's long side."""

_FOCAL_RANGE = (0.5, 3.0)
_SAMPLES = 201
_EDGE_STEPS = 9
_LONG_DEGREE, _CROSS_DEGREE = 5, 3


@dataclass(frozen=True, slots=True)
class SheetMap:
    """Where each point of the flat sheet lies in the photograph; both frames are in points.

    Three steps: `bend`, a smooth correction found from rulings and lines of text; the bulge of
    the four sides, spread over the sheet (a Coons patch: S. A. Coons, "Surfaces for computer-aided
    design of space forms", MIT 1967); and `matrix`, the perspective of the plane through the
    corners.
    """

    width: float
    height: float
    matrix: Points
    bulges: Points
    """(4, 201): by how much top, right, bottom and left lie below, or right of, the straight
    side, at even steps rightwards or downwards."""
    bend: Points
    """(2, 5, 4): coefficients of x and y; see `bend_basis`."""

    def to_photo(self, points: Points) -> Points:
        """Points (n, 2) of the flat sheet in the photograph, (n, 2)."""
        bent = points + self.bend_at(points)
        u, v = bent[:, 0] / self.width, bent[:, 1] / self.height
        steps = np.linspace(0, 1, _SAMPLES)
        top, right, bottom, left = self.bulges
        dx = (1 - u) * np.interp(v, steps, left) + u * np.interp(v, steps, right)
        dy = (1 - v) * np.interp(u, steps, top) + v * np.interp(u, steps, bottom)
        bulged = bent + np.stack([dx, dy], axis=1)
        return np.asarray(
            cv2.perspectiveTransform(bulged.reshape(1, -1, 2), self.matrix)[0], np.float64
        )

    def box_to_photo(self, box: Box) -> Box:
        """The hull, in the photograph, of a box of the flat sheet."""
        return self.boxes_to_photo([box])[0]

    def boxes_to_photo(self, boxes: Sequence[Box]) -> list[Box]:
        """The same of many at once: a table has hundreds, and each alone takes as long."""
        if not boxes:
            return []
        places = self.to_photo(np.concatenate([_outline_of(box) for box in boxes]))
        sides = places.reshape(len(boxes), -1, 2)
        hulls = np.concatenate((sides.min(axis=1), sides.max(axis=1)), axis=1)
        return [Box(*hull) for hull in hulls.tolist()]

    def bend_at(self, points: Points) -> Points:
        """(n, 2): what `bend` adds at points (n, 2) of the flat sheet."""
        down = bend_basis(points[:, 1], points[:, 0], self.height, self.width)
        along = bend_basis(points[:, 0], points[:, 1], self.width, self.height)
        return np.stack([down @ self.bend[0].ravel(), along @ self.bend[1].ravel()], axis=1)

    def with_bend(self, bend: Points) -> "SheetMap":
        return replace(self, bend=bend)


def _outline_of(box: Box) -> Points:
    """(n, 2): points along the sides of a box."""
    steps = np.linspace(0, 1, _EDGE_STEPS)
    xs, ys = box.x0 + steps * box.width, box.y0 + steps * box.height
    edge = [np.stack([xs, np.full_like(xs, y)], axis=1) for y in (box.y0, box.y1)]
    edge += [np.stack([np.full_like(ys, x), ys], axis=1) for x in (box.x0, box.x1)]
    return np.concatenate(edge)


def no_bend() -> Points:
    return np.zeros((2, _LONG_DEGREE, _CROSS_DEGREE + 1))


def bend_basis(along: Points, across: Points, length: float, breadth: float) -> Points:
    """(n, 20): products of Legendre polynomials, of degree 1 to 5 along lines, 0 to 3 across.

    What does not change along a line leaves it straight, so that degree 0 along is left out.
    """
    u, v = 2 * along / length - 1, 2 * across / breadth - 1
    first = np.polynomial.legendre.legvander(u, _LONG_DEGREE)[:, 1:]
    second = np.polynomial.legendre.legvander(v, _CROSS_DEGREE)
    return np.asarray((first[:, :, None] * second[:, None, :]).reshape(len(u), -1))


def sheet_map(outline: PageOutline, picture_size: tuple[float, float]) -> SheetMap:
    """The mapping that the corners and sides of a sheet give; `picture_size` is in points."""
    width, height = sheet_size(outline.corners, picture_size)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, outline.corners.astype(np.float32))
    back = np.linalg.inv(matrix)
    top, right, bottom, left = (
        cv2.perspectiveTransform(side.reshape(1, -1, 2), back)[0] for side in outline.sides
    )
    bulges = np.stack(
        [
            _bulge(top[:, 0], top[:, 1], width),
            _bulge(right[:, 1], right[:, 0] - width, height),
            _bulge(bottom[::-1, 0], bottom[::-1, 1] - height, width),
            _bulge(left[::-1, 1], left[::-1, 0], height),
        ]
    )
    return SheetMap(width, height, np.asarray(matrix, np.float64), bulges, no_bend())


def _bulge(along: Points, offsets: Points, length: float) -> Points:
    order = np.argsort(along)
    return np.interp(np.linspace(0, length, _SAMPLES), along[order], offsets[order])


def sheet_size(corners: Points, picture_size: tuple[float, float]) -> tuple[float, float]:
    """Width and height in points of the flat sheet; those of A4 where its aspect is close."""
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    plain = float((sides[0] + sides[2]) / (sides[1] + sides[3]))
    measured = _aspect(corners, picture_size)
    logger.debug("aspect %.3f by perspective, %.3f by sides", measured, plain)
    portrait = A4[0] / A4[1]
    for aspect in (measured, plain):
        for known, size in ((portrait, A4), (1 / portrait, A4[::-1])):
            if abs(np.log(aspect / known)) <= _SNAP:
                return size
    length = float(np.sqrt((sides[0] + sides[2]) * (sides[1] + sides[3])) / 2)
    return length * measured**0.5, length / measured**0.5


def _aspect(corners: Points, picture_size: tuple[float, float]) -> float:
    """Width over height of a rectangle seen in perspective.

    After Z. Zhang and L. He, "Whiteboard scanning and image enhancement", Digital Signal
    Processing 17 (2007), with the camera's axis through the middle of the picture.
    """
    centered = (corners - np.array(picture_size) / 2) / max(picture_size)
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(unit, centered.astype(np.float32))
    across, down = matrix[:, 0], matrix[:, 1]
    focal = _USUAL_FOCAL**2
    if abs(across[2] * down[2]) > 1e-3:
        found = -(across[0] * down[0] + across[1] * down[1]) / (across[2] * down[2])
        if _FOCAL_RANGE[0] ** 2 <= found <= _FOCAL_RANGE[1] ** 2:
            focal = float(found)
    lengths: NDArray[np.float64] = np.array(
        [np.sqrt((h[0] ** 2 + h[1] ** 2) / focal + h[2] ** 2) for h in (across, down)]
    )
    return float(lengths[0] / max(lengths[1], 1e-9))
