"""Quadrangles of the straight edges of a picture, where no region shows the sheet by itself.

A sheet that lies on others is as bright as they are: no level of brightness parts them, but
its sides are still edges, or lines of shadow, from corner to corner. Paper below may be whiter.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.imaging.photograph.sides import Points
from ocrpipe.page import Pixels

_WEAKEST = 3.0
"""The least gradient of an edge, as Sobel's operator gives it on the smoothed picture: a step of
two or three of 255 levels, by which white paper differs from the shadow of the sheet on it."""

_SLOPE = 25.0
"""Degrees by which a side may lean from upright or level: more of them are turned by a quarter."""

_LEAST_LENGTH = 0.25
"""Share of the height or width of the picture that a side has in one straight line: half of the
side of a sheet that fills half of the picture's length."""

_LINES = 10
"""Lines that are tried for each side, the longest first: those of a desk of wood are among them."""

_APART = 6.0
"""Pixels of the coarse picture by which lines differ at one of their ends, at least."""

_REACH = 4
"""Pixels of the coarse picture by which a side may bulge from its line and be seen yet."""

_PROBES = 120
_END = 10
"""Steps of a side, and those at each of its ends. Where the edge of a sheet below was taken for a
side, those next to it are not seen up to their ends."""

_SHADED, _WHITER = 10, 9
"""Levels of an edge beside which it is darker, and brighter, outside the sheet: the outer edge of
its shadow is one as well, and makes it larger by a twentieth."""

_SEEN, _LEAST_SEEN = 0.8, 0.6
"""Share of all sides and of each along which there is an edge: a side that lies on paper in a
strong shadow shows over two thirds."""

_SURENESS = 12
"""Power of the share seen, and of that at the ends of sides, by which a larger area is outweighed.
The edge of a sheet below may be taken for a side, and makes the area larger by a tenth; the sides
next to it are then not seen over a twentieth of their length."""

_LEAST_SHARE = 0.2
"""Of the picture, that a sheet fills."""


def crossed_quadrangles(paper: Pixels) -> list[Points]:
    """Quadrangles (4, 2) whose sides are edges of the picture, the largest of the surest first.

    Args:
        paper: the coarse picture without its marks.
    """
    grey = to_grey(paper)
    sides = _sides(grey)
    level, upright = _lines(sides[0]), _lines(np.ascontiguousarray(sides[1].T))
    corners = _corners(level, upright, grey.shape)
    areas = _areas(corners)
    large = areas >= _LEAST_SHARE * grey.size
    corners, areas = corners[large], areas[large]
    seen = _seen(corners, sides)
    shares = seen.mean(axis=2)
    sure = (shares.min(axis=1) >= _LEAST_SEEN) & (shares.mean(axis=1) >= _SEEN)
    corners, areas, seen = corners[sure], areas[sure], seen[sure]
    ends = np.concatenate([seen[..., :_END], seen[..., -_END:]], axis=2)
    sureness = (seen.mean(axis=(1, 2)) * ends.mean(axis=(1, 2))) ** _SURENESS
    return list(corners[np.argsort(-areas * sureness, kind="stable")])


def _sides(grey: Pixels) -> tuple[Pixels, Pixels, Pixels, Pixels]:
    """(H, W): edges that may be of the top, the right, the bottom and the left of a sheet, the
    surer ones `_SHADED`: others lie in its shadow, whiter ones are brighter than it yet."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    dx = cv2.Sobel(smooth, cv2.CV_16S, 1, 0)
    dy = cv2.Sobel(smooth, cv2.CV_16S, 0, 1)
    edges = cv2.Canny(dx, dy, _WEAKEST, 2 * _WEAKEST, L2gradient=True) > 0
    level = np.abs(dy) >= np.abs(dx)
    top, right, bottom, left = (
        np.where(mask, np.where(rising, _SHADED, _WHITER), 0).astype(np.uint8)
        for mask, rising in (
            (edges & level, dy > 0),
            (edges & ~level, dx < 0),
            (edges & level, dy < 0),
            (edges & ~level, dx > 0),
        )
    )
    return top, right, bottom, left


def _lines(edges: Pixels) -> Points:
    """(n, 2): the heights of lines at the left and at the right end of a mask of edges."""
    width = edges.shape[1]
    slope = np.radians(_SLOPE)
    found = cv2.HoughLines(
        edges,
        1.0,
        np.radians(0.5),
        round(_LEAST_LENGTH * width),
        min_theta=np.pi / 2 - slope,
        max_theta=np.pi / 2 + slope,
    )
    kept: list[Points] = []
    # The lines come with the most edge under them first.
    for rho, theta in () if found is None else found[:, 0]:
        ends = (rho - np.array([0, width - 1]) * np.cos(theta)) / np.sin(theta)
        if all(float(np.abs(ends - other).max()) >= _APART for other in kept):
            kept.append(ends)
            if len(kept) == _LINES:
                break
    return np.array(kept).reshape(-1, 2)


def _corners(level: Points, upright: Points, shape: Sequence[int]) -> Points:
    """(n, 4, 2): the corners that two level and two upright lines make, clockwise."""
    height, width = shape
    upper, lower = _pairs(level)
    left, right = _pairs(upright)
    i, k = (index.ravel() for index in np.mgrid[: len(upper), : len(left)])
    places = [
        _crossing(across[i], down[k], height, width)
        for across, down in ((upper, left), (upper, right), (lower, right), (lower, left))
    ]
    return np.stack(places, axis=1)


def _pairs(lines: Points) -> tuple[Points, Points]:
    """(n, 2) twice: each line and those that lie beyond it."""
    i, k = (index.ravel() for index in np.mgrid[: len(lines), : len(lines)])
    apart = (lines[i] < lines[k]).all(axis=1)
    return lines[i[apart]], lines[k[apart]]


def _crossing(across: Points, down: Points, height: int, width: int) -> Points:
    """(n, 2): where lines y = a + b x and x = c + d y meet."""
    a, b = across[:, 0], (across[:, 1] - across[:, 0]) / (width - 1)
    c, d = down[:, 0], (down[:, 1] - down[:, 0]) / (height - 1)
    x = (c + d * a) / (1 - b * d)
    return np.stack([x, a + b * x], axis=1)


def _seen(corners: Points, sides: Sequence[Pixels]) -> Points:
    """(n, 4, 120): how sure each side is at steps from its start to its end, 0 to 1."""
    t = (np.arange(_PROBES) + 0.5)[:, None] / _PROBES
    reach = np.ones((2 * _REACH + 1,) * 2, np.uint8)
    found = []
    for side, edges in enumerate(sides):
        near = cv2.dilate(edges, reach)
        height, width = near.shape
        start, end = corners[:, side, None], corners[:, (side + 1) % 4, None]
        x, y = np.moveaxis(np.rint(start + t * (end - start)).astype(np.intp), 2, 0)
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        found.append(near[y.clip(0, height - 1), x.clip(0, width - 1)] * inside)
    return np.stack(found, axis=1) / _SHADED


def _areas(corners: Points) -> Points:
    x, y = corners[..., 0], corners[..., 1]
    products = x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y
    return np.asarray(np.abs(products.sum(axis=1)) / 2)
