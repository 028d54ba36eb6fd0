"""Numbers not written as the others of their column: a stamp, or wear, took a part of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ocrpipe.page import CellReading, TableGrid
from ocrpipe.signs import SIGN
from ocrpipe.tables.number_columns import ODD, are_alike

_WRITTEN = re.compile(SIGN + r"?(?P<whole>\d[\d,]*)(?:\.(?P<decimals>\d+))?%?")
_UNENDED = re.compile(SIGN + r"?(?:\d{1,3}(?:,\d{3})+[,.]|\d{1,3}(?:,\d{3})*,)")
_IN_PARTS = re.compile(SIGN + r"?\d[\d,.]*[,.][\d,.]*(?: [\d,.]+)+")
_JOINED = re.compile(r"无\d[\d.,]*|[\d.,]+%\s?\d.*|[\d.,]+[→←↑↓;；][\d.,]+")
"""Numbers of two columns whose wall was lost, and marks between digits that dust is read as."""

_PERCENT, _LIKE_PERCENT = "%％", re.compile(r"\d[\d.,]*96")
"""What ends a share, and what a share is read as whose sign is blurred."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_PLAIN = re.compile(r"0|[1-9]\d*")
_SHORTEST_WITHOUT_POINT = 3

_FEWEST_WHOLE, _READ_WITHOUT = 8, 0.97
"""Other numbers of a column, all whole, among which a point is rather dust; and the confidence of a
reading of the same ink that leaves it out."""


@dataclass(frozen=True, slots=True)
class _Written:
    """The digits before the point of a number, and how many stand behind it."""

    whole: str
    decimals: int

    @property
    def is_whole(self) -> bool:
        """Whether its commas part groups of three, and it begins with no 0 that says nothing."""
        pattern = _GROUPED if "," in self.whole else _PLAIN
        return pattern.fullmatch(self.whole) is not None


def doubt_odd_numbers(grid: TableGrid, readings: Sequence[CellReading]) -> tuple[CellReading, ...]:
    """Readings with a low confidence where a number cannot be written so, is in several parts, or
    has not as many decimals as most others of its column.

    Args:
        grid: A table.
        readings: Of its cells, in the order of `grid.cells`.
    """
    columns: dict[tuple[int, int], list[int]] = {}
    written = [_written(reading.text) for reading in readings]
    for index, cell in enumerate(grid.cells):
        if written[index] is not None:
            columns.setdefault((cell.col, cell.col_span), []).append(index)
    odd = {
        index
        for column in columns.values()
        for index in column
        if _is_odd(index, {each: found for each in column if (found := written[each])})
    }
    readings = _without_dusty_points(readings, columns.values(), written)
    for pattern in (_IN_PARTS, _JOINED):
        odd |= {at for at, reading in enumerate(readings) if pattern.fullmatch(reading.text)}
    for column in columns.values():
        odd |= _without_percent([(index, readings[index].text) for index in column])
    return tuple(
        reading.at_most(ODD) if index in odd else reading for index, reading in enumerate(readings)
    )


def _without_percent(column: Sequence[tuple[int, str]]) -> set[int]:
    """The numbers of a column of shares that end in what the sign of one is read as."""
    found = {index for index, text in column if _LIKE_PERCENT.fullmatch(text)}
    shares = sum(text[-1:] in _PERCENT for _, text in column)
    return found if are_alike(shares, len(column) - len(found)) else set()


def _without_dusty_points(
    readings: Sequence[CellReading],
    columns: Iterable[Sequence[int]],
    written: Sequence[_Written | None],
) -> list[CellReading]:
    """The readings with a number that alone has a point in its column as the same ink was read
    without it, where that is so: as doubtful."""
    found = list(readings)
    for column in columns:
        pointed = [index for index in column if (own := written[index]) and own.decimals]
        if len(pointed) != 1 or len(column) <= _FEWEST_WHOLE:
            continue
        reading = found[pointed[0]]
        bare = reading.text.replace(".", "")
        sure = [other.confidence for other in reading.alternatives if other.text == bare]
        if max(sure, default=0.0) >= _READ_WITHOUT:
            found[pointed[0]] = replace(reading, text=bare).at_most(ODD)
    return found


def doubt_broken_numbers(
    grid: TableGrid, readings: Sequence[CellReading]
) -> tuple[CellReading, ...]:
    """Readings of a text layer with a low confidence where a number seems to go on in the next row:
    its commas do not part groups of three, or it ends in one or in a point. What stands below it
    is as doubtful.

    Args:
        grid: A table.
        readings: Of its cells, in the order of `grid.cells`.
    """
    broken = {
        (cell.row + cell.row_span, cell.col)
        for cell, reading in zip(grid.cells, readings, strict=True)
        if _is_broken(reading.text)
    }
    if not broken:
        return tuple(readings)
    return tuple(
        reading.at_most(ODD)
        if (cell.row, cell.col) in broken or (cell.row + cell.row_span, cell.col) in broken
        else reading
        for cell, reading in zip(grid.cells, readings, strict=True)
    )


def _is_broken(text: str) -> bool:
    if _UNENDED.fullmatch(text):
        return True
    written = _written(text)
    return written is not None and "," in written.whole and not written.is_whole


def _written(text: str) -> _Written | None:
    match = _WRITTEN.fullmatch(text.strip())
    return _Written(match["whole"], len(match["decimals"] or "")) if match else None


def _is_odd(index: int, column: dict[int, _Written]) -> bool:
    own = column[index]
    # Codes begin with zeros, and have neither commas nor a point.
    if not own.is_whole and ("," in own.whole or own.decimals):
        return True
    others = [found.decimals for each, found in column.items() if each != index]
    usual, alike = Counter(others).most_common(1)[0] if others else (0, 0)
    if usual == 0 or not are_alike(alike, len(others)):
        return False
    if own.decimals > 0:
        return own.decimals != usual
    return len(own.whole) >= _SHORTEST_WITHOUT_POINT and min(others) > 0
