import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.recognition.ctc import Alphabet, characters_of, collapse, decode, frame_scores

LETTERS = "0123456789oOq.,+-%/ 一甲乙°"


def probabilities(frames: list[dict[str, float]]) -> np.ndarray:
    """One line of frames, each a mapping of character ("" for the blank) to probability."""
    values = np.zeros((1, len(frames), len(LETTERS) + 1), dtype=np.float32)
    for t, frame in enumerate(frames):
        for character, value in frame.items():
            values[0, t, LETTERS.index(character) + 1 if character else 0] = value
    return values


def read(frames: list[dict[str, float]]):
    alphabet = Alphabet(tuple(LETTERS))
    return decode(frame_scores(probabilities(frames), alphabet), alphabet)[0]


def test_repetitions_collapse_and_a_blank_parts_equal_characters() -> None:
    reading = read([{"1": 0.9}, {"1": 0.6}, {"": 1.0}, {"1": 0.8}, {"5": 0.7}])
    assert reading.text == "115"
    assert reading.character_confidences == pytest.approx((0.9, 0.8, 0.7))
    assert reading.confidence == pytest.approx(0.8)


def test_spaces_at_the_ends_go_with_their_confidences() -> None:
    reading = read([{" ": 0.9}, {"甲": 0.8}, {" ": 0.5}])
    assert (reading.text, reading.character_confidences) == ("甲", pytest.approx((0.8,)))


def test_nothing_but_blanks_is_an_empty_reading() -> None:
    reading = read([{"": 1.0}] * 3)
    assert (reading.text, reading.confidence, reading.numeric.text) == ("", 0.0, "")


def test_the_numeric_reading_takes_look_alikes_for_the_digit() -> None:
    reading = read([{"": 1.0}, {"o": 0.5, "O": 0.2, "0": 0.28}, {"": 1.0}])
    assert reading.text == "o"
    assert reading.numeric.text == "0"
    assert reading.numeric.confidence == pytest.approx(0.98 * 0.98)


def test_the_letter_that_a_nine_looks_like_is_one_in_the_numeric_reading() -> None:
    reading = read([{"q": 0.9, "9": 0.05}, {"": 1.0}, {"4": 1.0}])
    assert (reading.text, reading.numeric.text) == ("q4", "94")


def test_a_word_is_no_number_whatever_digits_stand_in_it() -> None:
    reading = read([{"甲": 0.98, "7": 0.01}, {"": 1.0}, {"5": 0.99}])
    assert reading.text == "甲5"
    assert reading.numeric.confidence < 0.1


def test_a_number_is_as_sure_as_its_least_sure_digit() -> None:
    reading = read([{"1": 1.0}, {"": 1.0}, {"2": 0.6, "7": 0.4}])
    assert reading.numeric.text == "12"
    assert reading.numeric.confidence == pytest.approx(0.6)


def test_listed_characters_end_with_the_space_and_keep_odd_line_ends() -> None:
    assert characters_of("a\n\u2028\nb") == ("a", "\u2028", "b", " ")


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_collapse_agrees_with_the_definition(classes: list[int]) -> None:
    expected = [
        value
        for index, value in enumerate(classes)
        if value and (index == 0 or classes[index - 1] != value)
    ]
    kept, confidences = collapse(classes, [0.5] * len(classes))
    assert kept == expected
    assert len(confidences) == len(kept)
