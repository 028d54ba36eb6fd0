"""Columns of a table without vertical rules, from the whites that its rows have in common.

Words of different rows that stand one above the other are a column, as in the T-Recs system
(Kieninger, Table Structure Recognition Based on Robust Block Segmentation, 1998); words over
several such columns are told apart by a vote of the rows. Points of the straight frame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.tables.alignment.words import Word

Rows = Sequence[Sequence[Word]]

_REACH = 0.4
"""In heights of a character: a word reaches into a column from this length on."""

_TWO_CHARACTERS = 1.5
_ONE_CHARACTER, _ALIKE = 2.0, 1.6
"""Width of a single character, at most: the height is that of digits where most characters are
digits. And that of the wider one of two in widths of the other."""

_NO_WHITE = 0.5
"""In heights of a character: columns stand farther apart."""

_WIDEST_SPACE = 3.2
_OF_OTHER_WHITES = 0.7
"""Between the two characters of a word, at most: in widths of one, and as a share of the whites
from column to column in their row."""

_MOST_HEADER_ROWS = 3
_SAME_PLACE = 0.5
_STRAIGHT = 1.5
"""Points by which half of the words of a column may stand aside of its middle."""

_CLEARANCE = 2.0
"""Points."""

_KNOWN = 10.0
_OUTER = 0.3
_MIDDLE_OF_WHITE = 6.0
_NARROW_WHITE = 20.0
"""Weights of the place of an edge against that of words in the middle of their column: the weight
of the middle of a white goes down with its width (points)."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The stretch that the words of a column take, and their middles."""

    place: Word
    middles: Sequence[float]

    @property
    def middle(self) -> float | None:
        """The middle of most words, None where they do not stand one below the other."""
        middle = median(self.middles)
        aside = median(abs(value - middle) for value in self.middles)
        return middle if aside <= _STRAIGHT else None


def column_edges(
    rows: Rows, ends: Sequence[float], left: float, right: float, height: float
) -> list[float]:
    """Ascending x of the column edges, from `left` to `right`, outer ones included.

    Args:
        rows: The words of every row, from the top.
        ends: Where rules that are shorter than the table begin or end.
        left: Edge of the table.
        right: Edge of the table.
        height: Of a character.
    """
    fixed = sorted(ends)
    inner = _inner_edges(_columns(rows, fixed, height), fixed, left, right)
    near = height / 2
    return [left, *(edge for edge in inner if left + near < edge < right - near), right]


def without_empty_columns(xs: Sequence[float], words: Iterable[Word], height: float) -> list[float]:
    """Ascending edges with one for the two of a column that no word of the table stands in.

    Rules below the heads of two groups leave such a gap between them; a head above both goes over
    it.
    """
    printed = list(words)
    edges = list(xs)
    for index in range(len(edges) - 3, 0, -1):
        column = Word(edges[index], edges[index + 1])
        if not any(
            word.common(column) > _REACH * height and (word.x0 > column.x0 or word.x1 < column.x1)
            for word in printed
        ):
            edges[index : index + 2] = [column.center]
    return edges


def _columns(rows: Rows, fixed: Sequence[float], height: float) -> list[_Column]:
    """The columns of the text, from the left."""
    # A word alone in its row, a title maybe, says nothing of columns.
    single = [
        [word for word in row if not any(_across(word, edge, height) for edge in fixed)]
        for row in rows
        if len(row) > 1
    ]
    while (spanning := _spanning(single, fixed, height)) is not None:
        single = [[word for word in row if word != spanning] for row in single]
    places = _with_parted_heads(_joined(single, fixed), single, height)
    places = _with_spaced_heads(places, single, height)
    places = _with_heads_aside(places, single, fixed)
    over = [place for place in places if _is_over_others(place, places, single)]
    places = [place for place in places if place not in over]
    return [_column(number, places, single) for number in range(len(places))]


