"""A page turned so that it stands upright and straight, in one resampling."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.imaging.deskew import skew_angle
from ocrpipe.imaging.orientation import OrientationModel, ReadsBetter, quarter_turns
from ocrpipe.imaging.paper import paper_color
from ocrpipe.options import ImagingOptions
from ocrpipe.page import PageImage, Pixels

logger = logging.getLogger(__name__)

_LEAST_SKEW = 0.05
"""Degrees: at 600 dpi an A4 line rises by 4 pixels; a resampling would cost more than it gives."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A page put upright and the degrees clockwise by which it was turned about its centre."""

    image: PageImage
    rotation: float


def straighten(
    image: PageImage,
    options: ImagingOptions,
    orientation_model: Callable[[], OrientationModel],
    reads_better: ReadsBetter | None = None,
) -> Upright:
    """Finds the quarter turns and the skew of a page and takes them out.

    `orientation_model` is called only when the options ask for it. The rotation is a multiple of
    90 plus the skew, as `geometry.rotate_point` defines it: quarter turns swap width and height,
    the skew keeps the canvas.

    Raises:
        EngineUnavailableError: the orientation model is needed and missing.
    """
    quarters = 0
    if options.auto_rotate:
        quarters = quarter_turns(image.pixels, orientation_model(), reads_better)
    skew = 0.0
    if options.deskew:
        skew = skew_angle(np.ascontiguousarray(np.rot90(image.pixels, -quarters)))
        skew = skew if abs(skew) >= _LEAST_SKEW else 0.0
    rotation = 90.0 * quarters + skew
    logger.debug("page turned by %.2f degrees", rotation)
    return Upright(turn(image, rotation), rotation)


def turn(image: PageImage, rotation: float) -> PageImage:
    """The picture turned clockwise by `rotation` degrees about its centre.

    What the turn brings in at the corners has the colour of the paper.
    """
    quarters = round(rotation / 90)
    skew = rotation - 90 * quarters
    pixels = np.ascontiguousarray(np.rot90(image.pixels, -(quarters % 4)))
    if not math.isclose(skew, 0.0, abs_tol=1e-9):
        pixels = _turned_by_skew(pixels, skew)
    return PageImage(pixels, image.scale)


def _turned_by_skew(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    # OpenCV addresses the centres of pixels and counts angles anticlockwise.
    center = ((width - 1) / 2, (height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(center, -degrees, 1.0)
    turned = cv2.warpAffine(
        pixels,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=paper_color(pixels),
    )
    return np.asarray(turned, np.uint8)
