"""Cells that a rule which is wholly gone made one: two numbers are never one number.

Where the print of a cell leaves the edges clear that other rows (or columns) of the table have,
the cell may be several. Only numbers are parted so, and on a scan the items of a list that stand
each in a row, and a label and the numbers beside it that stand in columns of labels and of numbers:
a head or a label that is set wide over the cells below it stays one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables.numeric import is_number
from ocrpipe.tables.refinement.clear_edges import Pieces
from ocrpipe.tables.refinement.headed import head_and_first

_LEAST_CONFIDENCE = 0.5
"""Of a numeric reading that is to part a cell: words, too, have one, of no confidence."""

_NUMBERS, _LABELS, _FEWEST_NUMBERS = 0.75, 0.25, 3
"""Share of the printed cells of a column that are numbers, at least in one of numbers and at most
in one of labels; and how many a column of numbers has at least."""

_NUMERALS = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"\s*(?:(?P<digits>[0-9]{{1,2}})\s*[.．、](?![0-9])|[（(]\s*(?P<numeral>[{_NUMERALS}])\s*[）)])"
)
"""What items of a list begin with, in a table: 1. or （一）."""


def divide(
    grid: TableGrid,
    readings: Sequence[CellReading],
    pieces: Pieces,
    of_pieces: Mapping[int, Sequence[CellReading]],
    *,
    scanned: bool,
) -> tuple[TableGrid, tuple[CellReading, ...]]:
    """The grid and its readings with those cells parted whose pieces are numbers or blank.

    `of_pieces` are the readings of `pieces`, in their order. `scanned`: rules may be lost, and
    pieces that are numbered as the items of one list, or are a label and the numbers of its
    row, or a head and the first cell below it, are parted, too.
    """
    shares = _shares_of_numbers(grid, readings) if scanned else ({}, {})
    cells: list[GridCell] = []
    kept: list[CellReading] = []
    for index, (cell, reading) in enumerate(zip(grid.cells, readings, strict=True)):
        own = of_pieces.get(index, ())
        labelled = _with_whole_label(pieces.get(index, ()), own)
        headed = (
            head_and_first(grid, readings, cell, pieces.get(index, ()), own) if scanned else None
        )
        if _are_numbers(own) or (scanned and _are_items(own)):
            cells += pieces[index]
            kept += own
        elif scanned and _are_label_and_numbers(*labelled, *shares):
            cells += labelled[0]
            kept += labelled[1]
        elif headed is not None:
            cells += headed[0]
            kept += headed[1]
        else:
            cells.append(cell)
            kept.append(reading)
    return replace(grid, cells=tuple(cells)), tuple(kept)


def _are_items(readings: Sequence[CellReading]) -> bool:
    """Whether every piece begins with a number, each one more than the last or again the first."""
    found = [_ITEM.match(reading.text) for reading in readings]
    items = [match for match in found if match is not None]
    if len(items) < max(2, len(found)):
        return False
    values = [_value(match) for match in items]
    return all(after in (before + 1, 1) for before, after in pairwise(values))


def _value(item: re.Match[str]) -> int:
    text = item["digits"] or item["numeral"]
    return int(text) if text.isascii() else 1 + _NUMERALS.index(text)


def _are_numbers(readings: Sequence[CellReading]) -> bool:
    printed = [reading for reading in readings if reading.state != "blank"]
    return len(printed) > 1 and all(_is_number(reading) for reading in printed)


def _is_number(reading: CellReading) -> bool:
    return is_number(reading.text) or (
        reading.numeric_confidence >= _LEAST_CONFIDENCE and is_number(reading.numeric_text or "")
    )


def _shares_of_numbers(
    grid: TableGrid, readings: Sequence[CellReading]
) -> tuple[dict[int, float], dict[int, float]]:
    """The share of numbers among the printed cells of columns that have some, and among those of
    one column or more that end at the same edge."""
    printed: dict[int, list[bool]] = {}
    ending: dict[int, list[bool]] = {}
    for cell, reading in zip(grid.cells, readings, strict=True):
        if reading.state != "printed":
            continue
        ending.setdefault(cell.col + cell.col_span, []).append(is_number(reading.text))
        if cell.col_span == 1:
            printed.setdefault(cell.col, []).append(is_number(reading.text))
    return _shares(printed), _shares(ending)


def _shares(numbers: Mapping[int, Sequence[bool]]) -> dict[int, float]:
    return {
        place: sum(found) / len(found)
        for place, found in numbers.items()
        if len(found) >= _FEWEST_NUMBERS
    }


def _with_whole_label(
    pieces: Sequence[GridCell], readings: Sequence[CellReading]
) -> tuple[Sequence[GridCell], Sequence[CellReading]]:
    """Pieces of one row with the blank ones at its left as part of the first one with print: a
    label in the middle of several columns leaves their edges clear."""
    first = next((at for at, reading in enumerate(readings) if reading.state != "blank"), 0)
    if first == 0 or any(piece.row != pieces[0].row for piece in pieces):
        return pieces, readings
    start, label = pieces[0], pieces[first]
    whole = GridCell(
        start.row,
        start.col,
        start.row_span,
        label.col + label.col_span - start.col,
        Box(start.box.x0, start.box.y0, label.box.x1, label.box.y1),
    )
    return (whole, *pieces[first + 1 :]), readings[first:]


def _are_label_and_numbers(
    pieces: Sequence[GridCell],
    readings: Sequence[CellReading],
    of_columns: Mapping[int, float],
    of_ends: Mapping[int, float],
) -> bool:
    """Whether pieces of one row are a label that ends where labels do and numbers in columns of
    numbers, one in each; `of_columns` and `of_ends` are the `_shares_of_numbers`."""
    if len(pieces) < 2 or any(piece.row != pieces[0].row for piece in pieces):
        return False
    edge = pieces[0].col + pieces[0].col_span
    if of_ends.get(edge, 1.0) > _LABELS or is_number(readings[0].text):
        return False
    return all(reading.state == "printed" for reading in readings) and all(
        piece.col_span == 1 and of_columns.get(piece.col, 0.0) >= _NUMBERS and _is_number(reading)
        for piece, reading in zip(pieces[1:], readings[1:], strict=True)
    )
