"""Choosing between the readings of several pictures of one line.

Each picture has its own errors. Every candidate is weighed by all of them: by the mean of the
logarithms of the probabilities that the network gives it in each (a product of experts; Hinton,
Training products of experts by minimizing contrastive divergence, 2002), by its spelling, and by
the words in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.decoding import Candidate
from ocrpipe.ocr.tibetan.spelling import likelihood, oddities_of
from ocrpipe.ocr.tibetan.words import word_pairs

_CANDIDATES = 8
"""How many of the best candidates of each picture are weighed."""
_WORD_PAIR = 2.0
"""What a pair of syllables that stands in a word is worth, as a logarithm of its likelihood."""
_FLOOR = 1e-5
"""No frame of one picture may rule a candidate out."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A picture of a line as read: the network's output (frames, classes), and what it may say,
    the likeliest first."""

    probabilities: NDArray[np.float32]
    candidates: tuple[Candidate, ...]


def choose(views: Sequence[View], characters: str) -> Candidate:
    """The candidate that all views together find likeliest, with the confidences of the first view
    that has it."""
    found: dict[str, Candidate] = {}
    for view in views:
        for candidate in view.candidates[:_CANDIDATES]:
            found.setdefault(candidate.text, candidate)
    texts = sorted(found)
    if len(texts) == 1:
        return found[texts[0]]
    index = {character: i + 1 for i, character in enumerate(characters)}
    labels = [[index[character] for character in text] for text in texts]
    logs = [log_likelihoods(view.probabilities, labels) for view in views]
    spelling = np.log([likelihood(oddities_of(text)) for text in texts])
    words = np.array([word_pairs(text) for text in texts])
    weights = np.mean(logs, axis=0) + spelling + _WORD_PAIR * words
    return found[texts[int(np.argmax(weights))]]


def log_likelihoods(
    probabilities: NDArray[np.float32], labels: Sequence[Sequence[int]]
) -> NDArray[np.float64]:
    """The logarithm of the probability of each row of labels under a CTC network's output.

    The forward algorithm (Graves et al., Connectionist temporal classification, ICML 2006), for
    all rows at once. `probabilities` is (frames, classes) with the blank as class 0; the labels
    are without blanks.
    """
    lengths = np.array([len(row) for row in labels])
    states = np.zeros((len(labels), 2 * int(lengths.max()) + 1), dtype=np.intp)
    for i, row in enumerate(labels):
        states[i, 1 : 2 * len(row) : 2] = row
    # From a label to the next without the blank between, where the two are not the same.
    skips = np.zeros(states.shape)
    skips[:, 3::2] = states[:, 3::2] != states[:, 1:-2:2]
    emissions = np.maximum(probabilities, _FLOOR).astype(np.float64)[:, states]
    reached = np.zeros(states.shape)
    reached[:, 0] = 1.0
    total = np.zeros(len(labels))
    moved = np.zeros(states.shape)
    for frame, emission in enumerate(emissions):
        np.copyto(moved, reached)
        if frame:
            moved[:, 1:] += reached[:, :-1]
            moved[:, 2:] += reached[:, :-2] * skips[:, 2:]
        else:
            moved[:, 1:2] = 1.0
        np.multiply(moved, emission, out=reached)
        scale = reached.max(axis=1, keepdims=True)
        reached /= scale
        total += np.log(scale[:, 0])
    rows, last = np.arange(len(labels)), 2 * lengths
    ends = reached[rows, last] + np.where(last > 0, reached[rows, last - 1], 0.0)
    return np.asarray(total + np.log(np.maximum(ends, 1e-300)))
