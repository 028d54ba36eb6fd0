"""How coloured ink is, measured against the paper: yellowed or tinted paper has no colour."""

from collections.abc import Callable
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

Grey: TypeAlias = NDArray[np.float32]

Tint: TypeAlias = Callable[[NDArray[np.float32]], Grey]
"""Of a picture (H, W, 3) `relative` to its paper: by how much each pixel has a colour, 0 to 255."""

FAINT_TINT = 22.0
"""The colour of ink, at least; the grain of a scan's colour stays below."""

PALE_TINT = 0.5 * FAINT_TINT
"""What is left at 100 dpi of the colour of the thinnest rules."""


def relative(pixels: Pixels, paper: tuple[float, ...]) -> NDArray[np.float32]:
    """The picture with its paper lifted to white, as float32."""
    scale = np.array([255 / max(value, 1.0) for value in paper], np.float32)
    return np.asarray(np.minimum(pixels.astype(np.float32) * scale, 255), np.float32)


def redness(relative: NDArray[np.float32]) -> Grey:
    """By how much red exceeds the brighter of green and blue, 0 to 255.

    Orange and purple count less than red, yellow and magenta not at all.
    """
    blue, green, red = relative[..., 0], relative[..., 1], relative[..., 2]
    return np.asarray(np.maximum(red - np.maximum(blue, green), 0), np.float32)


def coldness(relative: NDArray[np.float32]) -> Grey:
    """By how much the brighter of green and blue exceeds the darkest channel, 0 to 255.

    What is blue, violet, green or yellow; red has none of it, orange and magenta have less.
    """
    blue, green, red = relative[..., 0], relative[..., 1], relative[..., 2]
    brighter, darker = np.maximum(blue, green), np.minimum(blue, green)
    return np.asarray(brighter - np.minimum(darker, red), np.float32)


def red_pixels(pixels: Pixels, paper: tuple[float, ...]) -> Pixels:
    """(H, W): the `redness` of a picture in whole levels, for a tenth of the time."""
    blue, green, red = _lifted(pixels, paper)
    return np.asarray(cv2.subtract(red, cv2.max(blue, green)), np.uint8)


def cold_pixels(pixels: Pixels, paper: tuple[float, ...]) -> Pixels:
    """(H, W): the `coldness` of a picture in whole levels, for a tenth of the time."""
    blue, green, red = _lifted(pixels, paper)
    darkest = cv2.min(cv2.min(blue, green), red)
    return np.asarray(cv2.subtract(cv2.max(blue, green), darkest), np.uint8)


def _lifted(pixels: Pixels, paper: tuple[float, ...]) -> list[cv2.typing.MatLike]:
    """The channels of a picture with its paper lifted to white."""
    levels = np.arange(256)
    return [
        cv2.LUT(channel, np.minimum(levels * (255 / max(value, 1.0)), 255).round().astype(np.uint8))
        for channel, value in zip(cv2.split(pixels), paper, strict=True)
    ]
