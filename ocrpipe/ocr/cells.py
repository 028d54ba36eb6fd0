"""The cells of a table, each read from its own ink.

A lone digit is often missed by text detection, so the grid says where to look. Every line is read
once; a reading that is not sure, or rests on ink of which it is in doubt whether it is print, is
repeated from another crop, and the answers are compared: agreement is worth more than either
confidence, and disagreement is reported as a low one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.agreement import (
    agreed,
    digits_preferred,
    is_figure,
    join_lines,
    points_doubted,
    tidied,
    widened,
    with_alternatives,
    with_matching_brackets,
    without_bullets,
)
from ocrpipe.ocr.contrast import contrasts, weighed_by_contrast
from ocrpipe.ocr.ink import CellInk, Darkness, cell_ink, page_darkness
from ocrpipe.ocr.pictures import (
    SHARP,
    SOFT,
    CropStyle,
    rotated_picture,
    row_picture,
    stack_picture,
    stacked_characters,
)
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.punctuation import measured_widths, narrow_by_custom, with_widths, without_dust
from ocrpipe.ocr.rows import Span, text_rows
from ocrpipe.ocr.specks import LEAST_TEXT
from ocrpipe.ocr.strokes import as_stroke, bounded
from ocrpipe.ocr.wear import weighed_by_wear
from ocrpipe.page import CellReading, PageImage, Pixels
from ocrpipe.timings import timed

_SURE = 0.97
"""A reading whose every character is at least this sure is not repeated on a clean page."""

_COARSE = 1.9
"""Pixels a point (137 dpi) below which every short reading is repeated."""

_GRAINY = 3.0
"""Noise in grey levels above which every short reading is repeated."""

_SHORT = 8
"""Characters up to which a line may be a figure, where one wrong character is a wrong value."""

_LEAST_CONFIDENCE = 0.4
"""Below this a cell counts as unread."""

_NOISY = 0.06
"""Noise as a share of the ink's darkness above which every reading is less sure than it seems."""

_TWO_FIGURES = 0.6

_SPECK_CHARACTERS = frozenset(".。,，'‘’`´·•°˙、:：;；~^\"“”*-_")
_LARGEST_SPECK = 3.6
_LARGE_PRINT = 2.0
"""Height of the characters of a heading cell, at most, in those of the page."""

_WIDEST_CHARACTER = 1.5
"""Width of a column of single characters, in heights of a character, at most."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a cell: the pictures of its lines in reading order, and how many
    characters it is seen to have, where its shape shows that. A way that is `spare` is only for
    cells that the others leave a doubt about."""

    cell: int
    pictures: tuple[Pixels, ...]
    stacked: bool = False
    expected: int = 0
    spare: bool = False


@timed("cells")
def read_cells(
    image: PageImage, boxes: Sequence[Box], engine: OcrEngine
) -> tuple[CellReading, ...]:
    """Read the cells of a table.

    `boxes` are the cells in points, bounded by the centre lines of their rules. Returns a reading
    for each, in their order: blank where there is no ink but rules and dust, unread where there
    is ink that no reading explains well enough. `numeric_text` is given for cells of one line.
    """
    page = page_darkness(image)
    inks = [cell_ink(page, box) for box in boxes]
    em = _character_height(inks, page.scale)
    ways = [way for index, ink in enumerate(inks) for way in _ways(index, ink, em, page.scale)]
    surest = _best_ways(*_read_ways(ways, engine))
    measured = {index: _widths(way, lines) for index, (way, lines) in surest.items()}
    narrow = narrow_by_custom([widths for found in measured.values() for widths in found])
    chosen = {
        index: tuple(
            with_widths(line, widths, narrow=narrow)
            for line, widths in zip(lines, measured[index], strict=True)
        )
        for index, (_, lines) in surest.items()
    }
    doubts = {index for index, lines in chosen.items() if _needs_second(lines, inks[index], page)}
    seconds = _second_readings(inks, em, page, chosen, doubts, engine, narrow=narrow)
    contrast = contrasts(inks, page.ink)
    readings = []
    for index, ink in enumerate(inks):
        lines, others = chosen.get(index), seconds.get(index, ())
        reading = _weighed(_reading(ink, lines, others, page.scale), page)
        if lines is not None and len(lines) == 1:
            reading = as_stroke(reading, ink.mask, ink.parts, em)
            reading = with_alternatives(reading, lines[0], others)
        reading = weighed_by_contrast(bounded(reading, ink.highest), contrast[index])
        readings.append(reading)
    return weighed_by_wear(inks, readings)


def _character_height(inks: Sequence[CellInk], scale: float) -> float:
    """The height in pixels of the page's characters, as far as single parts show it."""
    heights = [max(part.height for part in ink.parts) for ink in inks if ink.parts]
    heights = [height for height in heights if height >= LEAST_TEXT * scale]
    return float(median(heights)) if heights else 7.0 * scale


