"""Decoding of the network's output into Tibetan that can be written.

Prefix beam search over the output of a CTC network with a prior at the end of each word (Hannun et
al., First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs,
2014); the words are syllables, the prior is their spelling's. The search is kept to well-formed
stacks: a subjoined letter or a vowel sign needs a letter to belong to, stands once in a stack, and
no letter is subjoined below a vowel sign; nor does a tsheg follow what ends a syllable already.
The network sees few columns for a stack of many signs, so that its likeliest frames alone may say a
sign twice or drop the letter that carries it.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.spelling import (
    LETTERS,
    NOTHING_ODD,
    SIGNS,
    SUBJOINED,
    SYLLABIC,
    Oddities,
    likelihood,
    oddities,
    plus,
)

_TSHEG = "་"
_NO_TSHEG_AFTER = (_TSHEG, "།", "༔", "༑", " ")
_WIDTH = 16
_FLOOR = 0.003
"""Classes with less probability than this in a frame are not followed there."""
_HOPELESS = 1e-5
"""Prefixes with less than this share of the best one's probability are given up."""


def may_follow(text: str, character: str) -> bool:
    """Whether `text` can go on with `character` without a malformed stack or an idle tsheg."""
    if character == _TSHEG:
        return not text.endswith(_NO_TSHEG_AFTER)
    if character not in SUBJOINED and character not in SIGNS:
        return True
    for before in reversed(text):
        if before in LETTERS:
            return True
        if before == character or (before in SIGNS and character in SUBJOINED):
            return False
        if before not in SIGNS and before not in SUBJOINED:
            return False
    return False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that a line may say, a confidence for each of its characters, and its share of the
    probability of all candidates."""

    text: str
    confidences: tuple[float, ...]
    share: float


@dataclass(slots=True)
class _Prefix:
    """What the frames so far may say: the probability of saying it with a blank and with a
    character at the end, for each character the highest probability of its frames, and the odd
    ones of the syllables that are over."""

    blank: float = 0.0
    character: float = 0.0
    confidences: tuple[float, ...] = ()
    odd: Oddities = NOTHING_ODD

    @property
    def total(self) -> float:
        return self.blank + self.character

    def add(self, blank: float, character: float, confidences: tuple[float, ...]) -> None:
        if blank + character > self.total:
            self.confidences = confidences
        self.blank += blank
        self.character += character


def decode(probabilities: NDArray[np.float32], characters: str) -> tuple[Candidate, ...]:
    """The likeliest well-formed texts of one line, the best first; there is always one.

    `probabilities` is (frames, classes); class 0 is the blank, class i + 1 is `characters[i]`.
    """
    beam = {"": _Prefix(blank=1.0)}
    for frame in probabilities:
        classes = (np.flatnonzero(frame[1:] > _FLOOR) + 1).tolist()
        if not classes:
            for prefix in beam.values():
                prefix.blank, prefix.character = prefix.total, 0.0
            continue
        likely = [(characters[index - 1], float(frame[index])) for index in classes]
        beam = _advance(beam, float(frame[0]), likely)
    weights = {text: prefix.total * _closing(text, prefix)[1] for text, prefix in beam.items()}
    total = sum(weights.values()) or 1.0
    # Equal weights are told apart by the text, so that the order is always the same.
    best_first = sorted(weights, key=lambda text: (-weights[text], text))
    return tuple(Candidate(t, beam[t].confidences, weights[t] / total) for t in best_first)


def _advance(
    beam: dict[str, _Prefix], blank: float, likely: Sequence[tuple[str, float]]
) -> dict[str, _Prefix]:
    """The beam after one more frame, of at most _WIDTH prefixes whose probabilities sum to 1."""
    following: dict[str, _Prefix] = {}
    for text, prefix in beam.items():
        stay = following.setdefault(text, _Prefix(odd=prefix.odd))
        stay.add(prefix.total * blank, 0.0, prefix.confidences)
        for character, probability in likely:
            source = prefix.total
            if text.endswith(character):
                # Without a blank between, the same character goes on.
                *others, last = prefix.confidences
                longest = (*others, max(last, probability))
                stay.add(0.0, prefix.character * probability, longest)
                source = prefix.blank
            if source > 0.0 and may_follow(text, character):
                odd, prior = prefix.odd, 1.0
                if character not in SYLLABIC:
                    odd, prior = _closing(text, prefix)
                extended = following.setdefault(text + character, _Prefix(odd=odd))
                confidences = (*prefix.confidences, probability)
                extended.add(0.0, source * prior * probability, confidences)
    least = _HOPELESS * max(prefix.total for prefix in following.values())
    possible = [entry for entry in following.items() if entry[1].total > least]
    # A frame that nothing follows, not even a blank, says nothing.
    kept = heapq.nlargest(_WIDTH, possible or beam.items(), key=lambda entry: entry[1].total)
    # Kept near 1, or hundreds of frames would multiply to nothing.
    total = sum(prefix.total for _, prefix in kept) or 1.0
    for _, prefix in kept:
        prefix.blank /= total
        prefix.character /= total
    return dict(kept)


def _closing(text: str, prefix: _Prefix) -> tuple[Oddities, float]:
    """The odd syllables of a prefix when its last one ends there, and how much less likely that
    one makes it."""
    start = len(text)
    while start and text[start - 1] in SYLLABIC:
        start -= 1
    more = oddities(text[start:])
    if more == NOTHING_ODD:
        return prefix.odd, 1.0
    odd = plus(prefix.odd, more)
    return odd, likelihood(odd) / likelihood(prefix.odd)
