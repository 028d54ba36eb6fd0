"""The lines of text of a page outside its tables: found, told apart by script, and read."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.geometry import Box
from ocrpipe.ocr.lines.crops import Crop, cut_out, hull, narrowed
from ocrpipe.ocr.lines.merging import merged_pieces, neighbours
from ocrpipe.ocr.lines.reverse import shown_through
from ocrpipe.ocr.lines.scripts import looks_tibetan
from ocrpipe.ocr.lines.search import find_quads, lies_in
from ocrpipe.ocr.port import LineRecognizer, OcrEngine, Recognition, TextQuad
from ocrpipe.ocr.recognition.agreement import tidied, with_matching_brackets
from ocrpipe.ocr.recognition.script_forms import are_simplified, with_simplified_forms
from ocrpipe.page import PageImage, TextLine
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_READ = 0.5
"""Confidence under which a line counts as found but not read."""

_SMALLEST = 4.0
"""Points: what is lower than the smallest print and cannot be read is dirt."""

_RED_SHARE = 0.01
"""Share of a line's picture that red ink changes, from which the line is read without it too."""

_SURE_CHINESE = 0.75
_SURE_LETTERS = 0.97
"""Confidence from which a reading outweighs shapes that look Tibetan."""

_LYING = frozenset("一—－-_")
"""What an upright stroke is read as when it is laid down; a dash is no line of its own."""