def _ways(index: int, ink: CellInk, em: float, scale: float) -> list[_Way]:
    if not ink.parts:
        return []
    rows = text_rows(ink.mask, scale, em)
    x0, x1 = min(p.x0 for p in ink.parts), max(p.x1 for p in ink.parts)
    y0, y1 = min(p.y0 for p in ink.parts), max(p.y1 for p in ink.parts)
    column = y1 - y0 > 1.7 * (x1 - x0)
    if not column:
        # In a column of characters a row may well be no more than a 、.
        rows = [row for row in rows if not _is_dust(ink.mask[slice(*row)], em)] or rows
    ways = [_rows_way(index, ink.darkness, ink.mask, rows, em, SHARP)]
    if not column and _may_be_one_large_row(rows, x1 - x0, em):
        whole = (rows[0][0], rows[-1][1])
        ways.append(_rows_way(index, ink.darkness, ink.mask, [whole], em, SHARP))
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
            ways.insert(0, _Way(index, (picture,), stacked=True))
        ways.append(_Way(index, (rotated_picture(ink.darkness, ink.mask, SHARP),), stacked=True))
        first = ways[0]
        ways = [
            replace(way, expected=expected, spare=expected > 0 and way is not first) for way in ways
        ]
    return ways


def _may_be_one_large_row(rows: Sequence[Span], width: int, em: float) -> bool:
    """Whether two rows that touch could be one of characters printed larger than the others."""
    if len(rows) != 2 or rows[0][1] != rows[1][0]:
        return False
    height = rows[1][1] - rows[0][0]
    return height <= min(_LARGE_PRINT * em, width)


def _is_dust(row: Pixels, em: float) -> bool:
    """Whether a row's ink is a mark so small that it is no line of its own."""
    width = int(np.ptp(np.flatnonzero(row.any(axis=0)))) + 1 if row.any() else 0
    return bool(max(width, row.shape[0]) < 0.45 * em)


def _rows_way(
    index: int, darkness: Pixels, mask: Pixels, rows: Sequence[Span], em: float, style: CropStyle
) -> _Way:
    return _Way(index, tuple(row_picture(darkness, mask, row, em, style) for row in rows))


def _read_ways(
    ways: Sequence[_Way], engine: OcrEngine
) -> tuple[list[_Way], list[tuple[Recognition, ...]]]:
    """The ways that had to be read, with their readings."""
    read = [way for way in ways if not way.spare]
    readings = _recognize(read, engine)
    sure = {
        way.cell for way, lines in zip(read, readings, strict=True) if _is_sure_column(way, lines)
    }
    spare = [way for way in ways if way.spare and way.cell not in sure]
    return [*read, *spare], [*readings, *_recognize(spare, engine)]


def _is_sure_column(way: _Way, lines: Sequence[Recognition]) -> bool:
    """Whether a column of characters was read so well that no other way could do better.

    Figures below each other are no column, whatever they are read as.
    """
    (line, *others) = lines
    return (
        way.stacked
        and not others
        and len(line.text) == way.expected
        and min(line.character_confidences, default=0.0) >= _SURE
        and not re.search(r"[\x00-\xff]", line.text)
    )


def _recognize(ways: Sequence[_Way], engine: OcrEngine) -> list[tuple[Recognition, ...]]:
    """Read all pictures of all ways in one call, so that they fill the engine's batches."""
    readings = iter(engine.recognize([picture for way in ways for picture in way.pictures]))
    return [tuple(tidied(next(readings), way.stacked) for _ in way.pictures) for way in ways]


def _best_ways(
    ways: Sequence[_Way], readings: Sequence[tuple[Recognition, ...]]
) -> dict[int, tuple[_Way, tuple[Recognition, ...]]]:
    """Of several ways to read a cell the surest one that accounts for all of its characters."""
    best: dict[int, tuple[float, _Way, tuple[Recognition, ...]]] = {}
    below_each_other = {
        way.cell for way, lines in zip(ways, readings, strict=True) if _are_figures(way, lines)
    }
    for way, lines in zip(ways, readings, strict=True):
        if way.stacked and way.cell in below_each_other:
            continue
        count = sum(len(line.text) for line in lines)
        missing = abs(count - way.expected) / way.expected if way.expected else 0.0
        score = _mean_confidence(lines) - min(0.5, 0.5 * missing)
        if way.cell not in best or score > best[way.cell][0]:
            best[way.cell] = (score, way, lines)
    return {index: (way, lines) for index, (_, way, lines) in best.items()}


def _widths(way: _Way, lines: Sequence[Recognition]) -> list[tuple[bool | None, ...]]:
    """What the pictures show of the width of each line's punctuation; nothing if its characters
    were set in squares."""
    if way.stacked:
        return [(None,) * len(line.text) for line in lines]
    return [measured_widths(*pair) for pair in zip(way.pictures, lines, strict=True)]


def _are_figures(way: _Way, lines: Sequence[Recognition]) -> bool:
    """Whether the rows of a narrow cell are figures, each by itself: no column of characters."""
    return len(lines) > 1 and not way.stacked and all(is_figure(line.text) for line in lines)


def _mean_confidence(lines: Sequence[Recognition]) -> float:
    characters = [value for line in lines for value in line.character_confidences]
    if not characters:
        characters = [line.confidence for line in lines if line.text]
    return sum(characters) / len(characters) if characters else 0.0


