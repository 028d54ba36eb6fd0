import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan_decoding import decode, may_follow

CHARACTERS = "ཀི"


def frames(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


@pytest.mark.parametrize(
    "text",
    ["བསྒྲུབས་", "ཀྱི།", "ཨོཾ་ཧཱུྃ", "ཤཱཀྱ", "༢༠༡༩ལོ", "རྒྱལ", "ངང་", "གགས", "སཽ", "པདྨེ", "(ཀ)"],
)
def test_what_is_written_may_be_said(text: str) -> None:
    assert all(may_follow(text[:i], text[i]) for i in range(len(text)))


@pytest.mark.parametrize(
    ("text", "character"),
    [("", "ི"), ("་", "ྐ"), ("སྐྱ", "ྱ"), ("ཀོ", "ོ"), ("ཀི", "ྲ"), ("༢", "ུ"), (" ", "ྀ"), ("ང་", "་")],
)
def test_malformed_stacks_are_never_said(text: str, character: str) -> None:
    assert not may_follow(text, character)


def test_blanks_and_repetitions_fall_away() -> None:
    text, confidences = decode(
        frames((0.1, 0.9, 0), (0.2, 0.8, 0), (0.9, 0.1, 0), (0.1, 0.9, 0), (0.3, 0, 0.7)),
        CHARACTERS,
    )
    assert text == "ཀཀི"
    assert confidences == pytest.approx((0.9, 0.9, 0.7))


def test_a_sign_said_twice_is_said_once() -> None:
    text, _ = decode(frames((0, 1, 0), (0.1, 0, 0.9), (0.6, 0, 0.4), (0.1, 0, 0.9)), CHARACTERS)
    assert text == "ཀི"


def test_a_sign_brings_its_letter_back() -> None:
    # The likeliest frames say a sign with nothing to carry it.
    text, _ = decode(frames((0.6, 0.4, 0), (0.05, 0, 0.95)), CHARACTERS)
    assert text == "ཀི"


def test_nothing_but_blanks_is_an_empty_text() -> None:
    assert decode(frames(*[(1.0, 0.0, 0.0)] * 5), CHARACTERS) == ("", ())


def _collapsed(path: tuple[int, ...]) -> str:
    kept = [c for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c)]
    return "".join(CHARACTERS[c - 1] for c in kept)


def _well_formed(text: str) -> bool:
    return all(may_follow(text[:i], text[i]) for i in range(len(text)))


@given(st.lists(st.tuples(*[st.integers(5, 100)] * 3), min_size=1, max_size=4))
def test_the_text_is_the_likeliest_of_all_paths(weights: list[tuple[int, int, int]]) -> None:
    rows = np.array(weights, dtype=np.float64)
    rows /= rows.sum(axis=1, keepdims=True)
    sums: dict[str, float] = {}
    for path in itertools.product(range(3), repeat=len(rows)):
        text = _collapsed(path)
        if _well_formed(text):
            sums[text] = sums.get(text, 0.0) + float(np.prod(rows[range(len(rows)), path]))
    text, confidences = decode(rows.astype(np.float32), CHARACTERS)
    assert _well_formed(text)
    assert len(confidences) == len(text)
    assert sums[text] == pytest.approx(max(sums.values()), rel=0.05)
