"""Where the digits of a text layer stand on the page, and how the page looks there.

Points of the page as displayed throughout.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, union
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.page import POINTS_PER_INCH, PageImage

_DIGITS = {char: at % 10 for at, char in enumerate("0123456789０１２３４５６７８９")}

Look = Callable[[float, Box | None], PageImage]
"""Gives a grey raster of the page, or of a part of it, at a resolution in dots per inch."""

_PAGE = Box(0.0, 0.0, 0.0, 0.0)
"""What begins where the page does."""

_CLOSE_EM, _SMALLEST_CLOSE_EM = 60.0, 30.0
"""Pixels of the font size of a digit that is looked at close by, and of the smallest one that is
judged so: hairlines of a Song typeface need it."""

MOST_PIXELS = 20_000_000
"""Of a raster, which takes about ten milliseconds then."""

_ACROSS, _DOWN = np.linspace(0.1, 0.9, 9), np.linspace(0.1, 0.94, 15)
"""Shares of a character's box at which it is looked at: the rules beside it stay outside."""

CENTRE = ((_ACROSS > 0.2) & (_ACROSS < 0.8))[None, :] & ((_DOWN > 0.25) & (_DOWN < 0.75))[:, None]
"""Every digit has ink there, and neither a neighbour nor an underline has."""

_NARROW = 0.2
"""Font sizes: narrower than any digit, and than a space that stands for something."""

_SINGLE_LOOKS = 8
"""Up to how many digits get a raster each when they are looked at close by."""


@dataclass(frozen=True, slots=True)
class DigitPlace:
    """A digit or a space of a text layer: `char`, which is number `at` of run number `run`, whose
    text is turned clockwise by `quarters`."""

    run: int
    at: int
    char: Char
    quarters: int

    @property
    def digit(self) -> int | None:
        return _DIGITS.get(self.char.text)


def digit_places(runs: Sequence[Run]) -> Iterator[DigitPlace]:
    """The digits and spaces that have a width and stand by quarter turns."""
    for at_run, run in enumerate(runs):
        if run.askew or run.vertical:
            continue
        for at, char in enumerate(run.chars):
            if char.visible and (char.text in _DIGITS or char.is_space) and not char.synthetic:
                width, height = char.box.width, char.box.height
                inside = min(char.box.x1, char.box.y1) > 1
                if inside and min(width, height) > _NARROW * char.size:
                    yield DigitPlace(at_run, at, char, run.quarters)


def patches_of(image: PageImage, places: Sequence[DigitPlace]) -> NDArray[np.float32]:
    """(n, down, across): levels of grey inside the boxes of characters, set upright."""
    boxes = np.array([place.char.box for place in places], np.float64).reshape(-1, 4)
    quarters = np.array([place.quarters for place in places], int).reshape(-1, 1, 1)
    across, down = np.broadcast_arrays(_ACROSS[None, None, :], _DOWN[None, :, None])
    # What stands turned clockwise by a quarter has its top at the right.
    xs = np.choose(quarters, (across, 1 - down, 1 - across, down))
    ys = np.choose(quarters, (down, across, 1 - down, 1 - across))
    xs = boxes[:, 0, None, None] + xs * (boxes[:, 2] - boxes[:, 0])[:, None, None]
    ys = boxes[:, 1, None, None] + ys * (boxes[:, 3] - boxes[:, 1])[:, None, None]
    shape = (len(places), len(_DOWN) * len(_ACROSS))
    # The middle of a pixel is half a pixel from its edge.
    at_x, at_y = (
        (values * image.scale - 0.5).astype(np.float32).reshape(shape) for values in (xs, ys)
    )
    found = cv2.remap(image.pixels, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return found.reshape(-1, len(_DOWN), len(_ACROSS)).astype(np.float32)


def close_pieces(
    places: Sequence[DigitPlace], look: Look
) -> Iterator[tuple[DigitPlace, NDArray[np.uint8]]]:
    """Places and how they look close by: by single rasters of a few, by one of many."""
    single = len(places) <= _SINGLE_LOOKS
    for group in ([place] for place in places) if single else (list(places),):
        part = union(place.char.box for place in group)
        part = part._replace(x0=max(0.0, part.x0), y0=max(0.0, part.y0))
        size = float(np.median([place.char.size for place in group]))
        scale = min(_CLOSE_EM / max(size, 1e-3), sqrt(MOST_PIXELS / max(part.area, 1e-3)))
        image = look(scale * POINTS_PER_INCH, part)
        for place in group:
            if place.char.size * image.scale >= _SMALLEST_CLOSE_EM:
                yield place, piece_of(image, place, part)


def piece_of(image: PageImage, place: DigitPlace, part: Box = _PAGE) -> NDArray[np.uint8]:
    """The raster of a part of the page in the box of a character, upright."""
    box = place.char.box.shifted(-part.x0, -part.y0)
    x0, y0, x1, y1 = (round(value) for value in box.scaled(image.scale))
    return np.rot90(image.pixels[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1], place.quarters)
