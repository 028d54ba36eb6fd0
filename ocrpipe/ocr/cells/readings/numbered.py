"""The mark behind the number of a label that is set in short rows: 三、 / 本年 / 度办 / 理结 / 果.

A row that is a number and its mark alone gives the recogniser nothing to tell the mark from dust,
and it leaves it out. Beside the next row it reads it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.ocr.cells.readings.pictures import side_by_side
from ocrpipe.ocr.cells.readings.ways import Best, Way, recognize_ways
from ocrpipe.ocr.port import OcrEngine, Recognition

_NUMBER = re.compile("[一二三四五六七八九十]{1,2}")
_MARKS = "、.．"
_FEWEST_ROWS = 3
_WIDEST_NUMBER = 1.2
"""Width of a number in heights of a row for each of its characters, at most: what is wider has a
mark behind it."""


def with_marks_of_numbers(best: Best, engine: OcrEngine) -> Best:
    """The same with the first two rows of a label read as one, where that shows a mark after the
    number which is all that was read of the first."""
    joined = {
        index: replace(way, pictures=(side_by_side(way.pictures[:2]), *way.pictures[2:]))
        for index, (way, lines) in best.items()
        if _may_lack_a_mark(way, lines)
    }
    firsts = [Way(index, way.pictures[:1]) for index, way in joined.items()]
    found = dict(best)
    for first, (reading,) in zip(firsts, recognize_ways(firsts, engine), strict=True):
        _, (number, second, *others) = best[first.cell]
        if reading.text in {f"{number.text}{mark}{second.text}" for mark in _MARKS}:
            found[first.cell] = (joined[first.cell], (reading, *others))
    return found


def _may_lack_a_mark(way: Way, lines: Sequence[Recognition]) -> bool:
    if way.stacked or len(lines) < _FEWEST_ROWS or not _NUMBER.fullmatch(lines[0].text):
        return False
    height, width = way.pictures[0].shape[:2]
    return bool(width > _WIDEST_NUMBER * height * len(lines[0].text))
