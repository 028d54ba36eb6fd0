"""Rows that a page break cut through their text."""

from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.document import Cell, Table
from ocrpipe.tables.continued.labels import is_later_item, is_next_item, is_numbered
from ocrpipe.tables.continued.meetings import Meeting, is_continued, is_one_label, is_repeated
from ocrpipe.tables.numeric import is_number

_FEWEST_ROWS = 3
"""Rows from which it can be said what is printed in every row of a table."""

_FULL = 0.3
"""Print of a cell for its room, of that of the fullest cell of its row, from which its text may go
on over the break: as long as a cell has room, nothing of its text goes to the next page."""

_HALF_WIDE = 0.5
"""Width of Latin letters and digits, in those of ideographs."""


def is_cut_row(upper: Table, lower: Table, meetings: Sequence[Meeting]) -> bool:
    """Whether the first row of `lower` is the rest of the last row of `upper`.

    Both rows must have the same cells, and no text below may be a figure or begin a row. Then
    either the texts of single rows go on those above; or a column that is printed in all other rows
    is blank below, as where the row does not begin with its label. Texts that do not read as the
    rest of those above must have filled their cells there.
    """
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    first = [cell for cell in lower.cells if cell.row == 0]
    if not len(last) == len(first) == len(meetings):
        return False
    rests = [meeting for meeting in meetings if meeting.below.text and not _is_whole(meeting)]
    if not rests or any(is_number(meeting.below.text) for meeting in rests):
        return False
    if any(_begins_anew(meeting, upper) for meeting in rests):
        return False
    told = [meeting for meeting in rests if not is_continued(meeting)]
    if meetings[0] in told or not all(meeting.above.text for meeting in told):
        return False
    single = [meeting for meeting in rests if meeting.single]
    shown = single and not any(meeting in told for meeting in single)
    if not (shown or any(_is_missing(meeting, upper, lower) for meeting in meetings)):
        return False
    return _fill_their_cells(told, last)


def _is_whole(meeting: Meeting) -> bool:
    """Whether a label of several rows stands on one of the pages, or on both."""
    above, below = meeting.above.text, meeting.below.text
    if meeting.single:
        return False
    return is_repeated(above, below) if above and below else is_one_label(meeting)


def _begins_anew(meeting: Meeting, upper: Table) -> bool:
    """Whether the text below has a number of its own that does not go on a list above, or goes on
    one of which each row has an item."""
    above, below = meeting.above.text, meeting.below.text
    if not is_numbered(below) or is_later_item(above, below):
        return False
    return not is_next_item(above, below) or _has_an_item_a_row(meeting, upper)


def _has_an_item_a_row(meeting: Meeting, upper: Table) -> bool:
    column = [cell for cell in upper.cells if (cell.col, cell.col_span) == meeting.columns]
    return any(
        is_next_item(cell.text, below.text) and not is_later_item(cell.text, below.text)
        for cell, below in pairwise(column)
    )


def _is_missing(meeting: Meeting, upper: Table, lower: Table) -> bool:
    """Whether a column that has a cell a row is blank below the break alone."""
    if not meeting.single or meeting.groups or not meeting.above.text or meeting.below.text:
        return False
    others = [
        cell
        for cell in (*upper.cells, *lower.cells)
        if (cell.col, cell.col_span) == meeting.columns and cell is not meeting.below
    ]
    return len(others) >= _FEWEST_ROWS and all(cell.text for cell in others)


def _fill_their_cells(rests: Sequence[Meeting], row: Sequence[Cell]) -> bool:
    fullest = max(_filled(cell) for cell in row)
    return all(_filled(meeting.above) >= _FULL * fullest for meeting in rests)


def _filled(cell: Cell) -> float:
    """The text of a cell for its room, in square ems a square point."""
    if not cell.regions:
        return 0.0
    room = cell.regions[-1].bbox.area
    width = sum(_HALF_WIDE if character.isascii() else 1.0 for character in cell.text)
    return width / room if room > 0 else 0.0
