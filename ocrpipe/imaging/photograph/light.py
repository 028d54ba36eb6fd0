"""Pages evenly lit: shadows and falling light taken out, colours of the ink kept."""

import cv2
import numpy as np

from ocrpipe.page import PageImage
from ocrpipe.shrinking import shrunk_to_scale

_REACH = 16.0
"""Points: dark marks narrower than this are ink; wider darkness is a shadow."""

_MEASURED_AT = 0.7
"""Pixels a point at which the light is measured."""

_PAPER = 250.0
_BAND = 128


def even_light(image: PageImage) -> PageImage:
    """The page with its paper white and evenly lit.

    Each channel is divided by the level of its paper, which is a morphological closing of the
    page (it spans the ink), smoothed. A tint of the light or of the paper goes as well.
    """
    pixels = image.pixels
    level = _paper_level(image)
    lit = np.empty_like(pixels)
    # In bands of rows: a whole page of such numbers takes 50 MB, and several are needed.
    for top in range(0, len(pixels), _BAND):
        rows = np.s_[top : top + _BAND]
        ratio = pixels[rows].astype(np.float32) * np.float32(_PAPER) / np.maximum(level[rows], 8)
        lit[rows] = np.clip(ratio, 0, 255).astype(np.uint8)
    return PageImage(lit, image.scale)


def _paper_level(image: PageImage) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    shrunken, factor = shrunk_to_scale(image, _MEASURED_AT)
    small = cv2.medianBlur(shrunken, 3)
    side = max(3, round(_REACH * image.scale * factor)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    padded = cv2.copyMakeBorder(small, side, side, side, side, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel).astype(np.float32)
    level = cv2.GaussianBlur(closed, (0, 0), side / 3)[side:-side, side:-side]
    # Ink darkens, grain brightens: a closing follows the brightest grain.
    size = (image.width, image.height)
    return np.asarray(cv2.resize(level, size, interpolation=cv2.INTER_LINEAR), np.float32)
