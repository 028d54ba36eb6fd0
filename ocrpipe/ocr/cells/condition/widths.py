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

_FEWEST_ALONE: Final = 4
_FEWEST_OF_SEVERAL: Final = 5
"""Figures of one digit, and of several, that tell how wide those are: less than a whole digit is
missed in neither."""

_WIDER: Final = 0.7
_WIDER_SHARE: Final = 1.18
"""What the ink is wider by: in the pitch of the digits, and as a share of what is usual."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of `digits` digits, its width in heights."""

    digits: int
    width: float
    narrow: bool


@dataclass(frozen=True, slots=True)
class DigitWidths:
    """How wide a digit alone is, and how far one stands from the next, in heights."""

    one: float
    pitch: float
    measured: bool
    """Whether the pitch was measured, and not taken for the width of one."""

    def of(self, figure: Figure) -> float | None:
        """How wide a figure of so many digits is; None where that is not known."""
        if figure.digits > 1 and not self.measured:
            return None
        return self.one + (figure.digits - 1) * self.pitch


def doubted_by_width(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a table, none sure of a figure whose ink has room for another digit."""
    figures = figures_of(inks, readings)
    widths = digit_widths(figures)
    if widths is None:
        return list(readings)
    return [
        bounded(reading, UNSURE) if figure and _has_room(figure, widths) else reading
        for figure, reading in zip(figures, readings, strict=True)
    ]


def figures_of(
    inks: Sequence[CellInk], readings: Sequence[CellReading]
) -> tuple[Figure | None, ...]:
    """The figures of digits alone, measured in their ink; None for what is none."""
    return tuple(_figure(ink, one.text) for ink, one in zip(inks, readings, strict=True))


def digit_widths(figures: Sequence[Figure | None]) -> DigitWidths | None:
    """The widths of a table's digits; None where too few stand alone."""
    known = [figure for figure in figures if figure is not None and not figure.narrow]
    alone = [figure.width for figure in known if figure.digits == 1]
    several = [figure for figure in known if figure.digits > 1]
    if len(alone) < _FEWEST_ALONE:
        return None
    one = median(alone)
    if len(several) < _FEWEST_OF_SEVERAL:
        return DigitWidths(one, one, measured=False)
    pitch = median((some.width - one) / (some.digits - 1) for some in several)
    return DigitWidths(one, max(one, pitch), measured=True)


def _figure(ink: CellInk, text: str) -> Figure | None:
    digits = text.replace(" ", "")
    if not digits.isdecimal() or not ink.parts:
        return None
    tallest = max(ink.parts, key=lambda part: part.height)
    beside = [part for part in ink.parts if part.y0 < tallest.y1 and tallest.y0 < part.y1]
    width = max(part.x1 for part in beside) - min(part.x0 for part in beside)
    return Figure(len(digits), width / tallest.height, digits[0] in "1１" or digits[-1] in "1１")


def _has_room(figure: Figure, widths: DigitWidths) -> bool:
    usual = widths.of(figure)
    if usual is None:
        return False
    return figure.width > max(usual + _WIDER * widths.pitch, _WIDER_SHARE * usual)
