"""Colons in columns of decimals: a decimal point with a speck above it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.page import CellReading, TableGrid
from ocrpipe.signs import SIGN
from ocrpipe.tables.number_columns import ODD, are_alike

_DECIMAL = re.compile(SIGN + r"?\d[\d,]*\.(\d+)%?")
_WITH_COLON = re.compile(SIGN + r"?\d[\d,]*[:：](\d+)%?")

_MINUTES = 2
"""Digits behind the colon of a time of the day, or of most proportions."""


def doubt_colons(grid: TableGrid, readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    """Readings with a low confidence where a number has a colon for the point of its column.

    The numeric reading of the same ink is taken if it has the point and is otherwise the same.

    Args:
        grid: A table.
        readings: Of its cells, in the order of `grid.cells`.
    """
    matches = [_WITH_COLON.fullmatch(reading.text) for reading in readings]
    if not any(matches):
        return tuple(readings)
    columns: dict[tuple[int, int], Counter[int]] = {}
    for cell, reading in zip(grid.cells, readings, strict=True):
        if decimal := _DECIMAL.fullmatch(reading.text):
            columns.setdefault((cell.col, cell.col_span), Counter())[len(decimal[1])] += 1
        elif match := _WITH_COLON.fullmatch(reading.text):
            # Times of the day among the numbers of a column are counted against it.
            columns.setdefault((cell.col, cell.col_span), Counter())[-len(match[1])] += 1
    return tuple(
        _pointed(reading)
        if match and _are_decimals(columns[cell.col, cell.col_span], len(match[1]))
        else reading
        for cell, reading, match in zip(grid.cells, readings, matches, strict=True)
    )


def _are_decimals(column: Counter[int], decimals: int) -> bool:
    """Whether the other numbers of a column have a point before as many digits, or before any
    where no time of the day has as many."""
    alike = column[decimals]
    if decimals > _MINUTES:
        alike = sum(count for length, count in column.items() if length > 0)
    return are_alike(alike, column.total() - 1)


def _pointed(reading: CellReading) -> CellReading:
    numeric = reading.numeric_text or ""
    text = numeric if numeric == re.sub("[:：]", ".", reading.text) else reading.text
    return replace(reading, text=text).at_most(ODD)
