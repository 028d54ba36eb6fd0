"""Ones that lean as the others of their table do not: a 7 without its bar, or a 4 without its thin
strokes, is a clear 1 to the recogniser, but its stem stands otherwise; and so does the slash of a
narrow typeface, of which a table has many."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.slant import slope_of_ink
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import Alternative, CellReading

_FEWEST: Final = 4
"""Ones of a table that tell how they stand."""

_ASTRAY: Final = 0.07
"""How much farther than the others a 1 moves to the right for each pixel upwards, at most: on worn
faxes the ones of a table were measured to differ by 0.05 at most, what is left of a 4 by 0.13 and
of a 7 by 0.29."""

_SLASHES: Final = 0.19
"""The same from upright: of the ones of 40 typefaces, drawn 7 to 16 pixels high and blurred, an
italic had 0.17 at most, and a slash 0.2 at least."""


_FEWEST_SLASHES: Final = 5
_STEEPEST_SLASH: Final = 0.13
_APART: Final = 0.06
"""Lone ones of a table that lean alike are its slashes: so many where its print is frayed, so much
farther to the right for each pixel upwards than the ones of figures, and so far from the usual one
at most. The slashes of narrow typefaces have 0.2; five figures that lost the same strokes are no
chance of wear."""

_LONE: Final = frozenset("1Il|/／")


def slashes_by_company(
    inks: Sequence[CellInk], readings: Sequence[CellReading], *, frayed: bool
) -> list[CellReading]:
    """The readings of a table, its lone ones slashes where all of them lean as those of its figures
    of several digits, or other lone ones, do not; never sure, and with the 1 left to choose. Where
    the print is `frayed` a lone one may have lost strokes, and few tell nothing."""
    figures = [
        slope
        for ink, reading in zip(inks, readings, strict=True)
        if len(reading.text) > 1
        for slope in _slopes_of_ones(ink, reading.text)
    ]
    lone = {
        index: _slope(ink, ink.parts[0])
        for index, (ink, reading) in enumerate(zip(inks, readings, strict=True))
        if reading.text in _LONE and len(ink.parts) == 1
    }
    upright = [*figures, *(slope for slope in lone.values() if abs(slope) <= _ASTRAY)]
    if len(upright) < _FEWEST:
        return list(readings)
    least = median(upright) + _STEEPEST_SLASH
    leaning = {index: slope for index, slope in lone.items() if slope >= least}
    usual = median(leaning.values()) if leaning else 0.0
    alike = [index for index, slope in leaning.items() if abs(slope - usual) <= _APART]
    if len(alike) < (_FEWEST_SLASHES if frayed else 1):
        return list(readings)
    found = list(readings)
    for index in alike:
        if found[index].text not in "/／":
            found[index] = _as_slash(found[index])
    return found


def _as_slash(reading: CellReading) -> CellReading:
    other = Alternative(reading.text, min(reading.confidence, 1 - UNSURE))
    alternatives = [one for one in reading.alternatives if one.text not in ("/", reading.text)]
    return replace(
        bounded(reading, UNSURE),
        text="/",
        state="printed",
        numeric_text="/",
        alternatives=(other, *alternatives),
    )


def doubted_by_lean(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> list[CellReading]:
    """The readings of a table, none sure of a figure with a 1 that leans more than the others, or
    as a slash does where there are too few: 7/7 is read 717."""
    slopes = [
        list(_slopes_of_ones(ink, reading.text))
        for ink, reading in zip(inks, readings, strict=True)
    ]
    known = [slope for own in slopes for slope in own]
    few = len(known) < _FEWEST
    most = _SLASHES if few else median(known) + _ASTRAY
    return [
        bounded(reading, UNSURE)
        if max(own, default=most) > most and not (few and len(reading.text) == 1)
        else reading
        for reading, own in zip(readings, slopes, strict=True)
    ]


def _slopes_of_ones(ink: CellInk, text: str) -> Iterator[float]:
    """The slopes of the ones of a figure whose digits stand apart."""
    digits = text.replace(" ", "")
    if "1" not in digits or not digits.isdecimal() or len(digits) != len(ink.parts):
        return
    for digit, part in zip(digits, sorted(ink.parts, key=lambda part: part.x0), strict=True):
        if digit == "1":
            yield _slope(ink, part)


def _slope(ink: CellInk, part: Part) -> float:
    place = (slice(part.y0, part.y1), slice(part.x0, part.x1))
    return slope_of_ink(ink.mask[place], ink.darkness[place])
