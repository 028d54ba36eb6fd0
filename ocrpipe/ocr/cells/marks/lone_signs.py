"""Signs alone in their cells that a recogniser takes for a figure or for another sign: ○ for 0,
and an arrow up or down for one to the side, where the cell was read turned."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import CellReading

_ROUND: Final = (0.87, 1.15)
"""Width of a ring in its height: in a dozen Chinese typefaces 0.88 to 1.12 at 150 to 300 dpi, that
of 0 in these and in six Latin ones 0.75 at most."""

_WHITE: Final = 0.2
"""Share of a ring's box that is the white in it, at least: of ○ 0.22 to 0.66."""

_LEAST_HEIGHT: Final = 0.55
"""In heights of a character: ○ has 0.6 to 1.6."""

_RINGS: Final = frozenset("0Oo")
_MARKS: Final = frozenset("XxVv")
"""What × and √ in the same column are read as."""

_SAME_BORDER: Final = 3.0
"""Points."""

_UNSURE: Final = 0.8
_UPRIGHT: Final = 1.2
"""Height of an arrow up or down in its width, at least."""

_UNTURNED: Final = {"←": "↑", "→": "↓"}


def rings_by_company(
    inks: Sequence[CellInk], boxes: Sequence[Box], readings: Sequence[CellReading], em: float
) -> list[CellReading]:
    """The readings of a table, its lone zeros that are as wide as high ○ where no other cell of the
    column ends in a digit, or in a letter that is no mark, and the letters O between them.

    Never sure, and with the 0 left as what it is in a column of numbers.
    `boxes` are the cells in points, `em` is the height of a character in pixels.
    """
    rings = {
        index
        for index, (ink, reading) in enumerate(zip(inks, readings, strict=True))
        if reading.text in _RINGS and _is_ring(ink, em)
    }
    if not any(readings[index].text == "0" for index in rings):
        return list(readings)
    columns = defaultdict[tuple[int, int], list[int]](list)
    for index, box in enumerate(boxes):
        columns[round(box.x0 / _SAME_BORDER), round(box.x1 / _SAME_BORDER)].append(index)
    found = list(readings)
    for column in columns.values():
        others = {readings[index].text[-1:] for index in column if index not in rings}
        if any(end.isascii() and end.isalnum() for end in others - _MARKS):
            continue
        own = rings.intersection(column)
        if all(readings[index].text != "0" for index in own):
            continue
        for index in own:
            found[index] = replace(bounded(readings[index], _UNSURE), text="○")
    return found


def _is_ring(ink: CellInk, em: float) -> bool:
    if len(ink.parts) != 1:
        return False
    (part,) = ink.parts
    if part.height < _LEAST_HEIGHT * em or not _ROUND[0] <= part.width / part.height <= _ROUND[1]:
        return False
    mask = ink.mask[part.y0 : part.y1, part.x0 : part.x1]
    white = np.pad(mask == 0, 1, constant_values=True).astype(np.uint8)
    stats = cv2.connectedComponentsWithStats(white, connectivity=4)[2]
    # The ink, and what is around it, come first.
    return bool((stats[2:, cv2.CC_STAT_AREA] >= _WHITE * mask.size).any())


def with_upright_arrows(reading: CellReading, ink: CellInk) -> CellReading:
    """The reading of an arrow alone in its cell as the one up or down that is higher than wide."""
    if reading.text not in _UNTURNED or len(ink.parts) != 1:
        return reading
    (part,) = ink.parts
    if part.height < _UPRIGHT * part.width:
        return reading
    return replace(reading, text=_UNTURNED[reading.text])
