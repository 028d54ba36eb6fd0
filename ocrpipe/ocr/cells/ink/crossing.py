"""Ink that runs from one cell into the next: ticks, rings, underlines and grey seals.

Print keeps within the rules of its cell, pens and stamps do not. The stroke is followed over the
rule, which is of the same darkness and hides it there.
"""

from collections.abc import Sequence
from statistics import median_low

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.level_runs import long_runs
from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.page import Pixels
from ocrpipe.quantiles import median, percentile
from ocrpipe.runs import column_extent, find_runs, row_extent

MARGIN = 6.0
"""Points beyond the border that are looked at: more than the beard of a rule, less than a line."""

_RULE_ZONE = 3.0
"""Points to both sides of a border within which its rule lies."""

_RULE_SHARE = 0.5
"""Share of a border's length that a run of ink covers at least to be its rule."""

_LEAST_REACH = 1.2
"""Points that a stroke reaches beyond the rule to both sides at least."""


CROSSED = 0.6
"""The highest confidence of a reading beside or under ink that runs over the cell's border."""

_RING = 0.7
"""Share of a cell's height and width that a ring around its figure takes at least."""

_PEN = 2.5
"""Points that the stroke of a ring takes inwards from its outline, at most; digits are higher."""

_APART = 0.4
"""Heights of a digit: the digits of one number stand closer together than this."""

_THICK, _TOLD, _OPENED = 0.2, 5.0, 0.7
"""The breadth of a stamp's stroke, at least, in heights of a digit and in pixels, of which fewer do
not tell it from print; and the share of it that print has at most."""

_HANGING = 0.4
"""Heights of a digit that what hangs on such a stroke has at least, if it is the rest of one."""

_LINE, _PIECES = 4.0, 4
"""Length of a text in heights of its characters, at least, that of eight digits; and how many of
them are pieces of their own."""

_ALIKE, _JOINED = 1.35, 2.2
"""Height and width of one of its characters, or of two that touch, at most."""

_HIDDEN, _NEXT = 0.3, 1.3
"""Heights of a digit: the width of one, at least, and how far it stands from the next, at most."""


def crossing_ink(mask: Pixels, inner: tuple[slice, slice], scale: float) -> NDArray[np.bool_]:
    """The ink of a cell that goes on beyond a printed rule of its border.

    `mask` (H, W), 0 or 1, shows the cell with its surroundings, and `inner` where the cell lies in
    it; `scale` is pixels a point. Returns a mask of the shape of the cell. Where a border has no
    rule, nothing can be said of the ink that crosses it.
    """
    shape = (inner[0].stop - inner[0].start, inner[1].stop - inner[1].start)
    nothing = np.zeros(shape, dtype=bool)
    rules = _rules(mask, inner, scale)
    if rules is None:
        return nothing
    ink = mask > rules
    inside = int(np.count_nonzero(ink[inner]))
    if not 0 < inside < np.count_nonzero(ink):
        return nothing
    reach = 2 * round(0.6 * _thickness(rules, inner)) + 3
    # As in nearly every cell: no ink on both sides of a rule. A square, which the ellipse lies in,
    # tells most of them in a tenth of the time.
    if not _on_both_sides(ink, rules, inner, np.ones((reach, reach), np.uint8)):
        return nothing
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    if not _on_both_sides(ink, rules, inner, kernel):
        return nothing
    beyond = np.ones(mask.shape, dtype=bool)
    beyond[inner] = False
    near = cv2.dilate(ink.astype(np.uint8), kernel) > 0
    joined = np.where(rules, near, ink).astype(np.uint8)
    count, labels, _, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    inside, outside = labels * (ink & ~beyond), labels * (ink & beyond)
    least = max(3, round(_LEAST_REACH * scale))
    crossing = np.zeros(count, dtype=bool)
    for label in np.intersect1d(inside, outside):
        both = _size(inside == label), _size(outside == label)
        crossing[label] = label > 0 and min(both) >= least
    return np.asarray(crossing[inside[inner]], dtype=bool)


def _on_both_sides(
    ink: NDArray[np.bool_],
    rules: NDArray[np.bool_],
    inner: tuple[slice, slice],
    kernel: cv2.typing.MatLike,
) -> bool:
    """Whether there is ink close to the rules inside the cell and outside of it."""
    beside = ink & (cv2.dilate(rules.view(np.uint8), kernel) > 0)
    inside = np.count_nonzero(beside[inner])
    return 0 < int(inside) < int(np.count_nonzero(beside))


def _size(ink: NDArray[np.bool_]) -> int:
    rows, columns = np.nonzero(ink)
    return int(max(np.ptp(rows), np.ptp(columns))) + 1


def _thickness(rules: NDArray[np.bool_], inner: tuple[slice, slice]) -> float:
    """The breadth in pixels of the rules around a cell, the widest of both directions."""
    across = rules[:, inner[1]].sum(axis=0), rules[inner[0]].sum(axis=1)
    # A border has two sides, and either may have no rule.
    return float(max(median(counts) / 2 for counts in across))


