"""The ways to read one cell: as rows, as a column of characters, or turned, and the best way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import TypeAlias

import numpy as np

from ocrpipe.ideographs import has_ideograph
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.pictures import (
    SHARP,
    CropStyle,
    rotated_picture,
    row_picture,
    stack_picture,
    stacked_characters,
)
from ocrpipe.ocr.cells.readings.rows import text_rows
from ocrpipe.ocr.cells.readings.same_digits import Recognize, read_alike_once
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.recognition.agreement import is_figure, tidied
from ocrpipe.ocr.recognition.lost_marks import with_lost_marks
from ocrpipe.page import Pixels
from ocrpipe.runs import Run, column_extent, length, row_extent

SURE = 0.97
"""A reading whose every character is at least this sure is not repeated on a clean page."""

_LARGE_PRINT = 2.0
"""Height of the characters of a heading cell, at most, in those of the page."""

_READ, _READS_WELL = 0.5, 0.85
_INK = 128
_MARK = 0.8
"""Size of a mark that is no character, in heights of a character, at most."""

_DOTS = frozenset("•·●°˙.'`\"“”‥…")
_NO_LINE = re.compile(r"[a-zA-Z「」『』\[\]|一ー—＿]")
"""What a mark above or below figures may be read as: a speck, the corner of a worn rule, or a
stroke that would fill its square if it were print."""

_LEVEL_STROKES = frozenset("_＿—－-一ー")
_UNDERLINE, _CHARACTERS = 6, 1.4
"""Width of a stroke under a line in heights of its own, at least; and under words in heights of a
character: the 一 of 星期一 may stand in a row of its own."""

_WIDEST_CHARACTER = 1.5
"""Width of a column of single characters, in heights of a character, at most."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read a cell: the pictures of its lines in reading order, and how many
    characters it is seen to have, where its shape shows that. A way that is `spare` is only for
    cells that the others leave a doubt about."""

    cell: int
    pictures: tuple[Pixels, ...]
    stacked: bool = False
    expected: int = 0
    spare: bool = False


Best: TypeAlias = Mapping[int, tuple[Way, tuple[Recognition, ...]]]
"""By the index of a cell, the best way to read it, and its lines."""


def ways_of(index: int, ink: CellInk, em: float, scale: float) -> list[Way]:
    """The ways to read the cell `index`; none for one without ink.

    `em` is the height of the page's characters in pixels, `scale` pixels a point.
    """
    if not ink.parts:
        return []
    rows = text_rows(ink.mask, scale, em)
    x0, x1 = min(p.x0 for p in ink.parts), max(p.x1 for p in ink.parts)
    y0, y1 = min(p.y0 for p in ink.parts), max(p.y1 for p in ink.parts)
    column = y1 - y0 > 1.7 * (x1 - x0)
    if not column:
        # In a column of characters a row may well be no more than a 、.
        rows = [row for row in rows if not _is_dust(ink.mask[slice(*row)], em)] or rows
    ways = [rows_way(index, ink.darkness, ink.mask, rows, em, SHARP)]
    if not column and _may_be_one_large_row(rows, x1 - x0, em):
        whole = (rows[0][0], rows[-1][1])
        ways.append(rows_way(index, ink.darkness, ink.mask, [whole], em, SHARP))
    if column:
        characters = stacked_characters(ink.mask)
        # Figures one below the other in a narrow cell are no column of characters.
        wide = sum(1 for a, b in characters if b - a < 1.35 * (x1 - x0))
        height = max(em, float(median(b - a for a, b in rows)))
        # Two characters a line, as in 法律 / 服务 / 机构, are lines and no column of single ones.
        single = 0.8 * em <= x1 - x0 <= _WIDEST_CHARACTER * height
        expected = 0
        if len(characters) >= 2 and wide == len(characters) and single:
            expected = len(characters)
            picture = stack_picture(ink.darkness, ink.mask, characters, x1 - x0, SHARP)
            ways.insert(0, Way(index, (picture,), stacked=True))
        ways.append(Way(index, (rotated_picture(ink.darkness, ink.mask, SHARP),), stacked=True))
        first = ways[0]
        ways = [
            replace(way, expected=expected, spare=expected > 0 and way is not first) for way in ways
        ]
    return ways


def _may_be_one_large_row(rows: Sequence[Run], width: int, em: float) -> bool:
    """Whether two rows that touch could be one of characters printed larger than the others."""
    if len(rows) != 2 or rows[0][1] != rows[1][0]:
        return False
    height = rows[1][1] - rows[0][0]
    return height <= min(_LARGE_PRINT * em, width)


def _is_dust(row: Pixels, em: float) -> bool:
    """Whether a row's ink is a mark so small that it is no line of its own."""
    width = length(column_extent(row))
    return bool(max(width, row.shape[0]) < 0.45 * em)


def rows_way(
    index: int, darkness: Pixels, mask: Pixels, rows: Sequence[Run], em: float, style: CropStyle
) -> Way:
    """Read each row (pixels of the mask, from and to) as a line of its own."""
    return Way(index, tuple(row_picture(darkness, mask, row, em, style) for row in rows))


