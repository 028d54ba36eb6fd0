"""Text of lines: its width in characters, its language, and how lines are joined."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ocrpipe.page import TextLine

_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_FIRST_WORD = re.compile(r"[!-~\u00c0-\u024f]+")
_AFTER_WORD = tuple(",.;:!?)]%\"'”’")
_BEFORE_WORD = tuple("([\"'“‘$")


@lru_cache(maxsize=16384)
def em_count(text: str) -> float:
    """The width of a text in full-width characters: 1 for a Chinese one, 0.5 for a Latin one."""
    return sum(
        1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
        for character in text
        if not unicodedata.combining(character)
    )


def first_word_ems(text: str) -> float:
    """Width in full-width characters of what cannot be parted at the start of a line."""
    word = _FIRST_WORD.match(text)
    return max(1.0, em_count(word.group())) if word else 1.0


def is_latin(text: str) -> bool:
    """Whether a text has Latin letters and no Chinese character."""
    return any(character.isascii() and character.isalpha() for character in text) and not any(
        unicodedata.east_asian_width(character) == "W" for character in text
    )


def join_two(first: str, second: str) -> str:
    """Two consecutive lines as one text.

    Chinese characters are joined without a space, two Latin words with one; a word that was
    parted by a hyphen is put together. Digits of a Chinese text are joined as they are: there a
    number may be parted at the margin.
    """
    if not first or not second:
        return first + second
    if first.endswith("-") and first[-2:-1].isalpha() and second[0].islower() and first.isascii():
        return first[:-1] + second
    if first[-1].isdigit() and second[0].isdigit() and not is_latin(first):
        return first + second
    latin_end = _WORD.match(first[-1]) or (first.endswith(_AFTER_WORD) and _latin_near_end(first))
    latin_start = _WORD.match(second[0]) or (
        second.startswith(_BEFORE_WORD) and _WORD.match(second[1:2]) is not None
    )
    return f"{first} {second}" if latin_end and latin_start else first + second


def _latin_near_end(text: str) -> bool:
    stripped = text.rstrip("".join(_AFTER_WORD))
    return bool(stripped) and _WORD.match(stripped[-1]) is not None


def join_lines(texts: Sequence[str]) -> str:
    """All lines of a paragraph as one text; see `join_two`."""
    joined = ""
    for text in texts:
        joined = join_two(joined, text.strip())
    return joined


def block_language(lines: Sequence[TextLine]) -> str | None:
    """The language of most of the characters; None where there is no line."""
    weights: dict[str, float] = {}
    for line in lines:
        weights[line.language] = weights.get(line.language, 0.0) + max(1, len(line.text))
    # Chinese text quotes Latin words at length, hardly ever the other way round.
    if "zh-Hans" in weights and "bo" not in weights:
        return "zh-Hans"
    return max(weights, key=lambda language: (weights[language], language)) if weights else None


def block_confidence(lines: Sequence[TextLine]) -> float:
    """The mean of the lines' confidences, each weighted by its number of characters."""
    total = sum(max(1, len(line.text)) for line in lines)
    weighted = sum(max(1, len(line.text)) * line.confidence for line in lines)
    return round(min(1.0, weighted / total), 4) if total else 0.0
