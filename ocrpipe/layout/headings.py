"""Numbered headings of Chinese official documents.

The order of the numbers 一、 （一） 1. （1） is set by GB/T 9704-2012, 7.3.3.
"""

import re

from ocrpipe.layout.text import is_latin

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_NUMBERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"{_NUMERAL}\s*、")),
    (1, re.compile(rf"第(?:{_NUMERAL}|\d{{1,2}})(?:章|部分|编|篇)")),
    (2, re.compile(rf"第(?:{_NUMERAL}|\d{{1,2}})节")),
    (2, re.compile(rf"[（(]\s*{_NUMERAL}\s*[）)]")),
    # "1.5万元" begins with an amount, "2019.1" with a date.
    (3, re.compile(r"\d{1,2}\s*(?:[.．](?!\s*\d)|、)")),
    (4, re.compile(r"[（(]\s*\d{1,2}\s*[）)]")),
)
_LONGEST = 60
"""Characters of a heading, at most."""

_LONGEST_SENTENCE = 26
"""The same of one that is, or may be, a sentence: a line of the body has 28 (GB/T 9704-2012)."""

_SENTENCE_END = re.compile("[。；！？;!?]")
_GOES_ON = tuple("，、：；,:;")
_LEADER = re.compile(r"[.…·．]{3,}|…")


def number_level(text: str) -> int | None:
    """The level of the number that a text begins with: 1 for 一、, 2 （一）, 3 1., 4 （1）."""
    stripped = text.lstrip()
    for level, pattern in _NUMBERS:
        if pattern.match(stripped):
            return level
    return None


def heading_level(text: str) -> int | None:
    """The level of a heading; None for text that is no heading.

    A numbered line is a heading when it stands alone. A number may also lead a paragraph
    （1. 落实责任制。为加强领导，……）, which is text: it has a sentence after the first one, or
    is itself a sentence that goes on, a list item, or a line of a table of contents.
    """
    stripped = text.strip()
    level = number_level(stripped)
    if level is None or len(stripped) > _LONGEST or _LEADER.search(stripped):
        return None
    if stripped.endswith(_GOES_ON):
        return None
    if level >= 3 and is_latin(stripped) and ("," in stripped or "(" in stripped):
        # An entry of a list of references.
        return None
    if level >= 3 and "，" in stripped and len(stripped) > _LONGEST_SENTENCE:
        return None
    end = _SENTENCE_END.search(stripped)
    if end is None:
        return level
    # 1. and （1） also number the sentences of a list, 一、 and （一） hardly ever do.
    alone = level <= 2 and end.end() == len(stripped) and end.group() == "。"
    return level if alone and len(stripped) <= _LONGEST_SENTENCE and "，" not in stripped else None
