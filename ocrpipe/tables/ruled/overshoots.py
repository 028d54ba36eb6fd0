"""Ends of rules a little past the rule that they end at, as averaging and blur leave them.

Past its corner a rule comes close to what stands in the next cell, and a lone 1 right above or
below it would be taken for its continuation.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Ruling

_FARTHEST = 2.5
"""Points by which a rule is found longer than it is, at most."""

_REACH = 1.0
"""Points by which the crossing rule may fall short of the one that ends at it."""


def without_overshoots(rules: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Axis-parallel rules (points) that end at the rule which they cross last."""
    along_x = np.array([(r.x0, r.x1, r.y0) for r in rules if r.horizontal]).reshape(-1, 3)
    along_y = np.array([(r.y0, r.y1, r.x0) for r in rules if not r.horizontal]).reshape(-1, 3)
    result = []
    for rule in rules:
        if rule.horizontal:
            start, end = _cut(rule.x0, rule.x1, rule.y0, along_y)
            result.append(replace(rule, x0=start, x1=end))
        else:
            start, end = _cut(rule.y0, rule.y1, rule.x0, along_x)
            result.append(replace(rule, y0=start, y1=end))
    return tuple(result)


def _cut(start: float, end: float, at: float, crossing: NDArray[np.float64]) -> tuple[float, float]:
    """The interval of a rule at `at`, cut at `crossing` rows of start, end and position."""
    crosses = (crossing[:, 0] - _REACH <= at) & (at <= crossing[:, 1] + _REACH)
    places = crossing[crosses, 2]
    places = places[(places > start) & (places < end)]
    if not len(places):
        return start, end
    first, last = float(places.min()), float(places.max())
    cut_start = first if first - start <= _FARTHEST else start
    cut_end = last if end - last <= _FARTHEST else end
    return (cut_start, cut_end) if cut_start < cut_end else (start, end)
