"""Ends of rules that are none: strokes of text that stands close beside the end of a rule.

Where a label all but touches the wall of its cell, the run of ink along a rule goes on over the
wall through the strokes of the label.
"""

from collections.abc import Sequence

import numpy as np

from ocrpipe.tables.rulings.along import wholeness
from ocrpipe.tables.rulings.beside import LONG
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke, greatest_of_three

_REACH = 3.0
"""Points by which a rule may miss the one that it crosses."""

_SHORTEST = 4.0
"""Points by which a rule must go on past the last one that it crosses to be looked at."""

_ASIDE = 1.3
"""Points beside a rule at which strokes of characters have others."""

_INK = 0.3
"""Share of the rule's contrast from which something beside it is ink."""

_WHOLE = 0.8
_CLOSE = 0.85
"""Shares of the end of a rule: less is inked, and more has ink close by, where it is text."""


def without_overhangs(
    rules: Sequence[Stroke], crossing: Sequence[Stroke], found: Candidates, scale: float
) -> list[Stroke]:
    """Long rules without the ends past the outermost crossing rule that are strokes of text.

    Args:
        rules: Strokes along x, in pixels.
        crossing: Those along y, with x and y swapped.
        found: What `rules` were found in.
        scale: Pixels a point.
    """
    return [
        _trimmed(rule, crossing, found, scale) if rule.length >= LONG * scale else rule
        for rule in rules
    ]


def _trimmed(rule: Stroke, crossing: Sequence[Stroke], found: Candidates, scale: float) -> Stroke:
    places = _crossings(rule, crossing, _REACH * scale)
    if not places:
        return rule
    start, end = rule.x0, rule.x1
    if places[0] - start >= _SHORTEST * scale and _is_text(rule, start, places[0], found, scale):
        start = places[0]
    if end - places[-1] >= _SHORTEST * scale and _is_text(rule, places[-1], end, found, scale):
        end = places[-1]
    return rule if (start, end) == (rule.x0, rule.x1) else rule.between(start, end)


def _crossings(rule: Stroke, crossing: Sequence[Stroke], reach: float) -> list[float]:
    """Where rules cross one, ascending."""
    places = [
        other.y_at(rule.y_at(other.y0))
        for other in crossing
        if other.x0 - reach <= rule.y_at(other.y0) <= other.x1 + reach
    ]
    return sorted(place for place in places if rule.x0 - reach <= place <= rule.x1 + reach)


def _is_text(rule: Stroke, start: float, end: float, found: Candidates, scale: float) -> bool:
    part = rule.between(start, end)
    if wholeness(part, found.fine) >= _WHOLE:
        return False
    xs = np.arange(int(part.x0), int(part.x1))
    aside = part.thickness / 2 + _ASIDE * scale
    rows = greatest_of_three(found.ink, xs, part.rows_at(xs, np.array([[-aside], [aside]])))
    return float(np.mean(rows.max(axis=0) > _INK * rule.contrast)) > _CLOSE
