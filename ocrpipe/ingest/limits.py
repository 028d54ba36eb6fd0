"""Bounds that keep a page's raster within memory."""

import math

from ocrpipe.errors import PageTooLargeError
from ocrpipe.page import POINTS_PER_INCH

MAX_PIXELS = 120_000_000
"""An A1 sheet at 300 dpi has 70 million; one raster of the limit takes 360 MB."""

_LOWEST_DPI = 72
"""The least that --dpi takes."""


def check_area(width: float, height: float, dpi: float, source: str, page: int) -> None:
    """Refuse a page (in points) whose raster at `dpi` would have more than MAX_PIXELS.

    Raises:
        PageTooLargeError: with the resolution that would still do, if there is one.
    """
    pixels = width * height * (dpi / POINTS_PER_INCH) ** 2
    if pixels <= MAX_PIXELS:
        return
    possible = math.floor(math.sqrt(MAX_PIXELS / (width * height)) * POINTS_PER_INCH)
    raise PageTooLargeError(
        f"the page measures {width:,.0f} x {height:,.0f} points, "
        f"which at {dpi:.0f} dpi makes {pixels / 1e6:,.0f} million pixels "
        f"(the limit is {MAX_PIXELS / 1e6:,.0f} million)",
        source=source,
        page=page,
        remedy=(
            f"Lower --dpi to {possible}."
            if possible >= _LOWEST_DPI
            else "Split the page, or print it to a PDF of an ordinary paper size."
        ),
    )
