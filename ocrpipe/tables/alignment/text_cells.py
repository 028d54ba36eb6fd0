"""Cells of one stretch of a row without vertical rules: which columns each word takes.

Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.tables.alignment.words import Word

Part = tuple[int, int]
"""The first and the last column of a cell."""

_REACH = 0.35
"""In heights of a character: a word reaches into a column from this length on."""

_BLANK_COST = 0.02
"""What a blank cell costs against the square of the way of a word from the middle of its cell, in
widths of a column: a seventh of a width a blank cell."""


@dataclass(frozen=True, slots=True)
class Item:
    """Words of a row that are in one cell, and the columns that they reach into."""

    word: Word
    first: int
    last: int


def items_of(words: Sequence[Word], edges: Sequence[float], height: float) -> list[Item]:
    """The words of a row by the columns between ascending `edges`, from the left."""
    items: list[Item] = []
    for word in words:
        touched = _columns(word, edges, height)
        item = Item(word, touched[0], touched[-1])
        if items and item.first <= items[-1].last:
            last = items.pop()
            joined = Word(last.word.x0, max(last.word.x1, word.x1))
            item = Item(joined, last.first, max(last.last, item.last))
        items.append(item)
    return items


def _columns(word: Word, edges: Sequence[float], height: float) -> list[int]:
    reach = min(_REACH * height, 0.45 * (word.x1 - word.x0))
    common = [word.common(Word(*pair)) for pair in pairwise(edges)]
    touched = [column for column, length in enumerate(common) if length > reach]
    return touched or [max(range(len(common)), key=lambda column: common[column])]


def plain_parts(items: Sequence[Item], first: int, last: int) -> list[Part]:
    """Cells of the columns `first` to `last`: one an item, and one a column that is blank."""
    parts: list[Part] = []
    column = first
    for item in items:
        parts += [(blank, blank) for blank in range(column, item.first)]
        parts.append((item.first, item.last))
        column = item.last + 1
    return parts + [(blank, blank) for blank in range(column, last + 1)]


def centered_parts(
    items: Sequence[Item], first: int, last: int, edges: Sequence[float]
) -> list[Part]:
    """Cells of the columns `first` to `last` where words stand in the middle of their cells.

    Blank columns go to the item beside them that is in the middle with them; of all ways to share
    them out the cheapest is taken (dynamic programming over the columns from the left).
    """
    best: dict[int, tuple[float, list[Part]]] = {first: (0.0, [])}
    for index, item in enumerate(items):
        until = items[index + 1].first - 1 if index + 1 < len(items) else last
        after: dict[int, tuple[float, list[Part]]] = {}
        for start, (cost, parts) in best.items():
            for left in range(start, item.first + 1):
                for right in range(item.last, until + 1):
                    price = cost + _BLANK_COST * (left - start) + _aside(item, left, right, edges)
                    if right + 1 not in after or price < after[right + 1][0] - 1e-9:
                        blanks = [(blank, blank) for blank in range(start, left)]
                        after[right + 1] = (price, [*parts, *blanks, (left, right)])
        best = after
    ends = [
        (cost + _BLANK_COST * (last + 1 - end), end, parts) for end, (cost, parts) in best.items()
    ]
    _, end, parts = min(ends)
    return parts + [(blank, blank) for blank in range(end, last + 1)]


def _aside(item: Item, left: int, right: int, edges: Sequence[float]) -> float:
    start, end = edges[left], edges[right + 1]
    width = (end - start) / (right - left + 1)
    return ((item.word.center - (start + end) / 2) / width) ** 2
