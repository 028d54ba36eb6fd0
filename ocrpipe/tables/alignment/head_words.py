"""The words of heads that no rule parts, whose lines stand beside each other at other heights.

Points of the straight frame.
"""

from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.geometry import Box, union
from ocrpipe.tables.alignment.words import lines_of, within, words_of

_LOWEST_LINE, _HIGHEST_LINE = 0.5, 1.15
"""In heights of a character: strokes of one (三) are lower, and make a line of this height at
most."""


def head_words(marks: Sequence[Box], seams: Sequence[float], height: float) -> list[Box]:
    """The words of heads as boxes, each of one line.

    The marks are parted into lines and these into words, over and over: a head in the middle beside
    two others joins their lines until the white beside it parts it from them.

    Args:
        marks: Of the heads.
        seams: Where columns meet; there a narrower white parts two words.
        height: Of a character.
    """
    lines = _lines(marks, height)
    if len(lines) > 1:
        return [word for line in lines for word in head_words(line, seams, height)]
    words = words_of(marks, height, seams)
    parts = [[mark for mark in marks if word.x0 <= mark.center[0] <= word.x1] for word in words]
    if len(parts) > 1:
        return [word for part in parts for word in head_words(part, seams, height)]
    return [union(part) for part in parts]


def _lines(marks: Sequence[Box], height: float) -> list[list[Box]]:
    """The marks of each line, from the top; lines so low that they are strokes of one character
    together."""
    found: list[tuple[float, float]] = []
    for top, bottom in lines_of(marks, height):
        low = found and min(bottom - top, found[-1][1] - found[-1][0]) < _LOWEST_LINE * height
        if low and bottom - found[-1][0] <= _HIGHEST_LINE * height:
            found[-1] = (found[-1][0], bottom)
        else:
            found.append((top, bottom))
    if len(found) < 2:
        return [list(marks)] if found else []
    middles = [(above[1] + below[0]) / 2 for above, below in pairwise(found)]
    edges = [min(mark.y0 for mark in marks), *middles, max(mark.y1 for mark in marks) + 1.0]
    return [line for edge in pairwise(edges) if (line := within(marks, *edge))]
