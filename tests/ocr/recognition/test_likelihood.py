"""The probability of a text against the sum over all ways in which frames may spell it."""

from itertools import groupby, product
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.recognition.ctc import Alphabet
from ocrpipe.ocr.recognition.likelihood import classes_of, log_likelihood

ALPHABET = Alphabet(("干", "于", ",", "，", " "))
CLASSES = len(ALPHABET.characters) + 1


def spelled(path: tuple[int, ...]) -> str:
    """What frames of these classes say, without spaces and with wide commas."""
    text = "".join(ALPHABET.character(index) for index, _ in groupby(path) if index)
    return text.replace(" ", "").replace(",", "，")


@given(
    weights=st.lists(
        st.lists(st.integers(1, 50), min_size=CLASSES, max_size=CLASSES), min_size=1, max_size=4
    ),
    text=st.text("干于", max_size=3),
)
def test_it_is_the_sum_over_all_ways_to_spell_a_text(weights: list[list[int]], text: str) -> None:
    frames = np.array(weights, np.float32)
    frames /= frames.sum(axis=1, keepdims=True)
    asked = classes_of("干于", ALPHABET)
    paths = product(range(CLASSES), repeat=len(frames))
    # A space is a blank to us, so two of a character with a space between are two.
    expected = sum(
        float(np.prod([frames[t, index] for t, index in enumerate(path)]))
        for path in paths
        if spelled(path) == text
    )
    assert exp(log_likelihood(frames[:, asked.classes], asked, text)) == pytest.approx(
        expected, rel=1e-3, abs=1e-9
    )


def test_spaces_and_the_width_of_punctuation_do_not_count() -> None:
    frames = np.array([[0.1, 0, 0.5, 0, 0, 0.4], [0, 0, 0, 0.3, 0.6, 0.1]], np.float32)
    asked = classes_of("于，", ALPHABET)
    found = log_likelihood(frames[:, asked.classes], asked, "于 ，")
    assert found == pytest.approx(log(0.5 * 0.9))


def test_a_character_that_the_network_does_not_know_is_unlikely() -> None:
    frames = np.full((3, CLASSES), 1 / CLASSES, np.float32)
    asked = classes_of("于龘", ALPHABET)
    assert log_likelihood(frames[:, asked.classes], asked, "龘") < -50
