"""Rows of one part of a table under those of another: what the page break cut is closed."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocrpipe.document import Cell, Table
from ocrpipe.tables.numeric import is_number

_ENUMERATED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|第.{1,3}[条项章])"
)
_SAME_LABEL = 85.0
_LONGEST_REST = 24
"""A label's rest after the break that is longer than this many characters is a label itself."""


def join_rows(upper: Table, lower: Table) -> Table:
    """`lower` under `upper`; both have the same number of columns.

    A label that spans rows on both sides of the break becomes one cell with a region on each page:
    where one half is blank, where both say the same, or where the second half goes on without a
    number of its own (三、本年度办 / 理结果). A row that the break cut through its label becomes
    one row. Figures, and blank cells of one row, are never joined.
    """
    cut = _is_cut_row(upper, lower)
    offset = upper.n_rows - (1 if cut else 0)
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    ends = {_columns(cell): cell for cell in last}
    joined: dict[tuple[int, int], Cell] = {}
    below: list[Cell] = []
    for cell in lower.cells:
        above = ends.get(_columns(cell)) if cell.row == 0 else None
        if above is not None and (cut or _crosses(above, cell)):
            joined[_columns(cell)] = _one_cell(above, cell, overlap=1 if cut else 0)
        else:
            below.append(cell.model_copy(update={"row": cell.row + offset}))
    cells = [
        joined[_columns(cell)] if ends.get(_columns(cell)) is cell and _columns(cell) in joined
        else cell
        for cell in upper.cells
    ]  # fmt: skip
    return upper.model_copy(
        update={
            "n_rows": offset + lower.n_rows,
            "pages": tuple(dict.fromkeys((*upper.pages, *lower.pages))),
            "cells": tuple(sorted([*cells, *below], key=lambda cell: (cell.row, cell.col))),
        }
    )


def _columns(cell: Cell) -> tuple[int, int]:
    return cell.col, cell.col_span


def _is_cut_row(upper: Table, lower: Table) -> bool:
    """Whether the first row of `lower` is the rest of the last row of `upper`.

    Its only text must be the rest of a numbered label, and both rows must have the same cells
    (labels that span further down on either side aside).
    """
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    first = [cell for cell in lower.cells if cell.row == 0]
    if {_columns(cell) for cell in last} != {_columns(cell) for cell in first}:
        return False
    halves = _halves(last, first)
    printed = [half for half in halves if half.below.text and half.below.row_span == 1]
    if len(printed) != 1 or lower.n_rows < 2:
        return False
    half = printed[0]
    spanning = [other for other in halves if other is not half and not other.both_single]
    return (
        half.both_single
        and _is_rest(half.above.text, half.below.text)
        and all(_crosses(other.above, other.below) for other in spanning)
    )


@dataclass(frozen=True, slots=True)
class _Halves:
    above: Cell
    below: Cell

    @property
    def both_single(self) -> bool:
        return self.above.row_span == 1 and self.below.row_span == 1


def _halves(last: list[Cell], first: list[Cell]) -> list[_Halves]:
    above = {_columns(cell): cell for cell in last}
    return [_Halves(above[_columns(cell)], cell) for cell in first]


def _crosses(above: Cell, below: Cell) -> bool:
    """Whether two cells of the same columns are one label that spans the break."""
    if above.row_span == 1 and below.row_span == 1:
        return False
    if is_number(above.text) or is_number(below.text):
        return False
    if not above.text or not below.text:
        return True
    same = fuzz.ratio("".join(above.text.split()), "".join(below.text.split())) >= _SAME_LABEL
    return same or _is_rest(above.text, below.text)


def _is_rest(text: str, rest: str) -> bool:
    """Whether `rest`, which has no number of its own, goes on a numbered label `text`."""
    return (
        _ENUMERATED.match(text) is not None
        and _ENUMERATED.match(rest) is None
        and not is_number(rest)
        and len(rest) <= _LONGEST_REST
    )


def _one_cell(above: Cell, below: Cell, overlap: int) -> Cell:
    compact = "".join(above.text.split()), "".join(below.text.split())
    repeated = bool(above.text and below.text) and fuzz.ratio(*compact) >= _SAME_LABEL
    text = above.text if repeated else above.text + below.text
    printed = [cell for cell in (above, below) if cell.state != "blank"]
    state = "blank"
    if printed:
        state = "unread" if any(cell.state == "unread" for cell in printed) else "printed"
    return above.model_copy(
        update={
            "row_span": above.row_span + below.row_span - overlap,
            "text": text,
            "state": state,
            "confidence": min(cell.confidence for cell in printed or (above, below)),
            "regions": (*above.regions, *below.regions),
        }
    )
