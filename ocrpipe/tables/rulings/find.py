"""Ruling detection: the straight horizontal and vertical rules of a raster."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.aside import ALONE, Aside
from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.runs import find_runs
from ocrpipe.tables.rulings.candidates import (
    LONG,
    Candidates,
    crowded,
    darkness,
    fills_of,
    find_candidates,
    in_text,
)
from ocrpipe.tables.rulings.chains import Parts, split
from ocrpipe.tables.rulings.crossings import CrossingRules
from ocrpipe.tables.rulings.figures import is_figure, without_figures
from ocrpipe.tables.rulings.follow import followed
from ocrpipe.tables.rulings.overhangs import without_overhangs
from ocrpipe.tables.rulings.responses import ink_response
from ocrpipe.tables.rulings.shown_through import (
    faintest,
    other_side,
    printed,
    without_other_side,
)
from ocrpipe.tables.rulings.strokes import Stroke, greatest_of_three, three_rows
from ocrpipe.tables.rulings.wear import (
    are_broken,
    are_dashed,
    are_evenly_dashed,
    are_ragged,
    are_worn,
    have_gaps,
)
from ocrpipe.tables.rulings.worn import worn_walls
from ocrpipe.timings import timed

# Lengths in points.
_WIDEST_INK = 6.0
_LONG_PIECE = 15.0
_ROW_GAP = 40.0
_SIDEWAYS = 0.7
_REACH = 2.5
_OVERRUN = 5.0
_OPEN_END = 0.5
_SOFT_END = 0.8
_ROW = 6.0
_CHARACTER = 18.0
_MOST_CROWDED = 0.5
_INKED = 0.6
_WALL_SHARE = 0.7
_DARK = 0.5
_CLOSE_BY = (1.2, 1.7, 2.2)
_CLOSE_INK, _MOST_CLOSE = 0.3, 0.1


@timed("rulings")
def detect_rulings(image: PageImage, aside: Aside = ALONE) -> tuple[Ruling, ...]:
    """Rules of a page from its raster, horizontal ones first, in points.

    Solid, faint, dashed and dotted lines are taken where they are long, and short ones where
    their ink leads from one rule to another: the strokes of characters do not. Rules keep their
    slope; what skew is left on the page is for `find_grids` to take out.

    Args:
        image: The upright page, skewed by a degree at most; BGR or grey, 100 dpi or more.
        aside: May look for vertical rules while horizontal ones are looked for.
    """
    grey = _grey(image.pixels)
    across, down, *parts = _candidates(grey, image.scale, aside)
    level = other_side(parts[0][0], parts[1][0], across, down, image.scale)
    if level is not None:
        across, down, *parts = _candidates(without_other_side(grey, level), image.scale, aside)
    horizontal, vertical = _connected(across, down, parts[0], parts[1], image.scale)
    dashed = are_evenly_dashed(horizontal, across, image.scale)
    dashed = dashed and are_evenly_dashed(vertical, down, image.scale)
    if dashed:
        # The sides of figures were taken for pieces of rules.
        horizontal, vertical = (
            without_figures(horizontal, vertical, across, image.scale, short=True),
            without_figures(vertical, horizontal, down, image.scale, short=True),
        )
    horizontal, vertical = (
        without_overhangs(horizontal, vertical, across, image.scale),
        without_overhangs(vertical, horizontal, down, image.scale),
    )
    horizontal, vertical = (
        without_figures(horizontal, vertical, across, image.scale),
        without_figures(vertical, horizontal, down, image.scale),
    )
    ragged = are_ragged(horizontal, across, image.scale)
    ragged = ragged or are_ragged(vertical, down, image.scale)
    worn = not dashed and are_worn(horizontal, vertical, image.scale, ragged=ragged)
    # Whole walls first: where a line is known to end tells how far a worn one may be prolonged.
    for lenient in (False, worn):
        more_h = followed(horizontal, vertical, across, image.scale, worn=lenient)
        horizontal += more_h
        more_v = followed(vertical, horizontal, down, image.scale, worn=lenient)
        vertical += more_v
        if not (worn or more_h or more_v):
            break
    if worn or ragged:
        horizontal, vertical = worn_walls(
            horizontal, vertical, across, down, image.scale, keep=not worn
        )
    unit = 1 / image.scale
    return (
        *(Ruling(*line) for line in _in_points(horizontal, unit)),
        *(Ruling(x0, y0, x1, y1, t) for y0, x0, y1, x1, t in _in_points(vertical, unit)),
    )


def _in_points(
    strokes: list[Stroke], unit: float
) -> list[tuple[float, float, float, float, float]]:
    # The centre of a pixel lies half a pixel from its corner.
    return [
        (s.x0 * unit, (s.y0 + 0.5) * unit, s.x1 * unit, (s.y1 + 0.5) * unit, s.thickness * unit)
        for s in sorted(strokes, key=lambda s: (s.y0, s.x0))
    ]


def _grey(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _transposed(raster: Pixels) -> Pixels:
    # A fifth of the time that numpy takes for it.
    return np.asarray(cv2.transpose(raster), np.uint8)


def _candidates(
    grey: Pixels, scale: float, aside: Aside
) -> tuple[Candidates, Candidates, Parts, Parts]:
    """What may be rules along x, and along y in the transposed raster; the strokes of both."""
    fills = aside.start(lambda: fills_of(grey, scale))
    ink = ink_response(grey, max(7, round(_WIDEST_INK * scale)) | 1)
    filled = fills.result()

    def along_y() -> tuple[Candidates, Parts]:
        turned = [_transposed(raster) for raster in (grey, ink)]
        filled_down = None if filled is None else _transposed(filled)
        found = find_candidates(turned[0], turned[1], filled_down, scale)
        return found, split(found, scale)

    along = aside.start(along_y)
    across = find_candidates(grey, ink, filled, scale)
    parts = split(across, scale)
    down, parts_down = along.result()
    return across, down, parts, parts_down


def _connected(
    horizontal: Candidates, vertical: Candidates, parts_h: Parts, parts_v: Parts, scale: float
) -> tuple[list[Stroke], list[Stroke]]:
    """Long strokes, pieces of long broken ones, and short ones that lead from rule to rule."""
    least = faintest([*parts_h[0], *parts_v[0]])
    kept_h, short_h = (printed(strokes, horizontal, least) for strokes in parts_h)
    kept_v, short_v = (printed(strokes, vertical, least) for strokes in parts_v)
    if (
        are_broken([*kept_h, *kept_v], scale)
        or are_dashed(kept_h, horizontal, scale)
        or have_gaps(kept_h, kept_v, scale, crossing=(short_h, short_v))
    ):
        pieces_h = _pieces(short_h, kept_h, kept_v, horizontal, scale)
        pieces_v = _pieces(short_v, kept_v, kept_h, vertical, scale)
        kept_h, kept_v = kept_h + pieces_h, kept_v + pieces_v
        short_h, short_v = _without(short_h, pieces_h), _without(short_v, pieces_v)
    short_h = _without_text_at_ends(short_h, kept_v, horizontal, scale)
    short_v = _without_text_at_ends(short_v, kept_h, vertical, scale)
    while True:
        more_h = _walls(short_h, kept_h, kept_v, horizontal, scale)
        more_v = _walls(short_v, kept_v, kept_h, vertical, scale)
        if not more_h and not more_v:
            return kept_h, kept_v
        kept_h, kept_v = kept_h + more_h, kept_v + more_v
        short_h, short_v = _without(short_h, more_h), _without(short_v, more_v)


def _without(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    taken = frozenset(others)
    return [stroke for stroke in strokes if stroke not in taken]


def _pieces(
    short: list[Stroke],
    parallel: list[Stroke],
    crossing: list[Stroke],
    found: Candidates,
    scale: float,
) -> list[Stroke]:
    """Short strokes that stand alone and begin at a crossing rule, or lie on a broken rule."""
    alone = [
        stroke
        for stroke in short
        if not in_text(stroke, found.fine, scale)
        and crowded(stroke, found.ink, found.fine, scale) <= _MOST_CROWDED
    ]
    at_a_rule = _begin_at_a_rule(alone, crossing, scale)
    starts = [
        stroke
        for stroke, begins in zip(alone, at_a_rule, strict=True)
        if begins or _is_in_a_row(stroke, alone, scale)
    ]
    long = [rule for rule in parallel if rule.length >= _LONG_PIECE * scale]
    return [
        stroke for stroke in alone if stroke in starts or _lies_on(stroke, [*long, *starts], scale)
    ]


def _begin_at_a_rule(
    strokes: Sequence[Stroke], crossing: Sequence[Stroke], scale: float
) -> list[bool]:
    """Which strokes begin or end at a rule."""
    rules, reach = CrossingRules(crossing), _REACH * scale
    x0, y0, x1, y1 = _ends(strokes)
    first, last = rules.nearest(x0, y0, reach, reach), rules.nearest(x1, y1, reach, reach)
    return [bool(begins) for begins in np.isfinite(first) | np.isfinite(last)]


def _ends(strokes: Sequence[Stroke]) -> NDArray[np.float64]:
    """(4, n): x0, y0, x1 and y1 of strokes."""
    ends = [(stroke.x0, stroke.y0, stroke.x1, stroke.y1) for stroke in strokes]
    return np.array(ends, np.float64).reshape(-1, 4).T


def _is_in_a_row(stroke: Stroke, alone: Sequence[Stroke], scale: float) -> bool:
    """Whether a piece too long for a character has others before or after it on its line."""
    if stroke.length < _LONG_PIECE * scale:
        return False
    row = [other for other in alone if _lies_on(other, [stroke], scale)]
    return sum(other.length for other in row) >= LONG * scale


def _lies_on(stroke: Stroke, rules: Sequence[Stroke], scale: float) -> bool:
    middle, sideways = (stroke.x0 + stroke.x1) / 2, max(1.5, _SIDEWAYS * scale)
    return any(
        abs(rule.y_at(min(max(middle, rule.x0), rule.x1)) - stroke.y_at(middle)) <= sideways
        and max(rule.x0 - stroke.x1, stroke.x0 - rule.x1) <= _ROW_GAP * scale
        for rule in rules
    )


def _without_text_at_ends(
    short: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes, those that pass over rules cut where they are solid from rule to rule: above a
    wall, the characters of a head that spans it may stand on its line."""
    rules, reach = CrossingRules(crossing), _REACH * scale
    cut: list[Stroke] = []
    for stroke in short:
        if stroke.length < _CHARACTER * scale:
            cut.append(stroke)
            continue
        middle = (stroke.y0 + stroke.y1) / 2
        places = rules.places(stroke.x0 - reach, stroke.x1 + reach, middle, -reach).tolist()
        solid = [_is_solid(stroke, *slot, found, scale) for slot in pairwise(places)]
        past = max(places[0] - stroke.x0, stroke.x1 - places[-1]) if places else 0.0
        if any(solid) and (not all(solid) or past > reach):
            runs = find_runs(np.array(solid))
            cut += [_part(stroke, places[first], places[last]) for first, last in runs]
        else:
            cut.append(stroke)
    return cut


