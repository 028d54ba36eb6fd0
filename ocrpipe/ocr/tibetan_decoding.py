"""Decoding of the network's output into Tibetan that can be written.

Prefix beam search over the output of a CTC network (Hannun et al., First-pass large vocabulary
continuous speech recognition using bi-directional recurrent DNNs, 2014), kept to well-formed
stacks: a subjoined letter or a vowel sign needs a letter to belong to, stands once in a stack, and
no letter is subjoined below a vowel sign; nor does a tsheg follow a tsheg. The network sees few
columns for a stack of many signs, so that its likeliest frames alone may say a sign twice or drop
the letter that carries it.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TSHEG = "་"
_WIDTH = 8
_FLOOR = 0.01
"""Classes with less probability than this in a frame are not followed there."""

_LETTERS = frozenset(map(chr, range(0x0F40, 0x0F6D)))
_SUBJOINED = frozenset(map(chr, range(0x0F90, 0x0FBD)))
_SIGNS = frozenset(map(chr, [*range(0x0F71, 0x0F80), 0x0F80, 0x0F82, 0x0F83, 0x0F84]))


def may_follow(text: str, character: str) -> bool:
    """Whether `text` can go on with `character` without a malformed stack or a second tsheg."""
    if character == _TSHEG:
        return not text.endswith(_TSHEG)
    if character not in _SUBJOINED and character not in _SIGNS:
        return True
    for before in reversed(text):
        if before in _LETTERS:
            return True
        if before == character or (before in _SIGNS and character in _SUBJOINED):
            return False
        if before not in _SIGNS and before not in _SUBJOINED:
            return False
    return False


@dataclass(slots=True)
class _Prefix:
    """What the frames so far may say: the probability of saying it with a blank and with a
    character at the end, and for each character the highest probability of its frames."""

    blank: float = 0.0
    character: float = 0.0
    confidences: tuple[float, ...] = ()

    @property
    def total(self) -> float:
        return self.blank + self.character

    def add(self, blank: float, character: float, confidences: tuple[float, ...]) -> None:
        if blank + character > self.total:
            self.confidences = confidences
        self.blank += blank
        self.character += character


def decode(probabilities: NDArray[np.float32], characters: str) -> tuple[str, tuple[float, ...]]:
    """The likeliest well-formed text of one line, and a confidence for each of its characters.

    `probabilities` is (frames, classes); class 0 is the blank, class i + 1 is `characters[i]`.
    """
    beam = {"": _Prefix(blank=1.0)}
    for frame in probabilities:
        classes = (np.flatnonzero(frame[1:] > _FLOOR) + 1).tolist()
        likely = [(characters[index - 1], float(frame[index])) for index in classes]
        beam = _advance(beam, float(frame[0]), likely)
    text, best = max(beam.items(), key=lambda entry: entry[1].total)
    return text, best.confidences


def _advance(
    beam: dict[str, _Prefix], blank: float, likely: list[tuple[str, float]]
) -> dict[str, _Prefix]:
    """The beam after one more frame, of at most _WIDTH prefixes whose probabilities sum to 1."""
    following: dict[str, _Prefix] = {}
    for text, prefix in beam.items():
        stay = following.setdefault(text, _Prefix())
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
                extended = following.setdefault(text + character, _Prefix())
                extended.add(0.0, source * probability, (*prefix.confidences, probability))
    kept = heapq.nlargest(_WIDTH, following.items(), key=lambda entry: entry[1].total)
    # Kept near 1, or hundreds of frames would multiply to nothing.
    total = sum(prefix.total for _, prefix in kept) or 1.0
    for _, prefix in kept:
        prefix.blank /= total
        prefix.character /= total
    return dict(kept)
