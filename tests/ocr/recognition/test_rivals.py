"""Other numbers in the output of a CTC network."""

import numpy as np

from ocrpipe.ocr.recognition.rivals import rival_numbers

SYMBOLS = "0123456789/"


def rivals(*frames: dict[str, float]) -> dict[str, float]:
    """Frames as mappings of symbol ("" for nothing) to probability."""
    scores = np.zeros((len(frames), 1 + len(SYMBOLS)), dtype=np.float32)
    for t, frame in enumerate(frames):
        for symbol, probability in frame.items():
            scores[t, 1 + SYMBOLS.index(symbol) if symbol else 0] = probability
    return {reading.text: reading.confidence for reading in rival_numbers(scores, SYMBOLS)}


NOTHING = {"": 1.0}


def test_a_sure_number_has_no_rivals() -> None:
    assert rivals(NOTHING, {"1": 0.995, "7": 0.004}, NOTHING, {"2": 1.0}) == {}


def test_the_second_belief_of_a_digit_makes_another_number() -> None:
    found = rivals({"1": 0.9, "7": 0.08}, NOTHING, {"6": 0.7, "8": 0.2, "5": 0.05})
    assert found == {"18": 0.2, "76": 0.08, "15": 0.05}


def test_a_digit_may_be_none_and_nothing_a_digit() -> None:
    assert rivals({"1": 0.6, "": 0.4}, NOTHING, {"6": 1.0}) == {"6": 0.4}
    assert rivals({"": 0.7, "1": 0.3}, NOTHING, {"6": 1.0}) == {"16": 0.3}


def test_a_digit_of_two_frames_is_dropped_or_replaced_as_a_whole() -> None:
    assert rivals({"8": 0.6, "": 0.4}, {"8": 0.95, "": 0.05}) == {"": 0.05}
    assert rivals({"8": 0.6, "3": 0.4}, {"8": 0.9, "": 0.07, "3": 0.03}) == {"3": 0.1}


def test_the_likeliest_rivals_come_first_and_are_few() -> None:
    beliefs = {str(digit): 0.02 + 0.01 * digit for digit in range(2, 9)}
    found = rivals({"1": 1 - sum(beliefs.values()), **beliefs})
    assert list(found) == ["8", "7", "6", "5"]
