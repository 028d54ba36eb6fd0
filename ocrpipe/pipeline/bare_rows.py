"""Rows without a number beside rows without a label: the number may be that of the label.

A label of two lines with its numbers set between them comes out so where nothing but its text shows
the rows of a table, and where a streak is taken for a rule.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.document import Cell, Table
from ocrpipe.pipeline.result import PageResult
from ocrpipe.tables import is_number

_NOT_SURE = 0.5
"""Confidence of a blank cell in such a row: it may as well be one whose number is elsewhere."""

_FEWEST = 2
"""Blank cells in the one row, and numbers in the other."""


def with_bare_rows_doubted(result: PageResult) -> PageResult:
    """The result with the blank cells doubted whose numbers may stand in the row beside."""
    tables = tuple(replace(placed, table=_doubted(placed.table)) for placed in result.tables)
    return replace(result, tables=tables)


def _doubted(table: Table) -> Table:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(cell)
    numbers = {row for row, cells in rows.items() if _has_numbers_alone(cells)}
    bare = {
        row
        for row, cells in rows.items()
        if {row - 1, row + 1} & numbers and _has_label_alone(cells)
    }
    if not bare:
        return table
    cells = tuple(
        cell.model_copy(update={"confidence": min(cell.confidence, _NOT_SURE)})
        if cell.state == "blank" and cell.row in bare
        else cell
        for cell in table.cells
    )
    return table.model_copy(update={"cells": cells})


def _has_numbers_alone(cells: Sequence[Cell]) -> bool:
    printed = [cell.text for cell in cells if cell.text]
    return len(printed) >= _FEWEST and all(map(is_number, printed))


def _has_label_alone(cells: Sequence[Cell]) -> bool:
    blank = sum(cell.state == "blank" for cell in cells)
    return (
        blank >= _FEWEST
        and any(cell.text for cell in cells)
        and not any(is_number(cell.text) for cell in cells)
    )
