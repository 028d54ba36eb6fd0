"""The cells of a table, each read from its own ink.

A lone digit is often missed by text detection, so the grid says where to look. Every line is read
once; a reading that is not sure, or rests on ink of which it is in doubt whether it is print, is
repeated from another crop, and the answers are compared: agreement is worth more than either
confidence, and disagreement is reported as a low one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.agreement import (
    agreed,
    digits_preferred,
    is_figure,
    join_lines,
    points_doubted,
    widened,
    with_alternatives,
    with_matching_brackets,
    without_bullets,
)
from ocrpipe.ocr.contrast import contrasts, weighed_by_contrast
from ocrpipe.ocr.ink import CellInk, Darkness, cell_ink, page_darkness
from ocrpipe.ocr.pictures import SOFT
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.punctuation import (
    measured_widths,
    narrow_by_custom,
    with_measured_plus,
    with_widths,
    without_dust,
)
from ocrpipe.ocr.specks import LEAST_TEXT
from ocrpipe.ocr.strokes import as_stroke, bounded
from ocrpipe.ocr.ways import (
    SURE,
    Way,
    best_ways,
    mean_confidence,
    read_ways,
    recognize_ways,
    rows_way,
    ways_of,
)
from ocrpipe.ocr.wear import weighed_by_wear
from ocrpipe.page import CellReading, PageImage
from ocrpipe.timings import timed

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
    ways = [way for index, ink in enumerate(inks) for way in ways_of(index, ink, em, page.scale)]
    surest = best_ways(*read_ways(ways, engine))
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
            text = with_measured_plus(reading.text, surest[index][0].pictures[0])
            reading = replace(reading, text=text)
        reading = weighed_by_contrast(bounded(reading, ink.highest), contrast[index])
        readings.append(reading)
    return weighed_by_wear(inks, readings)


def _character_height(inks: Sequence[CellInk], scale: float) -> float:
    """The height in pixels of the page's characters, as far as single parts show it."""
    heights = [max(part.height for part in ink.parts) for ink in inks if ink.parts]
    heights = [height for height in heights if height >= LEAST_TEXT * scale]
    return float(median(heights)) if heights else 7.0 * scale


def _widths(way: Way, lines: Sequence[Recognition]) -> list[tuple[bool | None, ...]]:
    """What the pictures show of the width of each line's punctuation; nothing if its characters
    were set in squares."""
    if way.stacked:
        return [(None,) * len(line.text) for line in lines]
    return [measured_widths(*pair) for pair in zip(way.pictures, lines, strict=True)]


def _needs_second(lines: Sequence[Recognition], ink: CellInk, page: Darkness) -> bool:
    if len(lines) != 1:
        return False
    (line,) = lines
    if ink.otherwise is not None:
        return True
    least = min(line.character_confidences, default=line.confidence)
    short = len(line.text) <= _SHORT
    return least < SURE or (short and (page.scale < _COARSE or page.noise > _GRAINY))


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
            ways.append(rows_way(index, darkness, mask, [row], em, SOFT))
    found: dict[int, tuple[Recognition, ...]] = {}
    for way, lines in zip(ways, recognize_ways(ways, engine), strict=True):
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
        text, confidence = join_lines([line.text for line in lines]), mean_confidence(lines)
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
