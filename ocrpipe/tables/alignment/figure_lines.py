"""Lines of figures among lines of words, by the characters or by the shape of the print."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.words import words_of

# In heights of the highest mark of a line.
_FULL = 0.8
_MIDDLE = 0.5
_WIDEST_DIGIT = 0.85

_NARROW_SHARE = 0.7
_MOST_LOW = 0.4
"""Share of marks of a middle height, which words have many of (a, c, e) and figures few (%)."""

_MANY, _MOST_DENSE = 12, 3.0
"""Marks from which a line is looked at for how close they stand, and the most of them a height of
the line that digits are. The crumbs of frayed characters are 3.5 to 8, of digits seldom as many."""


class Mark(NamedTuple):
    """A mark of the print; `digit` is None where that is not known, or it is punctuation."""

    box: Box
    digit: bool | None = None


def is_figures(marks: Sequence[Mark]) -> bool:
    """Whether the marks of a line are mostly digits.

    Where no character is known the shape tells: digits are of one height and higher than wide,
    unlike small letters, which have two heights, and Chinese characters, which are square.
    """
    digits = sum(mark.digit is True for mark in marks)
    letters = sum(mark.digit is False for mark in marks)
    return digits > letters if digits + letters else _has_shape([mark.box for mark in marks])


def has_figures(boxes: Sequence[Box], height: float, share: float = 0.5) -> bool:
    """Whether half of what a row has right of its first word is figures: the parts of a narrow
    character, as in 占比, may look like digits.

    Args:
        boxes: Marks of the row.
        height: Of a character.
        share: Of the words that must be figures.
    """
    figures = [
        is_figures([Mark(box) for box in boxes if word.x0 <= box.center[0] <= word.x1])
        for word in words_of(boxes, height)[1:]
    ]
    return bool(figures) and sum(figures) >= share * len(figures)


def _has_shape(boxes: Sequence[Box]) -> bool:
    if not boxes:
        return False
    height = max(box.height for box in boxes)
    if len(boxes) > _MANY and len(boxes) * height > _MOST_DENSE * union(boxes).width:
        return False
    full = [box for box in boxes if box.height >= _FULL * height]
    low = sum(_MIDDLE * height < box.height < _FULL * height for box in boxes)
    usual = median(box.height for box in full)
    narrow = sum(box.width <= _WIDEST_DIGIT * usual for box in full)
    return narrow >= _NARROW_SHARE * len(full) and low <= _MOST_LOW * len(boxes)
