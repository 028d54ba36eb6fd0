"""The cells of a table, each read from its own ink.

A lone digit is often missed by text detection, so the grid says where to look. Every line is read
once; a reading that is not sure, or rests on ink of which it is in doubt whether it is print, is
repeated from another crop, and the answers are compared: agreement is worth more than either
confidence, and disagreement is reported as a low one.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.check_marks import as_check_mark
from ocrpipe.ocr.cells.contrast import contrasts, weighed_by_contrast
from ocrpipe.ocr.cells.counted import agreed_figure
from ocrpipe.ocr.cells.dashes import long_by_custom
from ocrpipe.ocr.cells.dusty_strokes import freed_of_dust
from ocrpipe.ocr.cells.faded import faded_fours
from ocrpipe.ocr.cells.frayed import is_frayed, not_lost, smoothed
from ocrpipe.ocr.cells.hyphens import as_hyphen, with_hyphens
from ocrpipe.ocr.cells.ink import CellInk, Darkness, cell_ink, page_darkness
from ocrpipe.ocr.cells.lone_marks import LEAST_TEXT
from ocrpipe.ocr.cells.numbered import with_marks_of_numbers
from ocrpipe.ocr.cells.parts import Part
from ocrpipe.ocr.cells.repetition import SHORT, repeated_ways
from ocrpipe.ocr.cells.slant import lean_of_digits
from ocrpipe.ocr.cells.strokes import as_stroke, bounded
from ocrpipe.ocr.cells.ways import (
    Way,
    best_ways,
    mean_confidence,
    read_ways,
    recognize_ways,
    ways_of,
    without_dust_rows,
)
from ocrpipe.ocr.cells.wear import weighed_by_wear
from ocrpipe.ocr.cells.widths import doubted_by_width
from ocrpipe.ocr.cells.wordings import with_known_wordings
from ocrpipe.ocr.cells.wrapped import with_rows_in_company
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.recognition.agreement import (
    digits_preferred,
    is_figure,
    join_lines,
    points_doubted,
    widened,
    with_alternatives,
    with_item_number,
    with_matching_brackets,
    without_bullets,
)
from ocrpipe.ocr.recognition.punctuation import (
    measured_widths,
    narrow_by_custom,
    with_measured_comma,
    with_measured_plus,
    with_widths,
    without_dust,
    without_leading_dust,
)
from ocrpipe.ocr.recognition.script_forms import are_simplified, with_simplified_forms
from ocrpipe.page import CellReading, PageImage, Pixels
from ocrpipe.runs import find_runs
from ocrpipe.timings import timed

_LEAST_CONFIDENCE = 0.4
"""Below this a cell counts as unread."""

_NOISY = 0.06
"""Noise as a share of the ink's darkness above which every reading is less sure than it seems."""

_TWO_FIGURES = 0.6
_EVEN_PITCH = 1.3
_FAR, _EVEN_GAPS = 1.3, 0.6

_SPECK_CHARACTERS = frozenset(".。,，'‘’`´·•°˙、:：;；~^\"“”*-_")
_LARGEST_SPECK = 4.0


