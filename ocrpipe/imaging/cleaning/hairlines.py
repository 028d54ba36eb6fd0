"""Hairlines of tables, far paler than their print, made dark.

A rule much thinner than a pixel comes out of a renderer or a scanner a few grey levels darker than
its paper: less than grain and compression do at any one place, and still all along it.
"""

import logging
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.imaging.paper import normalized
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median, percentile_above
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

# Lengths in points.
_ALONG = 30.0
_SHORTEST = 40.0
_SMOOTHED = 1.8
_BESIDE = (0.7, 1.8)
"""Between these, on either side, is the paper that a hairline is darker than."""

_DARKER = 1.0
"""Grey levels: the least that a raster can hold."""

_SHARE = 0.75
"""Share of the length that is darker than both sides: grain alone is a third, print the half."""

_CONTRAST = (1.5, 22.0)
"""Grey levels of a hairline; what is darker is found without help."""

_LIKE = 2.0
"""Contrast in that of most hairlines of a page up to which a rule is one of them: where the ink of
a page runs out by places, those of one table had 8 to 28 grey levels, and the pale half drawn dark
made the others too pale beside it."""

_PALER = 0.3
"""Contrast of a hairline in that of most of its page, at least; grain makes paler ones."""

_ECHO, _ALONG_RULE = 8.0, 0.8
"""Points from a dark rule within which a hairline along it, with such a share of its length, is
its echo: compression rings in blocks of 8 pixels, or of 16 for colour, 8 points at 150 dpi."""

_FEWEST = 4
"""Hairlines each way of a table. A crease, a streak or the edge of a shadow is alone."""

_CLIPPED = 2 * _CONTRAST[1]
"""Grey levels up to which print that stands on a hairline counts."""

_MOST_PRINTED = 0.25
"""Share of the length of a hairline that is as dark as print which touches it, at most."""

_SOLID = 0.78
"""Share of the pixels of hairlines that are darker than both sides: 0.82 and more under the grain
of shadows, less of dotted rules, which are found by their dots."""

_LONG, _WHOLE = 0.4, 0.5
"""Share of the longest rule from which a hairline is long, and of the length of all hairlines that
long ones have: where grain hides most of them, the remains make no table."""

_TAIL, _MEETS = 15.0, 2.0
"""Points by which a hairline is found longer than it is, at most: grain goes on where it ends, and
print that stands there; no column is as narrow. By as much it misses another one that it ends at.
"""

_PRINT = 75
"""Percentile of what is darker than the hairlines of a page that stands for its print."""

_FAR_PALER = 5.0
"""Darkness of print in that of hairlines, at least: 7 to 26 on pages whose rules are lost without
help. On faint ones, whose rules are found as they are, it is 2.6 to 3.1."""

_DARK = 0.4
"""Share of its brightness that is left of a hairline."""


@timed("hairlines")
def with_dark_hairlines(image: PageImage) -> PageImage:
    """The page with the hairlines of its tables drawn dark.

    Args:
        image: The upright page, straight to a few tenths of a degree; BGR or grey.

    A page without a lattice of them, or with more dark rules than hairlines, is returned as it is,
    and so is a faint one, whose print is hardly darker.
    """
    grey = to_grey(image.pixels)
    across = _hairlines(grey, image.scale)
    if across is None:
        return image
    down = _hairlines(np.asarray(cv2.transpose(grey), np.uint8), image.scale)
    if down is None:
        return image
    down = np.ascontiguousarray(down.T)
    tails = [_tails(across, down, image.scale), _tails(down.T, across.T, image.scale).T]
    mask = (across & (1 - tails[0]) | down & (1 - tails[1])) > 0
    if not _far_paler_than_print(mask, grey, image.scale):
        return image
    logger.debug("hairlines over %.2f%% of the page", 100 * float(np.mean(mask)))
    pixels = image.pixels.copy()
    pixels[mask] = np.rint(pixels[mask] * _DARK).astype(np.uint8)
    return replace(image, pixels=pixels)


def _tails(lines: Pixels, crossing: Pixels, scale: float) -> Pixels:
    """1 on what hairlines along x have beyond the outermost ones that they cross."""
    tail, near = round(_TAIL * scale), round(_MEETS * scale)
    joined = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((3, 2 * tail + 1), np.uint8))
    labels, stats = connected_parts(np.asarray(joined, np.uint8))
    met = cv2.dilate(crossing, np.ones((2 * near + 1, 1), np.uint8))
    found = np.zeros_like(lines)
    for label, (x, y, width, height, _) in enumerate(stats.tolist()):
        place = np.s_[y : y + height, x : x + width]
        own = labels[place] == label
        crossings = np.flatnonzero((own & (met[place] > 0)).any(axis=0))
        if label == 0 or not len(crossings):
            continue
        first, last = int(crossings[0]), int(crossings[-1]) + 1
        if first <= tail:
            found[place][:, :first] |= own[:, :first]
        if width - last <= tail:
            found[place][:, last:] |= own[:, last:]
    return found


def _far_paler_than_print(mask: NDArray[np.bool_], grey: Pixels, scale: float) -> bool:
    down = _darker(np.asarray(cv2.transpose(grey), np.uint8), scale).T
    level = median(np.maximum(_darker(grey, scale)[mask], down[mask]))
    printed = percentile_above(255 - normalized(grey), 2 * level, _PRINT)
    return printed is not None and printed >= _FAR_PALER * level