def _is_solid(stroke: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    level = _INKED * stroke.contrast
    return _inked(found.ink, stroke, start, end, level, scale) and not _is_white(
        found, stroke, start, end, scale
    )


def _part(stroke: Stroke, start: float, end: float) -> Stroke:
    return replace(stroke, x0=start, y0=stroke.y_at(start), x1=end, y1=stroke.y_at(end))


def _walls(
    short: Sequence[Stroke],
    parallel: list[Stroke],
    crossing: list[Stroke],
    found: Candidates,
    scale: float,
) -> list[Stroke]:
    """The short strokes along which ink leads from rule to rule, and that are no characters'."""
    rules, reach = CrossingRules(crossing), _REACH * scale
    x0, y0, x1, y1 = _ends(short)
    overrun = np.minimum(_OVERRUN * scale, (x1 - x0) / 3)
    starts = rules.nearest(x0, y0, reach, overrun)
    ends = rules.nearest(x1, y1, overrun, reach)
    walls = []
    for index in np.flatnonzero(np.isfinite(starts) & np.isfinite(ends)).tolist():
        stroke, row = short[index], _ROW * scale
        over = len(rules.places(stroke.x0 + row, stroke.x1 - row, stroke.y0, reach)) > 0
        if _is_wall(stroke, starts[index], ends[index], parallel, found, scale, passes=over):
            walls.append(stroke)
    return walls


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
    if not all(_is_solid(stroke, *gap, found, scale) for gap in ((start, x0), (x1, end))):
        return False
    if passes and _is_solid(stroke, start, end, found, scale):
        return True
    if in_text(stroke, found.fine, scale) or is_figure(stroke, start, end, found, scale):
        return False
    if stroke.length < min(_CHARACTER * scale, _WALL_SHARE * (end - start)):
        return False
    return (
        stroke.length >= _CHARACTER * scale
        or crowded(stroke, found.ink, found.fine, scale) <= _MOST_CROWDED
        or _on_a_long_rule(stroke, parallel, scale)
        or _stands_clear(stroke, start, end, found, scale)
    )


def _stands_clear(
    stroke: Stroke, start: float, end: float, found: Candidates, scale: float
) -> bool:
    """Whether a dark stroke goes from rule to rule with paper close by on both sides, as a
    character in a low row does not. Between close print the ink response shows no paper."""
    if darkness(stroke, found) < _DARK * stroke.contrast:
        return False
    if max(stroke.x0 - start, end - stroke.x1) > _SOFT_END * scale:
        return False
    xs = np.arange(round(start + _REACH * scale), round(end - _REACH * scale))
    if len(xs) == 0:
        return False
    height, width = found.grey.shape
    aside = np.array(_CLOSE_BY)[:, None] * scale + stroke.thickness / 2
    for side in (-1, 1):
        rows = np.clip(stroke.rows_at(xs, side * aside), 0, height - 1)
        ink = found.paper - found.grey[rows, xs.clip(0, width - 1)] > _CLOSE_INK * stroke.contrast
        if float(ink.any(axis=0).mean()) > _MOST_CLOSE:
            return False
    return True


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
