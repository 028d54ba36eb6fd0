"""The reading of a cell from those of its lines."""

import re
from collections.abc import Sequence

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.counted import agreed_figure
from ocrpipe.ocr.cells.readings.gaps import are_far_apart, is_compact
from ocrpipe.ocr.cells.readings.repetition import SHORT
from ocrpipe.ocr.cells.readings.ways import mean_confidence
from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.agreement import (
    digits_preferred,
    is_contradicted,
    is_figure,
    join_lines,
    points_doubted,
    widened,
    with_item_number,
    with_matching_brackets,
    without_bullets,
)
from ocrpipe.ocr.recognition.punctuation import without_dust, without_leading_dust
from ocrpipe.ocr.recognition.year_brackets import matched_year_brackets
from ocrpipe.page import CellReading
from ocrpipe.runs import column_extent, length
from ocrpipe.signs import SIGN

_LEAST_CONFIDENCE = 0.4
"""Below this a cell counts as unread."""

_TWO_FIGURES = 0.6
"""Confidence in a cell that seems to hold two of them, at most."""

_WRAPPED, _ROOM = 4, 2.5
"""Characters of the first line of a number that goes on in the next, at least, and the paper
beside that line in widths of its characters, at most: the padding of the cell and less than one."""

_PIECE, _LOW = 0.55, 0.8
"""Size of the largest piece of dust, and the height of all of it, in heights of a character: the
pieces of a worn digit are larger, or as high together as a digit."""

_BELIEVED, _DIRT = 0.1, 0.5
"""Belief in a number from which ink is no such dust, and confidence that a cell with it alone is
blank."""

_SURE_MARK = 0.99
"""Confidence from which a text begins with a 、, as the second half does of a label that a page
break cuts: dust there is read as a stop, and less surely."""

_SIGN_APART = re.compile(SIGN + r" \d")

_OF_NUMBERS = frozenset("0123456789.,%")

_SPECK_CHARACTERS = frozenset(".。,，'‘’`´·•°˙、:：;；~^\"“”*-_")
_LARGEST_SPECK = 4.0
"""Points."""

_Combined = tuple[str, float, NumericReading | None]
"""A text, the confidence in it, and what is read where only a number can stand."""


def cell_reading(
    ink: CellInk,
    lines: tuple[Recognition, ...] | None,
    seconds: Sequence[Recognition],
    scale: float,
    em: float,
) -> CellReading:
    """The reading of a cell with this ink.

    `lines` are its lines from the top, None where it is blank, `seconds` other readings of its one
    line; `scale` is pixels a point, `em` the height of a character in pixels.
    """
    if lines is None:
        # The larger the dust that was dropped, the likelier it was a mark after all.
        return CellReading(
            "", "blank", 0.99 if ink.specks < 0.8 else 0.95 if ink.specks < 2 else 0.8
        )
    combined = _one_line(ink, lines[0], seconds) if len(lines) == 1 else _several(ink, lines)
    text, confidence, numeric = combined
    text = with_item_number(_without_dust(with_matching_brackets(text), lines[0]))
    if set(text) <= _SPECK_CHARACTERS and text not in "-" and _is_small(ink, scale):
        return CellReading("", "blank", 0.6)
    number = (numeric.text, numeric.confidence) if numeric and numeric.text else (None, 0.0)
    if not text or confidence < _LEAST_CONFIDENCE:
        if _is_dirt(ink, em) and _belief((*lines, *seconds)) < _BELIEVED:
            return CellReading("", "blank", _DIRT)
        return CellReading("", "unread", round(confidence, 4), *number)
    return CellReading(text, "printed", round(confidence, 4), *number)


def _without_dust(text: str, first: Recognition) -> str:
    """A text without what dust is read as; `first` is the reading of its first line."""
    sure = max(first.character_confidences[:1], default=0.0) >= _SURE_MARK
    if sure and text.startswith("、") and first.text.startswith("、"):
        return "、" + without_dust(text[1:])
    return without_dust(text)


def _one_line(ink: CellInk, line: Recognition, seconds: Sequence[Recognition]) -> _Combined:
    voted = without_bullets(agreed_figure(line, seconds, ink.mask))
    final = digits_preferred(voted)
    if final.confidence > voted.confidence and is_contradicted(final.text, seconds):
        final = voted
    final = points_doubted(final)
    text, confidence, numeric = final.text, final.confidence, final.numeric
    if _SIGN_APART.match(text) and not are_far_apart(ink.parts):
        # The room of a full-width sign.
        text = text.replace(" ", "", 1)
    if " " in text and not is_compact(ink, text):
        # Two figures in one cell are not one.
        numeric = None
    elif numeric is not None and is_figure(text) and are_far_apart(ink.parts):
        # Where a rule was missed between them.
        numeric, confidence = None, min(confidence, _TWO_FIGURES)
    elif numeric is not None and text.replace(" ", "") == numeric.text:
        text = numeric.text
    # Where a line may be a value one wrong character is a wrong value.
    values = line.character_confidences if len(text) <= SHORT else _in_numbers(line)
    least = min(values, default=1.0)
    confidence = min(confidence, max(least, final.confidence if seconds else 0.0))
    return text, confidence, numeric


def _in_numbers(line: Recognition) -> tuple[float, ...]:
    """The confidences in the digits of a line and the marks among them."""
    pairs = zip(line.text, line.character_confidences, strict=False)
    return tuple(value for character, value in pairs if character in _OF_NUMBERS)


def _several(ink: CellInk, lines: tuple[Recognition, ...]) -> _Combined:
    digits = tuple(digits_preferred(line) for line in lines)
    if any(is_figure(line.text) for line in digits):
        lines = digits
    text = matched_year_brackets(join_lines([without_leading_dust(line.text) for line in lines]))
    confidence = min(
        [mean_confidence(lines), *(one for line in lines for one in _in_numbers(line))]
    )
    if all(is_figure(line.text) for line in lines):
        # Where a rule was missed: two figures in one cell are not one, and not sure.
        confidence = min(confidence, _TWO_FIGURES)
        if _is_wrapped(ink, lines):
            text = "".join(line.text for line in lines)
    elif all(len(line.text) <= 1 for line in lines):
        text = widened(text)
    return text, confidence, None


def _is_wrapped(ink: CellInk, lines: Sequence[Recognition]) -> bool:
    """Whether lines of figures are one number that was too wide for its cell."""
    longest = len(lines[0].text)
    if longest < max(_WRAPPED, *(len(line.text) for line in lines)):
        return False
    width = length(column_extent(ink.mask))
    room = ink.mask.shape[1] - width
    return is_figure("".join(line.text for line in lines)) and room <= _ROOM * width / longest


def _is_small(ink: CellInk, scale: float) -> bool:
    width = max(part.x1 for part in ink.parts) - min(part.x0 for part in ink.parts)
    height = max(part.y1 for part in ink.parts) - min(part.y0 for part in ink.parts)
    return max(width, height) < _LARGEST_SPECK * scale


def _is_dirt(ink: CellInk, em: float) -> bool:
    """Whether ink that nothing explains is too small, and too low, for any character."""
    height = max(part.y1 for part in ink.parts) - min(part.y0 for part in ink.parts)
    return height < _LOW * em and all(part.size <= _PIECE * em for part in ink.parts)


def _belief(readings: Sequence[Recognition]) -> float:
    """The most that any reading believes of a number."""
    return max((one.numeric.confidence for one in readings if one.numeric), default=0.0)
