"""The stretches of lines between crossing ones, and the likelihood that each has a wall.

Each point along a slot that is inked, or that is not, is likelier with a wall or without one (a
likelihood ratio, with wear as a mixture of the shares of a rule that it may leave).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.runs import find_runs, longest_run
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.follow import Line, crossings_of
from ocrpipe.tables.rulings.slot_ink import ink_along
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.surroundings import (
    inked_beside,
    is_between_print,
    is_bracket,
    is_dark,
)

# Lengths in points.
THINNEST_SLOT = 5.0
"""Lines that are closer are those of one double rule."""

LONGEST_GAP = 30.0
"""Of a wall that wear takes at once, at most."""

_END = 1.2
"""Of a slot beside the rules at its ends, where their ink is."""

_REACH, _REMOTE = 150.0, 40.0
"""Beyond the ends of a line that it may go on at all, and from which on that is a guess."""

_STEPS, _BESIDE = (0.0, -0.6, 0.6), (1.0, 1.7, 2.5)
"""From the middle of a line to where its own ink may be, and from its sides to that of others."""

_IN_PRINT = 2.0
"""Of a line between two places with print beside them that it passes through."""

_AT_END, _OFF_RULES, _PAPER, _PIECE = 3.0, 2.0, 0.8, 2.0
"""Paper between an end of a slot and a dash, a stroke among other print, or any ink that floats in
it, at least; and what begins at an end and is more than the soft edge of the rule there."""

_FAX_GAP = 1.5
"""Left by a coarse fax in any stroke."""

_CHARACTER, _HEADING = 12.0, 24.0
"""Height of a character, at most, in a table and in a heading."""

_CROSSED_STROKE = 0.25
"""Share of a stroke that others of its character cross, at least: none cross a rule."""

INDEPENDENT = 4.0
"""Of a rule, that wear together."""

_BESIDE_INK = 0.3
"""Share of the middle of a slot with print close by, from which on its ink may be of that print."""

_ALL_INK = 0.95
"""Share of the ink of a slot that a dash in it is."""

_FILLED = 0.97
"""Share of a slot that is low which a wall in it fills."""

_INK = 0.45
"""Share of a line's contrast from which a pixel is its ink."""

_PALE = 0.4
"""Share of a line's contrast up to which a pixel beside it is paper: less than is its ink."""

_HIGHEST_SPECK, _LOST_ROWS = 3.0, 1.5
"""What a rule is worn to is no higher, as `dots` has it; and paper that a coarse fax leaves between
the top of a character and the rest of it, at most."""

_STEM = 4.0
"""Points of a run of ink from which it may be a stem, or the side of a 0, in print of 6 points."""

_WORN_TO = np.array([0.15, 0.3, 0.5, 0.7, 0.85, 0.97])
"""Shares of a wall that may be left."""

_TEXT_INK = np.array([0.02, 0.15, 0.35, 0.6])
"""Shares of a line without a wall that may be inked where text is close by."""

_CLEAR_INK = np.array([0.015])
"""The same where nothing is close: dust."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A stretch of a line between two crossing lines, and the log odds that it has a wall."""

    line: int
    stroke: Stroke
    on: NDArray[np.bool_]
    near: NDArray[np.bool_]
    crossed: int
    remote: bool
    odds: float = 0.0

    @property
    def is_wall(self) -> bool:
        return self.odds > 0


def slots_of(
    lines: Sequence[Line],
    across: Sequence[Line],
    found: Candidates,
    scale: float,
    least: float = 0.0,
) -> list[Slot]:
    """The slots of lines of which strokes take a share of at least `least`.

    With a `least`, the lines are no known ones: any ink that may be a stroke of print has it near.
    """
    return [
        slot
        for index, line in enumerate(lines)
        for start, end in pairwise(crossings_of(line, across, scale))
        if end - start >= THINNEST_SLOT * scale
        and start < line.end + _REACH * scale
        and end > line.start - _REACH * scale
        and (not least or line.covered(start, end) >= least)
        and (slot := _slot(index, line, start, end, found, scale, least)) is not None
    ]


