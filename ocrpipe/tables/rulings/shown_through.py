"""Rules that show through from the other side of the paper: fainter than those of the page."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.candidates import Candidates, darkness
from ocrpipe.tables.rulings.strokes import Stroke

_SHOWN_THROUGH = 0.22
"""Share of the usual contrast of a page's rules below which a rule is that of the other side."""

_CLEAR_GAP = 2.0
"""Ratio of the faintest rule of the page to the darkest one of the other side, at least."""

_AMONG_DARK, _WIDE_GAP = 0.35, 3.0
"""The same share and ratio where most rules are those of the page."""

_FEWEST = 2
"""Dark rules of one direction that make a table, at least."""

_OUTSIDE = 0.3
"""Share of the faint rules outside the table of the dark ones: a table has its own inside it."""

_DARK = 0.5
_NO_PRINT = 0.002
"""Share of the paper beside rules that is inked where their cells hold no print of the page."""

_THROUGH_PRINT = 0.3
"""Share of the ink beside rules that there is on them where they run through print of the page."""

_BESIDE = (4.0, 8.0, 12.0, 16.0, 24.0)
"""Points from a rule at which the text of its cells stands."""


def other_side(
    horizontal: Sequence[Stroke],
    vertical: Sequence[Stroke],
    across: Candidates,
    down: Candidates,
    scale: float,
) -> float | None:
    """Grey levels under the paper down to which ink is that of the other side; None without any.

    It is looked for where most rules are far fainter than the others, or few are and nothing is
    nearly between both: the faint ones go on outside the table of the dark ones, and what is
    printed on the page does not keep to them. Even fainter ones are for `printed`.

    Args:
        horizontal: Long strokes along x, in pixels.
        vertical: Long strokes along y, with x and y swapped.
        across: What `horizontal` was found in.
        down: What `vertical` was found in, transposed.
        scale: Pixels per point.
    """
    strokes = sorted([*horizontal, *vertical], key=lambda stroke: stroke.contrast)
    ratios = [after.contrast / max(1.0, before.contrast) for before, after in pairwise(strokes)]
    if not ratios or max(ratios) < _CLEAR_GAP:
        return None
    first = ratios.index(max(ratios)) + 1
    faint, dark = strokes[:first], strokes[first:]
    least = dark[0].contrast
    most = _usual_contrast(strokes) < least
    if not most and max(ratios) < _WIDE_GAP:
        return None
    share = _SHOWN_THROUGH if most else _AMONG_DARK
    far = _usual_contrast(faint) < share * _usual_contrast(dark)
    if far and _is_other_side(horizontal, vertical, across, down, least, scale, blank=most):
        return float(np.cbrt(faint[-1].contrast ** 2 * least))
    return None


def without_other_side(grey: Pixels, level: float) -> Pixels:
    """The raster with all ink that is less than `level` under its paper given the paper's grey."""
    paper = round(median(grey[::3, ::3]))
    return np.where(grey > paper - level, np.uint8(paper), grey)


def faintest(strokes: Sequence[Stroke]) -> float:
    """The contrast from which on one of the long strokes of a page is a rule of this side."""
    ascending = sorted(strokes, key=lambda stroke: stroke.contrast)
    return _SHOWN_THROUGH * _usual_contrast(ascending)


def printed(strokes: Sequence[Stroke], found: Candidates, least: float) -> list[Stroke]:
    """Strokes but for those that are hardly darker than the paper of the page.

    At the edge of a dark fill a rule has little contrast, and yet is far darker than the paper.
    """
    return [
        stroke for stroke in strokes if stroke.contrast >= least or darkness(stroke, found) >= least
    ]


def _usual_contrast(ascending: Sequence[Stroke]) -> float:
    """The contrast of half the length of all strokes, 0 without strokes."""
    if not ascending:
        return 0.0
    reached = np.cumsum([stroke.length for stroke in ascending])
    return ascending[int(np.searchsorted(reached, reached[-1] / 2))].contrast


def _is_other_side(
    horizontal: Sequence[Stroke],
    vertical: Sequence[Stroke],
    across: Candidates,
    down: Candidates,
    least: float,
    scale: float,
    *,
    blank: bool,
) -> bool:
    """Whether faint rules outside the table of the dark ones run through print of the page, or,
    where that is enough (`blank`), have none in their cells."""
    dark_h = [stroke for stroke in horizontal if stroke.contrast >= least]
    dark_v = [stroke for stroke in vertical if stroke.contrast >= least]
    if max(len(dark_h), len(dark_v)) < _FEWEST:
        return False
    outside_h = _outside(horizontal, dark_h, dark_v, least, scale)
    outside_v = _outside(vertical, dark_v, dark_h, least, scale)
    faint = sum(s.length for s in (*horizontal, *vertical) if s.contrast < least)
    outside = sum(stroke.length for stroke in (*outside_h, *outside_v))
    if outside < _OUTSIDE * faint:
        return False
    on_h, beside_h = _print_along(outside_h, across, least, scale)
    on_v, beside_v = _print_along(outside_v, down, least, scale)
    on, beside = (on_h + on_v) / outside, (beside_h + beside_v) / outside
    return blank if beside < _NO_PRINT else on > _THROUGH_PRINT * beside


def _outside(
    strokes: Sequence[Stroke],
    parallel: Sequence[Stroke],
    crossing: Sequence[Stroke],
    least: float,
    scale: float,
) -> list[Stroke]:
    """Faint strokes, or their parts, outside the table of the dark ones `parallel` and `crossing`.

    The strokes of `crossing` run along y: their x and y are swapped.
    """
    reach = _BESIDE[-1] * scale
    along = [x for s in parallel for x in (s.x0, s.x1)] + [s.y0 for s in crossing]
    aside = [s.y0 for s in parallel] + [x for s in crossing for x in (s.x0, s.x1)]
    left, right = min(along) - reach, max(along) + reach
    top, bottom = min(aside) - reach, max(aside) + reach
    found: list[Stroke] = []
    for stroke in strokes:
        if stroke.contrast >= least:
            continue
        if top <= stroke.y0 <= bottom:
            found += _beyond(stroke, left, right)
        else:
            found.append(stroke)
    return found


def _beyond(stroke: Stroke, low: float, high: float) -> list[Stroke]:
    """The parts of a stroke before `low` and after `high`."""
    parts = [(stroke.x0, min(stroke.x1, low)), (max(stroke.x0, high), stroke.x1)]
    return [
        Stroke(x0, stroke.y_at(x0), x1, stroke.y_at(x1), stroke.thickness, stroke.contrast)
        for x0, x1 in parts
        if x1 - x0 >= 1
    ]


def _print_along(
    strokes: Sequence[Stroke], found: Candidates, least: float, scale: float
) -> tuple[float, float]:
    """Length of dark ink on strokes, and beside them on average."""
    on = beside = 0.0
    offsets = [side * distance * scale for side in (-1, 1) for distance in _BESIDE]
    for stroke in strokes:
        on += _dark_length(stroke, 0, found, least)
        beside += sum(_dark_length(stroke, at, found, least) for at in offsets) / len(offsets)
    return on, beside


def _dark_length(stroke: Stroke, offset: float, found: Candidates, least: float) -> float:
    height, width = found.grey.shape
    xs = np.arange(max(0, int(stroke.x0)), min(int(stroke.x1), width))
    rows = np.clip(stroke.rows_at(xs, offset), 0, height - 1)
    return float((found.paper - found.grey[rows, xs] >= _DARK * least).sum())
