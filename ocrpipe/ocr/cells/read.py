"""The cells of a table, each read from its own ink.

A lone digit is often missed by text detection, so the grid says where to look. Every line is read
once, but for lone digits whose pictures are the same (`readings/same_digits.py`); a reading that is
not sure, or rests on ink of which it is in doubt whether it is print, is repeated from another
crop, and the answers are compared: agreement is worth more than either confidence, and disagreement
is reported as a low one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ocrpipe.geometry import Box
from ocrpipe.ideographs import has_ideograph
from ocrpipe.ocr.cells.condition.contrast import contrasts, weighed_by_contrast
from ocrpipe.ocr.cells.condition.frayed import is_frayed, not_lost, smoothed
from ocrpipe.ocr.cells.condition.hidden import doubted_where_hidden
from ocrpipe.ocr.cells.condition.joined_hyphens import with_joined_hyphens
from ocrpipe.ocr.cells.condition.low_figures import blank_where_low
from ocrpipe.ocr.cells.condition.pale_columns import pale_columns, usual_levels
from ocrpipe.ocr.cells.condition.wear import weighed_by_wear
from ocrpipe.ocr.cells.condition.widths import doubted_by_width
from ocrpipe.ocr.cells.ink.darkness import Darkness, page_darkness
from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT, ellipsis
from ocrpipe.ocr.cells.ink.printed import CellInk, cell_ink
from ocrpipe.ocr.cells.marks.by_column import signs_by_column
from ocrpipe.ocr.cells.marks.check_marks import as_check_mark, is_sure_check_mark
from ocrpipe.ocr.cells.marks.dashes import long_by_custom
from ocrpipe.ocr.cells.marks.dusty_strokes import freed_of_dust
from ocrpipe.ocr.cells.marks.enclosed import with_enclosed
from ocrpipe.ocr.cells.marks.hyphens import as_hyphen, with_hyphens
from ocrpipe.ocr.cells.marks.leaning_ones import doubted_by_lean, slashes_by_company
from ocrpipe.ocr.cells.marks.lone_signs import rings_by_company, with_upright_arrows
from ocrpipe.ocr.cells.marks.number_signs import with_number_signs
from ocrpipe.ocr.cells.marks.open_zeros import open_zeros
from ocrpipe.ocr.cells.marks.slant import lean_of_digits
from ocrpipe.ocr.cells.marks.strokes import as_stroke, bounded
from ocrpipe.ocr.cells.marks.worn_dashes import worn_dashes
from ocrpipe.ocr.cells.readings.combine import cell_reading
from ocrpipe.ocr.cells.readings.comparisons import with_likely_bars
from ocrpipe.ocr.cells.readings.faded import faded_fours
from ocrpipe.ocr.cells.readings.numbered import with_marks_of_numbers
from ocrpipe.ocr.cells.readings.repetition import repeated_ways
from ocrpipe.ocr.cells.readings.ways import (
    Best,
    Way,
    best_ways,
    read_ways,
    recognize_ways,
    ways_of,
    without_dust_rows,
)
from ocrpipe.ocr.cells.readings.wordings import with_known_wordings
from ocrpipe.ocr.cells.readings.wrapped import with_rows_in_company
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.recognition.agreement import with_alternatives
from ocrpipe.ocr.recognition.punctuation import (
    measured_widths,
    narrow_by_custom,
    with_measured_comma,
    with_measured_comparison,
    with_measured_sign,
    with_widths,
)
from ocrpipe.ocr.recognition.ranges import with_measured_ranges
from ocrpipe.ocr.recognition.script_forms import are_simplified, with_simplified_forms
from ocrpipe.ocr.recognition.year_brackets import with_measured_year_brackets
from ocrpipe.page import CellReading, PageImage, Pixels
from ocrpipe.timings import timed

_NOISY = 0.06
"""Noise as a share of the ink's darkness above which every reading is less sure than it seems."""