@timed("cells")
def read_cells(
    image: PageImage,
    boxes: Sequence[Box],
    engine: OcrEngine,
    darkness: Darkness | None = None,
    wordings: Collection[str] = (),
) -> tuple[CellReading, ...]:
    """Read the cells of a table.

    `boxes` are the cells in points, bounded by the centre lines of their rules; `darkness` is that
    of `image`, where it is known; `wordings` is what may well be printed in a cell. Returns a
    reading for each, in their order: blank where there is no ink but rules and dust, unread where
    there is ink that no reading explains well enough.
    `numeric_text` is given for cells of one line.
    """
    cells = _inked(image, boxes, darkness or page_darkness(image))
    page, em = cells.page, _character_height(cells.inks, cells.page.scale)
    inks, hyphens = with_hyphens(cells.inks, boxes, em, page.scale)
    ways = [way for index, ink in enumerate(inks) for way in ways_of(index, ink, em, page.scale)]
    best = best_ways(*read_ways(ways, engine)).items()
    rows = {index: without_dust_rows(*found, em) for index, found in best}
    surest = with_rows_in_company(with_marks_of_numbers(rows, engine), engine)
    measured = {index: _widths(way, lines) for index, (way, lines) in surest.items()}
    narrow = narrow_by_custom([widths for found in measured.values() for widths in found])
    simplified = are_simplified(line.text for _, lines in surest.values() for line in lines)
    chosen = {
        index: tuple(_in_form(lines, measured[index], narrow=narrow, simplified=simplified))
        for index, (_, lines) in surest.items()
    }
    again = repeated_ways(inks, cells.unsmoothed, chosen, page, em)
    seconds: dict[int, list[Recognition]] = {}
    for way, lines in zip(again, recognize_ways(again, engine), strict=True):
        same = _in_form(lines, _widths(way, lines), narrow=narrow, simplified=simplified)
        seconds.setdefault(way.cell, []).extend(same)
    fours = faded_fours(cells.unsmoothed, chosen, seconds, em, page.scale, engine)
    contrast = contrasts(inks, page.ink)
    lean = lean_of_digits((inks[i], found[0].text) for i, found in chosen.items() if found)
    readings = []
    for index, ink in enumerate(inks):
        found, others = chosen.get(index), seconds.get(index, ())
        if found is not None and index in fours:
            reading = _reading(ink, (fours[index],), (), page.scale)
            found, others = (fours[index],), (*found, *others)
        else:
            reading = _reading(ink, found, others, page.scale)
        reading = _weighed(reading, page)
        if found is not None and len(found) == 1:
            reading = _as_drawn(reading, ink, em, frayed=page.frayed, lean=lean)
            reading = with_alternatives(reading, found[0], others)
            reading = _as_measured(reading, surest[index][0].pictures[0])
        if index in hyphens:
            reading = as_hyphen(reading)
        reading = bounded(reading, ink.highest)
        readings.append(weighed_by_contrast(reading, contrast[index]))
    if page.frayed:
        readings = long_by_custom(readings)
    readings = with_known_wordings(readings, surest, wordings, engine)
    readings = doubted_by_width(inks, readings)
    return weighed_by_wear(cells.as_printed, readings)


def _as_drawn(
    reading: CellReading, ink: CellInk, em: float, *, frayed: bool, lean: float
) -> CellReading:
    """The reading of one line, or the slash, dash or check mark that its ink has the shape of."""
    reading = as_stroke(
        reading, ink.mask, ink.parts, em, frayed=frayed, darkness=ink.darkness, lean=lean
    )
    reading = as_check_mark(reading, ink, em)
    return freed_of_dust(reading, ink.mask, ink.parts, em, lean)


def _as_measured(reading: CellReading, picture: Pixels) -> CellReading:
    """The reading with the signs and separators of numbers in the form that the paper shows."""
    numeric = reading.numeric_text
    text = with_measured_comma(with_measured_plus(reading.text, picture), picture)
    if numeric is not None:
        numeric = with_measured_comma(numeric, picture)
    return replace(reading, text=text, numeric_text=numeric)


@dataclass(frozen=True, slots=True, eq=False)
class _Inked:
    """The cells of a table and their page before they are read.

    `as_printed` is the ink without any smoothing. Where that is frayed, `inks` is that of the
    smoothed page, and `unsmoothed` the same crumbs and strokes together as they are; else `inks`
    is what is printed, and `unsmoothed` empty.
    """

    page: Darkness
    inks: Sequence[CellInk]
    as_printed: Sequence[CellInk]
    unsmoothed: Sequence[CellInk] = ()