def _column(number: int, places: Sequence[Word], rows: Rows) -> _Column:
    """The column at a place, without the wide heads of a group of columns in whose middle it is."""
    beside = [places[at] for at in (number - 1, number + 1) if 0 <= at < len(places)]
    inside = [(word, row) for row in rows for word in row if word.common(places[number]) > 0]
    among = [
        word
        for word, row in inside
        if any(one.common(place) > 0 for one in row for place in beside if one != word)
    ]
    widest = max((word.width for word in among), default=inf)
    own = _about_the_middle(
        [(word, row) for word, row in inside if word in among or word.width <= widest], beside
    )
    place = Word(min(word.x0 for word in own), max(word.x1 for word in own))
    return _Column(place, [word.center for word in own])


def _about_the_middle(
    inside: Sequence[tuple[Word, Sequence[Word]]], beside: Sequence[Word]
) -> Sequence[Word]:
    """The words of a column without those far aside, where most stand one below the other.

    Such a one is in the middle of this column and the next one together, which has no word of its
    own in that row. `inside` are words with their rows, `beside` the columns left and right.
    """
    words = [word for word, _ in inside]
    middle = median(word.center for word in words)
    if median(abs(word.center - middle) for word in words) > _STRAIGHT:
        return words
    widest = max(word.width for word in words)
    return [
        word
        for word, row in inside
        if abs(word.center - middle) <= widest / 2
        or all(
            any(one.common(place) > 0 for one in row)
            for place in beside
            if (place.center > middle) == (word.center > middle)
        )
    ]


def _inner_edges(
    columns: Sequence[_Column], fixed: Sequence[float], left: float, right: float
) -> list[float]:
    """Edges between columns, in the white between them, and those that rules show.

    Words stand in the middle of their column, if at all, so that the edges are those which have
    the words in their middles with the least squares of deviation; edges that rules show are
    known, and the middle of the white is where the words do not tell.
    """
    places = [*((edge, _KNOWN) for edge in fixed), (left, _OUTER), (right, _OUTER)]
    whites = {}
    for one, other in pairwise(columns):
        if not any(one.place.center < edge < other.place.center for edge in fixed):
            center = (one.place.x1 + other.place.x0) / 2
            whites[center] = Word(one.place.x1, other.place.x0)
            weight = _MIDDLE_OF_WHITE / max(_NARROW_WHITE, whites[center].width)
            places.append((center, weight))
    places.sort()
    rows = [_at(index, len(places), weight) for index, (_, weight) in enumerate(places)]
    sums = [place * weight for place, weight in places]
    for column in columns:
        before = sum(place < column.place.center for place, _ in places)
        if column.middle is not None and 0 < before < len(places):
            rows.append(_at(before - 1, len(places), 0.5) + _at(before, len(places), 0.5))
            sums.append(column.middle)
    solved = np.linalg.lstsq(np.array(rows), np.array(sums), rcond=None)[0]
    return sorted(
        place if place not in whites else _in_white(float(edge), white)
        for (place, _), edge in zip(places, solved, strict=True)
        if left < place < right
        for white in [whites.get(place, Word(place, place))]
    )


def _in_white(edge: float, white: Word) -> float:
    """The place nearest to `edge` that does not touch the words at the ends of a white: what does
    is taken for the remains of a rule."""
    clearance = min(_CLEARANCE, white.width / 3)
    return min(max(edge, white.x0 + clearance), white.x1 - clearance)


def _at(index: int, length: int, weight: float) -> NDArray[np.float64]:
    row = np.zeros(length)
    row[index] = weight
    return row


def _across(word: Word, edge: float, height: float) -> bool:
    return word.x0 < edge - _REACH * height and word.x1 > edge + _REACH * height


def _spanning(rows: Rows, fixed: Sequence[float], height: float) -> Word | None:
    """A word over several columns: the widest of a column in which most rows have several words.

    A row has one word there if it takes at least half of the width. As many rows are enough where
    the single words stand above: they are the heads of groups, over heads of two characters.
    """
    for column in _joined(rows, fixed):
        inside = [[word for word in row if word.common(column) > 0] for row in rows]
        several = [number for number, words in enumerate(inside) if len(words) > 1]
        one = [
            number
            for number, words in enumerate(inside)
            if len(words) == 1 and words[0].width >= _SAME_PLACE * column.width
        ]
        heads = [word for number in several for word in inside[number]]
        grouped = (
            len(several) == len(one) > 0
            and max(one) < min(several)
            and (_are_long(heads, height) or _stand_apart(heads))
        )
        if len(several) > len(one) or grouped:
            return max((word for words in inside for word in words), key=lambda word: word.width)
    return None


