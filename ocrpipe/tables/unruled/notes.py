"""What stands around a table without rules and keeps to no column of it: units, notes, prose."""

from collections.abc import Sequence
from statistics import median

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.text_cells import Item, items_of
from ocrpipe.tables.alignment.words import Word
from ocrpipe.tables.unruled.row_groups import FEWEST_ROWS

FEWEST_COLUMNS = 3
"""Columns of a table that nothing else shows: two are those of a list or of a form, too."""

_EMPTY = 2
"""Columns that a unit leaves empty at the left of a table, and a note at the right."""

_FAR = 1.3
"""Way from a table to a note or prose below it, in those between its rows, at least."""

_MARGIN = 0.5
"""By how much less than the others of its column a unit may go to the right, in heights of a
character."""


def without_notes(
    rows: Sequence[Sequence[Word]], xs: Sequence[float], height: float
) -> tuple[int, int]:
    """The first row of a table and the one after its last: without the unit above its right end,
    and the notes below its left one, whose words keep to no column.

    Args:
        rows: The words of every row, in points of the straight frame.
        xs: Ascending column edges.
        height: Of a character.
    """
    items = [items_of(row, xs, height) for row in rows]
    columns = len(xs) - 1
    right = median(row[-1].word.x1 for row in items)
    first, last = 0, len(rows)
    for number, row in enumerate(items):
        if columns < FEWEST_COLUMNS or row[0].first < _EMPTY:
            break
        if row[-1].word.x1 > right - _MARGIN * height or _crosses(row):
            first = number + 1
    for number in range(len(rows) - 1, first, -1):
        if columns < FEWEST_COLUMNS or items[number][-1].last >= columns - _EMPTY:
            break
        if _crosses(items[number]):
            last = number
    return first, last


def without_prose(
    rows: Sequence[Sequence[Word]],
    marks: Sequence[Sequence[Box]],
    xs: Sequence[float],
    last: int,
    height: float,
) -> int:
    """The row after the last one of a table, without a note and prose below it.

    Both are farther from it than its rows are from each other. Punctuation makes words of a line of
    prose, but most of it keeps to no column.

    Args:
        rows: The words of every row.
        marks: The marks of every row.
        xs: Ascending column edges.
        last: The row after the last one that may be of the table.
        height: Of a character.
    """
    tops = [min((mark.y0 for mark in row), default=0.0) for row in marks]
    bottoms = [max((mark.y1 for mark in row), default=0.0) for row in marks]
    whites = [top - bottom for bottom, top in zip(bottoms, tops[1:], strict=False)]
    far = _FAR * median(whites) if whites else 0.0
    while last > FEWEST_ROWS and whites[last - 2] >= far:
        items = items_of(rows[last - 1], xs, height)
        crossing = sum(item.word.width for item in items if item.last > item.first)
        if len(items) > 1 and 2 * crossing < sum(item.word.width for item in items):
            break
        last -= 1
    return last


def _crosses(row: Sequence[Item]) -> bool:
    return any(item.last > item.first for item in row)
