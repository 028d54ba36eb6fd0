"""The bar below a sign of inequality, which blur joins with the sign: ≤5% is read <5%, surely.

Where the bar leans with the lower arm, as Chinese typefaces draw it, little of the white between
them is left in small print.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import log

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.ocr.cells.readings.pictures import side_by_side
from ocrpipe.ocr.cells.readings.ways import Best
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import CellReading

_COMPARED = re.compile(r"[<>＜＞](?=\s*\d)")
_WITH_BAR = str.maketrans("<>＜＞", "≤≥≤≥")

_LONGEST = 40
"""Characters of a text that is looked at again."""

_NOTABLE = log(0.01)
"""Likelihood of the sign with its bar in that of the one without, at least: of 2448 signs without a
bar in 17 typefaces, sharp and blurred, of 150 and 200 dpi, none came to 0.004. Those with a bar
that were read without it had 0.012 and more."""


def with_likely_bars(
    readings: Sequence[CellReading], best: Best, engine: OcrEngine
) -> list[CellReading]:
    """The readings with ≤ and ≥ for < and > before a number where the recogniser finds the bar
    likely enough in the pictures that they were read from (`best`)."""
    texts = {
        index: (readings[index].text, _COMPARED.sub(_barred, readings[index].text))
        for index in best
        if readings[index].state == "printed"
        and len(readings[index].text) <= _LONGEST
        and _COMPARED.search(readings[index].text)
    }
    found = list(readings)
    if not texts:
        return found
    pictures = [side_by_side(best[index][0].pictures) for index in texts]
    likelihoods = engine.likelihoods(pictures, list(texts.values()))
    for (index, (_, barred)), likely in zip(texts.items(), likelihoods, strict=True):
        if likely and likely[1] - likely[0] >= _NOTABLE:
            found[index] = _as_barred(readings[index], barred)
    return found


def _barred(sign: re.Match[str]) -> str:
    return sign.group().translate(_WITH_BAR)


def _as_barred(reading: CellReading, text: str) -> CellReading:
    number = reading.numeric_text
    barred = None if number is None else _COMPARED.sub(_barred, number)
    return replace(bounded(reading, UNSURE), text=text, numeric_text=barred)
