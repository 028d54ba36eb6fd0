"""Rules of which a fax or a copier left dots far from each other: rows of them across a table.

None of the dots is long enough for a stroke, but many lie on one line, and nothing else does. What
they say of each cell is for `worn_walls` to judge. Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import Labels, connected_parts
from ocrpipe.page import Pixels
from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.follow import Line, crossings_of, lines_of
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three
from ocrpipe.tables.rulings.worn.slots import INDEPENDENT

_INK = 0.3
"""Share of the contrast of the crossing lines by which a dot is darker than paper."""

# Lengths in points.
_HIGHEST_DOT, _THINNEST_CHARACTER, _LARGEST_CHARACTER = 3.0, 2.0, 25.0
_AROUND_CHARACTERS = 1.2
_BAND = 1.0
"""Height of a row of dots: a fax scans the same rule in one of two rows, or in both."""

_APART = 2.0
"""From one row of dots to another, or to a rule, at least."""

_FEWEST = 8
"""Stretches with dots that make a row."""

_FEWEST_ALONE = 12
"""The same on a page without rules."""

_CROWDED, _CROWDED_SHARE = 7.0, 0.5
"""Points from a row within which no other has more than such a share of as many stretches with
dots: the crumbs of print make one row close to the next."""

_FULL = 0.6
"""Share of the stretches of a row, from its first dot to its last, that have dots, from which on it
is no row of crumbs though others are close: the tops of labels below it are."""

_FEWEST_ROWS, _FEWEST_CROSSING = 3, 2
_PAST_END = 12.0
"""Rows of dots in both directions that make the rules of a page, those that each of them crosses,
and points that these may end short of it."""

_BETWEEN, _MOST_BETWEEN = 4.0, 0.5
"""Points from a decimal point or comma to the digits before and after it, in print of 14 points and
less; and share of the dots of a row that are such, from which on it is a column of numbers."""

_MOST_DOTS = 8000
"""Dots of a page with more of which there is no line to be told: grain."""

_SWAPPED = (
    cv2.CC_STAT_TOP,
    cv2.CC_STAT_LEFT,
    cv2.CC_STAT_HEIGHT,
    cv2.CC_STAT_WIDTH,
    cv2.CC_STAT_AREA,
)
"""The measures of a piece in the raster with x and y swapped, by those in the raster."""

_THICKNESS = 2.0
"""Pixels."""

_EDGE_SHARE, _WIDEST_EDGE = 0.25, 8.0
"""Share of a cell, and points of it, at either end, that print in the middle of it leaves free."""

_LEAST_AT_EDGES = 0.5
"""Share of the dots of a rule at the edges of cells, of that which there are by chance."""


def rows_of_dots(
    lines: Sequence[Line],
    crossing: Sequence[Line],
    found: Candidates,
    scale: float,
    *,
    turned: bool = False,
) -> list[Line]:
    """The lines of rows of dots that reach over the cells between crossing lines.

    The dots of dashes, which stand in the middle of their cells, make none, nor do the points and
    commas of a column of numbers.

    Args:
        lines: Those along x that are known.
        crossing: Those along y, with x and y swapped.
        found: What the known ones were found in.
        scale: Pixels a point.
        turned: Whether that is the raster of the page with x and y swapped.
    """
    if len(crossing) < 2:
        return []
    labels, stats = _ink_between(crossing, found)
    dots = _dots(labels, stats, scale)
    for line in lines:
        near = np.abs(_heights(line, dots[:, 0]) - dots[:, 1]) <= _APART * scale
        dots = dots[~near | (dots[:, 2] < line.start) | (dots[:, 0] > line.end)]
    rows = [_line(row, found) for row in _rows(dots, scale)]
    on_page = stats[:, _SWAPPED] if turned else stats
    return [
        row
        for row in rows
        if _reaches_edges(row, crossing, scale)
        and not _are_points(row, on_page, scale, along=not turned)
    ]


def rules_of_dots(
    horizontal: Sequence[Stroke],
    vertical: Sequence[Stroke],
    across: Candidates,
    down: Candidates,
    scale: float,
) -> tuple[list[Stroke], list[Stroke]]:
    """Whole strokes along rows of dots in both directions, on a page of which most rules are such.

    Args:
        horizontal: Strokes along x that are known.
        vertical: Those along y, with x and y swapped.
        across: What the horizontal ones were found in.
        down: What the vertical ones were found in: the same raster with x and y swapped.
        scale: Pixels a point.
    """
    known = [lines_of(horizontal, scale), lines_of(vertical, scale)]
    least = [max(_FEWEST_ROWS, len(lines)) for lines in known]
    # Black and white: there is nothing to measure contrast on.
    labels, stats = _ink_parts(across.grey, (1 - _INK) * across.paper)
    turned = stats[:, _SWAPPED]
    if all(
        _most_rows(parts, scale) < fewest
        for parts, fewest in zip((stats, turned), least, strict=True)
    ):
        return [], []
    dots = _dots(labels, stats, scale), _dots(labels.T.copy(), turned, scale)
    found = [
        _rows_alone(known[0], known[1], dots[0], across, scale),
        _rows_alone(known[1], known[0], dots[1], down, scale),
    ]
    rows = [
        [
            row
            for row in found[at]
            if not _are_points(row, stats, scale, along=at == 0)
            and (len(known[1 - at]) < _FEWEST or _reaches_edges(row, known[1 - at], scale))
        ]
        for at in (0, 1)
    ]
    while True:
        crossed = [
            [row for row in rows[at] if _crosses(row, [*known[1 - at], *rows[1 - at]], scale)]
            for at in (0, 1)
        ]
        if crossed == rows:
            break
        rows = crossed
    if not any(len(rows[at]) >= least[at] for at in (0, 1)):
        return [], []
    return _whole(rows[0]), _whole(rows[1])


def _most_rows(stats: NDArray[np.int32], scale: float) -> int:
    """How many rows of many dots there can be, wherever characters stand."""
    _, up, _, high, _ = stats[1:].T
    low = high <= _HIGHEST_DOT * scale
    heights = np.sort((up + (high - 1) / 2)[low])
    counts = np.searchsorted(heights, heights + _BAND * scale, "right") - np.arange(len(heights))
    rows, last = 0, -np.inf
    for height in heights[counts >= _FEWEST_ALONE].tolist():
        # What is closer to the middle of a row than this makes no other.
        if height - last > (_APART - _BAND) * scale:
            rows, last = rows + 1, height
    return rows


def _rows_alone(
    known: Sequence[Line],
    crossing: Sequence[Line],
    dots: NDArray[np.float64],
    found: Candidates,
    scale: float,
) -> list[Line]:
    """The rows of many dots that no other row, and no known line, is close to.

    Dots of the known lines that cross them make none: those of printed dotted rules stand in line.
    """
    if len(dots) > _MOST_DOTS:
        return []
    for line in crossing:
        along, at = dots[:, 1], (dots[:, 0] + dots[:, 2]) / 2
        beside = np.abs(_heights(line, along) - at) > _APART * scale
        dots = dots[beside | (along < line.start) | (along > line.end)]
    lines = []
    for row in _rows(dots, scale, _FEWEST_ALONE):
        line = _line(row, found)
        middle = (line.start + line.end) / 2
        if all(abs(other.y_at(middle) - line.y_at(middle)) > _APART * scale for other in known):
            lines.append(line)
    return lines


def _are_points(row: Line, stats: NDArray[np.int32], scale: float, *, along: bool) -> bool:
    """Whether most dots of a row have characters close before and after them in the same line of
    print, as the points and commas of numbers that stand below each other have.

    `along`: whether the row runs along the lines of print; `stats` are measures in the page.
    """
    left, top, wide, high, _ = stats[1:][_are_characters(stats[1:], scale)].T
    between = 0
    for dot in row.strokes:
        place, height = (dot.x0 + dot.x1) / 2, dot.y0
        x, y = (place, height) if along else (height, place)
        beside = (top <= y) & (y <= top + high + _BAND * scale)
        before, after = x - (left + wide), left - x
        near = [(-_BAND * scale <= gap) & (gap <= _BETWEEN * scale) for gap in (before, after)]
        between += all(bool((beside & one).any()) for one in near)
    return between > _MOST_BETWEEN * len(row.strokes)


def _crosses(row: Line, others: Sequence[Line], scale: float) -> bool:
    """Whether a row crosses lines of the other direction, within their ends and its own."""
    reach = _PAST_END * scale
    places = crossings_of(row, [_longer(other, reach) for other in others], scale)
    within = [place for place in places if row.start - reach <= place <= row.end + reach]
    return len(within) >= _FEWEST_CROSSING


def _longer(line: Line, reach: float) -> Line:
    first, last = line.start - reach, line.end + reach
    ends = (first, line.y_at(first), last, line.y_at(last))
    return Line([Stroke(*ends, line.thickness, line.contrast)])


def _whole(rows: Sequence[Line]) -> list[Stroke]:
    return [
        Stroke(
            row.start, row.y_at(row.start), row.end, row.y_at(row.end), row.thickness, row.contrast
        )
        for row in rows
    ]


def _ink_between(crossing: Sequence[Line], found: Candidates) -> tuple[Labels, NDArray[np.int32]]:
    """The `_ink_parts` of the page between the ends of crossing lines, measured in the page; the
    labels are those of that part of it."""
    height, width = found.grey.shape
    top, bottom = min(line.start for line in crossing), max(line.end for line in crossing)
    places = [line.y_at(end) for line in crossing for end in (line.start, line.end)]
    y, x = max(0, int(top)), max(0, int(min(places)))
    grey = found.grey[y : min(height, int(bottom) + 1), x : min(width, int(max(places)) + 1)]
    if not grey.size:
        return np.zeros((1, 1), np.int32), np.zeros((1, 5), np.int32)
    contrast = median(np.array([line.contrast for line in crossing]))
    labels, stats = _ink_parts(grey, found.paper - _INK * contrast)
    return labels, stats + np.array([x, y, 0, 0, 0], np.int32)


def _ink_parts(grey: Pixels, level: float) -> tuple[Labels, NDArray[np.int32]]:
    """The pieces of what is darker than a level, as `connected_parts` gives them."""
    ink = cv2.threshold(grey, level, 1, cv2.THRESH_BINARY_INV)[1]
    return connected_parts(np.asarray(ink, np.uint8))


def _dots(labels: Labels, stats: NDArray[np.int32], scale: float) -> NDArray[np.float64]:
    """(n, 3): start, height and end of the low pieces of ink apart from characters, by height."""
    left, up, wide, high, _ = stats.T
    low = high <= _HIGHEST_DOT * scale
    low[0] = False
    characters = _are_characters(stats, scale)
    reach = round(_AROUND_CHARACTERS * scale)
    around = cv2.dilate(
        np.asarray(characters[labels], np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    )
    low[labels[around > 0]] = False
    dots = np.column_stack([left, up + (high - 1) / 2, left + wide])[low]
    return np.asarray(dots[dots[:, 1].argsort(kind="stable")], np.float64)


def _are_characters(stats: NDArray[np.int32], scale: float) -> NDArray[np.bool_]:
    """Which pieces (n, 5) are higher than dots, and are no rules."""
    _, _, wide, high, _ = stats.T
    upright = (high > _HIGHEST_DOT * scale) & (high <= _LARGEST_CHARACTER * scale)
    return np.asarray(upright & (wide >= _THINNEST_CHARACTER * scale), np.bool_)


def _heights(line: Line, xs: NDArray[np.float64]) -> NDArray[np.float64]:
    first, last = line.y_at(line.start), line.y_at(line.end)
    return first + (last - first) / max(1.0, line.end - line.start) * (xs - line.start)


def _rows(
    dots: NDArray[np.float64], scale: float, fewest: int = _FEWEST
) -> list[NDArray[np.float64]]:
    """The dots of each row that has enough of them and stands alone, the fullest row first."""
    rows, every = [], dots
    while len(dots):
        heights = dots[:, 1]
        counts, ends = _stretches_of_rows(dots, scale)
        best = int(counts.argmax())
        if counts[best] < fewest:
            break
        row = dots[best : int(ends[best])]
        height = median(row[:, 1])
        close = _most_close_to(height, every, scale)
        if close <= _CROWDED_SHARE * counts[best] or (
            close < counts[best] and _is_full(row, scale)
        ):
            rows.append(row)
        dots = dots[np.abs(heights - height) > _APART * scale]
    return rows


def _is_full(row: NDArray[np.float64], scale: float) -> bool:
    """Whether most stretches of a row from its first dot to its last have one."""
    stretches = np.unique(np.floor(row[:, 0] / (INDEPENDENT * scale)))
    return bool(len(stretches) >= _FULL * (stretches[-1] - stretches[0] + 1))


def _most_close_to(height: float, dots: NDArray[np.float64], scale: float) -> int:
    """Stretches with dots of the fullest row that is close to one at this height."""
    away = np.abs(dots[:, 1] - height)
    close = dots[(away > _APART * scale) & (away <= _CROWDED * scale)]
    if not len(close):
        return 0
    return int(_stretches_of_rows(close, scale)[0].max())


def _stretches_of_rows(
    dots: NDArray[np.float64], scale: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How many stretches have dots in the row that begins with each dot, and where it ends."""
    ends = np.searchsorted(dots[:, 1], dots[:, 1] + _BAND * scale, "right")
    stretches = np.floor(dots[:, 0] / (INDEPENDENT * scale)).astype(np.intp)
    return _distinct(stretches, ends), ends


