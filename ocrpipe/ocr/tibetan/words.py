"""Which syllables follow one another in words.

A misread syllable seldom makes a word with its neighbours: མེ་ཏོག is one, མེ་རོག is none. The pairs
come from a list of words (scripts/tibetan/word_pairs.py) that knows about half of the pairs of a
text, so that an unknown one says nothing.
"""

import re
from functools import cache
from importlib import resources
from itertools import pairwise

from ocrpipe.ocr.tibetan.spelling import SYLLABIC

_TSHEG = "་"
_RUN = re.compile(f"[{''.join(sorted(SYLLABIC))}{_TSHEG}]+")


@cache
def _followers() -> dict[str, frozenset[str]]:
    text = resources.files("ocrpipe.ocr.tibetan").joinpath("word_pairs.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {first: frozenset(others) for first, *others in rows}


def word_pairs(text: str) -> int:
    """How many pairs of syllables with a tsheg between them stand in words of the list."""
    followers = _followers()
    found = 0
    for run in _RUN.findall(text):
        syllables = [syllable for syllable in run.split(_TSHEG) if syllable]
        found += sum(second in followers.get(first, ()) for first, second in pairwise(syllables))
    return found
