"""Rules on grey fills that are hardly darker than these, or lighter, drawn dark.

The heads of many tables stand on grey, with white rules between them or with grey ones. Of all that
is pale on a page only what is on such a fill is looked at here: the fill is even, and a line on it
shows by a few grey levels.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.imaging.cleaning.fill_lines import FillLine, between_others, lines_along
from ocrpipe.imaging.cleaning.grey_fills import grey_fills
from ocrpipe.imaging.paper import LookedOver, looked_over
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median, percentile
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

# Lengths in points.
_RULES, _WALLS = (24.0, 60.0), (9.0, 24.0)
"""Lengths of rules across a fill, and of walls in it, which are looked for."""

_EDGE = 3.0
"""From the edge of a fill, or a dark rule, within which a light line is what a scanner's sharpening
makes beside it."""

_ECHO, _CLEAR = 8.0, 8.0
"""From there, within which a line of fewer grey levels is an echo of it: compression rings in
blocks of 8 pixels."""

_ALONG = 0.5
"""Share of a line along which another one is beside it."""

_PLAIN = 40.0
"""Grey levels from which a dark rule is found, and followed, without help."""

_OF_PRINT, _PRINT_SHARE = 0.35, 0.3
"""Share of the contrast of a fill's print below which a dark line is pale, and percent of the fill
that are as dark as print at least."""

_LONG, _PALER, _DARKER = 12.0, 0.4, 3.75
"""Length from which a line is none of a character; contrast of each rule of a fill in that of the
strongest of such ones, as noise makes paler lines; and in that at most, as print is darker."""

_PALEST = 5.0
"""Grey levels of those at least: the blocks of compression make seams of up to 4."""

_REACH, _ROUNDS = 6.0, 3
"""From the end of a rule to another one, or to the edge of the fill, at most: where rules cross,
the fill is not beside them; and how often those that end at none are left out."""

_DRAWN = 1.0
"""How thick a rule is drawn."""

_DARK = 0.4
"""Share of the brightness of its fill that is left of a rule."""

_LIGHT = 180
"""Grey level that a fill with such rules is lifted to: light rules are looked for on those that are
darker than 170."""


@timed("rules on fills")
def with_rules_on_fills(image: PageImage, overview: LookedOver | None = None) -> PageImage:
    """The page with the pale and the light rules of its grey fills drawn dark.

    Args:
        image: The upright page, straight to a few tenths of a degree; BGR or grey.
        overview: The page `looked_over`, where that is known.

    A page without such rules is returned as it is.
    """
    small, factor = overview or looked_over(image)
    grey = to_grey(image.pixels)
    pixels = None
    for fill in grey_fills(small, image.scale * factor):
        # Without what is left of the paper, or of a dark frame, at its edges.
        left, top = round((fill.x + 1) / factor), round((fill.y + 1) / factor)
        right = round((fill.x + fill.width - 1) / factor)
        place = np.s_[top : round((fill.y + fill.height - 1) / factor), left:right]
        mask = _rules_in(grey[place], image.scale)
        if mask is not None:
            pixels = image.pixels.copy() if pixels is None else pixels
            level = median(grey[place])
            # On a dark fill, what is left of it between a rule and print would be a light rule.
            lift = max(0, round(_LIGHT - level))
            pixels[place] = np.minimum(pixels[place], 255 - lift) + np.uint8(lift)
            pixels[place][mask] = round(_DARK * level)
    if pixels is None:
        return image
    logger.debug("rules drawn dark on grey fills")
    return replace(image, pixels=pixels)


def _rules_in(part: Pixels, scale: float) -> NDArray[np.bool_] | None:
    """(H, W): where a fill has pale or light rules, None without any."""
    if min(part.shape) <= 2 * _EDGE * scale:
        return None
    print_level = _OF_PRINT * (median(part) - percentile(part, _PRINT_SHARE))
    plain = min(_PLAIN, print_level)
    upright = np.ascontiguousarray(part.T)
    across = lines_along(part, _RULES, plain, scale)
    down = lines_along(upright, _WALLS, plain, scale)
    strongest = [
        _strongest(((across, len(part)), (down, len(upright))), plain, scale, light=light)
        for light in (False, True)
    ]
    across, down = (
        [
            line
            for line in lines
            if _is_plain(line, plain)
            or (least := _PALER * strongest[line.light]) <= line.contrast <= _DARKER * least > 0
        ]
        for lines in (across, down)
    )
    rules = _chosen(across, len(part), plain, scale)
    walls = _chosen(down, len(upright), plain, scale)
    dark = [[line for line in lines if _is_plain(line, plain)] for lines in (across, down)]
    for _ in range(_ROUNDS):
        rules = between_others(rules, [*walls, *dark[1]], part.shape[1], _REACH * scale)
        walls = between_others(walls, [*rules, *dark[0]], part.shape[0], _REACH * scale)
    mask = _drawn(rules, part, scale) | _drawn(walls, upright, scale).T
    return mask > 0 if mask.any() else None


def _strongest(
    both: Iterable[tuple[Sequence[FillLine], int]], plain: float, scale: float, *, light: bool
) -> float:
    """The contrast of the strongest long rule of a fill, of the long ones, that are light or pale;
    0 without any. `both`: the lines along x, those along y, and how many rows there are across."""
    strongest = max(
        (
            line.contrast
            for lines, size in both
            for line in lines
            if line.light == light and not _is_plain(line, plain)
            if line.x1 - line.x0 >= _LONG * scale
            if _EDGE * scale < line.middle < size - 1 - _EDGE * scale
        ),
        default=0.0,
    )
    return strongest if strongest >= _PALEST else 0.0


def _is_plain(line: FillLine, plain: float) -> bool:
    return not line.light and line.contrast >= plain


def _chosen(lines: Sequence[FillLine], height: int, plain: float, scale: float) -> list[FillLine]:
    """The lines along x that are rules which need help, and no echoes of others."""

    def near(line: FillLine, reach: float) -> bool:
        """Whether an edge of the fill, or a dark rule along it, is within so many points."""
        at_edge = min(line.middle, height - 1 - line.middle) <= reach * scale
        return at_edge or any(
            other.is_beside(line, reach * scale, _ALONG) for other in dark if other is not line
        )

    dark = [line for line in lines if _is_plain(line, plain)]
    return [
        line
        for line in lines
        if not _is_plain(line, plain)
        and not (line.light and near(line, _EDGE))
        and (line.contrast >= _CLEAR or not near(line, _ECHO))
        and not any(
            other.light != line.light
            and other.contrast > line.contrast
            and other.is_beside(line, _EDGE * scale, _ALONG)
            for other in lines
        )
    ]


def _drawn(lines: Sequence[FillLine], raster: Pixels, scale: float) -> NDArray[np.uint8]:
    mask = np.zeros(raster.shape, np.uint8)
    for line in lines:
        start, end = (line.x0, round(line.y0)), (line.x1, round(line.y1))
        cv2.line(mask, start, end, [1], max(1, round(_DRAWN * scale)))
    return mask