_ELLIPSIS = 0.95
"""Confidence in one: three specks alike, as far from each other and in one row, are no dust."""


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
    surest = _surest(inks, em, page.scale, engine)
    chosen, forms = _in_forms_of_table(surest)
    again = repeated_ways(inks, cells.unsmoothed, chosen, page, em)
    seconds: dict[int, list[Recognition]] = {}
    for other, lines in zip(again, recognize_ways(again, engine), strict=True):
        seconds.setdefault(other.cell, []).extend(forms.of(other, lines, _widths(other, lines)))
    fours = faded_fours(cells.unsmoothed, chosen, seconds, em, page.scale, engine)
    contrast = contrasts(inks, page.ink, cells.pale)
    lean = lean_of_digits((inks[i], found[0].text) for i, found in chosen.items() if found)
    readings = []
    for index, ink in enumerate(inks):
        found, others = chosen.get(index), seconds.get(index, ())
        way = surest[index][0] if index in surest else None
        reading = _of_cell(ink, way, found, others, fours.get(index), page, em, lean)
        if index in hyphens:
            reading = as_hyphen(reading)
        reading = bounded(reading, ink.highest)
        reading = with_upright_arrows(reading, ink)
        readings.append(weighed_by_contrast(reading, contrast[index]))
    if page.frayed:
        readings = worn_dashes(cells.printed, boxes, long_by_custom(readings))
        readings = open_zeros(inks, readings)
    readings = with_likely_bars(readings, surest, engine)
    readings = with_known_wordings(readings, surest, wordings, engine)
    readings = with_joined_hyphens(inks, blank_where_low(inks, readings))
    readings = doubted_by_width(inks, readings)
    readings = slashes_by_company(inks, readings, frayed=page.frayed)
    readings = doubted_by_lean(inks, readings)
    readings = rings_by_company(inks, boxes, readings, em)
    readings = signs_by_column(inks, boxes, readings)
    worn = weighed_by_wear(cells.as_printed, readings, frayed=page.frayed)
    return doubted_where_hidden(image.hidden, page, boxes, inks, worn, em)


def _surest(inks: Sequence[CellInk], em: float, scale: float, engine: OcrEngine) -> Best:
    """The surest way to read each cell that has ink, and its lines, by the cell's index."""
    ways = [way for index, ink in enumerate(inks) for way in ways_of(index, ink, em, scale)]
    best = best_ways(*read_ways(ways, engine)).items()
    rows = {index: without_dust_rows(*found, em) for index, found in best}
    return with_rows_in_company(with_marks_of_numbers(rows, engine), engine)


def _of_cell(
    ink: CellInk,
    way: Way | None,
    found: tuple[Recognition, ...] | None,
    others: Sequence[Recognition],
    four: Recognition | None,
    page: Darkness,
    em: float,
    lean: float,
) -> CellReading:
    """The reading of one cell.

    Args:
        ink: Of the cell.
        way: How its lines were read; None where there is no ink.
        found: Its lines as read so.
        others: Those of the same ink in other pictures.
        four: What it shows instead, if that is a figure with a worn 4.
        page: The page's darkness.
        em: The height of a character, in pixels.
        lean: Of the digits of the table.
    """
    if (dots := ellipsis(ink.parts, page.scale)) is not None:
        # A recogniser takes them for a dash, or for stops.
        return CellReading(dots, "printed", min(_ELLIPSIS, ink.highest))
    if found is not None and four is not None:
        reading = cell_reading(ink, (four,), (), page.scale, em)
        found, others = (four,), (*found, *others)
    else:
        reading = cell_reading(ink, found, others, page.scale, em)
    reading = _weighed(reading, page)
    if way is None or found is None or len(found) != 1:
        return reading
    reading = _as_drawn(reading, ink, em, frayed=page.frayed, lean=lean)
    reading = with_alternatives(reading, found[0], others)
    return with_enclosed(_as_measured(reading, way.pictures[0]), ink, em)


def _as_drawn(
    reading: CellReading, ink: CellInk, em: float, *, frayed: bool, lean: float
) -> CellReading:
    """The reading of one line, or the slash, dash or check mark that its ink has the shape of."""
    reading = as_stroke(
        reading, ink.mask, ink.parts, em, frayed=frayed, darkness=ink.darkness, lean=lean
    )
    reading = as_check_mark(reading, ink, em)
    if is_sure_check_mark(reading):
        return reading
    return freed_of_dust(reading, ink.mask, ink.parts, em, lean)