def _needs_second(lines: Sequence[Recognition], ink: CellInk, page: Darkness) -> bool:
    if len(lines) != 1:
        return False
    (line,) = lines
    if ink.otherwise is not None:
        return True
    least = min(line.character_confidences, default=line.confidence)
    short = len(line.text) <= _SHORT
    return least < _SURE or (short and (page.scale < _COARSE or page.noise > _GRAINY))


def _second_readings(
    inks: Sequence[CellInk],
    em: float,
    page: Darkness,
    chosen: dict[int, tuple[Recognition, ...]],
    doubts: set[int],
    engine: OcrEngine,
    *,
    narrow: bool,
) -> dict[int, tuple[Recognition, ...]]:
    """Read single lines again: from softer greys, and with doubtful specks decided otherwise."""
    ways = []
    for index in sorted(doubts):
        ink = inks[index]
        variants = [(ink.darkness, ink.mask)]
        if ink.otherwise is not None and ink.other_mask is not None and ink.other_mask.any():
            variants.append((ink.otherwise, ink.other_mask))
        for darkness, mask in variants:
            rows = np.flatnonzero(mask.any(axis=1))
            row = (int(rows[0]), int(rows[-1]) + 1)
            tall = row[1] - row[0] > 1.7 * int(np.ptp(np.flatnonzero(mask.any(axis=0))) + 1)
            if tall and len(chosen[index][0].text) > 1:
                continue
            ways.append(_rows_way(index, darkness, mask, [row], em, SOFT))
    found: dict[int, tuple[Recognition, ...]] = {}
    for way, lines in zip(ways, _recognize(ways, engine), strict=True):
        same = [
            with_widths(line, widths, narrow=narrow)
            for line, widths in zip(lines, _widths(way, lines), strict=True)
        ]
        found[way.cell] = (*found.get(way.cell, ()), *same)
    return found


def _is_compact(ink: CellInk, text: str) -> bool:
    """Whether the gaps in a line are those of figures set wide, and not between two figures."""
    columns = np.flatnonzero(ink.mask.any(axis=0))
    rows = np.flatnonzero(ink.mask.any(axis=1))
    evenly = all(len(piece) == 1 for piece in re.split(r"[ .,]", text))
    limit = (1.1 if evenly else 0.75) * (rows[-1] - rows[0] + 1)
    return bool(np.diff(columns).max(initial=0) < limit)


def _weighed(reading: CellReading, page: Darkness) -> CellReading:
    """Lower the confidence on a page where grain drowns thin strokes: a 5 whose bar is gone is a
    clear 3 to the recogniser."""
    weight = 1.0 - min(0.3, max(0.0, page.noise / page.ink - _NOISY) * 2.5)
    return replace(
        reading,
        confidence=round(reading.confidence * weight, 4),
        numeric_confidence=round(reading.numeric_confidence * weight, 4),
    )


def _reading(
    ink: CellInk,
    lines: tuple[Recognition, ...] | None,
    seconds: Sequence[Recognition],
    scale: float,
) -> CellReading:
    if lines is None:
        # The larger the dust that was dropped, the likelier it was a mark after all.
        return CellReading(
            "", "blank", 0.99 if ink.specks < 0.8 else 0.95 if ink.specks < 2 else 0.8
        )
    if len(lines) == 1:
        final = digits_preferred(without_bullets(agreed(lines[0], seconds)))
        final = points_doubted(final)
        text, confidence, numeric = final.text, final.confidence, final.numeric
        if " " in text and not _is_compact(ink, text):
            # Two figures in one cell are not one.
            numeric = None
        elif numeric is not None and text.replace(" ", "") == numeric.text:
            text = numeric.text
        if len(text) <= _SHORT:
            least = min(lines[0].character_confidences, default=1.0)
            confidence = min(confidence, max(least, final.confidence if seconds else 0.0))
    else:
        text, confidence = join_lines([line.text for line in lines]), _mean_confidence(lines)
        numeric = None
        if all(is_figure(line.text) for line in lines):
            # Where a rule was missed: two figures in one cell are not one, and not sure.
            confidence = min(confidence, _TWO_FIGURES)
        elif all(len(line.text) <= 1 for line in lines):
            text = widened(text)
    text = without_dust(with_matching_brackets(text))
    largest = max(
        max(part.x1 for part in ink.parts) - min(part.x0 for part in ink.parts),
        max(part.y1 for part in ink.parts) - min(part.y0 for part in ink.parts),
    )
    if set(text) <= _SPECK_CHARACTERS and largest < _LARGEST_SPECK * scale and text not in "-":
        return CellReading("", "blank", 0.6)
    if not text or confidence < _LEAST_CONFIDENCE:
        return CellReading(
            "",
            "unread",
            round(confidence, 4),
            numeric.text if numeric and numeric.text else None,
            numeric.confidence if numeric and numeric.text else 0.0,
        )
    return CellReading(
        text=text,
        state="printed",
        confidence=round(confidence, 4),
        numeric_text=numeric.text if numeric and numeric.text else None,
        numeric_confidence=numeric.confidence if numeric and numeric.text else 0.0,
    )
