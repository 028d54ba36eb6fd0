"""The header that a table repeats on every page it runs over."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.document import Cell, Table
from ocrpipe.tables.continued.labels import is_same
from ocrpipe.tables.numeric import is_number

_COUNT = re.compile(r"[(（]?(\d{1,2})[)）]?")
_FEWEST_COUNTED = 2
"""Column numbers of a header, at least."""

_FEWEST_SAME, _MOST_SAME = 5, 0.75
"""Heads of a header that are the same, and their share, where its texts as a whole are not: rows of
words below each other share fewer."""


_MERGED, _SAME_OF_MERGED = 2, 0.5
"""Cells over several rows or columns, and the share of the heads that are the same where all cells
of two bands lie alike and as many are merged: bands of words and other rows do not."""


def without_repeated_header(first: Table, second: Table) -> Table:
    """`second` without its leading rows that repeat those of `first`, on the same columns.

    Rows that cells span together are compared together, so that one cell of a header that was
    not read, or that a false rule splits or a lost one lengthens, does not keep the header. A page
    may end after the first rows of it.
    """
    known = count = 0
    while known < first.n_rows and count < second.n_rows:
        known_end, count_end = _band_end(first, known), _band_end(second, count)
        rows, other_rows = known_end - known, count_end - count
        pairs = ((known_end, count + rows), (known_end, count_end), (known + other_rows, count_end))
        found = next(
            (
                (end, other_end)
                for end, other_end in pairs
                if end <= first.n_rows
                and _repeats(_rows(first, known, end), second, count, other_end)
            ),
            None,
        )
        if found is None:
            break
        known, count = found
    if count == 0:
        return second
    cells = tuple(
        cell.model_copy(update={"row": cell.row - count})
        for cell in second.cells
        if cell.row >= count
    )
    return second.model_copy(update={"n_rows": second.n_rows - count, "cells": cells})


def _repeats(words: Sequence[Cell], table: Table, start: int, end: int) -> bool:
    """Whether whole rows of a table, from `start` to `end` and not its last, say `words`."""
    if end >= table.n_rows or _is_crossed(table, end):
        return False
    return _is_repeated(words, _rows(table, start, end))


def _band_end(table: Table, start: int) -> int:
    """The first row after `start` above which no cell reaches below."""
    end = start + 1
    for cell in table.cells:
        if start <= cell.row < end:
            end = max(end, cell.row + cell.row_span)
    return end


def _is_crossed(table: Table, row: int) -> bool:
    """Whether a cell reaches over the upper edge of a row."""
    return any(cell.row < row < cell.row + cell.row_span for cell in table.cells)


def _rows(table: Table, start: int, end: int) -> list[Cell]:
    return [cell for cell in table.cells if start <= cell.row < end]


def _is_repeated(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """Whether two bands of rows have the same words from column to column, and are no figures."""
    words = [cell for cell in first if cell.text and not is_number(cell.text)]
    numbers = [cell for cell in first if cell.text and is_number(cell.text)]
    if len(words) <= len(numbers) and not _are_counted(numbers):
        return False
    return is_same(_text(first), _text(second)) or _are_most_repeated(first, second)


def _are_most_repeated(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """Whether most cells of two bands of words are the same in the same places, though one long
    text, misread as a whole, outweighs them."""
    if any(is_number(cell.text) for cell in (*first, *second)):
        return False
    heads, others = _places(first), _places(second)
    same = sum(is_same(text, others.get(place, "")) for place, text in heads.items() if text)
    merged = sum(rows > 1 or columns > 1 for _, _, rows, columns in heads)
    alike = heads.keys() == others.keys() and merged >= _MERGED
    count = max(sum(map(bool, texts.values())) for texts in (heads, others))
    return same >= max(_FEWEST_SAME, (_SAME_OF_MERGED if alike else _MOST_SAME) * count)


def _places(cells: Sequence[Cell]) -> dict[tuple[int, int, int, int], str]:
    """The texts of the cells of a band by their rows in it, columns and spans."""
    top = min((cell.row for cell in cells), default=0)
    return {(cell.row - top, cell.col, cell.row_span, cell.col_span): cell.text for cell in cells}


def _are_counted(numbers: Sequence[Cell]) -> bool:
    """Whether the numbers of a row are those of the columns below the heads: 栏次 1 2 3."""
    if len({cell.row for cell in numbers}) != 1 or len(numbers) < _FEWEST_COUNTED:
        return False
    counts = [
        int(match[1]) if (match := _COUNT.fullmatch(cell.text)) else -1
        for cell in sorted(numbers, key=lambda cell: cell.col)
    ]
    return counts[0] == 1 and all(after == before + 1 for before, after in pairwise(counts))


def _text(cells: Sequence[Cell]) -> str:
    return "".join(cell.text for cell in sorted(cells, key=lambda cell: (cell.col, cell.row)))
