"""Rows of one part of a table under those of another: what the page break cut is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.document import Cell, CellState, Table
from ocrpipe.tables.continued.labels import (
    goes_on,
    header_rows,
    is_next_item,
    is_numbered,
    is_part,
    is_same,
    is_same_but_for_number,
    label_columns,
)
from ocrpipe.tables.numeric import is_number

_FEWEST_ROWS = 3
"""Rows from which it can be said how the rows of a table begin."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two cells of the same columns on both sides of a page break."""

    above: Cell
    below: Cell
    is_label: bool
    """Their columns are label columns."""
    leads: bool
    """Further labels stand beside both cells, on their right."""
    groups: bool
    """Other labels of their columns span rows."""
    heads: bool
    """The one above may be a head: the first figures of the table stand beside the one below."""
    parts_heads: bool
    """The one below stands in a row of the head, the heads of parts of heads above the break."""

    @property
    def columns(self) -> tuple[int, int]:
        return self.above.col, self.above.col_span

    @property
    def single(self) -> bool:
        return self.above.row_span == 1 and self.below.row_span == 1

    @property
    def has_figure(self) -> bool:
        return is_number(self.above.text) or is_number(self.below.text)


def join_rows(upper: Table, lower: Table) -> Table:
    """`lower` under `upper`; both have the same columns.

    A label that spans rows on both sides of the break becomes one cell with a region on each page:
    where one half is blank, where both say the same, or where the second half goes on the first
    (三、本年度办 / 理结果). A row that the break cut through its text becomes one row. Figures, and
    blank cells beside them, are not joined in any other case.
    """
    meetings = _meetings(upper, lower)
    cut = _is_cut_row(upper, lower, meetings)
    closed = {meeting.columns: meeting for meeting in meetings if cut or _is_one_label(meeting)}
    offset = upper.n_rows - (1 if cut else 0)
    cells = []
    for cell in upper.cells:
        meeting = closed.get((cell.col, cell.col_span))
        crosses = meeting is not None and meeting.above is cell
        cells.append(_one_cell(meeting, shared_rows=int(cut)) if meeting and crosses else cell)
    for cell in lower.cells:
        meeting = closed.get((cell.col, cell.col_span))
        if meeting is None or meeting.below is not cell:
            cells.append(cell.model_copy(update={"row": cell.row + offset}))
    return upper.model_copy(
        update={
            "n_rows": offset + lower.n_rows,
            "pages": tuple(dict.fromkeys((*upper.pages, *lower.pages))),
            "cells": tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        }
    )


def _meetings(upper: Table, lower: Table) -> list[_Meeting]:
    labels = label_columns(upper, lower)
    leading = 0
    while leading in labels:
        leading += 1
    above = {
        (cell.col, cell.col_span): cell
        for cell in upper.cells
        if cell.row + cell.row_span == upper.n_rows
    }
    below = {(cell.col, cell.col_span): cell for cell in lower.cells if cell.row == 0}

    body = _body_cells(upper, lower)
    first_figures = any(is_number(cell.text) for cell in below.values()) and not any(
        is_number(cell.text) for cell in upper.cells
    )

    parts_heads = _parts_heads(upper, lower)

    def leads(cell: Cell, row: Sequence[Cell]) -> bool:
        end = cell.col + cell.col_span
        return any(end <= other.col < leading and other.text for other in row)

    return [
        _Meeting(
            above[columns],
            cell,
            all(col in labels for col in range(cell.col, cell.col + cell.col_span)),
            leads(above[columns], list(above.values())) and leads(cell, list(below.values())),
            any(other.row_span > 1 and (other.col, other.col_span) == columns for other in body),
            first_figures,
            parts_heads,
        )
        for columns, cell in below.items()
        if columns in above
    ]


def _parts_heads(upper: Table, lower: Table) -> bool:
    """Whether the break runs through the head: all texts of the row below it stand under wider
    heads, and it does not begin with one, as rows of the body do."""
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    texts = [cell for cell in lower.cells if cell.row == 0 and cell.text]
    if not texts or texts[0].col == 0:
        return False
    if any(is_number(cell.text) for cell in (*upper.cells, *texts)):
        return False
    return all(any(_is_part_of(cell, above) for above in last) for cell in texts)


def _is_part_of(cell: Cell, above: Cell) -> bool:
    """Whether a cell stands under a wider one that has text."""
    return (
        bool(above.text)
        and above.col_span > cell.col_span
        and above.col <= cell.col
        and cell.col + cell.col_span <= above.col + above.col_span
    )


