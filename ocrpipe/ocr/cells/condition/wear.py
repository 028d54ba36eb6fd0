"""Whether the strokes of a table's figures are broken, as on a coarse fax: a 7 without its bar is
a clear 1 to the recogniser, and a 4 without its thin strokes too."""

from collections.abc import Sequence

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading

_WORN = 0.12
"""Share of the figures in more pieces than characters from which no figure is sure."""

_FEWEST = 5
_UNSURE = 0.85
_LARGE_DUST = 0.8
"""Points: what is dropped as dust in a table of broken strokes may be a piece of a figure."""


def broken_share(inks: Sequence[CellInk], readings: Sequence[CellReading]) -> float | None:
    """The share of the figures that consist of more pieces than they have characters; None where a
    table has too few figures to tell."""
    figures = [
        len(ink.parts) > len(reading.text.replace(" ", ""))
        for ink, reading in zip(inks, readings, strict=True)
        if reading.text and reading.text.replace(" ", "").isdecimal()
    ]
    return sum(figures) / len(figures) if len(figures) >= _FEWEST else None


def weighed_by_wear(
    inks: Sequence[CellInk], readings: Sequence[CellReading], *, frayed: bool
) -> tuple[CellReading, ...]:
    """The readings of a table, none of a figure sure where the strokes of too many are broken.

    Those of `frayed` print are, unless enough figures show that they are not.
    """
    share = broken_share(inks, readings)
    if share is None:
        share = 1.0 if frayed else 0.0
    if share < _WORN:
        return tuple(readings)
    return tuple(
        bounded(reading, _UNSURE) if _may_lack(ink, reading) else reading
        for ink, reading in zip(inks, readings, strict=True)
    )


def _may_lack(ink: CellInk, reading: CellReading) -> bool:
    if reading.state == "blank":
        return ink.specks >= _LARGE_DUST
    return reading.numeric_text is not None
