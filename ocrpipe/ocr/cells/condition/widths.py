"""How wide figures are for their number of digits: where two digits have run into one, or one was
lost, the ink is wider than what is read of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading

_FEWEST: Final = 5
"""Figures of one digit, and of several, that tell how wide those are."""

_WIDER: Final = 0.7
_WIDER_SHARE: Final = 1.18
"""What the ink is wider by: in the pitch of the digits, and as a share of what is usual."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of `digits` digits, its width in heights."""

    digits: int
    width: float
    narrow: bool


def doubted_by_width(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a table, none sure of a figure whose ink has room for another digit."""
    figures = [_figure(ink, reading.text) for ink, reading in zip(inks, readings, strict=True)]
    known = [figure for figure in figures if figure is not None]
    alone = [figure.width for figure in known if figure.digits == 1 and not figure.narrow]
    several = [figure for figure in known if figure.digits > 1 and not figure.narrow]
    if len(alone) < _FEWEST:
        return list(readings)
    one = median(alone)
    pitch = one
    if len(several) >= _FEWEST:
        pitch = max(one, median((some.width - one) / (some.digits - 1) for some in several))
    return [
        bounded(reading, UNSURE)
        if figure is not None
        and _has_room(figure, one, pitch)
        and (figure.digits == 1 or len(several) >= _FEWEST)
        else reading
        for figure, reading in zip(figures, readings, strict=True)
    ]


def _figure(ink: CellInk, text: str) -> _Figure | None:
    digits = text.replace(" ", "")
    if not digits.isdecimal() or not ink.parts:
        return None
    tallest = max(ink.parts, key=lambda part: part.height)
    beside = [part for part in ink.parts if part.y0 < tallest.y1 and tallest.y0 < part.y1]
    width = max(part.x1 for part in beside) - min(part.x0 for part in beside)
    return _Figure(len(digits), width / tallest.height, digits[0] in "1１" or digits[-1] in "1１")


def _has_room(figure: _Figure, one: float, pitch: float) -> bool:
    usual = one + (figure.digits - 1) * pitch
    return figure.width > max(usual + _WIDER * pitch, _WIDER_SHARE * usual)
