"""Comparing recognised text with the form's wording. What is kept is always the text as printed."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from ocrpipe.disclosure.form import Entry

_NUMBERING = re.compile(
    r"^\s*(?:"
    r"\(\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*\)"  # （一）
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.,:;。)]"  # 一、 1.
    r"|\d{1,2}(?=\D)"  # the dot was lost
    r")\s*"
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """`text` with compatibility forms folded (NFKC) and only letters and digits kept."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum()).casefold()


@lru_cache(maxsize=8192)
def without_numbering(text: str) -> str:
    """`plain` text without a leading 一、 （一） or 1."""
    folded = unicodedata.normalize("NFKC", text)
    return plain(_NUMBERING.sub("", folded, count=1)) or plain(text)


@lru_cache(maxsize=65536)
def similarity(text: str, name: str) -> float:
    """How alike two labels are, 0 to 1: normalised indel similarity (rapidfuzz `fuzz.ratio`)."""
    one, other = without_numbering(text), without_numbering(name)
    return fuzz.ratio(one, other) / 100 if one and other else 0.0


@lru_cache(maxsize=65536)
def likeness(text: str, names: tuple[str, ...]) -> float:
    """The best `similarity` of `text` to one of `names`."""
    return max((similarity(text, name) for name in names), default=0.0)


def best_entry(text: str, entries: Iterable[Entry], threshold: float) -> tuple[Entry, float] | None:
    """The entry most like `text`, or None where none is as alike as `threshold`."""
    scored = [(likeness(text, entry.names), entry) for entry in entries]
    if not scored:
        return None
    score, entry = max(scored, key=lambda pair: pair[0])
    return (entry, score) if score >= threshold else None


def without_spaces(text: str) -> str:
    return "".join(text.split())
