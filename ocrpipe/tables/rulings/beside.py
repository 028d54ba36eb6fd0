"""What stands beside a stroke: ink close to it tells the strokes of characters from rules.

Pixels, at `scale` pixels a point; rasters are those of `Candidates`, spread over rows.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.along import (
    are_dashes,
    is_dashed,
    is_steady,
    profile_of,
    profiles,
    wholeness,
)
from ocrpipe.tables.rulings.strokes.stroke import Stroke

LONG = 40.0
"""Length in points from which a stroke is longer than those of characters."""

# Lengths in points.
_BESIDE, _AROUND = (1.5, 3.0), (1.2, 2.2, 3.2, 4.2)
"""From a stroke to where ink is close beside it, and to where it stands in a crowd of print."""

_DOUBLED = (1.2, 1.6, 2.0, 2.4, 2.8, 3.2)
"""To the other line of a double rule."""

_PARTNER = 0.78
"""Share of the length of a stroke that the other line of a double rule has, at least."""

_END = 1.5
"""At the ends of a stroke, where the rules stand that it meets."""

_WIDE_CHARACTERS = 60.0
"""Length from which a stroke is none of even the largest characters."""

_WHOLE, _WHOLE_RULE = 0.88, 0.9
"""Share of its length that is inked of a broken rule's pieces, and of a rule beside which text
may stand: strokes of characters in a row have more gaps."""


def in_text(stroke: Stroke, fine: Pixels, scale: float) -> bool:
    """Whether a stroke belongs to characters: it has gaps, or is short, and ink is beside it.

    A long one with even gaps is a dashed rule that text stands close to.
    """
    less, more = ink_beside(stroke, fine, scale)
    if stroke.length < LONG * scale and (less > 0.3 or more > 0.75):
        return True
    # The feet of a row of figures make a line hardly longer than a wall, and rarely a wider one.
    wide = stroke.length >= _WIDE_CHARACTERS * scale
    if not (less > 0.15 or more > (0.4 if wide else 0.25)):
        return False
    if wholeness(stroke, fine) >= _WHOLE_RULE and is_steady(stroke, fine):
        return False
    return not (wide and is_dashed(stroke, fine, scale))


def is_line_of_text(chain: Sequence[Stroke], fine: Pixels, scale: float) -> bool:
    """Whether strokes in a row are those of large characters: others cross and interrupt them.

    The pieces of a broken rule are short too, but each of them is whole.
    """
    if len(chain) < 2 or max(stroke.length for stroke in chain) >= _WIDE_CHARACTERS * scale:
        return False
    if are_dashes(chain, fine, scale):
        return False
    whole = sum(float(np.sum(profile_of(s, fine) > 0.5 * s.contrast)) for s in chain)
    return whole < _WHOLE * sum(stroke.length for stroke in chain)


def ink_beside(stroke: Stroke, fine: Pixels, scale: float) -> tuple[float, float]:
    """Shares of the length with ink close by, on the emptier side and on the fuller one.

    The other line of a double rule is no such ink.
    """
    before, after = shares_beside(stroke, fine, fine, _BESIDE, 0.4 * stroke.contrast, scale)
    return min(before, after), max(before, after)


def shares_beside(
    stroke: Stroke,
    fine: Pixels,
    ink: Pixels,
    distances: Sequence[float],
    level: float,
    scale: float,
) -> tuple[float, float]:
    """Shares of the length with more than `level` in `ink` at some of the `distances` in points,
    on either side; beyond the other line of a double rule, which is looked for in `fine`."""
    ways = [
        [side * (stroke.thickness / 2 + partner + distance * scale) for distance in distances]
        for side, partner in zip((-1, 1), _partners(stroke, fine, scale), strict=True)
    ]
    # Both sides at once: for a short stroke, each look costs as much as what is looked at.
    rows = profiles(stroke, ink, [*ways[0], *ways[1]]).reshape(2, len(distances), -1)
    before, after = (rows.max(axis=1) > level).mean(axis=1).tolist()
    return before, after


def _partners(stroke: Stroke, fine: Pixels, scale: float) -> tuple[float, float]:
    """Pixels from a stroke to the other line of its double rule on either side, 0 without one."""
    ways = [stroke.thickness / 2 + distance * scale for distance in _DOUBLED]
    rows = profiles(stroke, fine, [side * way for side in (-1, 1) for way in ways])
    whole = (rows > 0.5 * stroke.contrast).mean(axis=1) >= _PARTNER
    before, after = (
        ways[int(side.argmax())] if side.any() else 0.0 for side in whole.reshape(2, -1)
    )
    return before, after


def crowded(stroke: Stroke, ink: Pixels, fine: Pixels, scale: float) -> float:
    """Share of the length, without the ends, with ink around it on the fuller side."""
    return crowded_sides(stroke, ink, fine, scale)[1]


def crowded_sides(stroke: Stroke, ink: Pixels, fine: Pixels, scale: float) -> tuple[float, float]:
    """Shares of the length, without the ends, with ink around it, on the emptier side and on the
    fuller one."""
    end = min(_END * scale, stroke.length / 4)
    x0, x1 = stroke.x0 + end, stroke.x1 - end
    inner = replace(stroke, x0=x0, y0=stroke.y_at(x0), x1=x1, y1=stroke.y_at(x1))
    before, after = shares_beside(inner, fine, ink, _AROUND, 0.3 * stroke.contrast, scale)
    return min(before, after), max(before, after)
