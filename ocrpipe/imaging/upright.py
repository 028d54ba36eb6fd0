"""A page turned so that it stands upright and straight; a photographed one flat before."""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.aside import ALONE, Aside, Step
from ocrpipe.geometry import Box
from ocrpipe.imaging.deskew import skew_angle
from ocrpipe.imaging.orientation import (
    Legibility,
    OrientationModel,
    TurnsBeside,
    quarter_turns,
)
from ocrpipe.imaging.paper import paper_color
from ocrpipe.imaging.photograph.flatten import Flattened, flatten
from ocrpipe.imaging.photograph.outline import find_page
from ocrpipe.imaging.photograph.placement import PagePlacement
from ocrpipe.options import ImagingOptions
from ocrpipe.page import POINTS_PER_INCH, PageImage, Pixels
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_LEAST_SKEW = 0.05
"""Degrees: at 600 dpi an A4 line rises by 4 pixels; a resampling would cost more than it gives."""

_LEAST_FINER, _MOST_FINER = 1.1, 2.0


@dataclass(frozen=True, slots=True)
class Upright:
    """A page put upright and the degrees clockwise by which it was turned about its centre.

    `placement` leads from `image` to the page where a photographed sheet was mapped flat; None
    where `image` is the page itself.
    """

    image: PageImage
    rotation: float
    placement: PagePlacement | None = None

    def box_to_page(self, box: Box) -> Box:
        """A box of `image` on the stored page turned by `rotation`; both in points."""
        return box if self.placement is None else self.placement.box_to_page(box)


def skew_of(image: PageImage, options: ImagingOptions, aside: Aside = ALONE) -> Step[float]:
    """Begin to measure the skew of a page as it stands, 0 where the options do not ask for it."""
    return aside.start(lambda: skew_angle(image.pixels) if options.deskew else 0.0)


@timed("upright")
def straighten(
    image: PageImage,
    options: ImagingOptions,
    orientation_model: Callable[[], OrientationModel],
    legibility: Legibility | None = None,
    turns_beside: TurnsBeside | None = None,
    render: Callable[[float], PageImage] | None = None,
    aside: Aside = ALONE,
    skew: Step[float] | None = None,
) -> Upright:
    """Finds the quarter turns and the skew of a page and takes them out; flattens a photograph.

    `orientation_model` is called only when the options ask for it; `legibility` and `turns_beside`
    only where it leaves a doubt, and `turns_beside` not of a photograph, as each is taken in a
    position of its own. The rotation is a multiple of
    90 plus the skew, as `geometry.rotate_point` defines it: quarter turns swap width and height,
    the skew keeps the canvas. That of a photographed sheet is a multiple of 90 alone: the rest is
    in the mapping back to the photograph. `render` gives the page at another number of dots per
    inch; a photograph, in which the sheet is small, is asked for in a finer raster. `aside` may
    measure the skew while the quarter turns are looked for, unless `skew` does (`skew_of`).

    Raises:
        EngineUnavailableError: the orientation model is needed and missing.
    """
    skew = skew or skew_of(image, options, aside)
    flat = _flattened(image, render) if options.flatten else None
    if flat is not None:
        stored_size = (image.width / image.scale, image.height / image.scale)
        skew = skew_of(flat.image, options, aside)
        turned, rotation = _turned(flat.image, skew, options, orientation_model, legibility, None)
        placement = PagePlacement(flat.sheet, rotation, stored_size)
        return Upright(turned, placement.rotation, placement)
    return Upright(*_turned(image, skew, options, orientation_model, legibility, turns_beside))


def _flattened(image: PageImage, render: Callable[[float], PageImage] | None) -> Flattened | None:
    outline = find_page(image)
    if outline is None:
        return None
    finer = min(_MOST_FINER, outline.enlargement)
    if render is None or finer < _LEAST_FINER:
        return flatten(image, outline)
    return flatten(render(POINTS_PER_INCH * image.scale * finer), outline, image.scale)


def _turned(
    image: PageImage,
    stored_skew: Step[float],
    options: ImagingOptions,
    orientation_model: Callable[[], OrientationModel],
    legibility: Legibility | None,
    turns_beside: TurnsBeside | None,
) -> tuple[PageImage, float]:
    quarters = 0
    if options.auto_rotate:
        quarters = quarter_turns(image.pixels, orientation_model(), legibility, turns_beside)
    if quarters and options.deskew:
        skew = skew_angle(_turned_by_quarters(image.pixels, quarters))
    else:
        skew = stored_skew.result()
    rotation = 90.0 * quarters + (skew if abs(skew) >= _LEAST_SKEW else 0.0)
    logger.debug("page turned by %.2f degrees", rotation)
    return turn(image, rotation), rotation


def turn(image: PageImage, rotation: float) -> PageImage:
    """The picture turned clockwise by `rotation` degrees about its centre.

    What the turn brings in at the corners has the colour of the paper.
    """
    hidden = None if image.hidden is None else _turned_by(image.hidden, rotation)
    return PageImage(_turned_by(image.pixels, rotation), image.scale, hidden)


def _turned_by(pixels: Pixels, rotation: float) -> Pixels:
    quarters = round(rotation / 90)
    skew = rotation - 90 * quarters
    turned = _turned_by_quarters(pixels, quarters)
    return turned if math.isclose(skew, 0.0, abs_tol=1e-9) else _turned_by_skew(turned, skew)


def _turned_by_quarters(pixels: Pixels, quarters: int) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -(quarters % 4)))


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
