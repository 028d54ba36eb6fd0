"""Rows of one part of a table under those of another: what the page break cut is closed."""

from ocrpipe.document import Cell, CellState, Table
from ocrpipe.tables.continued.cut_rows import is_cut_row
from ocrpipe.tables.continued.labels import is_numbered, is_same
from ocrpipe.tables.continued.meetings import Meeting, is_repeated, meetings_of, one_labels


def join_rows(upper: Table, lower: Table) -> Table:
    """`lower` under `upper`; both have the same columns.

    A label that spans rows on both sides of the break becomes one cell with a region on each page:
    where one half is blank, where both say the same, or where the second half goes on the first
    (三、本年度办 / 理结果). A row that the break cut through its text becomes one row. Figures, and
    blank cells beside them, are not joined in any other case.
    """
    meetings = meetings_of(upper, lower)
    cut = is_cut_row(upper, lower, meetings)
    joined = meetings if cut else one_labels(upper, lower, meetings)
    closed = {meeting.columns: meeting for meeting in joined}
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


def _one_cell(meeting: Meeting, shared_rows: int) -> Cell:
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
    if not single and above and below and is_repeated(above, below):
        # Marks are lost and numbers misread: what has a number, and more text, is nearer the paper.
        return max(above, below, key=lambda text: (is_numbered(text), len(text)))
    words = above[-1:].isascii() and below[:1].isascii() and above[-1:].isalpha()
    return f"{above} {below}" if words and below[:1].isalpha() else above + below