def read_ways(
    ways: Sequence[Way], engine: OcrEngine
) -> tuple[list[Way], list[tuple[Recognition, ...]]]:
    """The ways that had to be read, with their readings."""
    read = [way for way in ways if not way.spare]
    readings = _lines_of(read, partial(read_alike_once, recognize=engine.recognize))
    sure = {
        way.cell for way, lines in zip(read, readings, strict=True) if _is_sure_column(way, lines)
    }
    spare = [way for way in ways if way.spare and way.cell not in sure]
    return [*read, *spare], [*readings, *recognize_ways(spare, engine)]


def _is_sure_column(way: Way, lines: Sequence[Recognition]) -> bool:
    """Whether a column of characters was read so well that no other way could do better.

    Figures below each other are no column, whatever they are read as.
    """
    (line, *others) = lines
    return (
        way.stacked
        and not others
        and len(line.text) == way.expected
        and min(line.character_confidences, default=0.0) >= SURE
        and not re.search(r"[\x00-\xff]", line.text)
    )


def recognize_ways(ways: Sequence[Way], engine: OcrEngine) -> list[tuple[Recognition, ...]]:
    """Read all pictures of all ways in one call, so that they fill the engine's batches."""
    return _lines_of(ways, engine.recognize)


def _lines_of(ways: Sequence[Way], recognize: Recognize) -> list[tuple[Recognition, ...]]:
    readings = iter(recognize([picture for way in ways for picture in way.pictures]))
    return [tuple(_line(next(readings), way, picture) for picture in way.pictures) for way in ways]


def _line(reading: Recognition, way: Way, picture: Pixels) -> Recognition:
    line = tidied(reading, way.stacked)
    return line if way.stacked else with_lost_marks(line, picture)


def best_ways(
    ways: Sequence[Way], readings: Sequence[tuple[Recognition, ...]]
) -> dict[int, tuple[Way, tuple[Recognition, ...]]]:
    """Of several ways to read a cell the surest one that accounts for all of its characters.

    Where their number is not seen, it is that of the way that reads the most of them well.
    """
    seen: dict[int, int] = {}
    for way, lines in zip(ways, readings, strict=True):
        if mean_confidence(lines) >= _READS_WELL:
            seen[way.cell] = max(seen.get(way.cell, 0), sum(len(line.text) for line in lines))
    best: dict[int, tuple[float, Way, tuple[Recognition, ...]]] = {}
    below_each_other = {
        way.cell for way, lines in zip(ways, readings, strict=True) if _are_figures(way, lines)
    }
    for way, lines in zip(ways, readings, strict=True):
        if way.stacked and way.cell in below_each_other:
            continue
        count = sum(len(line.text) for line in lines)
        expected = way.expected or max(count, seen.get(way.cell, 0))
        missing = abs(count - expected) / expected if expected else 0.0
        score = mean_confidence(lines) - min(0.5, 0.5 * missing)
        if way.cell not in best or score > best[way.cell][0]:
            best[way.cell] = (score, way, lines)
    return {index: (way, lines) for index, (_, way, lines) in best.items()}


def without_dust_rows(
    way: Way, lines: tuple[Recognition, ...], em: float
) -> tuple[Way, tuple[Recognition, ...]]:
    """A way without the rows that are a mark smaller than a character, and that no character
    explains, or a stroke under another row; as it is where nothing else was read.

    `em` is the height of the page's characters in pixels.
    """
    figures = any(is_figure(line.text) for line in lines)
    words = any(has_ideograph(line.text.replace("一", "")) for line in lines)
    least = _CHARACTERS * em if words else 0.0
    kept = [
        (picture, line)
        for index, (picture, line) in enumerate(zip(way.pictures, lines, strict=True))
        if not (
            _is_mark(picture, line, em, figures=figures)
            or (index and _is_underline(picture, line, least))
        )
    ]
    if way.stacked or not kept or len(kept) == len(lines):
        return way, lines
    pictures, others = zip(*kept, strict=True)
    return replace(way, pictures=pictures), others


def _is_mark(picture: Pixels, line: Recognition, em: float, *, figures: bool) -> bool:
    """Whether a row is no character: one small mark, or low dots beside each other. Above or below
    `figures` no letter or bracket is one."""
    letter = figures and _NO_LINE.fullmatch(line.text) is not None
    dots = set(line.text) <= _DOTS
    if (len(line.text) > 1 or line.confidence >= _READ) and not dots and not letter:
        return False
    dark = picture.min(axis=2) < _INK
    height, width = (int(np.ptp(np.flatnonzero(dark.any(axis=axis)))) for axis in (1, 0))
    return height < _MARK * em and (width < _MARK * em or len(line.text) > 1)


def _is_underline(picture: Pixels, line: Recognition, least: float) -> bool:
    """Whether a row is a level stroke of at least that width in pixels."""
    if not set(line.text) <= _LEVEL_STROKES:
        return False
    dark = picture.min(axis=2) < _INK
    height, width = length(row_extent(dark)), length(column_extent(dark))
    return width >= max(_UNDERLINE * height, least)


def _are_figures(way: Way, lines: Sequence[Recognition]) -> bool:
    """Whether the rows of a narrow cell are figures, each by itself: no column of characters."""
    return len(lines) > 1 and not way.stacked and all(is_figure(line.text) for line in lines)


def mean_confidence(lines: Sequence[Recognition]) -> float:
    """The mean over all characters of the lines, 0 without any."""
    characters = [value for line in lines for value in line.character_confidences]
    if not characters:
        characters = [line.confidence for line in lines if line.text]
    return sum(characters) / len(characters) if characters else 0.0
