"""Text detection where text may stand: not in the tables, whose cells are read one by one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.detection import LONG_SIDE, network_size
from ocrpipe.ocr.port import OcrEngine, TextQuad
from ocrpipe.page import PageImage

_MARGIN = 12.0
"""Points that a strip reaches into a table: a line close to it must not be cut."""

_WIDE = 0.6
"""Share of the page's width from which nothing is looked for beside a table."""

_LEAST_SAVED = 0.25
"""Share of the page that must be tables before it is searched in strips."""

_PAGE, _HIGH = 1.6, 2.0
"""Heights, in widths, up to which a picture is searched at once, and from which on it is no page:
sheets of paper are lower."""

_COARSE = 1024
"""Pixels of the longer side of a page in which print of usual size is found as surely as in
`LONG_SIDE`: in print of 12 points a line is 13 pixels high or more."""

_SMALL = 12.0
"""Height in pixels of a line in that raster, below which it is small print."""

_LINE = 5.0
"""Width of a line of small print in heights, at least: a page number is none."""

_LOW, _STEP = 192, 64
"""Rows of the detector's input up to which a strip is shown as it is, and to a multiple of which
the higher ones are filled up."""


def find_quads(
    image: PageImage, engine: OcrEngine, exclude: Sequence[Box] = ()
) -> tuple[TextQuad, ...]:
    """The text of a page, in pixels; what lies in the boxes `exclude` (points) may be left out.

    Where tables take much of the page, the strips above, between and below them are searched
    alone, at the resolution at which the whole page would be. Where there is small print, all is
    searched again in a finer raster.
    """
    strips = list(_strips(image, exclude))
    saved = 1 - sum(bottom - top for top, bottom in strips) / max(1, image.height)
    if saved < _LEAST_SAVED:
        strips = [(0, image.height)]
    # A picture of many screens is not shrunk to the height of a page, but searched page by page.
    page = round(_PAGE * image.width)
    strips = [part for strip in strips for part in _parts(*strip, page)]
    longer = max(image.width, min(image.height, page), 1)
    coarse, fine = min(1.0, _COARSE / longer), min(1.0, LONG_SIDE / longer)
    found = _in_strips(image, strips, coarse, engine)
    outside = [quad for quad in found if not lies_in(quad, exclude, image.scale)]
    if coarse < fine and any(_is_small_print(quad, coarse) for quad in outside):
        return _in_strips(image, strips, fine, engine)
    return found


def _parts(top: int, bottom: int, page: int) -> Iterator[tuple[int, int]]:
    """Rows of pixels in parts that are hardly higher than a page."""
    count = max(1, round((bottom - top) / max(1, page)))
    edges = np.linspace(top, bottom, count + 1).round().astype(int).tolist()
    yield from pairwise(edges)


def lies_in(quad: TextQuad, boxes: Sequence[Box], scale: float) -> bool:
    """Whether the centre of a quad, in pixels, lies in one of the boxes, in points."""
    x, y = quad.points.mean(axis=0) / scale
    return any(box.contains_point(x, y) for box in boxes)


def _is_small_print(quad: TextQuad, factor: float) -> bool:
    points = quad.points * factor
    width, height = (float(np.hypot(*(points[at] - points[0]))) for at in (1, 3))
    return height < _SMALL and width >= _LINE * height


def _strips(image: PageImage, exclude: Sequence[Box]) -> Iterator[tuple[int, int]]:
    """Rows of pixels from and to that no wide table takes, from the top."""
    reached = 0
    wide = [box for box in exclude if box.width * image.scale >= _WIDE * image.width]
    for box in sorted(wide, key=lambda box: box.y0):
        top = round((box.y0 + _MARGIN) * image.scale)
        if top > reached:
            yield reached, min(top, image.height)
        reached = max(reached, round((box.y1 - _MARGIN) * image.scale))
    if reached < image.height:
        yield reached, image.height


def _in_strips(
    image: PageImage, strips: Sequence[tuple[int, int]], factor: float, engine: OcrEngine
) -> tuple[TextQuad, ...]:
    return tuple(
        quad for top, bottom in strips for quad in _in_strip(image, top, bottom, factor, engine)
    )


def _in_strip(
    image: PageImage, top: int, bottom: int, factor: float, engine: OcrEngine
) -> Iterator[TextQuad]:
    # What is shown beside a part keeps its first and last lines whole.
    reach = round(_MARGIN * image.scale) if image.height > _HIGH * image.width else 0
    first, last = _shown(
        max(0, top - reach), min(image.height, bottom + reach), image.height, factor
    )
    strip = image.pixels[first:last]
    if factor < 1:
        size = network_size(strip.shape[1], strip.shape[0], factor)
        strip = np.asarray(cv2.resize(strip, size, interpolation=cv2.INTER_AREA), np.uint8)
    scale = np.array([image.width, last - first]) / strip.shape[1::-1]
    for quad in engine.detect(strip):
        points = quad.points * scale + np.array([0, first])
        if top <= float(points[:, 1].mean()) <= bottom:
            yield TextQuad(points, quad.confidence)


def _shown(top: int, bottom: int, height: int, factor: float) -> tuple[int, int]:
    """The rows that the detector is shown for those from `top` to `bottom`: more of the table
    beside them, so that strips of all pages have few heights.

    A runtime makes new programs for a shape that it has not seen, in the time of a strip, and
    keeps 8 MB of them.
    """
    if (bottom - top) * factor <= _LOW:
        return top, bottom
    rows = -(-round((bottom - top) * factor) // _STEP) * _STEP
    missing = max(0, round(rows / factor) - (bottom - top))
    above = min(top, missing)
    return top - above, min(height, bottom + missing - above)
