"""Fours whose thin strokes a fax has faded: without them each is a clear 1 to the recogniser.

The first picture of a frayed line is smoothed as a whole, and what is left of a hairline is pale in
it. Here the ink is spread, and what is pale of it is made nearly as dark as the rest; and where
nothing is left but the dot at which both hairlines met, they are drawn from there to their stem.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.pictures import SHARP
from ocrpipe.ocr.cells.readings.ways import Way, recognize_ways, rows_way
from ocrpipe.ocr.port import NumericReading, OcrEngine, Recognition
from ocrpipe.page import Pixels
from ocrpipe.runs import row_extent

_LOOKS = ((0.35, 0.5), (0.5, 0.4))
"""The standard deviation in points of the blur that joins the dots of a stroke, and the exponent of
the darkness, as a share of the greatest, that makes pale ink darker."""

_LONGEST = 5
"""Characters of such a line, at most."""

_TIP_INK = 100
"""Darkness of 255 from which a pixel of a picture is ink."""

_STEM, _TIP = 0.6, 0.35
"""Height of a stem, at least, and of what is left where the hairlines met, at most, in that of the
line; a stem is no wider than it is to be high."""

_TIP_LEVEL, _TIP_ASIDE = (0.5, 0.85), (0.12, 0.65)
"""Where such a tip is, in heights of the stem: below its top, and from its left edge. Dust and the
flag of a 1 are elsewhere."""

_SETTLED = 0.98
"""Confidence in every character from which a second reading alike leaves no doubt: what is left of
a 4 was read as surely in one picture at most."""

_HAIRLINE = 12
"""Widths of a hairline in the height of its stem."""

_READ = 0.7
"""The confidence from which a figure with such a four counts."""

_DOUBT = 0.6
"""The confidence in it, at most: what no other picture shows may be dust."""

_REST = r"[1+＋tfTIl|kJ↓小\-－]"
"""What a four without its thin strokes is read as; in two pieces it may be two of them."""

_MAY_BE = re.compile(rf"[\d\s.]*(?:{_REST}[\d\s.]*)+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


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

    `inks` are those of the cells of a frayed page as they are printed, with the crumbs beside their
    strokes, or nothing. `em` is the height of the page's characters in pixels, `scale` pixels a
    point.
    """
    everything = {
        index: (*lines, *others.get(index, ()))
        for index, lines in sorted(first.items())
        if inks and inks[index].parts and len(lines) == 1
    }
    read = {
        index: [reading.text for reading in readings]
        for index, readings in everything.items()
        if not _are_settled(readings)
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


def _are_settled(readings: Sequence[Recognition]) -> bool:
    """Whether two pictures were surely read alike, as -1 that is no 4."""
    sure = Counter(
        reading.text
        for reading in readings
        if min(reading.character_confidences, default=0.0) >= _SETTLED
    )
    return max(sure.values(), default=0) > 1


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
    if "4" not in number or not _NUMBER.fullmatch(number) or number == text:
        return False
    pattern = "".join(f"(?:4|{_REST}{{1,2}})" if one == "4" else re.escape(one) for one in number)
    return re.fullmatch(pattern, "".join(text.split())) is not None


def _darkened(index: int, ink: CellInk, em: float, scale: float) -> Way:
    """The only line of a cell with its ink spread and darkened, and with tips led to stems."""
    row = row_extent(ink.mask)
    sharp = rows_way(index, ink.darkness, ink.mask, [row], em, SHARP)
    (picture,) = sharp.pictures
    looks = [_spread(picture, blur * scale, darker) for blur, darker in _LOOKS]
    led = _with_tips_led(picture)
    return replace(sharp, pictures=(*looks, *(() if led is None else (led,))))


def _with_tips_led(picture: Pixels) -> Pixels | None:
    """The picture with the two hairlines of each four of which the tip alone is left; None without
    such a tip."""
    ink = 255 - picture.min(axis=2)
    _, stats = connected_parts((ink > _TIP_INK).view(np.uint8))
    boxes = [Box(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]
    height = max((box.height for box in boxes), default=0.0)
    stems = [box for box in boxes if box.height >= _STEM * height]
    drawn = picture.copy()
    for stem in stems:
        if stem.width > _STEM * height:
            continue
        tips = [box for box in boxes if _is_tip(box, stem, stems, height)]
        if not tips:
            continue
        tip = min(tips, key=lambda box: box.x0)
        start = (round(tip.x0), round(tip.center[1]))
        for end in ((stem.center[0], stem.y0), (stem.x1, tip.center[1])):
            ends = (start, (round(end[0]), round(end[1])))
            cv2.line(drawn, *ends, (0, 0, 0), max(1, round(stem.height / _HAIRLINE)), cv2.LINE_AA)
    return None if np.array_equal(drawn, picture) else drawn


def _is_tip(box: Box, stem: Box, stems: Sequence[Box], height: float) -> bool:
    """Whether a part of a line, `height` high, may be the tip of a four with such a stem."""
    level = (box.center[1] - stem.y0) / stem.height
    aside = (stem.x0 - box.x0) / stem.height
    return (
        max(box.width, box.height) <= _TIP * height
        and _TIP_LEVEL[0] <= level <= _TIP_LEVEL[1]
        and _TIP_ASIDE[0] <= aside <= _TIP_ASIDE[1]
        and not any(box.x0 < other.x1 <= stem.x0 for other in stems)
    )


def _spread(picture: Pixels, blur: float, darker: float) -> Pixels:
    margin = (round(4 * blur),) * 4
    paper = cv2.copyMakeBorder(255 - picture, *margin, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    ink = np.asarray(cv2.GaussianBlur(paper, (0, 0), blur), np.float64)
    darkest = max(1.0, float(ink.max()))
    return np.asarray(255 - 255 * (ink / darkest) ** darker, np.uint8)
