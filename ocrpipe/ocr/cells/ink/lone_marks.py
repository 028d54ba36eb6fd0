"""What is print in a cell without anything as high as a character: a dash, or faint pieces."""

from collections.abc import Sequence

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
