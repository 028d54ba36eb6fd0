"""Pictures in grey and in colour."""

import cv2
import numpy as np

from ocrpipe.page import Pixels


def to_grey(pixels: Pixels) -> Pixels:
    """The picture as (H, W); itself where it is."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def to_colour(pixels: Pixels) -> Pixels:
    """The picture as (H, W, 3) in the order blue, green, red; itself where it is."""
    if pixels.ndim == 3:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR), np.uint8)
