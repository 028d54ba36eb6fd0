"""What the readings of a small, quick network leave to the large network.

A cascade, after P. Viola and M. Jones ("Rapid Object Detection using a Boosted Cascade of Simple
Features", CVPR 2001): most lines of a page are sharp and in common characters, which a network
reads as well that takes a fifth of the time. What it must not decide: figures, marks, and
characters that it does not know, for which it answers with one that looks alike.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from ocrpipe.ideographs import is_ideograph
from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.batching import line_width
from ocrpipe.ocr.recognition.listed import rows_of
from ocrpipe.page import Pixels

_NARROWEST = 128
"""Width at a height of 48 pixels of a line that is worth it: narrower ones are mostly figures."""

_SURE = 0.8
"""Confidence of each character, at least. Two thirds of the width of 709 lines of six damaged
filings are read so; two of these lines differ from the reading of the large network, by ； and ，
for ; and , alone."""

_SURE_OF_MARKS = 0.95
"""The same of digits, letters and brackets, of which narrow and wide ones are easily exchanged."""

_PUNCTUATION = frozenset("，。、；：！？“”《》")
"""Marks as sure as ideographs are."""

_FEWEST_IDEOGRAPHS = 3
"""Fewer are a heading of one word, of which a blot can make another."""

_WIDEST_GAP = 1.6
"""From an ideograph to the next, in distances as most of the line have: where one is left out that
the network does not know, it is 2."""


def is_long(crop: Pixels) -> bool:
    """Whether a line, (H, W) or (H, W, 3), is long enough to be read by the quick network."""
    return line_width(crop) >= _NARROWEST


def doubtful_characters(reading: Recognition) -> tuple[int, ...] | None:
    """The places in its text of the characters that a reading of the quick network may have wrong;
    None where that may be any of them."""
    text, confidences = reading.text, reading.character_confidences
    if len(confidences) != len(text) or sum(map(is_ideograph, text)) < _FEWEST_IDEOGRAPHS:
        return None
    if _leaves_one_out(text, reading.positions):
        return None
    pairs = zip(text, confidences, strict=True)
    return tuple(index for index, pair in enumerate(pairs) if not _is_sure(*pair))


def _is_sure(character: str, confidence: float) -> bool:
    if not is_ideograph(character) and character not in _PUNCTUATION:
        return confidence >= _SURE_OF_MARKS
    return confidence >= _SURE and confidence > _look_alikes().get(character, 0.0)


def _leaves_one_out(text: str, positions: Sequence[float]) -> bool:
    """Whether two ideographs stand so far apart that there is one between them."""
    steps = [
        after - before
        for (before, after), (first, second) in zip(
            pairwise(positions), pairwise(text), strict=True
        )
        if is_ideograph(first) and is_ideograph(second)
    ]
    return bool(steps) and max(steps) > _WIDEST_GAP * median(steps)


@cache
def _look_alikes() -> Mapping[str, float]:
    """How sure the quick network ever was of a character where another one stood that it does not
    know (`scripts/look_alikes.py`)."""
    return {character: float(confidence) for character, confidence in rows_of("look_alikes.txt")}
