"""Bounds that keep a page's raster within memory."""

from math import sqrt

from ocrpipe.page import POINTS_PER_INCH

MAX_PIXELS = 120_000_000
"""An A1 sheet at 300 dpi has 70 million; one raster of the limit takes 360 MB."""


def fitting_dpi(width: float, height: float, dpi: float) -> float:
    """The resolution up to `dpi` at which the raster of a page (in points) has MAX_PIXELS at most.

    A page of the 14,400 points a side that PDF allows fits at 54.
    """
    return min(dpi, POINTS_PER_INCH * sqrt(MAX_PIXELS / max(width * height, 1.0)))