def _rules(mask: Pixels, inner: tuple[slice, slice], scale: float) -> NDArray[np.bool_] | None:
    """Where the rules of the borders run, with their soft edges; None without any."""
    level = _level_rules(mask, inner[0], inner[1], scale)
    upright = _level_rules(mask.T, inner[1], inner[0], scale)
    if level is None or upright is None:
        return level if upright is None else np.ascontiguousarray(upright.T)
    return level | upright.T


def _level_rules(
    mask: Pixels, rows: slice, columns: slice, scale: float
) -> NDArray[np.bool_] | None:
    """Where the rules at the upper and the lower border run; None where neither has one."""
    zone = max(2, round(_RULE_ZONE * scale))
    width = columns.stop - columns.start
    length = max(8, round(_RULE_SHARE * width))
    bands = [
        slice(max(0, border - zone), min(mask.shape[0], border + zone))
        for border in (rows.start, rows.stop)
    ]
    rules: NDArray[np.bool_] | None = None
    for band, runs in zip(bands, long_runs([mask[band] for band in bands], length), strict=True):
        covered = np.count_nonzero(runs[:, columns].max(axis=0, initial=0))
        if runs.size and covered >= _RULE_SHARE * width:
            rules = np.zeros(mask.shape, dtype=bool) if rules is None else rules
            rules[band] |= runs > 0
    return rules


def is_text(strange: Sequence[Part], own: Sequence[Part], scale: float) -> bool:
    """Whether ink that joins with ink beyond a rule is of the cell's text: where rows are set so
    close that their characters touch the rules, those of two rows meet there.

    `strange` are its parts in the cell and `own` the others. Each of them is as high as the
    characters of its line, and that is too long for a figure and of more pieces than a pen leaves
    of a ring. `scale` is pixels a point.
    """
    characters = [part for part in (*own, *strange) if part.height >= LEAST_TEXT * scale]
    if len(characters) < _PIECES:
        return False
    em = median_low([part.height for part in characters])
    return all(
        part.height <= _ALIKE * em
        and part.width <= _JOINED * em
        and _is_line([other for other in characters if _beside(part, other)], em)
        for part in strange
    )


def _is_line(parts: Sequence[Part], em: float) -> bool:
    return len(parts) >= _PIECES and sum(part.width for part in parts) >= _LINE * em


def _beside(part: Part, other: Part) -> bool:
    """Whether two parts stand on one line: half of the lower one is as high as the other."""
    shared = min(part.y1, other.y1) - max(part.y0, other.y0)
    return 2 * shared >= min(part.height, other.height)


def trust_beside(foreign: NDArray[np.bool_], own: NDArray[np.bool_], height: float) -> float:
    """How sure a reading can be at most when foreign ink stands beside what is read: it may hide a
    digit that it touches, and one digit of this height is seldom far from the next."""
    if not own.any() or _hides_a_digit(foreign, own, height) or _runs_through(foreign, height):
        return CROSSED
    distance = cv2.distanceTransform((~foreign).astype(np.uint8), cv2.DIST_L2, 3)
    return 1.0 if float(distance[own].min()) > _APART * height else CROSSED


def runs_around(foreign: NDArray[np.bool_], scale: float) -> bool:
    """Whether foreign ink (H, W), the whole of a cell's, is a ring around its middle and nothing
    else: a figure that it ran through would reach farther in than the ring's stroke."""
    ys, xs = np.nonzero(foreign)
    height, width = foreign.shape
    if np.ptp(ys) < _RING * height or np.ptp(xs) < _RING * width:
        return False
    outline = cv2.convexHull(np.stack([xs, ys], axis=1).astype(np.int32))
    inside = np.zeros((height + 2, width + 2), np.uint8)
    cv2.fillConvexPoly(inside, outline + 1, (1,))
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[1:-1, 1:-1]
    middle = depth[height // 2, width // 2]
    return bool(depth[foreign].max() <= _PEN * scale < middle)


def _hides_a_digit(foreign: NDArray[np.bool_], own: NDArray[np.bool_], height: float) -> bool:
    """Whether foreign ink on the line of what is read, and beside it, is as wide as a digit: one
    that a stroke runs through is taken for a piece of the stroke, and the others are read alone."""
    rows, (left, right) = row_extent(own), column_extent(own)
    beside = foreign[slice(*rows)].any(axis=0)
    return any(
        end - start >= _HIDDEN * height and max(start - (right - 1), left - end) <= _NEXT * height
        for start, end in find_runs(np.asarray(beside, dtype=bool))
    )


def _runs_through(foreign: NDArray[np.bool_], height: float) -> bool:
    """Whether thin strokes as long as a part of a digit hang on a thick one: print that a stamp
    runs through, and that went with it."""
    ink = foreign.astype(np.uint8)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    breadth = 2 * percentile(depth[foreign], 95) - 1
    if breadth < max(_TOLD, _THICK * height):
        return False
    size = round(_OPENED * breadth)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    thick = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
    hanging = (foreign & (thick == 0)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(hanging, connectivity=8)
    return bool((stats[1:, cv2.CC_STAT_HEIGHT] >= _HANGING * height).any())
