"""The header that a table repeats on every page it runs over."""

from ocrpipe.document import Cell, Table
from ocrpipe.tables.labels import is_same
from ocrpipe.tables.numeric import is_number


def without_repeated_header(first: Table, second: Table) -> Table:
    """`second` without its leading rows that repeat those of `first`, on the same columns."""
    count = 0
    for rows in range(1, min(first.n_rows, second.n_rows - 1) + 1):
        if not _is_repeated(_row(first, rows - 1), _row(second, rows - 1)):
            break
        # A cell that reaches below belongs to rows that must be dropped with it.
        if all(cell.row + cell.row_span <= rows for cell in second.cells if cell.row < rows):
            count = rows
    if count == 0:
        return second
    cells = tuple(
        cell.model_copy(update={"row": cell.row - count})
        for cell in second.cells
        if cell.row >= count
    )
    return second.model_copy(update={"n_rows": second.n_rows - count, "cells": cells})


def _row(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.cells if cell.row == row]


def _is_repeated(first: list[Cell], second: list[Cell]) -> bool:
    """Whether two rows have the same cells with the same words, and are no figures."""
    if [_shape(cell) for cell in first] != [_shape(cell) for cell in second]:
        return False
    words = [cell for cell in first if cell.text and not is_number(cell.text)]
    numbers = [cell for cell in first if cell.text and is_number(cell.text)]
    return len(words) > len(numbers) and is_same(_text(first), _text(second))


def _shape(cell: Cell) -> tuple[int, int, int]:
    return cell.col, cell.col_span, cell.row_span


def _text(cells: list[Cell]) -> str:
    return "".join(cell.text for cell in cells)