def _body_cells(upper: Table, lower: Table) -> list[Cell]:
    """The cells of both parts without those of the head."""
    header = header_rows(upper)
    # The first rows of a part without a head have figures.
    if any(is_number(cell.text) for cell in upper.cells if cell.row < header):
        header = 0
    return [*(cell for cell in upper.cells if cell.row >= header), *lower.cells]


def _is_one_label(meeting: _Meeting) -> bool:
    """Whether two cells are one label that spans rows on both sides of the break."""
    above, below = meeting.above.text, meeting.below.text
    if meeting.has_figure or (meeting.heads and not meeting.leads and not below):
        return False
    if above and below:
        if not meeting.single:
            return _is_repeated(above, below) or goes_on(above, below)
        return meeting.leads and _is_one_group(meeting)
    is_label = meeting.is_label or meeting.parts_heads
    if not is_label or (below and is_numbered(below) and not meeting.leads):
        return False
    if not above and not below:
        return meeting.leads and (meeting.groups or not meeting.single)
    return meeting.leads or meeting.parts_heads or not meeting.single


def _is_one_group(meeting: _Meeting) -> bool:
    """Whether labels of single rows, both with others on their right, are that of one group."""
    above, below = meeting.above.text, meeting.below.text
    if is_same(above, below):
        return is_numbered(below) or meeting.groups
    return meeting.groups and is_numbered(above) and goes_on(above, below)


def _is_repeated(above: str, below: str) -> bool:
    """Whether a label that spans rows on both sides of the break was printed on both pages."""
    return is_same(above, below) or is_part(above, below) or is_same_but_for_number(above, below)


def _is_cut_row(upper: Table, lower: Table, meetings: Sequence[_Meeting]) -> bool:
    """Whether the first row of `lower` is the rest of the last row of `upper`.

    Both rows must have the same cells, and none may have a figure in both. Then either a label of
    the last row goes on below; or the row below does not begin with a label though all others do.
    """
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    first = [cell for cell in lower.cells if cell.row == 0]
    if not len(last) == len(first) == len(meetings):
        return False
    single = [meeting for meeting in meetings if meeting.single]
    if any(not meeting.single and not _is_one_label(meeting) for meeting in meetings):
        return False
    rests = [meeting for meeting in single if meeting.below.text]
    if not rests or any(is_number(meeting.below.text) for meeting in rests):
        return False
    if any(_begins_anew(meeting) for meeting in rests):
        return False
    if all(goes_on(meeting.above.text, meeting.below.text) for meeting in rests):
        return True
    start = single[0]
    return (
        start.above.col == 0
        and bool(start.above.text)
        and not start.below.text
        and all(meeting.above.text for meeting in rests)
        and _rows_begin_printed(upper, lower)
    )


def _begins_anew(meeting: _Meeting) -> bool:
    """Whether the text below has a number of its own that does not go on a list above."""
    above, below = meeting.above.text, meeting.below.text
    return is_numbered(below) and not is_next_item(above, below)


def _rows_begin_printed(upper: Table, lower: Table) -> bool:
    starts = [cell for cell in (*upper.cells, *lower.cells[1:]) if cell.col == 0]
    return len(starts) >= _FEWEST_ROWS and all(cell.text for cell in starts)


def _one_cell(meeting: _Meeting, shared_rows: int) -> Cell:
    above, below = meeting.above, meeting.below
    halves = [cell for cell in (above, below) if cell.state != "blank"]
    state: CellState = "blank"
    if halves:
        state = "unread" if any(cell.state == "unread" for cell in halves) else "printed"
    return above.model_copy(
        update={
            "row_span": above.row_span + below.row_span - shared_rows,
            "text": _joined(above, below, meeting.single),
            "state": state,
            "confidence": min(cell.confidence for cell in halves or (above, below)),
            "regions": (*above.regions, *below.regions),
        }
    )


def _joined(upper: Cell, lower: Cell, single: bool) -> str:
    """Both texts as one; of a label that is printed on both pages the better reading."""
    above, below = upper.text, lower.text
    if is_same(above, below):
        return above if upper.confidence >= lower.confidence else below
    if not single and above and below and _is_repeated(above, below):
        # Marks are lost and numbers misread: what has a number, and more text, is nearer the paper.
        return max(above, below, key=lambda text: (is_numbered(text), len(text)))
    words = above[-1:].isascii() and below[:1].isascii() and above[-1:].isalpha()
    return f"{above} {below}" if words and below[:1].isalpha() else above + below