def _distinct(values: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """(n,): how many different values (n,) there are from each place to its end (exclusive)."""
    following = np.full(len(values), len(values))
    order = values.argsort(kind="stable")
    same = values[order[1:]] == values[order[:-1]]
    following[order[:-1][same]] = order[1:][same]
    return np.array(
        [np.count_nonzero(following[start:end] >= end) for start, end in enumerate(ends.tolist())],
        np.intp,
    )


def _line(dots: NDArray[np.float64], found: Candidates) -> Line:
    """The line through dots."""
    dots = dots[dots[:, 0].argsort(kind="stable")]
    slope, height = np.polyfit((dots[:, 0] + dots[:, 2]) / 2, dots[:, 1], 1)
    strokes = []
    for x0, _, x1 in dots.tolist():
        y0, y1 = height + slope * x0, height + slope * x1
        dot = Stroke(x0, float(y0), x1, float(y1), _THICKNESS, 0.0)
        xs = dot.columns
        contrast = greatest_of_three(found.fine, xs, dot.rows_at(xs)).max()
        strokes.append(replace(dot, contrast=float(contrast)))
    return Line(strokes)


def _reaches_edges(row: Line, crossing: Sequence[Line], scale: float) -> bool:
    """Whether dots lie at the edges of the cells as in the middle of them."""
    places = np.array(crossings_of(row, crossing, scale))
    if len(places) < 2:
        return False
    unit = INDEPENDENT * scale
    dots = unit * np.unique([round(stroke.x0 / unit) for stroke in row.strokes])
    at_edges = inside = edges = 0.0
    for start, end in pairwise(places.tolist()):
        reach = min(_EDGE_SHARE * (end - start), _WIDEST_EDGE * scale)
        here = dots[(dots > start) & (dots < end)]
        inside += len(here)
        at_edges += int(np.count_nonzero((here < start + reach) | (here > end - reach)))
        edges += 2 * reach
    by_chance = inside * edges / float(places[-1] - places[0])
    return inside >= _FEWEST and at_edges >= _LEAST_AT_EDGES * by_chance
