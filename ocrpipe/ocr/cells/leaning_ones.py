"""Ones that lean as the others of their table do not: a 7 without its bar, or a 4 without its thin
strokes, is a clear 1 to the recogniser, but its stem stands otherwise."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from ocrpipe.ocr.cells.ink import CellInk
from ocrpipe.ocr.cells.slant import slope_of_ink
from ocrpipe.ocr.cells.strokes import bounded
from ocrpipe.page import CellReading

_FEWEST: Final = 4
"""Ones of a table that tell how they stand."""

_ASTRAY: Final = 0.07
"""How much farther than the others a 1 moves to the right for each pixel upwards, at most: on worn
faxes the ones of a table were measured to differ by 0.05 at most, what is left of a 4 by 0.13 and
of a 7 by 0.29."""

_UNSURE: Final = 0.8


def doubted_by_lean(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a table, none sure of a figure with a 1 that leans more than the others."""
    slopes = [
        list(_slopes_of_ones(ink, reading.text))
        for ink, reading in zip(inks, readings, strict=True)
    ]
    known = [slope for own in slopes for slope in own]
    if len(known) < _FEWEST:
        return list(readings)
    most = median(known) + _ASTRAY
    return [
        bounded(reading, _UNSURE) if max(own, default=most) > most else reading
        for reading, own in zip(readings, slopes, strict=True)
    ]


def _slopes_of_ones(ink: CellInk, text: str) -> Iterator[float]:
    """The slopes of the ones of a figure whose digits stand apart."""
    digits = text.replace(" ", "")
    if "1" not in digits or not digits.isdecimal() or len(digits) != len(ink.parts):
        return
    for digit, part in zip(digits, sorted(ink.parts, key=lambda part: part.x0), strict=True):
        if digit == "1":
            place = (slice(part.y0, part.y1), slice(part.x0, part.x1))
            yield slope_of_ink(ink.mask[place], ink.darkness[place])
