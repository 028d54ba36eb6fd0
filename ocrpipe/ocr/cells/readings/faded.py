"""Fours whose thin strokes a fax has faded: without them each is a clear 1 to the recogniser.

The first picture of a frayed line is smoothed as a whole, and what is left of a hairline is pale in
it. Here the ink is spread, and what is pale of it is made nearly as dark as the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.pictures import SHARP
from ocrpipe.ocr.cells.readings.ways import Way, recognize_ways, rows_way
from ocrpipe.ocr.port import NumericReading, OcrEngine, Recognition
from ocrpipe.page import Pixels

_LOOKS = ((0.35, 0.5), (0.5, 0.4))
"""The standard deviation in points of the blur that joins the dots of a stroke, and the exponent of
the darkness, as a share of the greatest, that makes pale ink darker."""

_LONGEST = 5
"""Characters of such a line, at most."""

_READ = 0.7
"""The confidence from which a figure with such a four counts."""

_DOUBT = 0.6
"""The confidence in it, at most: what no other picture shows may be dust."""

_REST = r"[1+＋tfTIl|kJ↓小\-－]"
"""What a four without its thin strokes is read as; in two pieces it may be two of them."""

_MAY_BE = re.compile(rf"[\d\s]*(?:{_REST}[\d\s]*)+")


def faded_fours(
    inks: Sequence[CellInk],
    first: Mapping[int, Sequence[Recognition]],
    others: Mapping[int, Sequence[Recognition]],
    em: float,
    scale: float,
    engine: OcrEngine,
) -> dict[int, Recognition]:
    """By the index of a cell, the doubtful figure with a four that the `first` reading, or one of
    the `others` of the same ink, shows something else for.

    `inks` are those of the cells of a frayed page as it is printed, or nothing; `em` is the height
    of the page's characters in pixels, `scale` pixels a point.
    """
    read = {
        index: [line.text for line in (*lines, *others.get(index, ()))]
        for index, lines in sorted(first.items())
        if inks and inks[index].parts and len(lines) == 1
    }
    ways = [
        _darkened(index, inks[index], em, scale)
        for index, texts in read.items()
        if any(map(_may_lack_strokes, texts))
    ]
    found = {}
    for way, looks in zip(ways, recognize_ways(ways, engine), strict=True):
        fours = [look for look in looks if _is_four(look.numeric, read[way.cell])]
        if fours:
            found[way.cell] = _doubtful(max(fours, key=lambda four: four.confidence))
    return found


def _doubtful(look: Recognition) -> Recognition:
    number = look.numeric or NumericReading("", 0.0)
    text, confidence = number.text, min(number.confidence, _DOUBT)
    sure = (confidence,) * len(text)
    return replace(
        look,
        text=text,
        confidence=confidence,
        character_confidences=sure,
        numeric=NumericReading(text, confidence),
        positions=(),
    )


def _is_four(number: NumericReading | None, texts: Sequence[str]) -> bool:
    sure = number is not None and number.confidence >= _READ
    return number is not None and sure and any(_explains(number.text, text) for text in texts)


def _may_lack_strokes(text: str) -> bool:
    return len(text) <= _LONGEST and _MAY_BE.fullmatch(text) is not None


def _explains(number: str, text: str) -> bool:
    """Whether a number is a text in which some four was read without its thin strokes."""
    if "4" not in number or not number.isdecimal() or number == text:
        return False
    pattern = "".join(f"(?:4|{_REST}{{1,2}})" if one == "4" else one for one in number)
    return re.fullmatch(pattern, "".join(text.split())) is not None


def _darkened(index: int, ink: CellInk, em: float, scale: float) -> Way:
    """The only line of a cell with its ink spread and darkened."""
    rows = np.flatnonzero(ink.mask.any(axis=1))
    sharp = rows_way(index, ink.darkness, ink.mask, [(int(rows[0]), int(rows[-1]) + 1)], em, SHARP)
    (picture,) = sharp.pictures
    return replace(sharp, pictures=tuple(_spread(picture, b * scale, d) for b, d in _LOOKS))


def _spread(picture: Pixels, blur: float, darker: float) -> Pixels:
    margin = (round(4 * blur),) * 4
    paper = cv2.copyMakeBorder(255 - picture, *margin, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    ink = np.asarray(cv2.GaussianBlur(paper, (0, 0), blur), np.float64)
    darkest = max(1.0, float(ink.max()))
    return np.asarray(255 - 255 * (ink / darkest) ** darker, np.uint8)
