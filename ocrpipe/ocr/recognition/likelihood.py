"""How likely a text is to be what a line shows, of all that the network believes.

The forward algorithm of connectionist temporal classification: Graves et al., ICML 2006, 4.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.recognition.ctc import Alphabet
from ocrpipe.ocr.recognition.punctuation import NARROW_FORMS, WIDE_FORMS

_LEAST = 1e-30


@dataclass(frozen=True, slots=True)
class AskedClasses:
    """The classes of the characters of some texts: `columns` are the places in `classes` of each
    character, in either width, and of nothing (the blank and the space) under the empty string."""

    classes: NDArray[np.int64]
    columns: Mapping[str, tuple[int, ...]]


def classes_of(characters: Sequence[str], alphabet: Alphabet) -> AskedClasses:
    """What to ask a network for; a character that it does not know has no column."""
    index = alphabet.classes()
    classes = [0, index[" "]] if " " in index else [0]
    columns = {"": tuple(range(len(classes)))}
    for character in characters:
        forms = (character, WIDE_FORMS.get(character), NARROW_FORMS.get(character))
        known = [index[form] for form in forms if form in index]
        columns[character] = tuple(range(len(classes), len(classes) + len(known)))
        classes += known
    return AskedClasses(np.array(classes, np.int64), columns)


def log_likelihood(believed: NDArray[np.float32], asked: AskedClasses, text: str) -> float:
    """The logarithm of the probability that (T, K) beliefs in the asked classes give to a text.

    Spaces of the text do not count.
    """
    symbols = [""]
    for character in "".join(text.split()):
        symbols += [character, ""]
    frames = np.stack(
        [believed[:, list(asked.columns[symbol])].sum(axis=1) for symbol in symbols], axis=1
    ).astype(np.float64)
    # From one character to the next without a blank between them, unless they are the same.
    skips = np.array(
        [n > 1 and bool(s) and s != symbols[n - 2] for n, s in enumerate(symbols)], np.float64
    )
    reached = np.zeros(len(symbols))
    reached[:2] = frames[0, :2]
    total = 0.0
    for frame in frames[1:]:
        before = np.concatenate([[0.0], reached[:-1]])
        skipped = np.concatenate([[0.0, 0.0], reached[:-2]])[: len(symbols)] * skips
        reached = (reached + before + skipped) * frame
        scale = max(float(reached.sum()), _LEAST)
        total += float(np.log(scale))
        reached = reached / scale
    return total + float(np.log(max(float(reached[-2:].sum()), _LEAST)))
