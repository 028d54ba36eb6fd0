"""The print of a page as boxes of single marks, which alignment is measured on."""

from collections.abc import Sequence

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.levels import above
from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.quantiles import percentile_above
from ocrpipe.tables.rulings.strokes.responses import dark_ink, noise_threshold, widest_ink

# Lengths in points.
_SMALLEST = 0.9
_LARGEST = 60.0
_BESIDE_RULE = 1.0
_FILL = 17

_DARK_FILL = 130
"""Grey level under which the median of an area is that of a dark fill with light print."""

_DARKEST_SHARE = 0.35
"""Share of the usual darkness of the ink from which on a pixel is ink."""


def print_boxes(
    image: PageImage, rulings: Sequence[Ruling], dark: Pixels | None = None
) -> tuple[Box, ...]:
    """Boxes of the connected marks of a page, in points, without rules and dust.

    Args:
        image: The upright page; BGR or grey.
        rulings: Its rules, in points; what lies on them is left out.
        dark: (H, W), its `dark_ink`, where that is known.
    """
    mask = _inked(_contrast(image, dark_ink(image) if dark is None else dark))
    for rule in rulings:
        _erase(mask, rule, image.scale)
    _, stats = connected_parts(mask)
    corners = stats[1:, :2]
    sizes = stats[1:, 2:4]
    longest = sizes.max(axis=1, initial=0) / image.scale
    chosen = (longest >= _SMALLEST) & (longest <= _LARGEST)
    boxes = np.hstack([corners, corners + sizes])[chosen] / image.scale
    return tuple(Box(*box) for box in boxes.tolist())


def _contrast(image: PageImage, dark: Pixels) -> Pixels:
    """How much each pixel is darker than the paper around it, or lighter than a dark fill.

    Unlike `responses.ink_response` it does not take close print for a fill: a fill is dark over the
    size of a character, and print inks less than half of it.
    """
    grey, scale = to_grey(image.pixels), image.scale
    height, width = grey.shape
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    fills = _dark_fills(cv2.resize(grey, size, interpolation=cv2.INTER_NEAREST))
    if not fills.any():
        return dark
    square = np.ones((widest_ink(scale),) * 2, np.uint8)
    filled = cv2.resize(fills, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, square)
    return np.asarray(np.where(filled, light, dark), np.uint8)


def _dark_fills(grey: cv2.typing.MatLike) -> Pixels:
    """1 where most pixels around are dark, which is where their median is."""
    dark = (grey < _DARK_FILL).astype(np.uint8)
    size = (_FILL, _FILL)
    count = cv2.boxFilter(dark, cv2.CV_16U, size, normalize=False, borderType=cv2.BORDER_REPLICATE)
    return (count > _FILL * _FILL // 2).astype(np.uint8)


def _inked(response: Pixels) -> Pixels:
    least = noise_threshold(response)
    usual = percentile_above(response, 2 * least, 75)
    level = max(least, _DARKEST_SHARE * (255.0 if usual is None else usual))
    return above(response, level).view(np.uint8)


def _erase(mask: Pixels, rule: Ruling, scale: float) -> None:
    start = (round(rule.x0 * scale), round(rule.y0 * scale))
    end = (round(rule.x1 * scale), round(rule.y1 * scale))
    thickness = max(3, round((rule.thickness + 2 * _BESIDE_RULE) * scale))
    cv2.line(mask, start, end, (0,), thickness)
