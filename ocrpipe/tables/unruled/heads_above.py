"""The heads that stand above rows of figures, and the edges of the columns of both.

Points of the straight frame.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.quantiles import percentile
from ocrpipe.tables.alignment.head_tree import HeadLevels, head_levels
from ocrpipe.tables.alignment.head_words import head_words
from ocrpipe.tables.alignment.text_cells import items_of
from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word, character_height, rows_of
from ocrpipe.tables.ruled.spans import Span

# In heights of a character.
_HIGHEST = 12.0
"""Of all heads."""

_OUTSIDE = 4.0
"""By how much heads go farther to the sides than the rows below them, at most."""

_WIDEST, _USUAL = 2.0, 75.0
"""Of a character, and the percentile of the widths of marks that is one."""

_TITLE = 1.6
"""Height of the characters of a title, at least."""

_FARTHEST = 3.0
"""White between two lines of heads, or the last of them and the first row."""


def heads_above(
    body: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    marks: Sequence[Box],
    height: float,
) -> HeadLevels | None:
    """The heads of rows, None where no reading of what stands above these fits.

    Args:
        body: Marks of the rows.
        xs: Ascending edges of their columns.
        ys: Ascending edges of the rows.
        marks: Of the page.
        height: Of a character.
    """
    rows = rows_of(body, ys, height)
    places = column_places(rows, xs, height)
    if places is None:
        return None
    left, right = xs[0] - _OUTSIDE * height, xs[-1] + _OUTSIDE * height
    above = [
        mark
        for mark in marks
        if ys[0] - _HIGHEST * height < mark.center[1] < ys[0] and left < mark.center[0] < right
    ]
    seams = [(one.x1 + other.x0) / 2 for one, other in pairwise(places)]
    size = _size(above, height)
    found = head_words(above, seams, height)
    words = _near(found, above, ys[0], min(height, character_height(body)))
    return head_levels(words, places, size)


def _size(marks: Sequence[Box], height: float) -> float:
    """The size of the characters of heads: those of a text layer are as wide, and made lower so
    that lines do not touch."""
    widths = [mark.width for mark in marks if mark.width <= _WIDEST * height]
    return max(height, percentile(np.array(widths), _USUAL)) if widths else height


def column_places(
    rows: Sequence[Sequence[Word]], xs: Sequence[float], height: float
) -> list[Word] | None:
    """The stretch of the print of each column, None where one is blank."""
    own: list[list[Word]] = [[] for _ in range(len(xs) - 1)]
    for row in rows:
        for item in items_of(row, xs, height):
            if item.first == item.last:
                own[item.first].append(item.word)
    if not all(own):
        return None
    return [Word(min(w.x0 for w in words), max(w.x1 for w in words)) for words in own]


def _near(words: Sequence[Box], marks: Sequence[Box], top: float, height: float) -> list[Box]:
    """The words from the lowest one up to the first white that is too high for that of heads, or
    print of a title."""
    near: list[Box] = []
    for word in sorted(words, key=lambda word: -word.y1):
        inside = [mark for mark in marks if word.contains_point(*mark.center)]
        if top - word.y1 > _FARTHEST * height or character_height(inside) > _TITLE * height:
            break
        near.append(word)
        top = min(top, word.y0)
    return near


def shared_edges(
    rows: Sequence[Sequence[Word]],
    levels: HeadLevels,
    ends: Sequence[float],
    sides: Word,
    height: float,
) -> list[float]:
    """Ascending edges of the columns of rows and of the heads above them.

    Args:
        rows: The words of every row.
        levels: The heads.
        ends: Where rules show edges.
        sides: From the left to the right edge of the rows.
        height: Of a character.
    """
    left = min((sides.x0, *(word.x0 for word in levels.leaves)))
    right = max((sides.x1, *(word.x1 for word in levels.leaves)))
    return column_edges([levels.leaves, *rows], ends, left, right, height)


def with_heads(spans: Sequence[Span], levels: HeadLevels) -> tuple[Span, ...]:
    """The spans of a table with those of its first rows replaced by its heads."""
    count = len(levels.ys) - 1
    heads = [
        Span(cell.top, cell.first, cell.bottom - cell.top + 1, cell.last - cell.first + 1)
        for cell in levels.cells
    ]
    rest = [span for span in spans if span.row >= count]
    return tuple(sorted([*heads, *rest], key=lambda span: (span.row, span.col)))