def _slot(
    index: int, line: Line, start: float, end: float, found: Candidates, scale: float, least: float
) -> Slot | None:
    stroke = Stroke(start, line.y_at(start), end, line.y_at(end), line.thickness, line.contrast)
    margin = _END * scale + stroke.thickness / 2 + 1
    xs = np.arange(round(start + margin), round(end - margin))
    xs = xs[(xs >= 0) & (xs < found.ink.shape[1])]
    if len(xs) < 2:
        return None
    level = _INK * stroke.contrast
    rows = ink_along(stroke, found.fine, xs, [step * scale for step in _STEPS]) > level
    aside = [stroke.thickness / 2 + distance * scale for distance in _BESIDE]
    beside = ink_along(stroke, found.ink, xs, [side * way for side in (-1, 1) for way in aside])
    near, both = beside.max(axis=0) > level, beside[[0, len(aside)]].min(axis=0) > level
    on = max(rows, key=lambda row: (int(row[~near].sum()), int(row.sum())))
    if is_dark(stroke, xs, on, found):
        # Between a rule and print a little way off, the ink response shows no paper.
        ways = [side * way for side in (-1, 1) for way in aside]
        printed = inked_beside(stroke, xs, found, ways)
        near &= _within_reach(printed, round(_IN_PRINT * scale))
        both &= printed[[0, len(aside)]].all(axis=0)
    near &= ~_long_runs(on, on & both, scale)
    specks = _are_specks(on, beside > level, scale) and not least
    apart = _is_apart(stroke, xs, found, aside[0], scale) if specks else np.zeros_like(on)
    if specks and apart[on].all():
        near &= ~apart
    else:
        near |= _stroke_of_print(stroke, xs, on, near, found, scale)
    if floats(on, scale) and is_bracket(stroke, xs, on, found, scale):
        near |= on
    crossed = int((on & both).sum())
    remote = start > line.end + _REMOTE * scale or end < line.start - _REMOTE * scale
    return Slot(index, stroke, on, near, crossed, remote)


def _are_specks(on: NDArray[np.bool_], beside: NDArray[np.bool_], scale: float) -> bool:
    """Whether the ink of a slot (n,) is shorter than any stem, and has print (m, n) on one side of
    its line alone: what figures are set against is a rule, and none of their strokes."""
    sides = [bool(side.any()) for side in np.split(beside, 2)]
    return sum(sides) == 1 and 0 < longest_run(on) < _STEM * scale


def _stroke_of_print(
    stroke: Stroke,
    xs: NDArray[np.intp],
    on: NDArray[np.bool_],
    near: NDArray[np.bool_],
    found: Candidates,
    scale: float,
) -> NDArray[np.bool_]:
    """The ink of a slot (n,) that may be a dash or a stroke of a character."""
    dash = dash_of(on, scale, _ALL_INK)
    # Print on both sides of the stem of a character is that of the same word.
    if int(dash.sum()) > _CHARACTER * scale and is_between_print(stroke, xs, on, found, scale):
        dash[:] = False
    return dash | _among_print(on, near | dash, scale)


def _is_apart(
    stroke: Stroke, xs: NDArray[np.intp], found: Candidates, reach: float, scale: float
) -> NDArray[np.bool_]:
    """Where there is paper on both sides of a line (n,), within `reach` pixels of its middle, and
    no ink on the line that belongs to print beside it, as the top of a character does."""
    most = round(_HIGHEST_SPECK * scale)
    ways = np.arange(-2 * most, 2 * most + 1)
    rows = stroke.rows_at(xs, ways[:, None].astype(np.float64))
    height = found.grey.shape[0]
    paper = found.grey[np.clip(rows, 0, height - 1), xs] > found.paper - _PALE * stroke.contrast
    first, last = (paper[(way * ways >= 1) & (way * ways <= reach)] for way in (-1, 1))
    gap = np.ones((round(_LOST_ROWS * scale), 1), np.uint8)
    ink = cv2.morphologyEx(np.asarray(~paper, np.uint8), cv2.MORPH_CLOSE, gap)
    labels, stats = connected_parts(np.asarray(ink, np.uint8))
    high = stats[:, cv2.CC_STAT_HEIGHT] > most
    high[0] = False
    of_print = high[labels[np.abs(ways) <= max(_STEPS) * scale + 2]].any(axis=0)
    return np.asarray(first.any(axis=0) & last.any(axis=0) & ~of_print)


