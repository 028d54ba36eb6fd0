"""Strokes of characters that stand below each other in rows as low as a line of text.

In such rows a character all but reaches from rule to rule, and lines that begin with the same one
(市教育局, 市公安局) have its strokes on one line: with the rules between them they make a run of
ink as long as a wall.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.beside import LONG, crowded_sides
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke

_HIGHEST = 14.0
"""Points from rule to rule up to which a character may reach from one to the other."""

_REACH = 2.5
"""Points by which a stroke may miss the rule at its end."""

_FEWEST_RULES = 2
"""A stroke that meets no more than these stands in one row alone, between two rules."""

_PALE = 0.65
"""Share of the contrast of the rules it crosses that a stroke of characters has at most: 0.26 to
0.45 at 150 dpi, where walls have 0.9 and more."""

_CROWDED, _ENCLOSED = 0.6, 0.8
"""Share of a stroke with print close by on either side, as the rest of its characters is: of a
pale one, and of one as dark as the rules. Characters have 1.0 there, and walls between two columns
of text 0.34 at most."""


def without_text_of_low_rows(
    strokes: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """The strokes but for those of characters in low rows, which pass over rules between them.

    Args:
        strokes: Along x, in pixels.
        crossing: Those along y, with x and y swapped, of which long ones are rules.
        found: What `strokes` were found in.
        scale: Pixels a point.
    """
    long = [rule for rule in crossing if rule.length >= LONG * scale]
    if not long:
        return list(strokes)
    pale = _PALE * median(np.array([rule.contrast for rule in long]))
    rules = CrossingRules(long)
    crossed = _cross_many(strokes, rules, scale)
    return [
        stroke
        for stroke, many in zip(strokes, crossed, strict=True)
        if not (many and _passes_over_low_rows(stroke, rules, scale))
        or crowded_sides(stroke, found.ink, found.fine, scale)[0]
        <= (_CROWDED if stroke.contrast < pale else _ENCLOSED)
    ]


def _cross_many(strokes: Sequence[Stroke], rules: CrossingRules, scale: float) -> NDArray[np.bool_]:
    """(n,): which strokes meet enough rules. Nearly none of a page's thousand does."""
    reach = _REACH * scale
    ends = np.array([(s.x0, s.x1, (s.y0 + s.y1) / 2) for s in strokes], np.float64).reshape(-1, 3)
    starts, stops, middles = ends.T
    return rules.counts(starts - reach, stops + reach, middles, -reach) > _FEWEST_RULES


def _passes_over_low_rows(stroke: Stroke, rules: CrossingRules, scale: float) -> bool:
    """Whether most of the rows are low that a stroke, which crosses several rules, passes over."""
    reach, middle = _REACH * scale, (stroke.y0 + stroke.y1) / 2
    at = rules.places(stroke.x0 - reach, stroke.x1 + reach, middle, -reach)
    return float(np.median(np.diff(at))) <= _HIGHEST * scale
