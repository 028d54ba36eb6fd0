"""Which cells stand among numbers, and are therefore read as numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.page import CellReading, GridCell, TableGrid

_NUMBER = re.compile(r"[+\-−－]?[0-9０-９][0-9０-９,，.．]*[%％]?|[/／—\-－]+")
_LIKE_NUMBER = re.compile(r"[0-9０-９oOQDlI|〇○°.。,，、'`·\s+\-−－—%％/／]{1,12}")
_MAJORITY = 0.6
_FEWEST = 3
_LEAST_CONFIDENCE = 0.5
_UNSETTLED = 0.5
"""Confidence that is left to a cell among numbers which no numeric reading explains."""


def choose_numeric(grid: TableGrid, readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    """Take the numeric reading of the same ink where a cell stands in a column of numbers.

    Columns are told by the cells of one row and one column span that share their columns: most of
    the printed ones must be numbers. Nothing is made up: a cell whose ink has no numeric reading
    keeps its text, and its confidence is lowered when the text looks like a number misread.
    """
    pairs = list(zip(grid.cells, readings, strict=True))
    numeric = _numeric_columns(pairs)
    return tuple(
        _as_number(reading) if _column(cell) in numeric and _single_row(cell) else reading
        for cell, reading in pairs
    )


def is_number(text: str) -> bool:
    """Whether `text` as printed is a number, or a dash that stands for none."""
    return _NUMBER.fullmatch(text.strip()) is not None


def _numeric_columns(
    pairs: Sequence[tuple[GridCell, CellReading]],
) -> frozenset[tuple[int, int]]:
    printed: dict[tuple[int, int], list[bool]] = {}
    for cell, reading in pairs:
        if reading.state != "blank" and _single_row(cell):
            likely = is_number(reading.text) or _LIKE_NUMBER.fullmatch(reading.text) is not None
            printed.setdefault(_column(cell), []).append(likely)
    return frozenset(
        column
        for column, likely in printed.items()
        if len(likely) >= _FEWEST and sum(likely) > _MAJORITY * len(likely)
    )


def _as_number(reading: CellReading) -> CellReading:
    if reading.state == "blank" or is_number(reading.text):
        return reading
    if reading.text and _LIKE_NUMBER.fullmatch(reading.text) is None:
        return reading
    if reading.numeric_text and reading.numeric_confidence >= _LEAST_CONFIDENCE:
        return replace(
            reading,
            text=reading.numeric_text,
            state="printed",
            confidence=min(reading.numeric_confidence, 0.85),
        )
    return replace(reading, confidence=min(reading.confidence, _UNSETTLED))


def _column(cell: GridCell) -> tuple[int, int]:
    return cell.col, cell.col_span


def _single_row(cell: GridCell) -> bool:
    return cell.row_span == 1
