"""Signs alone in their cells that a recogniser takes for a figure or for another sign: ○ for 0,
and an arrow up or down for one to the side, where the cell was read turned."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ocrpipe.doubt import UNSURE
from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.enclosed_white import largest_enclosed_white
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.by_column import columns_of
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading, Pixels

_ROUND: Final = (0.87, 1.15)
"""Width of a ring in its height: in a dozen Chinese typefaces 0.88 to 1.12 at 150 to 300 dpi, that
of 0 in these and in six Latin ones 0.75 at most."""

_WHITE: Final = 0.2
"""Share of a ring's box that is the white in it, at least: of ○ 0.22 to 0.66."""

_LEAST_HEIGHT: Final = 0.55
"""In heights of a character: ○ has 0.6 to 1.6."""

_FILLED: Final = (0.7, 0.86)
"""Share of a disc's box that is ink: that of a circle is 0.79, of a square all."""

_RINGS: Final = frozenset("0Oo")
_DISCS: Final = frozenset("0OoQ")
_SIGNS: Final = frozenset("√✓✔×△▲☆★□■◎")
_MARKS: Final = frozenset("XxVv")
"""What × and √ in the same column are read as."""

_UPRIGHT: Final = 1.2
"""Height of an arrow up or down in its width, at least."""

_UNTURNED: Final = {"←": "↑", "→": "↓"}


def rings_by_company(
    inks: Sequence[CellInk], boxes: Sequence[Box], readings: Sequence[CellReading], em: float
) -> list[CellReading]:
    """The readings of a table, its lone zeros that are as wide as high ○, or ● if they are filled,
    where no other cell of the column ends in a digit, or in a letter that is no mark; and the
    letters O between them, or beside other signs.

    Never sure, and with the 0 left as what it is in a column of numbers.
    `boxes` are the cells in points, `em` is the height of a character in pixels.
    """
    rings = {
        index
        for index, (ink, reading) in enumerate(zip(inks, readings, strict=True))
        if reading.text in _RINGS and _is_ring(ink, em)
    }
    discs = {
        index
        for index, (ink, reading) in enumerate(zip(inks, readings, strict=True))
        if reading.text in _DISCS and _is_disc(ink, em)
    }
    if not rings | discs:
        return list(readings)
    found = list(readings)
    for column in columns_of(boxes).values():
        others = {readings[index].text[-1:] for index in column if index not in rings | discs}
        if any(end.isascii() and end.isalnum() for end in others - _MARKS):
            continue
        signs = bool(others & _SIGNS)
        # A column of blurred zeros alone is one of numbers.
        own = (rings | discs if signs else rings).intersection(column)
        if all(readings[index].text != "0" for index in own) and not signs:
            continue
        for index in own:
            sign = "○" if index in rings else "●"
            found[index] = replace(bounded(readings[index], UNSURE), text=sign)
    return found


def _round(ink: CellInk, em: float) -> Pixels | None:
    """The box of the only part of a cell's ink, if it is as wide as high."""
    if len(ink.parts) != 1:
        return None
    (part,) = ink.parts
    if part.height < _LEAST_HEIGHT * em or not _ROUND[0] <= part.width / part.height <= _ROUND[1]:
        return None
    return ink.mask[part.y0 : part.y1, part.x0 : part.x1]


def _is_disc(ink: CellInk, em: float) -> bool:
    mask = _round(ink, em)
    return mask is not None and _FILLED[0] <= (mask > 0).mean() <= _FILLED[1]


def _is_ring(ink: CellInk, em: float) -> bool:
    mask = _round(ink, em)
    return mask is not None and largest_enclosed_white(mask) >= _WHITE * mask.size


def with_upright_arrows(reading: CellReading, ink: CellInk) -> CellReading:
    """The reading of an arrow alone in its cell as the one up or down that is higher than wide."""
    if reading.text not in _UNTURNED or len(ink.parts) != 1:
        return reading
    (part,) = ink.parts
    if part.height < _UPRIGHT * part.width:
        return reading
    return replace(reading, text=_UNTURNED[reading.text])
