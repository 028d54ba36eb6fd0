"""Columns of a table without vertical rules, from the whites that its rows have in common.

Words of different rows that stand one above the other are a column, as in the T-Recs system
(Kieninger, Table Structure Recognition Based on Robust Block Segmentation, 1998); words over
several such columns are told apart by a vote of the rows. Points of the straight frame.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from ocrpipe.tables.alignment.column_edges import STRAIGHT, Column, inner_edges
from ocrpipe.tables.alignment.column_heads import TWO_CHARACTERS, WIDEST_SPACE, with_joined_heads
from ocrpipe.tables.alignment.words import Rows, Word, rows_with

_REACH = 0.4
"""In heights of a character: a word reaches into a column from this length on."""

_SAME_PLACE = 0.5

_FEWEST_FULL = 2
"""The row of the heads and one of figures."""

_FEWEST_WITH_LABEL = 4
"""Columns, that of heads right of the labels among them: of three, two are left."""

_STRAY_SHARE = 0.2
"""Share of the rows in which a pen may have left marks one below the other, at most."""

_FEWEST_ROWS = 10
"""Of fewer rows a column may have print in one."""

_STRAY_WIDTH = 3.0
"""In heights of a character: the width of such marks."""

_HEAD_ROWS = 3
_FEWEST_REGULAR = 4
_CROWDED = 1.5
"""Between the middles of two columns with a stray one between them, in what is usual, at most."""

_FEWEST_BESIDE = 2
_ASIDE = 0.3
"""Rows with words in both columns beside a wider cell, at least, and how far in heights of a
character its words stand aside of the middle of those."""


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
    inner = inner_edges(_columns(rows, fixed, height), fixed, left, right)
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


def _columns(rows: Rows, fixed: Sequence[float], height: float) -> list[Column]:
    """The columns of the text, from the left."""
    # A word alone in its row, a title maybe, says nothing of columns.
    single = [
        [word for word in row if not any(_across(word, edge, height) for edge in fixed)]
        for row in rows
        if len(row) > 1
    ]
    while (spanning := _spanning(single, fixed, height)) is not None:
        single = [[word for word in row if word != spanning] for row in single]
    stacked = joined(single, fixed)
    places = _numbered(single, fixed, len(stacked))
    if places is None:
        places = with_joined_heads(stacked, single, fixed, height)
    over = [place for place in places if _is_over_others(place, places, single, height)]
    places = _with_one_label([place for place in places if place not in over], single)
    places = _without_strays(places, single, height)
    return [_column(number, places, single) for number in range(len(places))]


def _numbered(rows: Rows, fixed: Sequence[float], count: int) -> list[Word] | None:
    """Columns by the turn of the words in the fullest rows, of which the first row is one.

    Heads in the middle of wide columns stand aside of figures at the left or right of these, and
    nearer to those of the next column: the third word of a full row is below the third head
    nevertheless. None where words of other rows say otherwise, or need no such help: they make
    `count` columns without it, and no more than that row has.
    """
    most = max(map(len, rows), default=0)
    full = [row for row in rows if len(row) == most]
    if len(full) < _FEWEST_FULL or full[0] is not rows[0] or any(fixed):
        return None
    in_turn = zip(*full, strict=True)
    places = [Word(min(word.x0 for word in at), max(word.x1 for word in at)) for at in in_turn]
    if count <= most or any(a.x1 >= b.x0 for a, b in pairwise(places)):
        return None
    words = [word for row in rows for word in row]
    own = [[place for place in places if place.common(word) > 0] for word in words]
    return places if all(len(found) == 1 for found in own) else None


def _column(number: int, places: Sequence[Word], rows: Rows) -> Column:
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
    return Column(place, [word.center for word in own])


def _about_the_middle(
    inside: Sequence[tuple[Word, Sequence[Word]]], beside: Sequence[Word]
) -> Sequence[Word]:
    """The words of a column without those far aside, where most stand one below the other.

    Such a one is in the middle of this column and the next one together, which has no word of its
    own in that row. `inside` are words with their rows, `beside` the columns left and right.
    """
    words = [word for word, _ in inside]
    middle = median(word.center for word in words)
    if median(abs(word.center - middle) for word in words) > STRAIGHT:
        return words
    widest = max(word.width for word in words)
    near = [
        word
        for word, row in inside
        if abs(word.center - middle) <= widest / 2
        or all(
            any(one.common(place) > 0 for one in row)
            for place in beside
            if (place.center > middle) == (word.center > middle)
        )
    ]
    # Words to both sides of their middle, none of them about it, are of no column or of this one.
    return near or words


def _across(word: Word, edge: float, height: float) -> bool:
    return word.x0 < edge - _REACH * height and word.x1 > edge + _REACH * height


def _spanning(rows: Rows, fixed: Sequence[float], height: float) -> Word | None:
    """A word over several columns: the widest of a column in which most rows have several words.

    A row has one word there if it takes at least half of the width. As many rows are enough where
    the single words stand above: they are the heads of groups, over heads of two characters.
    """
    for column in joined(rows, fixed):
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
            words = [word for words in inside for word in words]
            # The head of one column may be wider than that of a group, and reach below it.
            over = [word for word in words if any(_count(word, row) > 1 for row in inside)]
            return max(over or _bridges(inside) or words, key=lambda word: word.width)
    return None


def _bridges(rows: Rows) -> list[Word]:
    """The words alone in their row without which those of a column stand in several: the narrow
    head of a group reaches but one of its columns in each row."""
    alone = [row[0] for row in rows if len(row) == 1]
    return [
        word
        for word in alone
        if len(joined([[one for one in row if one != word] for row in rows], ())) > 1
    ]


def _count(word: Word, row: Sequence[Word]) -> int:
    """How many words of a row are above or below one."""
    return sum(word.common(other) > 0 for other in row)


def _are_long(words: Sequence[Word], height: float) -> bool:
    return all(word.width >= TWO_CHARACTERS * height for word in words)


def _stand_apart(words: Sequence[Word]) -> bool:
    """Whether words are farther from each other than the characters of one that is set wide."""
    widest = WIDEST_SPACE * max(word.width for word in words)
    return all(-one.common(other) > widest for one, other in pairwise(sorted(words)))


def joined(rows: Rows, fixed: Sequence[float]) -> list[Word]:
    """Where words stand, from the left, those above or below each other together.

    `fixed`: edges that part such words, too.
    """
    columns: list[Word] = []
    for word in sorted(word for row in rows for word in row):
        parted = columns and any(columns[-1].center < edge < word.center for edge in fixed)
        if columns and not parted and word.x0 <= columns[-1].x1:
            columns[-1] = Word(columns[-1].x0, max(columns[-1].x1, word.x1))
        else:
            columns.append(word)
    return columns


def _is_over_others(column: Word, columns: Sequence[Word], rows: Rows, height: float) -> bool:
    """Whether what stands in a column is in the middle of the two columns beside it.

    The rows that have words there have none beside them. More rows have them beside it, or all that
    have some have both, of which it is exactly in the middle.
    """
    place = columns.index(column)
    if not 0 < place < len(columns) - 1:
        return False
    before, after = (rows_with(columns[place + step], rows) for step in (-1, 1))
    own = rows_with(column, rows)
    if own & (before | after):
        return False
    if len(before & after) >= len(own):
        return True
    middles = [_middle(columns[place + step], rows) for step in (-1, 0, 1)]
    aside = abs(middles[1] - (middles[0] + middles[2]) / 2)
    return before == after and len(before) >= _FEWEST_BESIDE and aside <= _ASIDE * height


def _without_strays(places: Sequence[Word], rows: Rows, height: float) -> list[Word]:
    """The columns without those of the marks of a pen: narrow, in hardly any row and in none of
    the first ones, where heads stand, and with no room for a column between those beside them."""
    if len(rows) < _FEWEST_ROWS:
        return list(places)
    centers = [place.center for place in places]
    few = int(_STRAY_SHARE * len(rows))
    strays = [
        number
        for number, place in enumerate(places)
        if place.width <= _STRAY_WIDTH * height
        and number > 0
        and len(rows_with(place, rows)) <= few
        and not rows_with(place, rows) & set(range(_HEAD_ROWS))
    ]
    kept = [center for number, center in enumerate(centers) if number not in strays]
    if not strays or len(kept) < _FEWEST_REGULAR:
        return list(places)
    usual = median(after - before for before, after in pairwise(kept[1:]))
    return [
        place
        for number, place in enumerate(places)
        if number not in strays or _room(place.center, kept) > _CROWDED * usual
    ]


def _room(center: float, others: Sequence[float]) -> float:
    """How far apart the columns to both sides of a place are; beside the last one, twice as far as
    that is from it."""
    before = max(other for other in others if other < center)
    after = min((other for other in others if other > center), default=2 * center - before)
    return after - before


def _with_one_label(places: Sequence[Word], rows: Rows) -> list[Word]:
    """The columns with one for the first two where no row has words in both, and the first row has
    its own in the second: the head and the total are in the middle of a wide column, right of the
    labels that begin at its left."""
    if len(places) < _FEWEST_WITH_LABEL:
        return list(places)
    labels, heads = (rows_with(place, rows) for place in places[:2])
    if labels & heads or 0 not in heads or len(labels) <= len(heads):
        return list(places)
    return [Word(places[0].x0, places[1].x1), *places[2:]]


def _middle(column: Word, rows: Rows) -> float:
    return median(word.center for row in rows for word in row if word.common(column) > 0)
