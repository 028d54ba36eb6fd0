"""Which of two pictures of a page reads better: the one that stands upright."""

import numpy as np

from ocrpipe.ocr.lines.crops import cut_out, hull
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import Pixels

_LINES = 16
_LEAD = 0.1
"""Mean confidence by which the second picture must read better."""

_FEWEST_LETTERS, _LEAST_CONFIDENCE = 2, 0.8
"""Letters of a line at least, and the confidence in it, with which it counts as read."""


def reads_better(engine: OcrEngine, first: Pixels, second: Pixels) -> bool:
    """Whether the text of the second picture is clearly the more legible one.

    Both are read at their longest lines. Figures say nothing: many are others upside down.
    """
    return legibility(engine, second) >= legibility(engine, first) + _LEAD


def legibility(engine: OcrEngine, pixels: Pixels) -> float:
    """The mean confidence, 0 to 1, at which the longest lines of a picture are read as words.

    A line of figures alone counts as one that is not read.
    """
    pixels = np.ascontiguousarray(pixels)
    quads = sorted(engine.detect(pixels), key=lambda quad: -hull(quad.points).width)[:_LINES]
    readings = engine.recognize([cut_out(pixels, quad.points).pixels for quad in quads])
    if not readings:
        return 0.0
    return sum(one.confidence for one in readings if _has_words(one)) / len(readings)


def _has_words(reading: Recognition) -> bool:
    letters = sum(character.isalpha() for character in reading.text)
    return letters >= _FEWEST_LETTERS and reading.confidence >= _LEAST_CONFIDENCE
