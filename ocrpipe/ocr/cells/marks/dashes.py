"""Dashes that a coarse scan left too short, told by the others of their table."""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.page import CellReading

_CUSTOM = 2
"""Long dashes alone in their cells for each short one, at least, where all were long."""

_SHORT = frozenset("-－–")


def long_by_custom(readings: Sequence[CellReading]) -> list[CellReading]:
    """The cells of a frayed table, with hyphens alone in theirs as dashes if most others are.

    A dash that lost its ends looks like a hyphen; nothing makes a hyphen longer over and over.
    """
    long = sum(reading.text == "—" for reading in readings)
    short = sum(reading.text in _SHORT for reading in readings)
    if not short or long < _CUSTOM * short:
        return list(readings)
    return [_long(reading) if reading.text in _SHORT else reading for reading in readings]


def _long(reading: CellReading) -> CellReading:
    return replace(reading, text="—", numeric_text="—" if reading.numeric_text else None)
