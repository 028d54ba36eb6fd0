"""Axis-aligned boxes and the rotation that puts a page upright.

Two frames are in use, and every function says which one it means: *points* (PDF points, 1/72 inch)
and *pixels* of one raster of the page. Both have their origin at the top left of the upright page,
x to the right and y downwards.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """An axis-aligned rectangle (x0, y0, x1, y1) with x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def scaled(self, factor: float) -> "Box":
        """The box in a frame whose unit is `factor` times finer (points to pixels and back)."""
        return Box(*(value * factor for value in self))

    def shifted(self, dx: float, dy: float) -> "Box":
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def padded(self, dx: float, dy: float | None = None) -> "Box":
        """The box grown by `dx` left and right and `dy` (default: `dx`) above and below.

        A negative margin shrinks it, at most to its centre.
        """
        dy = dx if dy is None else dy
        dx = max(dx, -self.width / 2)
        dy = max(dy, -self.height / 2)
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def intersection(self, other: "Box") -> "Box | None":
        """The common part, or None where the boxes do not overlap."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def overlap(self, other: "Box") -> float:
        """Area of the common part as a share of this box's area (0 for an empty box)."""
        common = self.intersection(other)
        return common.area / self.area if common is not None and self.area > 0 else 0.0

    def contains_point(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def rounded(self, digits: int = 2) -> "Box":
        # "+ 0.0" turns -0.0 into 0.0, so that equal boxes print alike.
        return Box(*(round(float(value), digits) + 0.0 for value in self))


@dataclass(frozen=True, slots=True)
class Shear:
    """The common slopes of a page's rules about a fixed point, in points per point.

    `slope_x` is dx/dy of vertical rules and `slope_y` is dy/dx of horizontal ones.
    """

    slope_x: float
    slope_y: float
    center_x: float
    center_y: float

    def straight(self, x: float, y: float) -> tuple[float, float]:
        """From the page to the frame in which rules are axis-parallel (points, small slopes)."""
        return x - self.slope_x * (y - self.center_y), y - self.slope_y * (x - self.center_x)

    def page(self, x: float, y: float) -> tuple[float, float]:
        """Back from the straight frame to the page."""
        return x + self.slope_x * (y - self.center_y), y + self.slope_y * (x - self.center_x)


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`.

    Raises:
        ValueError: `boxes` is empty.
    """
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return Box(min(x0s), min(y0s), max(x1s), max(y1s))


def rotate_point(
    x: float, y: float, width: float, height: float, degrees: float
) -> tuple[float, float]:
    """Where a point of a page goes when the page is turned clockwise about its centre.

    `width` and `height` are those of the page before it is turned. A turn by quarter turns swaps
    them; the remaining skew (less than 45 degrees) keeps the canvas that the quarter turns gave.

    Returns the point in the frame of the turned page, in the unit of the arguments.
    """
    quarters = round(degrees / 90) % 4
    skew = math.radians(degrees - 90 * round(degrees / 90))
    for _ in range(quarters):
        x, y = height - y, x
        width, height = height, width
    dx, dy = x - width / 2, y - height / 2
    cosine, sine = math.cos(skew), math.sin(skew)
    return width / 2 + dx * cosine - dy * sine, height / 2 + dx * sine + dy * cosine


def rotate_box(box: Box, width: float, height: float, degrees: float) -> Box:
    """The hull of `box` after the page is turned clockwise; see `rotate_point`."""
    corners = [
        rotate_point(x, y, width, height, degrees)
        for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    ]
    return union(Box(x, y, x, y) for x, y in corners)