def _inked(image: PageImage, boxes: Sequence[Box], page: Darkness) -> _Inked:
    inks = [cell_ink(page, box) for box in boxes]
    if not is_frayed(inks, page.scale):
        return _Inked(page, inks, inks)
    together = replace(page, frayed=True)
    smooth = replace(page_darkness(smoothed(image)), frayed=True)
    return _Inked(
        smooth,
        [
            not_lost(cell_ink(smooth, box), ink, image.scale)
            for box, ink in zip(boxes, inks, strict=True)
        ],
        inks,
        [cell_ink(together, box) for box in boxes],
    )


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


def _in_form(
    lines: Sequence[Recognition],
    measured: Sequence[Sequence[bool | None]],
    *,
    narrow: bool,
    simplified: bool,
) -> list[Recognition]:
    """The lines with their punctuation in the width that was `measured`, and their characters in
    the forms of the table, if these are `simplified`."""
    return [
        with_widths(with_simplified_forms(line) if simplified else line, widths, narrow=narrow)
        for line, widths in zip(lines, measured, strict=True)
    ]


def _is_compact(ink: CellInk, text: str) -> bool:
    """Whether the gaps in a line are those of figures set wide, and not between two figures."""
    columns = np.flatnonzero(ink.mask.any(axis=0))
    rows = np.flatnonzero(ink.mask.any(axis=1))
    evenly = all(len(piece) == 1 for piece in re.split(r"[ .,]", text)) or _is_even(ink)
    limit = (1.1 if evenly else 0.75) * (rows[-1] - rows[0] + 1)
    return bool(np.diff(columns).max(initial=0) < limit)


def _are_far_apart(parts: Sequence[Part]) -> bool:
    """Whether print of one line has a gap wider than characters are high, and others are narrower:
    figures that are all set wide apart are one number."""
    tallest = max(parts, key=lambda part: part.height)
    beside = [part for part in parts if part.y0 < tallest.y1 and tallest.y0 < part.y1]
    runs = sorted((part.x0, part.x1) for part in beside)
    gaps, reached = [], runs[0][1]
    for start, end in runs:
        if start > reached:
            gaps.append(start - reached)
        reached = max(reached, end)
    widest = max(gaps, default=0)
    evenly = len(gaps) > 1 and min(gaps) > _EVEN_GAPS * widest
    return widest > _FAR * tallest.height and not evenly


def _is_even(ink: CellInk) -> bool:
    """Whether the characters of a line stand at one pitch; a 1 leaves wide gaps beside it."""
    middles = [(a + b) / 2 for a, b in find_runs(ink.mask.max(axis=0) > 0)]
    pitches = np.diff(middles)
    return len(pitches) > 1 and bool(pitches.max() <= _EVEN_PITCH * pitches.min())


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
        final = digits_preferred(without_bullets(agreed_figure(lines[0], seconds, ink.mask)))
        final = points_doubted(final)
        text, confidence, numeric = final.text, final.confidence, final.numeric
        if " " in text and not _is_compact(ink, text):
            # Two figures in one cell are not one.
            numeric = None
        elif numeric is not None and is_figure(text) and _are_far_apart(ink.parts):
            # Where a rule was missed between them.
            numeric, confidence = None, min(confidence, _TWO_FIGURES)
        elif numeric is not None and text.replace(" ", "") == numeric.text:
            text = numeric.text
        if len(text) <= SHORT:
            least = min(lines[0].character_confidences, default=1.0)
            confidence = min(confidence, max(least, final.confidence if seconds else 0.0))
    else:
        digits = [digits_preferred(line) for line in lines]
        if any(is_figure(line.text) for line in digits):
            lines = tuple(digits)
        texts = [without_leading_dust(line.text) for line in lines]
        text, confidence = join_lines(texts), mean_confidence(lines)
        numeric = None
        if all(is_figure(line.text) for line in lines):
            # Where a rule was missed: two figures in one cell are not one, and not sure.
            confidence = min(confidence, _TWO_FIGURES)
        elif all(len(line.text) <= 1 for line in lines):
            text = widened(text)
    text = with_item_number(without_dust(with_matching_brackets(text)))
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
