"""Hyphens alone in their cells, told from dust by where they stand.

A scan leaves of a hyphen in small print a mark as thick as dust and hardly longer. Print keeps to
the line of its row and to the alignment of its column; dust falls anywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading

_FEWEST = 2
"""Cells of the column that stand like the mark, at least."""

_SAME_BORDER = 3.0
_ALIGNED = 1.0
"""Points."""

_OFF_MIDDLE = 0.25
"""Way from the middle of the print in the same row, in heights of a character, at most."""

_SURE = 0.9
_UNSURE = 0.8
"""Confidence where the recogniser sees a hyphen too, at most, and where it sees dust."""

_DASHES = frozenset("-－–—")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the ink of a cell stands, in points: its ends from the left and the right border, and
    its middle from the upper one."""

    left: float
    right: float
    middle: float


def with_hyphens(
    inks: Sequence[CellInk], boxes: Sequence[Box], em: float, scale: float
) -> tuple[list[CellInk], frozenset[int]]:
    """The inks of a table's cells with each mark that stands as print does, and the cells of those.

    `boxes` are the cells in points, `em` the height of a character in pixels, `scale` pixels a
    point. The print of a cell in the same row must have its middle where the mark is, and two cells
    of its column must end, or have their middle, where it has it.
    """
    result = list(inks)
    if all(ink.hyphen is None for ink in inks):
        return result, frozenset()
    places = [_place(ink, scale) for ink in inks]
    found = set()
    for index, ink in enumerate(inks):
        place = places[index]
        alone = all(part == ink.hyphen for part in ink.parts)
        if ink.hyphen is None or place is None or not alone:
            # None, or dust beside a dash, or a piece of a broken digit.
            continue
        column = _beside(index, boxes, places, across=False)
        row = _beside(index, boxes, places, across=True)
        off = [abs(other.middle - place.middle) for number, other in row if not inks[number].hyphen]
        in_row = bool(off) and min(off) <= _OFF_MIDDLE * em / scale
        if in_row and sum(_is_aligned(place, other) for _, other in column) >= _FEWEST:
            result[index] = _shown(ink, ink.hyphen)
            found.add(index)
    return result, frozenset(found)


def _shown(ink: CellInk, hyphen: Part) -> CellInk:
    if ink.parts or ink.otherwise is None or ink.other_mask is None:
        return ink
    return replace(
        ink,
        darkness=ink.otherwise,
        mask=ink.other_mask,
        parts=(hyphen,),
        otherwise=None,
        other_mask=None,
    )


def as_hyphen(reading: CellReading) -> CellReading:
    """The reading of a cell in which `with_hyphens` found one: its shape alone says too little."""
    if reading.text and set(reading.text) <= _DASHES:
        return bounded(reading, _SURE)
    return CellReading("-", "printed", _UNSURE, "-", _UNSURE)


def _place(ink: CellInk, scale: float) -> _Place | None:
    mask = ink.mask if ink.parts else ink.other_mask if ink.hyphen else None
    if mask is None or not mask.any():
        return None
    columns, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    return _Place(
        float(columns[0]) / scale,
        float(mask.shape[1] - 1 - columns[-1]) / scale,
        float(rows[0] + rows[-1] + 1) / 2 / scale,
    )


def _beside(
    index: int, boxes: Sequence[Box], places: Sequence[_Place | None], *, across: bool
) -> Iterator[tuple[int, _Place]]:
    """The other cells between the same borders: of the row with `across`, else of the column."""
    own = boxes[index]
    for number, (box, place) in enumerate(zip(boxes, places, strict=True)):
        if number == index or place is None:
            continue
        pairs = (
            ((box.y0, own.y0), (box.y1, own.y1)) if across else ((box.x0, own.x0), (box.x1, own.x1))
        )
        if all(abs(one - other) <= _SAME_BORDER for one, other in pairs):
            yield number, place


def _is_aligned(one: _Place, other: _Place) -> bool:
    ends = (one.right - other.right, one.left - other.left)
    return any(abs(aside) <= _ALIGNED for aside in (*ends, (ends[0] - ends[1]) / 2))