_MOSTLY_RED = 0.7
_UNDETERMINED = "und"
_PAGE_NUMBER = re.compile(r"[\W一]*\d{1,5}[\W一]*")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A line before it is read. `clean` is its picture without red ink, where that differs;
    `red` is the share of its ink that is red."""

    box: Box
    crop: Crop
    clean: Crop | None
    red: float


@timed("lines")
def read_lines(
    image: PageImage,
    engine: OcrEngine,
    exclude: Sequence[Box] = (),
    *,
    clean: PageImage | None = None,
    tibetan: Callable[[], LineRecognizer] | None = None,
) -> tuple[TextLine, ...]:
    """Find and read the lines of a page.

    A line whose centre lies in one of the boxes `exclude` (points; the tables) is left out.
    `clean` is the same page without red ink, if it has any: lines that lie under a seal are read
    from both pictures, and the surer reading stands. A Tibetan line comes back with language "bo":
    read by the recogniser that `tibetan` builds when there is one, and with an empty text and
    confidence 0 where it is not sure or there is none; a line that cannot be read comes back with
    language "und" likewise.
    Returns the lines from the top of the page, in points.
    """
    quads = _detected(image, clean, engine, exclude)
    found = [
        _found(quad, image, clean)
        for quad in _whole_lines(quads, image)
        if not lies_in(quad, exclude, image.scale)
    ]
    readings = _best_readings(found, engine)
    found, readings = _stood_up(found, readings, engine)
    reverse = shown_through([line.crop.pixels for line in found], readings)
    lines = (
        _line(line, reading, tibetan)
        for index, (line, reading) in enumerate(zip(found, readings, strict=True))
        if index not in reverse
    )
    return tuple(line for line in lines if line is not None)


def _detected(
    image: PageImage, clean: PageImage | None, engine: OcrEngine, exclude: Sequence[Box]
) -> tuple[TextQuad, ...]:
    """The quads of the page, and those that only the page without red ink shows."""
    quads = find_quads(image, engine, exclude)
    if clean is None:
        return quads
    change = _red_mask(image, clean)
    columns, rows = np.flatnonzero(change.any(axis=0)), np.flatnonzero(change.any(axis=1))
    if not columns.size:
        return quads
    # Enough around the red ink for a line that it covers in the middle to be found whole.
    margin = round(40 * image.scale)
    x0, x1 = max(0, int(columns[0]) - 4 * margin), int(columns[-1]) + 4 * margin
    y0, y1 = max(0, int(rows[0]) - margin), int(rows[-1]) + margin
    part = clean.pixels[y0:y1, x0:x1]
    known = [hull(quad.points) for quad in quads]
    extra = []
    for quad in engine.detect(part):
        moved = TextQuad(quad.points + np.array([x0, y0]), quad.confidence)
        if all(hull(moved.points).overlap(box) < 0.3 for box in known):
            extra.append(moved)
    return (*quads, *extra)


def _whole_lines(quads: Sequence[TextQuad], image: PageImage) -> tuple[TextQuad, ...]:
    """Merge the pieces of lines, those that look Tibetan and the others each by themselves."""
    sides: tuple[list[TextQuad], list[TextQuad]] = ([], [])
    for quad, near in zip(quads, neighbours(quads), strict=True):
        # The script of a line that stands alone is nobody's business here.
        tibetan = bool(near) and looks_tibetan(cut_out(image.pixels, quad.points).pixels)
        sides[tibetan].append(quad)
    merged = [quad for side in sides for quad in merged_pieces(side)]
    return tuple(sorted(merged, key=lambda quad: (hull(quad.points).y0, hull(quad.points).x0)))


def _red_mask(image: PageImage, clean: PageImage) -> cv2.typing.MatLike:
    """Where taking the red ink out changed the page, 1 or 0."""
    before, after = to_grey(image.pixels), to_grey(clean.pixels)
    changed = (cv2.absdiff(before, after) > 40).astype(np.uint8)
    return cv2.morphologyEx(changed, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))


def _found(quad: TextQuad, image: PageImage, clean: PageImage | None) -> _Found:
    crop = cut_out(image.pixels, quad.points)
    box = image.to_points(hull(quad.points))
    if clean is None:
        return _Found(box, crop, None, 0.0)
    without = cut_out(clean.pixels, quad.points)
    before, after = (to_grey(each.pixels).astype(np.int16) for each in (crop, without))
    paper = float(np.percentile(before, 90))
    inked = before < paper - 40
    red = inked & (after > before + 40)
    if red.mean() < _RED_SHARE:
        return _Found(box, crop, None, 0.0)
    return _Found(box, crop, without, float(red.sum() / max(1, inked.sum())))


def _best_readings(found: Sequence[_Found], engine: OcrEngine) -> list[Recognition]:
    """Read every line, those with red ink twice; everything in one call, for full batches."""
    firsts = [narrowed(line.crop.pixels) for line in found]
    second_of = [index for index, line in enumerate(found) if line.clean is not None]
    seconds = [narrowed(line.clean.pixels) for line in found if line.clean is not None]
    answers = [tidied(reading) for reading in engine.recognize([*firsts, *seconds])]
    best = answers[: len(firsts)]
    for index, second in zip(second_of, answers[len(firsts) :], strict=True):
        first = best[index]
        # A seal hides characters rather than adding any, so length counts beside confidence.
        if _worth(second) > _worth(first):
            best[index] = second
    if are_simplified(reading.text for reading in best):
        best = [with_simplified_forms(reading) for reading in best]
    return best


def _stood_up(
    found: Sequence[_Found], readings: Sequence[Recognition], engine: OcrEngine
) -> tuple[list[_Found], list[Recognition]]:
    """The lines and their readings, those of one character as they stand on the page where that
    reads better: a lone 1 is as high as a line of two characters, and 一 when it is laid down."""
    lines, best = list(found), list(readings)
    high = [
        index
        for index, line in enumerate(found)
        if line.crop.vertical and len(readings[index].text) <= 1
    ]
    stood = [Crop(np.ascontiguousarray(np.rot90(found[i].crop.pixels, -1)), False) for i in high]
    answers = engine.recognize([crop.pixels for crop in stood]) if stood else ()
    for index, crop, answer in zip(high, stood, answers, strict=True):
        upright = tidied(answer)
        if len(upright.text) == 1 and (
            best[index].text in _LYING or upright.confidence >= best[index].confidence
        ):
            lines[index], best[index] = replace(found[index], crop=crop, clean=None), upright
    return lines, best


def _worth(reading: Recognition) -> float:
    return sum(value - _READ for value in reading.character_confidences)


def _line(
    found: _Found, reading: Recognition, tibetan: Callable[[], LineRecognizer] | None
) -> TextLine | None:
    vertical = found.crop.vertical
    text = with_matching_brackets(reading.text)
    if not vertical and _is_tibetan(found, reading):
        return _tibetan_line(found, tibetan)
    if text and reading.confidence >= _READ:
        return TextLine(text, found.box, reading.confidence, language_of(text), vertical)
    if found.red > _MOSTLY_RED or found.box.height < _SMALLEST or found.box.width < _SMALLEST:
        logger.debug("dropped at %s: %r (%.2f)", found.box.rounded(), text, reading.confidence)
        return None
    return TextLine("", found.box, 0.0, _UNDETERMINED, vertical)


def _tibetan_line(found: _Found, tibetan: Callable[[], LineRecognizer] | None) -> TextLine:
    if tibetan is not None:
        (reading,) = tibetan().recognize([found.crop.pixels])
        if reading.text:
            return TextLine(reading.text, found.box, reading.confidence, "bo")
    return TextLine("", found.box, 0.0, "bo")


def _is_tibetan(found: _Found, reading: Recognition) -> bool:
    """Shapes and reading together: a line that is read well as Chinese is not Tibetan.

    The recogniser knows no Tibetan: it answers such a line with nothing, with dots, or with a
    few letters and digits, of which it can be rather sure.
    """
    aspect = found.box.width / max(1e-6, found.box.height)
    long = aspect > 5
    limit = _SURE_CHINESE if _CHINESE.search(reading.text) or not long else _SURE_LETTERS
    if not long and len(reading.text) > 0.6 * aspect and _PAGE_NUMBER.fullmatch(reading.text):
        # The dashes of — 1 — make a head line of a kind.
        limit = _READ
    # The shapes of most lines need no look: they are read well.
    return reading.confidence < limit and looks_tibetan(found.crop.pixels)


def language_of(text: str) -> str:
    """BCP 47 of a recognised line: "en" where it has Latin letters and nothing Chinese."""
    return "en" if not _CHINESE.search(text) and re.search(r"[A-Za-z]{2}", text) else "zh-Hans"
