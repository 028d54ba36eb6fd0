"""A page as a group 3 fax machine sends it (ITU-T T.4): black and white, 204 dots an inch."""

import io
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from ocrpipe.page import Pixels

FaxMode = Literal["fine", "standard"]
# Dots an inch across and down.
RESOLUTION: dict[FaxMode, tuple[int, int]] = {"fine": (204, 196), "standard": (204, 98)}


def fax_page(
    grey: Pixels, width: float, height: float, mode: FaxMode, seed: int, broken_lines: int = 0
) -> Image.Image:
    """The page of `width` x `height` points; `broken_lines` scan lines are lost on the way."""
    random = np.random.default_rng(seed)
    across, down = RESOLUTION[mode]
    size = round(width / 72 * across), round(height / 72 * down)
    reduced = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    level = 150 + random.normal(0, 14, reduced.shape)
    black = reduced > level
    for line in random.integers(0, size[1], broken_lines):
        black[line] = black[max(0, line - 1)]
    return Image.fromarray(black)


def fax_file(pages: Sequence[Image.Image], mode: FaxMode) -> bytes:
    """One TIFF of group 4 pages with the resolution of the fax noted."""
    buffer = io.BytesIO()
    across, down = RESOLUTION[mode]
    pages[0].save(
        buffer, "TIFF", compression="group4", dpi=(across, down), save_all=True,
        append_images=list(pages[1:]),
    )  # fmt: skip
    return buffer.getvalue()