def _hairlines(grey: Pixels, scale: float) -> Pixels | None:
    """1 on the hairlines along x of a page; None where they are few, or dark rules are more."""
    height, width = grey.shape
    step = max(1, round(_SMOOTHED * scale))
    # OpenCV shrinks by a whole number three times as fast; no table reaches the edge of a sheet.
    size = (max(1, width // step), height)
    even = grey[:, : size[0] * step]
    small = cv2.resize(even, size, interpolation=cv2.INTER_AREA)
    darker = _darker(np.asarray(small, np.uint8), scale)
    on = (darker >= _DARKER).astype(np.float32)
    along = max(3, round(_ALONG * scale / step))
    shortest = np.ones((1, round(_SHORTEST * scale / step)), np.uint8)
    whole = (cv2.blur(on, (along, 1)) >= _SHARE).astype(np.uint8)
    whole = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, shortest))
    if not whole.any():
        return None
    contrast = np.asarray(cv2.blur(np.clip(darker, -_CLIPPED, _CLIPPED), (along, 1)), np.float32)
    pale = _pale(whole, contrast, darker >= _CLIPPED, along, round(_ECHO * scale))
    if pale is None:
        return None
    # Half of what is averaged at an end of a hairline is beyond it.
    around = cv2.dilate(pale, np.ones((3, along // 2 | 1), np.uint8))
    ends = (cv2.blur(on, (max(3, along // 4), 1)) >= _SHARE).astype(np.uint8)
    found = cv2.max(pale, cv2.min(around, ends))
    mask = np.zeros_like(grey)
    mask[:, : even.shape[1]] = cv2.resize(found, even.shape[::-1], interpolation=cv2.INTER_NEAREST)
    solid = float(np.mean(_darker(grey, scale)[mask > 0] >= _DARKER))
    return mask if solid >= _SOLID else None


def _pale(
    whole: Pixels,
    contrast: NDArray[np.float32],
    printed: NDArray[np.bool_],
    along: int,
    echo: int,
) -> Pixels | None:
    """`whole` without what is darker than a hairline, and without the echoes that this has within
    `echo` rows; None where that is most of it.

    `printed`: where it is as dark as print, as the strokes of characters below each other are.
    """
    # A hairline lies over two rows, and over others where the page is not quite straight.
    joined = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, np.ones((3, along), np.uint8))
    labels, stats = connected_parts(np.asarray(joined, np.uint8))
    levels = np.zeros(len(stats), np.float32)
    solid = np.zeros(len(stats), bool)
    for label in range(1, len(stats)):
        x, y, width, height = (int(value) for value in stats[label][:4])
        place = np.s_[y : y + height, x : x + width]
        own = printed[place] & (labels[place] == label)
        share = float(np.mean(own.any(axis=0)))
        solid[label] = share >= _SOLID
        if share <= _MOST_PRINTED:
            levels[label] = np.median(contrast[place].max(axis=0))
    # What reaches an edge of the page is a streak of the scanner.
    ends = stats[:, cv2.CC_STAT_LEFT] + stats[:, cv2.CC_STAT_WIDTH]
    levels[(stats[:, cv2.CC_STAT_LEFT] == 0) | (ends == whole.shape[1])] = 0
    pale = (levels >= _CONTRAST[0]) & (levels < _CONTRAST[1])
    middle = median(levels[pale]) if pale.any() else 0.0
    darkest = max(_CONTRAST[1], _LIKE * middle)
    dark = int(np.sum(levels >= darkest))
    pale = (levels >= max(_CONTRAST[0], _PALER * middle)) & (levels < darkest)
    pale &= ~_echoes(stats, solid | (levels >= darkest), echo)
    lengths = stats[:, cv2.CC_STAT_WIDTH] * pale
    long = lengths >= _LONG * int(stats[1:, cv2.CC_STAT_WIDTH].max())
    if pale.sum() < max(_FEWEST, dark) or lengths[long].sum() < _WHOLE * lengths.sum():
        return None
    return np.asarray(pale[labels] & (whole > 0), np.uint8)


def _echoes(stats: NDArray[np.int32], dark: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Which parts (n, 5) run along a `dark` one within so many rows of it."""
    left, top, width, height, _ = stats.T
    found = np.zeros(len(stats), bool)
    for x, y, wide, high, _ in stats[dark].tolist():
        beside = np.minimum(left + width, x + wide) - np.maximum(left, x) >= _ALONG_RULE * width
        found |= beside & (top - reach < y + high) & (y < top + height + reach)
    return found & ~dark


def _darker(grey: Pixels, scale: float) -> NDArray[np.float32]:
    """By how many grey levels each pixel is darker than both what is above and what is below."""
    near, far = (max(1, round(way * scale)) for way in _BESIDE)
    band = far - near + 1
    side = cv2.blur(grey, (1, band)).astype(np.float32)
    away = near + band // 2
    beside = np.minimum(np.roll(side, away, axis=0), np.roll(side, -away, axis=0))
    return np.asarray(beside - grey, np.float32)
