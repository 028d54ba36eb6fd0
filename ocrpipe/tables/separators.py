"""Commas and points in numbers such as 1.546, told by the other numbers of their column.

Small print and coarse scans leave little of the tail by which a comma is told from a point, and a
recogniser is sure of either.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocrpipe.doubt import UNSURE
from ocrpipe.page import CellReading, TableGrid
from ocrpipe.signs import SIGN
from ocrpipe.tables.number_columns import are_alike

_EITHER: Final = re.compile(SIGN + r"?[1-9]\d{0,2}[.,]\d{3}")
_GROUPED: Final = re.compile(SIGN + r"?[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)")
_COUNT: Final = re.compile(SIGN + r"?[1-9]\d{0,2}")
_UNGROUPED: Final = re.compile(SIGN + r"?(?!(?:19|20)\d\d$)[1-9]\d{3,}(?:\.\d+)?")
_FRACTION: Final = re.compile(SIGN + r"?0[.,]\d+")
_DECIMAL: Final = re.compile(SIGN + r"?\d{1,3}\.(?:\d{1,2}|\d{4,})")
"""Numbers that may have a comma or a point; with commas for certain; whole ones that need no comma;
those that would have one, and have none; and those with decimals."""

_UNIT: Final = re.compile(r"(?<=\d)[\u4e00-\u9fff]{1,3}$")

_DUSTY: Final = re.compile(SIGN + r"?[1-9]\d{0,2}(?=.*[;；])(?:[,;；]\d{3})+(?:\.\d+)?%?")
"""A number with semicolons between groups of three digits."""

_DUSTED: Final = 0.6
_FEWEST_COUNTS: Final = 2
"""Whole numbers below a thousand that tell of a column without decimals, at least."""

_MOST: Final = 0.75
"""Share of the numbers that may have either and were read with a point, from which all have one in
a column where some are ungrouped."""


def choose_separators(grid: TableGrid, readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    """Readings with one separator in all numbers of a column that may have either, where the
    column shows which: as doubtful where it was read as the other.

    Args:
        grid: A table.
        readings: Of its cells, in the order of `grid.cells`.
    """
    readings = [_without_semicolons(reading) for reading in readings]
    found = list(readings)
    columns: dict[tuple[int, int], list[int]] = {}
    for index, (cell, reading) in enumerate(zip(grid.cells, readings, strict=True)):
        if reading.text:
            columns.setdefault((cell.col, cell.col_span), []).append(index)
    for column in columns.values():
        numbers = {index: _UNIT.sub("", readings[index].text) for index in column}
        either = [index for index, number in numbers.items() if _EITHER.fullmatch(number)]
        sign = _separator(list(numbers.values())) if either else None
        if sign is not None:
            for index in either:
                found[index] = _with_separator(readings[index], sign)
    return tuple(found)


def _without_semicolons(reading: CellReading) -> CellReading:
    """The reading with commas for semicolons between groups of three digits: a speck of dust stands
    above a comma."""
    if _DUSTY.fullmatch(_UNIT.sub("", reading.text)) is None:
        return reading
    text = re.sub("[;；]", ",", reading.text)
    number = text if _UNIT.sub("", text) == text else reading.numeric_text
    return replace(reading, text=text, numeric_text=number).at_most(_DUSTED)


def _separator(texts: Sequence[str]) -> str | None:
    """What parts the digits of the numbers of a column that may have a comma or a point; None where
    that does not show, or both are likely, as in a column of several measures."""
    grouped = any(_GROUPED.fullmatch(text) for text in texts)
    ungrouped = any(_UNGROUPED.fullmatch(text) or _FRACTION.fullmatch(text) for text in texts)
    decimal = any(_DECIMAL.fullmatch(text) for text in texts)
    counts = sum(_COUNT.fullmatch(text) is not None for text in texts)
    either = [text for text in texts if _EITHER.fullmatch(text)]
    if grouped or ungrouped:
        # Typists group some numbers of a column and not others.
        points = sum("." in text for text in either) >= _MOST * len(either)
        return "," if not ungrouped else "." if not grouped and points else None
    if counts or decimal:
        return "," if counts >= _FEWEST_COUNTS and not decimal else None
    return next(
        (sign for sign in ",." if are_alike(sum(sign in each for each in either), len(either))),
        None,
    )


def _with_separator(reading: CellReading, sign: str) -> CellReading:
    other = "." if sign == "," else ","
    if other not in reading.text:
        return reading
    number = reading.numeric_text
    if number is not None and _EITHER.fullmatch(number):
        number = number.replace(other, sign)
    changed = replace(reading, text=reading.text.replace(other, sign), numeric_text=number)
    return changed.at_most(UNSURE)
