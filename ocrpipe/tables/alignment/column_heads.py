"""Columns that are one, by their heads: set wide (合　计), in parts, or aside of their figures.

Points of the straight frame.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from ocrpipe.tables.alignment.words import Rows, Word, rows_with

TWO_CHARACTERS = 1.5
"""In heights of a character: two of a word are as wide."""

WIDEST_SPACE = 3.2
"""White between the two characters of a word, at most, in widths of one."""

_ONE_CHARACTER, _ALIKE = 2.0, 1.6
"""Width of a single character, at most: the height is that of digits where most characters are
digits. And that of the wider one of two in widths of the other."""

_NO_WHITE = 0.5
"""In heights of a character: columns stand farther apart."""

_OF_OTHER_WHITES = 0.7
"""The same as a share of the whites from column to column in their row."""

_MOST_HEADER_ROWS = 3


def with_joined_heads(
    columns: Sequence[Word], rows: Rows, fixed: Sequence[float], height: float
) -> list[Word]:
    """Columns from the left with those made one that only their heads part.

    Args:
        columns: The stretches that have words one above the other.
        rows: The words of every row, from the top.
        fixed: Where rules that are shorter than the table begin or end.
        height: Of a character.
    """
    parted = _with_parted_heads(columns, rows, height)
    return _with_heads_aside(_with_spaced_heads(parted, rows, height), rows, fixed)


def _with_parted_heads(columns: Sequence[Word], rows: Rows, height: float) -> list[Word]:
    """Columns with those made one that a word alone parts: the white in it is less than the height
    of a character, and half of the others in its row at most. Words of two characters (地　区)
    may stand in several rows, and have wider whites."""
    result = list(columns)
    for number in range(len(columns) - 2, -1, -1):
        both = result[number : number + 2]
        own, other = sorted((rows_with(column, rows) for column in both), key=len)
        if len(own) == 1 and not own & other and -both[0].common(both[1]) < _NO_WHITE * height:
            # A part of a head of two lines, and of no row with the rest of it.
            result[number : number + 2] = [Word(both[0].x0, both[1].x1)]
            continue
        if not own & other or (len(own) > 1 and not own <= other):
            continue
        row = rows[min(own & other)]
        close = len(own) == 1 and _is_close(row, both, height)
        if close or (
            own <= other and all(_is_spaced(rows[at], both, result, height) for at in own)
        ):
            result[number : number + 2] = [Word(both[0].x0, both[1].x1)]
    return result


def _is_close(row: Sequence[Word], columns: Sequence[Word], height: float) -> bool:
    """Whether what stands in two columns has a white between that is narrower than a character,
    and than half of each other one in its row."""
    whites = sorted(after.x0 - before.x1 for before, after in pairwise(row))
    between = [pair for pair in pairwise(row) if _is_between(*pair, columns)]
    own = min((-one.common(other) for one, other in between), default=inf)
    return own < height and all(own <= white / 2 for white in whites if white != own)


def _is_spaced(
    row: Sequence[Word], both: Sequence[Word], columns: Sequence[Word], height: float
) -> bool:
    """Whether a row has one character in each of two of the `columns`, which are a word set wide:
    the white in it is narrower than those from column to column."""
    inside = [word for word in row if any(word.common(column) > 0 for column in both)]
    if len(inside) != 2 or not _are_characters(inside, height):
        return False
    own = -inside[0].common(inside[1])
    others = [
        after.x0 - before.x1
        for before, after in pairwise(row)
        if (before, after) != tuple(inside)
        and not any(before.common(one) > 0 and after.common(one) > 0 for one in columns)
    ]
    widest = WIDEST_SPACE * max(word.width for word in inside)
    # The words of one head may stand close to each other, too: most whites count.
    return own <= min(widest, _OF_OTHER_WHITES * median(others) if others else inf)


def _are_characters(words: Sequence[Word], height: float) -> bool:
    widths = [word.width for word in words]
    return max(widths) <= min(_ONE_CHARACTER * height, _ALIKE * min(widths))


def _is_between(one: Word, other: Word, columns: Sequence[Word]) -> bool:
    return one.common(columns[0]) > 0 and other.common(columns[1]) > 0


def _with_spaced_heads(columns: Sequence[Word], rows: Rows, height: float) -> list[Word]:
    """Columns with those made one that a head parts by its spacing (合  计 above figures).

    Its characters stand alone; whole words left and right of figures are heads of their own.
    """
    result = list(columns)
    for number in range(len(columns) - 2, 0, -1):
        left, middle, right = columns[number - 1 : number + 2]
        places = [rows_with(column, rows) for column in (left, middle, right)]
        single = max(left.width, right.width) <= TWO_CHARACTERS * height
        if single and places[0] == places[2] and len(places[0]) == 1 and not places[0] <= places[1]:
            result[number - 1 : number + 2] = [Word(left.x0, right.x1)]
    return result


def _with_heads_aside(columns: Sequence[Word], rows: Rows, fixed: Sequence[float]) -> list[Word]:
    """Columns with those made one of which one has heads alone and the one beside it has none.

    A head in the middle of a wide column stands beside short figures at its right, or beside short
    labels at its left. Where a head may belong to both neighbours, the first column is one of
    labels, which may have no head.
    """
    result = list(columns)
    number = 0
    while number < len(result):
        heads = rows_with(result[number], rows)
        beside = [
            other
            for other in (number + 1, number - 1)
            if 0 <= other < len(result) and _is_headless(heads, rows_with(result[other], rows))
        ]
        if len(beside) > 1 and number == 1:
            beside = beside[:1]
        first = min(number, *beside) if beside else number
        if len(beside) == 1 and not _is_parted(result[first], result[first + 1], fixed):
            result[first : first + 2] = [Word(result[first].x0, result[first + 1].x1)]
            number = first
        number += 1
    return result


def _is_headless(heads: set[int], body: set[int]) -> bool:
    """Whether a column has words only below all those of one that is all heads."""
    few = 0 < len(heads) <= _MOST_HEADER_ROWS and 2 * len(heads) <= len(body)
    return few and max(heads) < min(body)


def _is_parted(left: Word, right: Word, fixed: Sequence[float]) -> bool:
    return any(left.center < edge < right.center for edge in fixed)