def _as_measured(reading: CellReading, picture: Pixels) -> CellReading:
    """The reading with the signs and separators of numbers in the form that the paper shows."""
    numeric = reading.numeric_text
    text = with_measured_comma(with_measured_sign(reading.text, picture), picture)
    text = with_measured_comparison(text, picture)
    if numeric is not None:
        numeric = with_measured_comma(numeric, picture)
    return with_number_signs(replace(reading, text=text, numeric_text=numeric), picture)


@dataclass(frozen=True, slots=True, eq=False)
class _Inked:
    """The cells of a table and their page before they are read.

    `as_printed` is the ink without any smoothing. Where that is frayed, `inks` is that of the
    smoothed page, and `unsmoothed` the same crumbs and strokes together as they are; else `inks`
    is what is printed, and `unsmoothed` empty. `page` is that of `inks`, `printed` the page without
    any smoothing. `pale` is the darkness of the print of pale columns
    by the index of their cells.
    """

    page: Darkness
    printed: Darkness
    inks: Sequence[CellInk]
    as_printed: Sequence[CellInk]
    unsmoothed: Sequence[CellInk] = ()
    pale: Mapping[int, float] = field(default_factory=dict)


def _inked(image: PageImage, boxes: Sequence[Box], page: Darkness) -> _Inked:
    inks = [cell_ink(page, box) for box in boxes]
    columns = pale_columns(page, boxes, inks)
    pale = usual_levels(columns, inks, page)
    for index, level in pale.items():
        inks[index] = cell_ink(replace(page, ink=level), boxes[index])
    if not is_frayed(inks, page.scale):
        return _Inked(page, page, inks, inks, pale=usual_levels(columns, inks, page))
    together = replace(page, frayed=True)
    smooth = replace(page_darkness(smoothed(image)), frayed=True)
    paler = {index: level * smooth.ink / page.ink for index, level in pale.items()}
    found = [
        not_lost(cell_ink(_of_column(smooth, paler.get(i)), box), inks[i], image.scale)
        for i, box in enumerate(boxes)
    ]
    again = [cell_ink(_of_column(together, pale.get(i)), box) for i, box in enumerate(boxes)]
    return _Inked(smooth, page, found, inks, again, usual_levels(columns, found, smooth))


def _of_column(page: Darkness, level: float | None) -> Darkness:
    return page if level is None else replace(page, ink=level)


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


@dataclass(frozen=True, slots=True)
class _Forms:
    """How a table is printed: whether its punctuation is narrow where nothing shows its width, and
    whether its Chinese characters are simplified."""

    narrow: bool
    simplified: bool

    def of(
        self, way: Way, lines: Sequence[Recognition], measured: Sequence[Sequence[bool | None]]
    ) -> tuple[Recognition, ...]:
        """The lines of a way with their punctuation in the width that was `measured`, and their
        characters in the forms of the table."""
        if not way.stacked:
            pictures = zip(lines, way.pictures, strict=True)
            lines = [
                with_measured_year_brackets(with_measured_ranges(line, one), one)
                for line, one in pictures
            ]
        of_label = len(lines) > 1 and any(has_ideograph(line.text) for line in lines)
        return tuple(
            with_widths(
                with_simplified_forms(line) if self.simplified else line,
                widths,
                narrow=self.narrow,
                of_label=of_label,
            )
            for line, widths in zip(lines, measured, strict=True)
        )


def _in_forms_of_table(surest: Best) -> tuple[dict[int, tuple[Recognition, ...]], _Forms]:
    """The lines of each cell in the forms of their table, and these forms."""
    measured = {index: _widths(way, lines) for index, (way, lines) in surest.items()}
    forms = _Forms(
        narrow_by_custom([widths for found in measured.values() for widths in found]),
        are_simplified(line.text for _, lines in surest.values() for line in lines),
    )
    return {index: forms.of(*found, measured[index]) for index, found in surest.items()}, forms


def _weighed(reading: CellReading, page: Darkness) -> CellReading:
    """Lower the confidence on a page where grain drowns thin strokes: a 5 whose bar is gone is a
    clear 3 to the recogniser."""
    weight = 1.0 - min(0.3, max(0.0, page.noise / page.ink - _NOISY) * 2.5)
    return replace(
        reading,
        confidence=round(reading.confidence * weight, 4),
        numeric_confidence=round(reading.numeric_confidence * weight, 4),
    )
