"""Pictures made smaller."""

import cv2
import numpy as np

from ocrpipe.page import PageImage, Pixels

_NEARLY_WHOLE = 0.03
"""By how much of itself a factor may miss a whole number that is taken instead."""


def shrunk(pixels: Pixels, long_side: int) -> tuple[Pixels, float]:
    """The picture with a long side of about `long_side` pixels, and the factor applied.

    It is not enlarged. Where a factor is nearly 1/2, 1/3 and so on, it is made that exactly.
    """
    wanted = max(pixels.shape[:2]) / long_side
    if wanted <= 1.0:
        return pixels, 1.0
    step = round(wanted)
    if abs(wanted - step) <= _NEARLY_WHOLE * wanted:
        return reduced(pixels, step), 1 / step
    size = [max(1, round(side / wanted)) for side in pixels.shape[1::-1]]
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)), 1 / wanted


def shrunk_to_scale(image: PageImage, scale: float) -> tuple[Pixels, float]:
    """The pixels of a page at about `scale` pixels a point, and the factor applied, as `shrunk`."""
    return shrunk(image.pixels, max(1, round(scale / image.scale * max(image.pixels.shape[:2]))))


def reduced(pixels: Pixels, step: int) -> Pixels:
    """The picture at 1/`step` of its size, each pixel the mean of `step` by `step` ones.

    Rows and columns that fill no block of their own are left out: OpenCV shrinks by a whole number
    thirty times as fast as by one that is not quite whole. No side becomes less than a pixel.
    """
    size = [max(1, side // step) for side in pixels.shape[1::-1]]
    whole = pixels[: size[1] * step, : size[0] * step]
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.uint8)
