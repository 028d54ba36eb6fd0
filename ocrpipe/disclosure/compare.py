"""Comparing recognised text with the form's wording. What is kept is always the text as printed."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from ocrpipe.disclosure.form import BOTH, Entry

_SURELY_TWO = 0.85
"""Likeness to two names in one above which a text is not one of them that was misread: 行政诉讼
before 未经复议直接起诉 is 0.83 like 行政复议 before it."""

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
    """The entry most like `text`, or None where none is as alike as `threshold`, or `text` is the
    name of two."""
    known = tuple(entries)
    scored = [(likeness(text, entry.names), entry) for entry in known]
    if not scored:
        return None
    score, entry = max(scored, key=lambda pair: pair[0])
    return (entry, score) if score >= threshold and not names_two(text, known) else None


@lru_cache(maxsize=8192)
def names_two(text: str, entries: tuple[Entry, ...]) -> bool:
    """Whether `text` is the names of two entries, one behind the other, that follow each other in
    an edition: where the rule between their cells was lost, both stand in one."""
    alone = max((likeness(text, entry.names) for entry in entries), default=0.0)
    if alone == 1:
        return False
    return any(
        likeness(text, joined) > max(alone, _SURELY_TWO)
        for edition in BOTH
        for one, other in pairwise(entry for entry in entries if edition in entry.editions)
        if (joined := tuple(a + b for a in one.names for b in other.names))
    )


def without_spaces(text: str) -> str:
    return "".join(text.split())
