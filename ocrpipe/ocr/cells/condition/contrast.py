"""How dark the ink of a cell is beside that of the others: print of the reverse side that shines
through is paler than the print of its page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading
from ocrpipe.quantiles import percentile

_GHOST = 0.3
"""Share of the usual darkness below which ink is no print of this side: uneven toner was measured
to leave 0.62 at least."""

_PALE = 0.58
_SHINING_THROUGH = 0.6
"""The confidence that a cell with nothing but a ghost is blank."""

_RULES_SHARE = 0.62
"""The print's darkness in that of the page's rules and print together, at least."""

_FEWEST = 4


def level(ink: CellInk) -> float | None:
    """The darkness of a cell's ink, 0 to 255; None without ink."""
    return percentile(ink.darkness[ink.mask > 0], 90) if ink.parts else None


def contrasts(
    inks: Sequence[CellInk], page_ink: float, pale: Mapping[int, float]
) -> tuple[float, ...]:
    """The darkness of each cell's ink as a share of what is usual in the table; 1 without ink.

    `page_ink` is the darkness of the page's ink, rules included. In few cells it is all that
    counts. `pale` is what is usual in the cells of pale columns: what is as dark as they are is
    no ghost, but no more sure than any pale ink.
    """
    levels = [level(ink) for ink in inks]
    known = [one for one in levels if one is not None]
    usual = _RULES_SHARE * page_ink
    if len(known) >= _FEWEST:
        usual = max(usual, median(known))
    return tuple(
        1.0 if one is None else _lifted(one / usual, one / pale.get(index, usual))
        for index, one in enumerate(levels)
    )


def _lifted(in_table: float, in_column: float) -> float:
    if in_table >= _GHOST or in_column < _PALE:
        return in_table
    return _GHOST


def weighed_by_contrast(reading: CellReading, contrast: float) -> CellReading:
    """The reading of ink of this contrast: no digit of a ghost, none that is sure of pale ink."""
    if reading.state == "blank" or contrast >= _PALE:
        return reading
    if contrast >= _GHOST:
        return bounded(reading, UNSURE)
    blank = CellReading("", "blank", _SHINING_THROUGH)
    return replace(blank, alternatives=reading.alternatives)
