"""Pages without colour as pictures of one channel, which every later step does in a third."""

import cv2

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels

_GREYEST = 8
"""Levels by which the channels of a grey page may differ: rounding, and the colour of JPEG noise.

The faintest red ink that is looked for differs by more than three times as much.
"""

_STEP = 7
"""Rows of a first look, which ends it for a page with colour."""


def grey_if_colourless(image: PageImage) -> PageImage:
    """The page as (height, width) where nothing on it has a colour, else as it is."""
    pixels = image.pixels
    if pixels.ndim == 2:
        return image
    if _has_colour(pixels[::_STEP]) or _has_colour(pixels):
        return image
    return PageImage(to_grey(pixels), image.scale)


def _has_colour(pixels: Pixels) -> bool:
    # A third of the time of `cv2.split`.
    blue, green, red = (cv2.extractChannel(pixels, channel) for channel in range(3))
    return any(
        int(cv2.absdiff(one, other).max(initial=0)) > _GREYEST
        for one, other in ((blue, red), (green, red), (blue, green))
    )
