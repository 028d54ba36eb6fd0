"""Cells of one line read again: from other pictures of the same ink, where the first reading leaves
a doubt."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ocrpipe.ideographs import IDEOGRAPH
from ocrpipe.ocr.cells.ink.darkness import Darkness
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.ink.touching import without_touching_dust
from ocrpipe.ocr.cells.readings.pictures import SHARP, SOFT, CropStyle
from ocrpipe.ocr.cells.readings.ways import SURE, Way, rows_way
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels
from ocrpipe.runs import column_extent, length, row_extent

_COARSE = 1.9
"""Pixels a point (137 dpi) below which every short reading is repeated."""

_GRAINY = 3.0
"""Noise in grey levels above which every short reading is repeated."""

SHORT = 8
"""Characters up to which a line may be a figure, where one wrong character is a wrong value."""

_WORD = re.compile(rf"{IDEOGRAPH}{{2}}")

Variant = tuple[Pixels, Pixels, CropStyle]
"""Darkness and mask of a cell, and how its line is cut out."""


def repeated_ways(
    inks: Sequence[CellInk],
    frayed: Sequence[CellInk],
    first: Mapping[int, Sequence[Recognition]],
    page: Darkness,
    em: float,
) -> list[Way]:
    """How to read cells again whose `first` reading is not sure, in the order of the cells.

    They are read from softer greys, with doubtful specks decided otherwise, and short ones without
    dust that touches them, but for words: what touches a stroke of theirs is a stroke, too.
    `frayed` are the inks of the cells before they were smoothed, or nothing: every line is read
    from them as well. `em` is the height of the page's characters in pixels.
    """
    ways = []
    for index, lines in sorted(first.items()):
        if len(lines) != 1:
            continue
        (line,) = lines
        variants: list[Variant] = []
        if _is_doubtful(line, inks[index], page):
            short = len(line.text) <= SHORT and not _WORD.search(line.text)
            variants += _variants(inks[index], page.scale, short=short)
        if frayed and frayed[index].parts:
            variants.append((frayed[index].darkness, frayed[index].mask, SHARP))
        for darkness, mask, style in variants:
            row, columns = row_extent(mask), column_extent(mask)
            tall = length(row) > 1.7 * length(columns)
            if not tall or len(line.text) <= 1:
                ways.append(rows_way(index, darkness, mask, [row], em, style))
    return ways


def _variants(ink: CellInk, scale: float, *, short: bool) -> Iterator[Variant]:
    yield ink.darkness, ink.mask, SOFT
    bare = without_touching_dust(ink, scale) if short else None
    if bare is not None:
        yield *bare, SHARP
    if ink.otherwise is not None and ink.other_mask is not None and ink.other_mask.any():
        yield ink.otherwise, ink.other_mask, SOFT


def _is_doubtful(line: Recognition, ink: CellInk, page: Darkness) -> bool:
    if ink.otherwise is not None:
        return True
    least = min(line.character_confidences, default=line.confidence)
    short = len(line.text) <= SHORT
    return least < SURE or (short and (page.scale < _COARSE or page.noise > _GRAINY))
