"""Traditional forms that a recogniser sees where simplified characters are blurred.

A report is printed in one of the two: 維 where all else is simplified is 维. Where the recogniser
is sure the character stays as it was read, since names are printed in either.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.listed import rows_of

_SURE = 0.95
_FEWEST, _RATIO = 5, 10
"""Characters that have a traditional form and are not in it: as many, and as many for each that
is."""


@cache
def _simplified_forms() -> dict[str, str]:
    return dict(rows_of("traditional_forms.txt"))


@cache
def _with_traditional_form() -> frozenset[str]:
    return frozenset(_simplified_forms().values())


def are_simplified(texts: Iterable[str]) -> bool:
    """Whether the texts of a page, together, are printed in simplified characters."""
    characters = [character for text in texts for character in text]
    simplified = sum(character in _with_traditional_form() for character in characters)
    traditional = sum(character in _simplified_forms() for character in characters)
    return simplified >= max(_FEWEST, _RATIO * traditional)


def with_simplified_forms(reading: Recognition) -> Recognition:
    """A reading of simplified text with the simplified form of each doubtful character that has
    one."""
    if len(reading.character_confidences) != len(reading.text):
        return reading
    forms = _simplified_forms()
    text = "".join(
        forms.get(character, character) if confidence < _SURE else character
        for character, confidence in zip(reading.text, reading.character_confidences, strict=True)
    )
    return replace(reading, text=text)