def _are_long(words: Sequence[Word], height: float) -> bool:
    return all(word.width >= _TWO_CHARACTERS * height for word in words)


def _stand_apart(words: Sequence[Word]) -> bool:
    """Whether words are farther from each other than the characters of one that is set wide."""
    widest = _WIDEST_SPACE * max(word.width for word in words)
    return all(-one.common(other) > widest for one, other in pairwise(sorted(words)))


def _joined(rows: Rows, fixed: Sequence[float]) -> list[Word]:
    columns: list[Word] = []
    for word in sorted(word for row in rows for word in row):
        parted = columns and any(columns[-1].center < edge < word.center for edge in fixed)
        if columns and not parted and word.x0 <= columns[-1].x1:
            columns[-1] = Word(columns[-1].x0, max(columns[-1].x1, word.x1))
        else:
            columns.append(word)
    return columns


def _with_spaced_heads(columns: Sequence[Word], rows: Rows, height: float) -> list[Word]:
    """Columns with those made one that a head parts by its spacing (合  计 above figures).

    Its characters stand alone; whole words left and right of figures are heads of their own.
    """
    result = list(columns)
    for number in range(len(columns) - 2, 0, -1):
        left, middle, right = columns[number - 1 : number + 2]
        places = [_rows_of(column, rows) for column in (left, middle, right)]
        single = max(left.width, right.width) <= _TWO_CHARACTERS * height
        if single and places[0] == places[2] and len(places[0]) == 1 and not places[0] <= places[1]:
            result[number - 1 : number + 2] = [Word(left.x0, right.x1)]
    return result


def _with_parted_heads(columns: Sequence[Word], rows: Rows, height: float) -> list[Word]:
    """Columns with those made one that a word alone parts: the white in it is less than the height
    of a character, and half of the others in its row at most. Words of two characters (地　区)
    may stand in several rows, and have wider whites."""
    result = list(columns)
    for number in range(len(columns) - 2, -1, -1):
        both = result[number : number + 2]
        own, other = sorted((_rows_of(column, rows) for column in both), key=len)
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
    widest = _WIDEST_SPACE * max(word.width for word in inside)
    # The words of one head may stand close to each other, too: most whites count.
    return own <= min(widest, _OF_OTHER_WHITES * median(others) if others else inf)


def _are_characters(words: Sequence[Word], height: float) -> bool:
    widths = [word.width for word in words]
    return max(widths) <= min(_ONE_CHARACTER * height, _ALIKE * min(widths))


def _is_between(one: Word, other: Word, columns: Sequence[Word]) -> bool:
    return one.common(columns[0]) > 0 and other.common(columns[1]) > 0


def _with_heads_aside(columns: Sequence[Word], rows: Rows, fixed: Sequence[float]) -> list[Word]:
    """Columns with those made one of which one has heads alone and the one beside it has none.

    A head in the middle of a wide column stands beside short figures at its right, or beside short
    labels at its left. Where a head may belong to both neighbours, the first column is one of
    labels, which may have no head.
    """
    result = list(columns)
    number = 0
    while number < len(result):
        heads = _rows_of(result[number], rows)
        beside = [
            other
            for other in (number + 1, number - 1)
            if 0 <= other < len(result) and _is_headless(heads, _rows_of(result[other], rows))
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


def _rows_of(column: Word, rows: Rows) -> set[int]:
    return {n for n, row in enumerate(rows) if any(word.common(column) > 0 for word in row)}


def _is_over_others(column: Word, columns: Sequence[Word], rows: Rows) -> bool:
    """Whether what stands in a column is in the middle of the two columns beside it.

    The rows that have words there have none beside them, and more rows have them beside it.
    """
    place = columns.index(column)
    if not 0 < place < len(columns) - 1:
        return False
    before, after = (_rows_of(columns[place + step], rows) for step in (-1, 1))
    own = _rows_of(column, rows)
    return not own & (before | after) and len(before & after) >= len(own)
