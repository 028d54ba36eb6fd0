"""Pages of light print on a dark ground, as dark modes and negatives have them, turned to paper."""

import logging

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage
from ocrpipe.quantiles import median
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_DARKEST_PAPER = 100
"""Grey level from which on a ground may be paper in a bad light."""

_MEASURED_AT = 1.0
"""Pixels a point at which the page is looked at."""

_WIDEST_STROKE = 5
"""Points: what is narrower is print; a sheet on a dark desk is wider."""

_CONTRAST = 50
"""Grey levels by which print is lighter, or darker, than the ground."""

_LEAST_PRINT = 0.002
_MOST_LIGHT = 0.3
"""Shares of a page that are light print at least, and light without being print at most: heads of
tables and pictures are, and most of a photograph of a sheet."""


@timed("negative")
def positive(image: PageImage) -> PageImage:
    """The page with its light turned to dark and dark to light, if its ground is dark.

    Args:
        image: The page as it is stored, BGR or grey.

    A page with dark print is returned as it is.
    """
    grey = to_grey(image.pixels)
    ground = median(grey[::8, ::8])
    if ground >= _DARKEST_PAPER:
        return image
    factor = min(1.0, _MEASURED_AT / image.scale)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    kernel = np.ones((_WIDEST_STROKE, _WIDEST_STROKE), np.uint8)
    opened = cv2.morphologyEx(small, cv2.MORPH_OPEN, kernel)
    wide = float(np.mean(opened > ground + _CONTRAST))
    light = float(np.mean(small > ground + _CONTRAST)) - wide
    dark = float(np.mean(small < ground - _CONTRAST))
    if light < _LEAST_PRINT or light < dark or wide > _MOST_LIGHT:
        return image
    logger.debug("a negative: %.1f%% of it is light print", 100 * light)
    return PageImage(np.bitwise_not(image.pixels), image.scale)
