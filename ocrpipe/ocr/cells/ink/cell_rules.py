"""Erasing from a cell what its own rules left at its borders, and no stroke of its print."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.ocr.cells.ink.level_runs import long_runs
from ocrpipe.page import Pixels

RULE_ZONE = 3.0
"""Points from a cell's border within which the rule (half of it lies inside, and it may be double
or a little off) is looked for."""

_AT_BORDER = 0.6
"""Points from the border within which a rule has ink somewhere along it, unless it is off."""

_PIECE_SHARE = 0.5
"""Share of the side of a cell that a piece of its rule covers at least."""

_PALE_SHARE = 0.2
"""The same of all that is inked of a rule as pale as the level of ink; the tops of the figures of
the next row, which are as near to the border, take less."""

_WHOLE_SHARE = 0.8
"""Share of the side that a rule covers which lies apart from the border: it is double, or the box a
little off. The stem of a 1 or the side of a 0 beside the rule is shorter."""

_ASIDE = 8.0
"""Points from the border within which a rule lies where the edges of the cell are those of text."""

_THICKEST = 1.5
"""Points: the height of a rule so far inside, which no print beside it has joined."""


def without_rules(mask: Pixels, scale: float) -> Pixels:
    """The ink `mask` (H, W), 0 or 1, of a cell without its rules; `scale` is pixels a point."""
    clean = mask.copy()
    _erase_level_rules(mask, clean, scale)
    _erase_level_rules(mask.T, clean.T, scale)
    _erase_rules_aside(mask, clean, scale)
    _erase_rules_aside(mask.T, clean.T, scale)
    return clean


def _erase_level_rules(mask: Pixels, clean: Pixels, scale: float) -> None:
    """Set `clean` to 0 where `mask` has a level rule near its upper or lower border."""
    height, width = mask.shape
    zone = min(max(2, round(RULE_ZONE * scale)), height // 3)
    length = max(8, round(_PIECE_SHARE * width))
    near = max(2, round(_AT_BORDER * scale))
    # Both begin at the border.
    bands = (mask[:zone], mask[height - zone :][::-1])
    cleaned = (clean[:zone], clean[height - zone :][::-1])
    for band, place, runs in zip(bands, cleaned, long_runs(bands, length), strict=True):
        rule = runs > 0
        if rule[near + 1 :].any():
            rule &= ~_strokes(np.ascontiguousarray(band), near)
        place[rule] = 0
        place[_crumbs(band, place, near)] = 0


def _crumbs(band: Pixels, left: Pixels, near: int) -> NDArray[np.bool_]:
    """What is `left` of a rule along the border of a band, where it is as pale as the level from
    which there is ink: pieces too short for a rule, none of which reaches further inside."""
    crumbs = np.zeros(band.shape, bool)
    if band[:near].max(axis=0, initial=0).mean() < _PALE_SHARE or not left[:near].any():
        return crumbs
    labels, stats = connected_parts(np.ascontiguousarray(left[: near + 1]))
    low = stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT] <= near
    low[0] = False
    crumbs[: near + 1] = low[labels]
    return crumbs


def _erase_rules_aside(mask: Pixels, clean: Pixels, scale: float) -> None:
    """Set `clean` to 0 where a level stroke runs from end to end of the cell near its border: no
    print does."""
    height, width = mask.shape
    zone = min(round(_ASIDE * scale), height // 3)
    for rows in (slice(0, zone), slice(height - zone, height)):
        if not clean[rows].any():
            continue
        band = np.ascontiguousarray(mask[rows])
        if not band.max(axis=0, initial=0).all():
            continue
        _, labels, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
        thin = stats[:, cv2.CC_STAT_HEIGHT] <= max(2.0, _THICKEST * scale)
        through = thin & (stats[:, cv2.CC_STAT_WIDTH] == width)
        through[0] = False
        if through.any():
            clean[rows][through[labels]] = 0


def _strokes(band: Pixels, near: int) -> NDArray[np.bool_]:
    """Ink of a band along the border, its first row, that is too short for a rule so far inside."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(band, connectivity=8)
    apart = stats[:, cv2.CC_STAT_TOP] >= near
    short = stats[:, cv2.CC_STAT_WIDTH] < _WHOLE_SHARE * band.shape[1]
    strokes = apart & short & (np.arange(count) > 0)
    # A rule with gaps is short in each of its pieces.
    covered = np.isin(labels, np.flatnonzero(strokes)).any(axis=0).mean()
    if covered >= _WHOLE_SHARE:
        strokes[:] = False
    return np.asarray(strokes[labels], dtype=bool)
