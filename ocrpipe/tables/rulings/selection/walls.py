"""Which short strokes are walls: ink leads along them from rule to rule, and no character's."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.beside import LONG, crowded, in_text
from ocrpipe.tables.rulings.candidates import Candidates, darkness
from ocrpipe.tables.rulings.selection.figures import is_figure
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three, three_rows

# Lengths in points.
REACH = 2.5
"""How near to a crossing rule a wall ends."""

CHARACTER = 18.0
"""Longer than any stroke of a character."""

MOST_CROWDED = 0.5
"""Share of a stroke beside which print may stand."""

_SIDEWAYS = 0.7
"""Aside from a long rule, on whose line a stroke still lies."""

_OVERRUN = 5.0
"""Beyond a crossing rule, for a stroke that goes over it."""

_OPEN_END = 0.5
"""Paper on the line of a wall, that of a speck, at most."""

_SOFT_END = 0.8
"""By so much averaging makes a stroke longer at either end than its ink is."""

_ROW = 6.0
"""From the ends of a stroke to a rule between them that it passes over: a row is higher."""

_INKED = 0.6
"""Share of the contrast of a stroke from which a pixel is its ink."""

_WALL_SHARE = 0.7
"""Share of its row that a stroke shorter than `CHARACTER` takes at least."""

_DARK = 0.5
"""Share of the contrast of a stroke, in the picture itself, from which it is dark."""

_CLOSE_BY = (1.2, 1.7, 2.2)
"""From the edge of a wall: where paper is looked for. The last one may have print on one side."""

_CLOSE_INK, _MOST_CLOSE = 0.3, 0.1
"""Share of the contrast that is ink there, and share of the length that may have some: a speck."""


def walls_between(
    short: Sequence[Stroke],
    parallel: list[Stroke],
    crossing: list[Stroke],
    found: Candidates,
    scale: float,
) -> list[Stroke]:
    """The short strokes along which ink leads from rule to rule, and that are no characters'.

    Where the side of a table is open, its rules end in place of one that crosses them.
    """
    rules, reach = CrossingRules(crossing), REACH * scale
    x0, y0, x1, y1 = ends_of(short)
    overrun = np.minimum(_OVERRUN * scale, (x1 - x0) / 3)
    starts = rules.nearest(x0, y0, reach, overrun)
    ends = rules.nearest(x1, y1, overrun, reach)
    for index in np.flatnonzero(np.isfinite(starts) != np.isfinite(ends)).tolist():
        places, side = (ends, 1) if np.isfinite(starts[index]) else (starts, -1)
        places[index] = _open_side(short[index], parallel, side, scale)
    walls = []
    for index in np.flatnonzero(np.isfinite(starts) & np.isfinite(ends)).tolist():
        stroke, row = short[index], _ROW * scale
        over = len(rules.places(stroke.x0 + row, stroke.x1 - row, stroke.y0, reach)) > 0
        if _is_wall(stroke, starts[index], ends[index], parallel, found, scale, passes=over):
            walls.append(stroke)
    return walls


def _open_side(stroke: Stroke, parallel: Sequence[Stroke], side: int, scale: float) -> float:
    """Where a stroke ends on one side (-1: the left) with the rules next to it above and below;
    NaN where they do not end there, or where it may be of a character."""
    middle = (stroke.x0 + stroke.x1) / 2
    if stroke.length < CHARACTER * scale:
        return float("nan")
    ways = [
        (rule.y_at(middle) - stroke.y_at(middle), rule.x1 if side > 0 else rule.x0)
        for rule in parallel
        if rule.x0 < middle < rule.x1 and rule.length > stroke.length
    ]
    above = max((way for way in ways if way[0] < -_ROW * scale), default=None)
    below = min((way for way in ways if way[0] > _ROW * scale), default=None)
    if above is None or below is None:
        return float("nan")
    end = stroke.x1 if side > 0 else stroke.x0
    alike = all(abs(place - end) <= REACH * scale for _, place in (above, below))
    return end - side * _SOFT_END * scale if alike else float("nan")


def _is_wall(
    stroke: Stroke,
    start: float,
    end: float,
    parallel: list[Stroke],
    found: Candidates,
    scale: float,
    *,
    passes: bool,
) -> bool:
    """Whether ink leads along a short stroke from a rule at `start` to one at `end`, and it is no
    part of a character: none `passes` over a rule between them.

    A stroke on the line of a long rule may have text close by; one that would make an edge of its
    own may not: in a tight row a character reaches from rule to rule, or nearly so.
    """
    # Averaging has made the stroke longer at both ends than its ink is.
    x0, x1 = stroke.x0 + _SOFT_END * scale, stroke.x1 - _SOFT_END * scale
    if not all(is_solid(stroke, *gap, found, scale) for gap in ((start, x0), (x1, end))):
        return False
    if passes and is_solid(stroke, start, end, found, scale):
        return True
    if is_figure(stroke, start, end, found, scale):
        return False
    if stroke.length < min(CHARACTER * scale, _WALL_SHARE * (end - start)):
        return False
    if _stands_clear(stroke, start, end, found, scale):
        return True
    return not in_text(stroke, found.fine, scale) and (
        stroke.length >= CHARACTER * scale
        or (
            crowded(stroke, found.ink, found.fine, scale) <= MOST_CROWDED
            and darkness(stroke, found) >= _DARK * stroke.contrast
        )
        or _on_a_long_rule(stroke, parallel, scale)
    )


def is_solid(stroke: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    level = _INKED * stroke.contrast
    return _inked(found.ink, stroke, start, end, level, scale) and not _is_white(
        found, stroke, start, end, scale
    )


def _stands_clear(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> bool:
    """Whether a dark stroke goes from rule to rule with paper close by on both sides, as a
    character in a low row does not. Print may follow soon on one of them: text that is set left
    stands beside its wall. Between close print the ink response shows no paper."""
    if darkness(stroke, found) < _DARK * stroke.contrast:
        return False
    if max(stroke.x0 - start, end - stroke.x1) > _SOFT_END * scale:
        return False
    xs = np.arange(round(start + REACH * scale), round(end - REACH * scale))
    if len(xs) == 0:
        return False
    height, width = found.grey.shape
    aside = np.array(_CLOSE_BY)[:, None] * scale + stroke.thickness / 2
    clear = []
    for side in (-1, 1):
        rows = np.clip(stroke.rows_at(xs, side * aside), 0, height - 1)
        ink = found.paper - found.grey[rows, xs.clip(0, width - 1)] > _CLOSE_INK * stroke.contrast
        if float(ink[:-1].any(axis=0).mean()) > _MOST_CLOSE:
            return False
        clear.append(float(ink.any(axis=0).mean()) <= _MOST_CLOSE)
    return any(clear)


def _on_a_long_rule(stroke: Stroke, parallel: list[Stroke], scale: float) -> bool:
    middle = (stroke.x0 + stroke.x1) / 2
    sideways = max(1.5, _SIDEWAYS * scale)
    return any(
        rule.length >= LONG * scale and abs(rule.y_at(middle) - stroke.y_at(middle)) <= sideways
        for rule in parallel
    )


def _inked(
    ink: Pixels, stroke: Stroke, start: float, end: float, level: float, scale: float
) -> bool:
    """Whether the line of a stroke is inked from `start` to `end` but for a speck of paper."""
    xs = np.arange(np.ceil(start), np.floor(end) + 1).astype(int)
    if len(xs) == 0:
        return True
    xs = np.clip(xs, 0, ink.shape[1] - 1)
    best = greatest_of_three(ink, xs, stroke.rows_at(xs))
    # One pixel between two shades must not open a wall, however coarse the scan.
    return int((best < level).sum()) <= max(1, round(_OPEN_END * scale) - 1)


def _is_white(found: Candidates, stroke: Stroke, start: float, end: float, scale: float) -> bool:
    """Whether clean paper lies on the line of a dark stroke, from `start` to `end`. Between close
    print the ink response shows none."""
    if darkness(stroke, found) < _DARK * stroke.contrast:
        return False
    xs = np.arange(np.ceil(start), np.floor(end) + 1).astype(int).clip(0, found.grey.shape[1] - 1)
    darkest = three_rows(found.grey, xs, stroke.rows_at(xs)).min(axis=0)
    white = found.paper - darkest < (1 - _INKED) * stroke.contrast
    return int(white.sum()) > max(1, round(_OPEN_END * scale) - 1)


def ends_of(strokes: Sequence[Stroke]) -> NDArray[np.float64]:
    """(4, n): x0, y0, x1 and y1 of strokes."""
    ends = [(stroke.x0, stroke.y0, stroke.x1, stroke.y1) for stroke in strokes]
    return np.array(ends, np.float64).reshape(-1, 4).T
