"""Zeros whose top and bottom a fax has lost: what is left are two brackets to the recogniser."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading

_SIDES: Final = re.compile(r"[(（\[{][)）\]}1lI|0]|[1lI|0][)）\]}]")
"""What the two sides of a zero are read as; one of them is a bracket."""

_NUMBERED: Final = re.compile(r"[2-9][)）]|[(（][2-9]")
"""What tells that a table has numbers with one bracket."""

_WIDEST: Final = 0.95
"""Width of the ink in its height, at most: 13 such zeros of five coarse faxes had 0.71 to 0.92; two
digits have more than 1.1."""

_DOUBT: Final = 0.5
"""Confidence in such a zero, at most: a 6, 8 or 9 may have lost as much."""


def open_zeros(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a frayed table, with two brackets that are as wide as one digit as the 0 that
    the recogniser sees in the same ink as well, never sure."""
    if any(_NUMBERED.fullmatch(reading.text) for reading in readings):
        return list(readings)
    return [
        _zero(reading) if _is_open_zero(ink, reading) else reading
        for ink, reading in zip(inks, readings, strict=True)
    ]


def _is_open_zero(ink: CellInk, reading: CellReading) -> bool:
    if not _SIDES.fullmatch(reading.text) or not ink.mask.any():
        return False
    rows, columns = np.nonzero(ink.mask)
    width, height = np.ptp(columns) + 1, np.ptp(rows) + 1
    seen = [reading.numeric_text, *(one.text for one in reading.alternatives)]
    return bool(width <= _WIDEST * height) and "0" in seen


def _zero(reading: CellReading) -> CellReading:
    sure = min(reading.confidence, _DOUBT)
    others = tuple(one for one in reading.alternatives if one.text != "0")
    return replace(
        reading, text="0", confidence=sure, numeric_text="0", numeric_confidence=sure,
        alternatives=others,
    )  # fmt: skip
