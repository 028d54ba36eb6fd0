"""Whether a line of a cell goes on in the next one: what begins it had no room at its end."""

from collections.abc import Sequence

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.words import words_of

# In heights of a character.
_SPACE = 0.3
_SQUARE = 0.8
_LEADER = 0.3
_SAME_PLACE = 0.5
_SAME_MIDDLE = 0.3
_INDENTED = 2.0

_FEWEST_LEADERS = 3


def goes_on(
    above: Sequence[Box], below: Sequence[Box], left: float, right: float, height: float
) -> bool:
    """Whether the text of a line goes on in the one below it.

    Args:
        above: Marks of a line, not empty.
        below: Marks of the next one, not empty.
        left: Where the room for both begins.
        right: Where it ends.
        height: Of a character.
    """
    above = sorted(above, key=lambda box: box.x0)
    if _has_leaders(above, height) or not (
        _is_below(above, below, height) or _are_centered(above, below, (left + right) / 2, height)
    ):
        return False
    return above[-1].x1 + _SPACE * height + _first_width(below, height) > right


def _is_below(above: Sequence[Box], below: Sequence[Box], height: float) -> bool:
    """Whether both lines begin together, the second one indented perhaps."""
    indent = union(below).x0 - union(above).x0
    return -_SAME_PLACE * height <= indent <= _INDENTED * height


def _are_centered(above: Sequence[Box], below: Sequence[Box], middle: float, height: float) -> bool:
    one, other = union(above).center[0], union(below).center[0]
    near = _SAME_MIDDLE * height
    return abs(one - other) <= near and abs((one + other) / 2 - middle) <= near


def _first_width(boxes: Sequence[Box], height: float) -> float:
    """The width of what may not be parted: a word, or one Chinese character."""
    first = min(boxes, key=lambda box: box.x0)
    if first.width >= _SQUARE * height:
        return first.width
    words = words_of(boxes, height, white=_SPACE)
    return words[0].width if words else 0.0


def _has_leaders(boxes: Sequence[Box], height: float) -> bool:
    """Whether a line ends in dots that lead to the next column."""
    last = boxes[-_FEWEST_LEADERS:]
    return len(last) == _FEWEST_LEADERS and all(box.width < _LEADER * height for box in last)
