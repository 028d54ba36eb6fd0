"""Title rows of tables with open sides: no vertical rule links the rows above and below them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.quantiles import percentile

Component = tuple[list[Ruling], list[Ruling]]
"""Connected rules of the straight frame: horizontal ones and vertical ones."""

_SAME_END = 3.0
_OPEN_SIDE = 7.0
_HIGHEST = 1.25
"""Height of a title row in rows of one line; a heading between two tables takes more."""

_LOW_ROWS = 25
"""Percentile of the rows' heights at which they have one line, as others wrap their labels."""

_AT_TOP = 0.6
"""In heights of a line: by so much the white below a note is higher than that above it, at least. A
title row has its text in the middle, or at its foot as spreadsheets set it."""

_LINE = 4.0
"""Points: the height of a line of print, at least."""


def join_title_rows(components: Sequence[Component], marks: Sequence[Box] = ()) -> list[Component]:
    """Components with those joined that a title row alone parts.

    Both must be as wide, open at both sides, and one row apart; the rule above the first title
    row may be a component of its own. A note below the first one stands at the top of the white.

    Args:
        components: Each with horizontal rules at least.
        marks: The print of the page.
    """
    joined: list[Component] = []
    for part in sorted(components, key=lambda part: _rows(part)[0]):
        above = next((other for other in joined if _is_title_between(other, part, marks)), None)
        if above is None:
            joined.append((list(part[0]), list(part[1])))
        else:
            above[0].extend(part[0])
            above[1].extend(part[1])
    return joined


def _is_title_between(upper: Component, lower: Component, marks: Sequence[Box]) -> bool:
    if not (upper[1] or lower[1]):
        return False
    heights = [
        low - high for part in (upper, lower) for high, low in pairwise(_rows(part)) if part[1]
    ]
    gap = _rows(lower)[0] - _rows(upper)[-1]
    if not heights or not 0 < gap <= _HIGHEST * percentile(np.array(heights), _LOW_ROWS):
        return False
    (start, end), (other_start, other_end) = _extent(upper), _extent(lower)
    return (
        abs(start - other_start) <= _SAME_END
        and abs(end - other_end) <= _SAME_END
        and _is_open(upper)
        and _is_open(lower)
        and not _is_note(marks, start, end, _rows(upper)[-1], _rows(lower)[0])
    )


def _is_note(marks: Sequence[Box], left: float, right: float, top: float, bottom: float) -> bool:
    """Whether what stands between two rules is a line right below the upper one."""
    inside = [
        mark for mark in marks if left <= mark.center[0] <= right and top < mark.center[1] < bottom
    ]
    if not inside:
        return False
    first, last = min(mark.y0 for mark in inside), max(mark.y1 for mark in inside)
    white = (bottom - last) - (first - top)
    return last - first >= _LINE and white >= _AT_TOP * (last - first)


def _rows(part: Component) -> list[float]:
    return sorted({rule.y0 for rule in part[0]})


def _extent(part: Component) -> tuple[float, float]:
    return min(rule.x0 for rule in part[0]), max(rule.x1 for rule in part[0])


def _is_open(part: Component) -> bool:
    start, end = _extent(part)
    return all(start + _OPEN_SIDE < rule.x0 < end - _OPEN_SIDE for rule in part[1])
