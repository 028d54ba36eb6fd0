"""Figures much lower than those of their table: dust that the recogniser takes for a digit."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading

_FEWEST: Final = 8
"""Sure figures that tell how high those of a table are."""

_SURE: Final = 0.9
"""Confidence in a figure from which its ink is none of dust."""

_LOW: Final = 0.6
"""Of the usual height: of 24 filings, dusty, faint and faxed, no figure was lower, and two or three
specks that touch are."""

_DUST: Final = 0.5
"""Confidence in a blank whose ink was read as a digit."""


def blank_where_low(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a table, a doubtful figure as a blank where all of its ink is much lower than
    the figures that are sure; nothing changes where one of these is as low itself."""
    heights = [_figure_height(*pair) for pair in zip(inks, readings, strict=True)]
    figures = list(zip(heights, readings, strict=True))
    sure = [height for height, reading in figures if height and reading.confidence >= _SURE]
    if len(sure) < _FEWEST or min(sure) < _LOW * median(sure):
        return list(readings)
    most = _LOW * median(sure)
    return [
        CellReading("", "blank", _DUST, alternatives=reading.alternatives)
        if height is not None and height < most
        else reading
        for height, reading in figures
    ]


def _figure_height(ink: CellInk, reading: CellReading) -> int | None:
    """From the top of the ink of a figure to its foot; None of what is no figure."""
    if not reading.text.isdecimal() or not ink.parts:
        return None
    return max(part.y1 for part in ink.parts) - min(part.y0 for part in ink.parts)
