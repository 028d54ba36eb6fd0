"""What a character, or the text of a line, is by itself: its width, its language."""

import unicodedata

_WIDE_PUNCTUATION = "“”‘’…—·〔〕"
"""Of ambiguous width by Unicode, and a full em in Chinese text."""

INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Zero-width spaces, joiners and marks of direction, which the editors of web sites strew about."""


def is_wide(text: str) -> bool:
    """Whether a character is set in a full em: Chinese, kana, full-width forms and punctuation."""
    return unicodedata.east_asian_width(text[0]) in "WF" or text[0] in _WIDE_PUNCTUATION


def language_of(text: str) -> str:
    """BCP 47 tag of a line: "bo", "en" for purely Latin text, "zh-Hans" for the rest."""
    letters = [char for char in text if char.isalpha()]
    tibetan = sum("\u0f00" <= char <= "\u0fff" for char in letters)
    if tibetan and 2 * tibetan >= len(letters):
        return "bo"
    return "en" if letters and all(ord(char) < 0x250 for char in letters) else "zh-Hans"
