"""Minus signs that touch their number: a coarse scan joins -4 into one shape, which is read as 4.

What the ink shows is told by its shape, and is never sure.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.condition.widths import Figure, digit_widths, figures_of
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import Alternative, CellReading
from ocrpipe.runs import column_extent, length, row_extent

_WIDER: Final = 0.4
"""By how much a number with its sign is wider than its digits, in their pitch, at least."""

_OVERLAP: Final = 0.15
"""Part of that, in the pitch, which the first digit may take where it is wider than most."""

_THICK: Final = 0.35
_HIGHEST: Final = 0.3
_LOWEST: Final = 0.85
"""Thickness of a minus at most, and between which heights it lies from the top of the digits, all
in heights of these. The bar of a 4 lies as high, and is no longer than the digit is wide."""


def with_joined_hyphens(
    inks: Sequence[CellInk], readings: Sequence[CellReading]
) -> list[CellReading]:
    """The readings of a table, with a minus where a figure's ink begins with one."""
    figures = figures_of(inks, readings)
    widths = digit_widths(figures)
    if widths is None:
        return list(readings)

    def signed(ink: CellInk, reading: CellReading, figure: Figure | None) -> CellReading:
        usual = None if figure is None else widths.of(figure)
        if figure is None or usual is None or not reading.text.strip("0 "):
            return reading
        if figure.width < usual + _WIDER * widths.pitch:
            return reading
        before = figure.width - usual - _OVERLAP * widths.pitch
        return _negative(reading) if _begins_with_minus(ink.mask > 0, before) else reading

    return [signed(*one) for one in zip(inks, readings, figures, strict=True)]


def _begins_with_minus(mask: NDArray[np.bool_], before: float) -> bool:
    """Whether the ink (H, W) begins with a level stroke alone for so many of its heights."""
    rows, columns = row_extent(mask), column_extent(mask)
    height = length(rows)
    line = mask[slice(*rows), slice(*columns)]
    sign = line[:, : max(1, round(before * height))]
    top, bottom = row_extent(sign)
    level = bottom - top <= _THICK * height and bool(sign.any(axis=0).all())
    return level and top >= _HIGHEST * height and bottom <= _LOWEST * height


def _negative(reading: CellReading) -> CellReading:
    number = None if reading.numeric_text is None else f"-{reading.numeric_text}"
    return replace(
        bounded(reading, UNSURE),
        text=f"-{reading.text}",
        numeric_text=number,
        alternatives=(Alternative(reading.text, reading.confidence), *reading.alternatives),
    )
