"""Dotted leaders of tables of contents, which a scan shows as dotted rules.

Points of the page. A leader stands on the line of its text: an entry ends where it begins, and the
number of a page begins where it ends. No rule of a table has text at both of its ends, and no
leader meets a wall.
"""

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling

_FEWEST = 3
_SAME_LINE = 2.5
_HIGHEST_TEXT, _LOWEST_TEXT = 30.0, 3.0
# In heights of the text beside a leader.
_FOOT = (-0.6, 0.35)
"""Where the foot of the text is, from the line down: a rule takes a part of it away. Heads in the
middle beside a rule have it lower."""

_BEFORE = (-0.3, 3.0)
_AFTER = (-1.5, 3.0)
"""From the text to the ends: dots beside them may be no part of what was taken for a rule, which
may go on below the number."""

_SAME_END = 6.0
"""Between the ends of most leaders of a page, which stand at one margin."""

_Numbers = NDArray[np.float64]
_Texts = _Numbers
"""(n, 4): boxes of print."""


def find_leaders(rulings: Sequence[Ruling], marks: Sequence[Box]) -> tuple[Ruling, ...]:
    """The rules of a page that are the leaders of a table of contents.

    Args:
        rulings: Rules of the page.
        marks: Boxes of its print.
    """
    walls = [rule for rule in rulings if not rule.horizontal]
    texts = np.array(
        [mark for mark in marks if _LOWEST_TEXT <= mark.height <= _HIGHEST_TEXT], np.float64
    ).reshape(-1, 4)
    lines: list[list[Ruling]] = []
    for rule in sorted((one for one in rulings if one.horizontal), key=lambda one: one.y0):
        if lines and rule.y0 - lines[-1][-1].y0 <= _SAME_LINE:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    leaders = [line for line in lines if _is_leader(line, texts, walls)]
    ends = [max(rule.x1 for rule in line) for line in leaders]
    if len(ends) < _FEWEST or median(abs(end - median(ends)) for end in ends) > _SAME_END:
        return ()
    return tuple(rule for line in leaders for rule in line)


def _is_leader(line: Sequence[Ruling], texts: _Texts, walls: Sequence[Ruling]) -> bool:
    first, last = min(line, key=lambda one: one.x0), max(line, key=lambda one: one.x1)
    before, after = _standing_on(texts, first.y0), _standing_on(texts, last.y1)
    if not _any_within(first.x0 - before[:, 2], before, _BEFORE):
        return False
    if not _any_within(after[:, 0] - last.x1, after, _AFTER):
        return False
    return not any(_meets(wall, first, last) for wall in walls)


def _standing_on(texts: _Texts, y: float) -> _Texts:
    """The texts whose foot is on a line; all are asked at once, as a page has hundreds."""
    below, heights = texts[:, 3] - y, texts[:, 3] - texts[:, 1]
    return texts[(_FOOT[0] * heights <= below) & (below <= _FOOT[1] * heights)]


def _any_within(gaps: _Numbers, texts: _Texts, heights: tuple[float, float]) -> bool:
    """Whether one of the gaps (n,) beside texts (n, 4) is so many of its text's heights."""
    least, most = (share * (texts[:, 3] - texts[:, 1]) for share in heights)
    return bool(((least <= gaps) & (gaps <= most)).any())


def _meets(wall: Ruling, first: Ruling, last: Ruling) -> bool:
    """Whether a wall begins, ends or goes through where a line of rules is, from the `first` of
    them to the `last`."""
    if not first.x0 - _SAME_LINE <= wall.x0 <= last.x1 + _SAME_LINE:
        return False
    y = np.interp(wall.x0, (first.x0, last.x1), (first.y0, last.y1))
    return bool(wall.y0 - _SAME_LINE <= y <= wall.y1 + _SAME_LINE)
