"""Pale rules, and the edges of pale fills, of pictures that came off no paper, made dark.

Pages of the web part the cells of their tables by hues that differ by a few grey levels, which no
scanner would keep. A picture taken of the screen has them exactly: what is level in it is so to
the last bit, and a line of any contrast is one that was drawn.
"""

import logging

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_PALEST, _PLAIN = 2, 64
"""Grey levels by which a rule, or a fill, differs from what is beside it: at least, and from where
on it is seen without help."""

_GRAIN = 2
_NEAR = 7
_LEAST_FLAT, _MOST_GRAIN = 0.5, 2e-4
"""The faintest differences in grey level, and the pixels about others in which enlarging a picture
makes such ones; shares of pixels without any difference at least, and of those with a faint one
away from others at most: every lossy picture has more about its strokes."""

_LEAST_LONG = 0.6
"""Share of the pale steps away from print that are of long lines, at least. Strong compression
leaves blocks that are level, too, and their edges are short."""

_SHORTEST = 28.0
"""Points: longer than a stroke of a character, or a dash of two."""

_WIDEST = 4.0
_DRAWN = 0.7
_SEAM = 2.0
"""Points: the widest rule, how wide it is drawn, and how close to a dark one none is."""

_DARK = 110


@timed("pale rules")
def with_dark_rules(image: PageImage) -> PageImage:
    """The page with its pale rules and the edges of its pale fills drawn dark.

    Args:
        image: The upright page, BGR or grey.

    A page that was scanned, photographed or strongly compressed is returned as it is, and so is
    one without such rules.
    """
    grey = to_grey(image.pixels)
    if not _is_drawn(grey) or _has_blocks(grey, image.scale):
        return image
    down = np.ascontiguousarray(grey.T)
    along_x, along_y = (_long(_steps(one) >= _PALEST, image.scale) for one in (grey, down))
    mask = _lines(grey, along_y.T, image.scale) | _lines(down, along_x.T, image.scale).T
    if not mask.any():
        return image
    logger.debug("pale rules over %.2f%% of the page", 100 * float(np.mean(mask > 0)))
    pixels = image.pixels.copy()
    pixels[mask > 0] = _DARK
    return PageImage(pixels, image.scale, image.hidden)


def _is_drawn(grey: Pixels) -> bool:
    """Whether a picture is level to the last bit wherever nothing is drawn."""
    rows = grey[::5]
    level = rows[:, 1:] == rows[:, :-1]
    if np.count_nonzero(level) < _LEAST_FLAT * level.size:
        return False
    steps = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    plain = cv2.dilate((steps > _GRAIN).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    return int(np.count_nonzero((steps > 0) & (plain == 0))) <= _MOST_GRAIN * steps.size


def _has_blocks(grey: Pixels, scale: float) -> bool:
    """Whether most pale steps away from print are of no long line."""
    steps = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    plain = cv2.dilate((steps >= _PLAIN).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8))
    pale = (steps >= _PALEST) & (plain == 0)
    long = (_long(pale, scale) | _long(np.ascontiguousarray(pale.T), scale).T) > 0
    return bool(np.count_nonzero(long & pale) < _LEAST_LONG * np.count_nonzero(pale))


def _steps(grey: Pixels) -> Pixels:
    """By how much each pixel and those above and below it differ."""
    return np.asarray(cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 1), np.uint8)))


def _long(mask: NDArray[np.bool_], scale: float) -> Pixels:
    """What of a mask is long along x, as 0 or 1."""
    along = np.ones((1, round(_SHORTEST * scale)), np.uint8)
    return np.asarray(cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, along))


def _lines(grey: Pixels, crossing: Pixels, scale: float) -> Pixels:
    """1 on the middle of each pale line or edge along x; it goes on where others cross it."""
    steps = _steps(grey)
    # Enlarging a picture makes pale seams along its dark rules.
    beside = np.ones((2 * round(_SEAM * scale) + 1, 1), np.uint8)
    plain = cv2.dilate(_long(steps >= _PLAIN, scale), beside)
    pale = (steps >= _PALEST) & (steps < _PLAIN) & (plain == 0)
    long = _long(pale | (crossing > 0), scale)
    # Both sides of one rule.
    side = max(3, round(_DRAWN * 2 * scale)) | 1
    joined = np.asarray(cv2.morphologyEx(long, cv2.MORPH_CLOSE, np.ones((side, 1), np.uint8)))
    drawn = np.zeros_like(grey)
    thickness = max(2, round(_DRAWN * scale))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, width, height, _ in stats[1:].tolist():
        if height <= _WIDEST * scale:
            top = y + (height - thickness) // 2
            drawn[max(0, top) : top + thickness, x : x + width] = 1
    return drawn
