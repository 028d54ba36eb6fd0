"""Ruling detection: the straight horizontal and vertical rules of a raster."""

import cv2
import numpy as np

from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.tables.candidates import LONG, find_candidates
from ocrpipe.tables.strokes import Stroke, ink_response

# Lengths in points.
_WIDEST_INK = 6.0
_CHAIN_GAP = 3.0
_CHAIN_GAP_OF_LONG = 7.0
_LONG_PIECE = 15.0
_SIDEWAYS = 0.7
_REACH = 2.5
_OPEN_END = 0.5
_CHARACTER = 18.0
_MOST_CROWDED = 0.5


def detect_rulings(image: PageImage) -> tuple[Ruling, ...]:
    """Rules of a page from its raster, horizontal ones first, in points.

    Solid, faint, dashed and dotted lines are taken where they are long, and short ones where
    their ink leads from one rule to another: the strokes of characters do not. Rules keep their
    slope; what skew is left on the page is for `find_grids` to take out.

    Args:
        image: The upright page, skewed by a degree at most; BGR or grey, 100 dpi or more.
    """
    grey = _grey(image.pixels)
    ink = ink_response(grey, max(7, round(_WIDEST_INK * image.scale)) | 1)
    turned_grey, turned_ink = np.ascontiguousarray(grey.T), np.ascontiguousarray(ink.T)
    horizontal, vertical = _connected(
        find_candidates(grey, ink, image.scale),
        find_candidates(turned_grey, turned_ink, image.scale),
        ink,
        image.scale,
    )
    unit = 1 / image.scale
    # The centre of a pixel lies half a pixel from its corner.
    return (
        *(
            Ruling(x0, y0, x1, y1, thickness)
            for x0, y0, x1, y1, thickness in _in_points(horizontal, unit)
        ),
        *(
            Ruling(x0, y0, x1, y1, thickness)
            for y0, x0, y1, x1, thickness in _in_points(vertical, unit)
        ),
    )


def _in_points(
    strokes: list[Stroke], unit: float
) -> list[tuple[float, float, float, float, float]]:
    return [
        (s.x0 * unit, (s.y0 + 0.5) * unit, s.x1 * unit, (s.y1 + 0.5) * unit, s.thickness * unit)
        for s in sorted(strokes, key=lambda s: (s.y0, s.x0))
    ]


def _grey(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def _connected(
    horizontal: list[Stroke], vertical: list[Stroke], ink: Pixels, scale: float
) -> tuple[list[Stroke], list[Stroke]]:
    """Long strokes, pieces of long broken ones, and short ones that lead from rule to rule."""
    kept_h, short_h = _split(horizontal, scale)
    kept_v, short_v = _split(vertical, scale)
    turned = np.ascontiguousarray(ink.T)
    while True:
        more_h = [s for s in short_h if _is_wall(s, kept_h, kept_v, ink, scale)]
        more_v = [s for s in short_v if _is_wall(s, kept_v, kept_h, turned, scale)]
        if not more_h and not more_v:
            return kept_h, kept_v
        kept_h, kept_v = kept_h + more_h, kept_v + more_v
        short_h = [s for s in short_h if s not in more_h]
        short_v = [s for s in short_v if s not in more_v]


def _split(strokes: list[Stroke], scale: float) -> tuple[list[Stroke], list[Stroke]]:
    """Strokes that are long, alone or as a chain of pieces with small gaps, and the rest."""
    long: list[Stroke] = []
    short: list[Stroke] = []
    for chain in _chains(strokes, scale):
        length = chain[-1].x1 - chain[0].x0
        covered = sum(stroke.length for stroke in chain)
        whole = length >= LONG * scale and covered >= 0.7 * length
        (long if whole else short).extend(chain)
    return long, short


def _chains(strokes: list[Stroke], scale: float) -> list[list[Stroke]]:
    """Pieces that follow each other on one line.

    Characters one above the other in the rows of a table have strokes on one line as well, with
    the space between the rows as gaps: only long pieces may have gaps of that size.
    """
    chains: list[list[Stroke]] = []
    sideways = max(1.5, _SIDEWAYS * scale)
    for stroke in sorted(strokes, key=lambda s: (s.x0, s.y0)):
        for chain in chains:
            last = chain[-1]
            longer = max(last.length, stroke.length) >= _LONG_PIECE * scale
            gap = (_CHAIN_GAP_OF_LONG if longer else _CHAIN_GAP) * scale
            if -2 <= stroke.x0 - last.x1 <= gap and abs(stroke.y0 - last.y1) <= sideways:
                chain.append(stroke)
                break
        else:
            chains.append([stroke])
    return chains


def _is_wall(
    stroke: Stroke, parallel: list[Stroke], crossing: list[Stroke], ink: Pixels, scale: float
) -> bool:
    """Whether a short stroke leads from rule to rule, and is no character in a tight row.

    A stroke on the line of a long rule may have text close by; one that would make an edge of its
    own may not.
    """
    if stroke.crowded > _MOST_CROWDED and stroke.length < _CHARACTER * scale:
        middle = (stroke.x0 + stroke.x1) / 2
        if not any(
            abs(rule.y_at(middle) - stroke.y_at(middle)) <= max(1.5, _SIDEWAYS * scale)
            for rule in parallel
            if rule.length >= LONG * scale
        ):
            return False
    return _leads_between(stroke, crossing, ink, scale)


def _leads_between(stroke: Stroke, crossing: list[Stroke], ink: Pixels, scale: float) -> bool:
    """Whether ink leads from both ends of a stroke to rules of the other direction."""
    start = _rule_at(stroke.x0, stroke.y0, crossing, scale)
    end = _rule_at(stroke.x1, stroke.y1, crossing, scale)
    if start is None or end is None or start >= end:
        return False
    level = 0.6 * stroke.contrast
    return _inked(ink, stroke, start, stroke.x0, level, scale) and _inked(
        ink, stroke, stroke.x1, end, level, scale
    )


def _rule_at(x: float, y: float, crossing: list[Stroke], scale: float) -> float | None:
    """Where the nearest crossing rule cuts the line at `x`, if one is in reach.

    The strokes of `crossing` run along y: their x and y are swapped.
    """
    reach = _REACH * scale
    places = [
        rule.y_at(y)
        for rule in crossing
        if rule.x0 - reach <= y <= rule.x1 + reach
        and abs(rule.y_at(y) - x) <= reach + rule.thickness / 2
    ]
    return min(places, key=lambda place: abs(place - x)) if places else None


def _inked(
    ink: Pixels, stroke: Stroke, start: float, end: float, level: float, scale: float
) -> bool:
    """Whether the line of a stroke is inked from `start` to `end` but for a speck of paper."""
    if end <= start:
        return True
    xs = np.clip(np.arange(int(start), int(np.ceil(end)) + 1), 0, ink.shape[1] - 1)
    ys = np.rint([stroke.y_at(float(x)) for x in xs]).astype(int)
    best = np.max([ink[np.clip(ys + step, 0, ink.shape[0] - 1), xs] for step in (-1, 0, 1)], axis=0)
    return int((best < level).sum()) <= round(_OPEN_END * scale) - 1
