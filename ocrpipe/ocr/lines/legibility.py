"""Which of two pictures of a page reads better: upright rather than turned, or mirrored."""

import re
from collections.abc import Callable

import numpy as np

from ocrpipe.ocr.lines.crops import cut_out, hull
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.page import Pixels

_LINES = 16
_LEAD = 0.1
"""Mean confidence by which the second picture must read better."""

_FEWEST_LETTERS, _LEAST_CONFIDENCE = 2, 0.8
"""Letters of a line at least, and the confidence in it, with which it counts as read."""

_ONE_SIDED = frozenset("4679")
"""Digits that are none in a mirror, beside them or below; a 2 and a 5 are much like each other."""

_FEWEST_ONE_SIDED, _LEAST_OF_FIGURES = 2, 0.9

_FIGURES = re.compile(r"[-+(]?[0-9][-+0-9.,%| ()/]*")
"""Numbers of cells beside each other, with the walls that they may be read across."""


def reads_better(engine: OcrEngine, first: Pixels, second: Pixels) -> bool:
    """Whether the text of the second picture, a mirror of the first, is clearly the more legible.

    Both are read at their longest lines.
    """
    better = _legibility(engine, second, _tells_mirror)
    return better >= _legibility(engine, first, _tells_mirror) + _LEAD


def legibility(engine: OcrEngine, pixels: Pixels) -> float:
    """The mean confidence, 0 to 1, at which the longest lines of a picture are read as words.

    A line of figures alone counts as one that is not read: many are others upside down.
    """
    return _legibility(engine, pixels, _has_words)


def _legibility(engine: OcrEngine, pixels: Pixels, counts: Callable[[Recognition], bool]) -> float:
    pixels = np.ascontiguousarray(pixels)
    quads = sorted(engine.detect(pixels), key=lambda quad: -hull(quad.points).width)[:_LINES]
    readings = engine.recognize([cut_out(pixels, quad.points).pixels for quad in quads])
    if not readings:
        return 0.0
    return sum(one.confidence for one in readings if counts(one)) / len(readings)


def _has_words(reading: Recognition) -> bool:
    letters = sum(character.isalpha() for character in reading.text)
    return letters >= _FEWEST_LETTERS and reading.confidence >= _LEAST_CONFIDENCE


def _tells_mirror(reading: Recognition) -> bool:
    """Whether a line has words, or figures that are none in a mirror."""
    return _has_words(reading) or (
        len(_ONE_SIDED.intersection(reading.text)) >= _FEWEST_ONE_SIDED
        and _FIGURES.fullmatch(reading.text) is not None
        and reading.confidence >= _LEAST_OF_FIGURES
    )