def _within_reach(printed: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Which places (n,) have something in a row of `printed` (m, n) at most `reach` away."""
    near = np.zeros(printed.shape[1], bool)
    for start, end in find_runs(np.asarray(printed.any(axis=0))):
        near[max(0, start - reach) : end + reach] = True
    return near


def _among_print(on: NDArray[np.bool_], near: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    """The middle of a slot from its first ink to its last where that is no longer than a character
    is high, keeps off both ends, and has print beside it: it may be a stroke of that print."""
    middle = np.zeros(len(on), bool)
    places = np.flatnonzero(on)
    if not len(places):
        return middle
    start, end = int(places[0]), int(places[-1]) + 1
    apart = min(start, len(on) - end) > _OFF_RULES * scale
    if apart and end - start <= _CHARACTER * scale and near[start:end].mean() >= _BESIDE_INK:
        middle[start:end] = True
    return middle


def _long_runs(
    on: NDArray[np.bool_], crossed: NDArray[np.bool_], scale: float
) -> NDArray[np.bool_]:
    """The runs of ink that are longer than the strokes of a character, or fill their slot; in a
    heading characters are larger, and what keeps off both ends and is `crossed` is of one."""
    least = min(_CHARACTER * scale, _FILLED * len(on))
    long = np.zeros(len(on), bool)
    for start, end in find_runs(on):
        inside = min(start, len(on) - end) > _AT_END * scale
        of_heading = inside and end - start <= _HEADING * scale
        of_heading = of_heading and crossed[start:end].mean() >= _CROSSED_STROKE
        long[start:end] = end - start >= least and not of_heading
    return long


def dash_of(on: NDArray[np.bool_], scale: float, share: float) -> NDArray[np.bool_]:
    """The ink of a slot that is one run in its middle and a `share` of all, as that of a dash, or
    of the stem of a character, in a merged cell."""
    dash = np.zeros(len(on), bool)
    runs = find_runs(on)
    if not runs:
        return dash
    start, end = max(runs, key=lambda run: run[1] - run[0])
    before, after, length = start, len(on) - end, end - start
    apart = min(before, after) > _AT_END * scale and not _reaches_end(runs, len(on), scale)
    short = length <= max(_CHARACTER * scale, before + after)
    dash[start:end] = apart and short and length >= share * int(on.sum())
    return dash


def joined(on: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    """The ink of a slot and its gaps as short as those that a coarse fax leaves in any stroke."""
    whole = on.copy()
    for start, end in find_runs(~on):
        if start > 0 and end < len(on) and end - start <= _FAX_GAP * scale:
            whole[start:end] = True
    return whole


def _reaches_end(runs: Sequence[tuple[int, int]], size: int, scale: float) -> bool:
    """Whether a run of ink that is more than the soft edge of a crossing rule begins at an end."""
    return any(end - start >= _PIECE * scale and (start == 0 or end == size) for start, end in runs)


def floats(on: NDArray[np.bool_], scale: float) -> bool:
    """Whether there is paper between the ink of a slot and both its ends."""
    places = np.flatnonzero(on)
    ends = (places[0], len(on) - 1 - places[-1]) if len(places) else (0,)
    return bool(min(ends) >= _PAPER * scale)


def log_odds(slot: Slot, scale: float) -> float:
    """The log likelihood ratio of a wall, of which wear left any share, to the ink of a slot."""
    unit = INDEPENDENT * scale
    clear, close = slot.on[~slot.near], slot.on[slot.near]
    inked, lacking = float(slot.on.sum()) / unit, float((~slot.on).sum()) / unit
    wall = log_mean(_WORN_TO, inked, lacking)
    text = log_mean(_TEXT_INK, float(close.sum()) / unit, float((~close).sum()) / unit)
    paper = log_mean(_CLEAR_INK, float(clear.sum()) / unit, float((~clear).sum()) / unit)
    odds = wall - text - paper
    blank = longest_run(~slot.on)
    # Wear is not of one piece: the ink beside so much paper is the end of a wall of the next slot.
    return min(odds, 0.0) if blank > LONGEST_GAP * scale else odds


def log_mean(shares: NDArray[np.float64], inked: float, lacking: float) -> float:
    """The log of the mean likelihood of so much ink and so much paper for shares of ink."""
    logs = inked * np.log(shares) + lacking * np.log(1 - shares)
    return float(logs.max() + np.log(np.exp(logs - logs.max()).mean()))
