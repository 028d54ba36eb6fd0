"""The cells of a table, each read from its own ink.

A lone digit is often missed by text detection, so the grid says where to look. Every line is read
once; a reading that is not sure, or rests on ink of which it is in doubt whether it is print, is
repeated from another crop, and the answers are compared: agreement is worth more than either
confidence, and disagreement is reported as a low one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.check_marks import as_check_mark
from ocrpipe.ocr.cells.combine import cell_reading
from ocrpipe.ocr.cells.contrast import contrasts, weighed_by_contrast
from ocrpipe.ocr.cells.dashes import long_by_custom
from ocrpipe.ocr.cells.dusty_strokes import freed_of_dust
from ocrpipe.ocr.cells.faded import faded_fours
from ocrpipe.ocr.cells.frayed import is_frayed, not_lost, smoothed
from ocrpipe.ocr.cells.hidden import doubted_where_hidden
from ocrpipe.ocr.cells.hyphens import as_hyphen, with_hyphens
from ocrpipe.ocr.cells.ink import CellInk, Darkness, cell_ink, page_darkness
from ocrpipe.ocr.cells.leaning_ones import doubted_by_lean
from ocrpipe.ocr.cells.lone_marks import LEAST_TEXT
from ocrpipe.ocr.cells.numbered import with_marks_of_numbers
from ocrpipe.ocr.cells.repetition import repeated_ways
from ocrpipe.ocr.cells.slant import lean_of_digits
from ocrpipe.ocr.cells.strokes import as_stroke, bounded
from ocrpipe.ocr.cells.ways import (
    Way,
    best_ways,
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
from ocrpipe.ocr.recognition.agreement import with_alternatives
from ocrpipe.ocr.recognition.punctuation import (
    measured_widths,
    narrow_by_custom,
    with_measured_comma,
    with_measured_plus,
    with_widths,
)
from ocrpipe.ocr.recognition.script_forms import are_simplified, with_simplified_forms
from ocrpipe.page import CellReading, PageImage, Pixels
from ocrpipe.timings import timed

_NOISY = 0.06
"""Noise as a share of the ink's darkness above which every reading is less sure than it seems."""


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
            reading = cell_reading(ink, (fours[index],), (), page.scale, em)
            found, others = (fours[index],), (*found, *others)
        else:
            reading = cell_reading(ink, found, others, page.scale, em)
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
    readings = doubted_by_lean(inks, doubted_by_width(inks, readings))
    worn = weighed_by_wear(cells.as_printed, readings)
    return doubted_where_hidden(image.hidden, page, boxes, inks, worn, em)


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


def _weighed(reading: CellReading, page: Darkness) -> CellReading:
    """Lower the confidence on a page where grain drowns thin strokes: a 5 whose bar is gone is a
    clear 3 to the recogniser."""
    weight = 1.0 - min(0.3, max(0.0, page.noise / page.ink - _NOISY) * 2.5)
    return replace(
        reading,
        confidence=round(reading.confidence * weight, 4),
        numeric_confidence=round(reading.numeric_confidence * weight, 4),
    )
