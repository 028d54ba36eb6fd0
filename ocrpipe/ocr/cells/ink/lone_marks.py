"""What is print in a cell without anything as high as a character: a dash, or faint pieces."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ocrpipe.ocr.cells.ink.parts import Part

LEAST_TEXT = 3.2
"""Points: the height of the digits of the smallest print in use (4.5 point type)."""

_LONE_DUST = 2.0
"""Points: a mark alone in its cell that is no larger both ways is dust."""

_SHORTEST, _LONGEST, _THICK = 1.2, 4.0, 1.5
"""Points: the width of a hyphen, and its height at most."""

_SMALLEST_PIECE = 1.2
"""Points: size of a piece of a broken digit, at least."""

_LEVEL = 1.25
"""Widths to heights of such a one, at least."""

_DOTS: Final = {3: "…", 6: "……"}
"""What so many dots alone in a cell are: "less than half a unit" or "not known" in statistics."""

_SMALLEST_DOT, _LARGEST_DOT = 0.4, 2.5
_FARTHEST_DOTS = 6.0
"""Points: the sizes of the dots of an ellipsis, and how far apart their middles are at most: three
of them stand in a square of 18 points."""

_NEAREST_DOTS = 1.4
_UNEVEN = 0.2
"""In sizes of a dot: how far apart their middles are at least; and in the usual distance, or a
pixel and a half, how much any distance differs from it at most."""


def ellipsis(parts: Sequence[Part], scale: float) -> str | None:
    """The dots that are all the print of a cell, if they stand in one row, alike and evenly;
    `scale` is pixels a point."""
    text = _DOTS.get(len(parts))
    if text is None:
        return None
    dots = sorted(parts, key=lambda p: p.x0)
    sizes = [p.size for p in dots]
    alike = max(sizes) - min(sizes) <= max(1.0, 0.3 * max(sizes))
    small = _SMALLEST_DOT * scale <= max(sizes) <= max(3.0, _LARGEST_DOT * scale)
    middles = [(p.y0 + p.y1) / 2 for p in dots]
    level = max(middles) - min(middles) <= max(1.0, 0.4 * max(sizes))
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(dots)]
    usual = sum(steps) / len(steps)
    even = all(abs(step - usual) <= max(1.5, _UNEVEN * usual) for step in steps)
    apart = _NEAREST_DOTS * max(sizes) <= usual <= _FARTHEST_DOTS * scale
    return text if alike and small and level and even and apart else None


def marks_alone(parts: Sequence[Part], scale: float) -> list[Part]:
    """What is print of parts that are none of a character's height: dashes, strokes, faint pieces.

    `scale` is pixels a point.
    """
    kept = [
        p
        for p in parts
        if p.size > _LONE_DUST * scale
        or (p.width >= 2 * p.height and p.width > 0.75 * _LONE_DUST * scale)
    ]
    if not kept:
        return []
    pieces = _broken_digit(kept, scale) or _broken_digit(
        [p for p in parts if p.size >= _SMALLEST_PIECE * scale], scale
    )
    if pieces:
        return pieces
    height = max(p.y1 for p in kept) - min(p.y0 for p in kept)
    if height >= LEAST_TEXT * scale and len(kept) >= 3:
        # Faint characters, broken into pieces.
        return kept
    # A dash, an equals sign, 一, 二 or 三: level strokes. Anything else so low is dirt, and makes
    # dirt of them too unless it is much smaller.
    level = [p for p in kept if p.width >= 1.6 * p.height]
    longest = max((p.width for p in level), default=0)
    others = [p for p in kept if p not in level]
    return level if all(p.size < 0.5 * longest for p in others) else []


def perhaps_hyphen(parts: Sequence[Part], scale: float) -> list[Part]:
    """The mark that could be a hyphen whose edges the scan has softened, if there is one."""
    level = [p for p in parts if _LEVEL * p.height <= p.width and p.height <= _THICK * scale]
    long = [p for p in level if _SHORTEST * scale <= p.width <= _LONGEST * scale]
    return long if len(long) == 1 else []


def less_than_dust(kept: Sequence[Part], scale: float) -> list[Part]:
    """What `marks_alone` keeps though dust is as large: the rest of a stroke, or a speck."""
    return [p for p in kept if p.size <= _LONE_DUST * scale and p.width < 2 * p.height]


def _broken_digit(parts: Sequence[Part], scale: float) -> list[Part]:
    """Two marks that lie above each other as the pieces do of one digit whose thin strokes are
    lost: the bar of a 7 and what is left of its stem. None of other marks, or of more."""
    if len(parts) != 2 or max(p.size for p in parts) <= _LONE_DUST * scale:
        return []
    upper, lower = sorted(parts, key=lambda p: p.y0)
    height = max(upper.y1, lower.y1) - upper.y0
    shared = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    width = max(upper.x1, lower.x1) - min(upper.x0, lower.x0)
    near = lower.y0 - upper.y1 <= 0.45 * height
    along = shared >= 0.6 * min(upper.width, lower.width)
    high = height >= LEAST_TEXT * scale
    return [upper, lower] if high and width <= 0.9 * height and near and along else []
