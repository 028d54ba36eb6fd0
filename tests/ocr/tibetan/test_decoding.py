import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan import decoding
from ocrpipe.ocr.tibetan.decoding import may_follow
from ocrpipe.ocr.tibetan.spelling import likelihood, oddities_of

CHARACTERS = "ཀི"


def decode(probabilities: np.ndarray, characters: str) -> tuple[str, tuple[float, ...]]:
    best = decoding.decode(probabilities, characters)[0]
    return best.text, best.confidences


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
    [
        ("", "ི"),
        ("་", "ྐ"),
        ("སྐྱ", "ྱ"),
        ("ཀོ", "ོ"),
        ("ཀི", "ྲ"),
        ("༢", "ུ"),
        (" ", "ྀ"),
        ("ང་", "་"),
        ("ཀ།", "་"),
        ("ཀ། ", "་"),
    ],
)
def test_malformed_stacks_are_never_said(text: str, character: str) -> None:
    assert not may_follow(text, character)


def test_blanks_and_repetitions_fall_away() -> None:
    text, confidences = decode(
        frames((0.1, 0.9, 0), (0.2, 0.8, 0), (0.9, 0.1, 0), (0.1, 0.9, 0), (0.3, 0, 0.7)), "༡༢"
    )
    assert text == "༡༡༢"
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
    sums = {text: value * likelihood(oddities_of(text)) for text, value in sums.items()}
    text, confidences = decode(rows.astype(np.float32), CHARACTERS)
    assert _well_formed(text)
    assert len(confidences) == len(text)
    assert sums[text] == pytest.approx(max(sums.values()), rel=0.05)


def undecided(*choices: str, doubt: float = 0.5) -> tuple[np.ndarray, str]:
    """Frames that say the first of each choice with the probability `doubt`, the others with the
    rest; and the characters."""
    characters = "".join(dict.fromkeys("".join(choices)))
    rows = np.zeros((2 * len(choices), len(characters) + 1), dtype=np.float32)
    for i, choice in enumerate(choices):
        for character in choice[1:]:
            rows[2 * i, characters.index(character) + 1] = (1 - doubt) / (len(choice) - 1)
        rows[2 * i, characters.index(choice[0]) + 1] = doubt if choice[1:] else 1.0
        rows[2 * i + 1, 0] = 1.0
    return rows, characters


def test_of_two_readings_of_the_same_ink_the_usual_syllable_is_given() -> None:
    # The rules allow ཟླུང and གླུང too, but no text has them.
    assert decode(*undecided("ཟགཀ", "ླ", "ུ", "ང", "་", doubt=0.6))[0] == "ཀླུང་"
    # The rules forbid བཁྲིས.
    assert decode(*undecided("བ", "ཁཀ", "ྲ", "ི", "ས", "་", doubt=0.9))[0] == "བཀྲིས་"


def test_clear_ink_is_read_as_it_stands() -> None:
    for syllable in ("ཟླུངས", "ཀྵུད", "ཙྪིཾ"):
        assert decode(*undecided(*syllable))[0] == syllable
    assert decode(*undecided("ཛཇ", "ྙ", "ཱ", "ན", doubt=0.9999))[0] == "ཛྙཱན"


def test_among_other_odd_syllables_an_odd_one_is_likelier() -> None:
    # One of nine shapes of doubtful ink is odd here: alone it is a misreading, in a mantra not.
    choice = ("ཊད", "ུ", "ང")
    mantra = (*"ཀྵཾ་ཛྙཱ་ཌྷོ་ཊྭི་", *choice)
    assert decode(*undecided(*choice, doubt=0.95))[0] == "དུང"
    assert decode(*undecided(*mantra, doubt=0.95))[0].endswith("་ཊུང")


def test_the_candidates_share_the_probability() -> None:
    candidates = decoding.decode(*undecided("ཀག", "ུ", "ནར"))
    assert len(candidates) == 4
    assert sum(candidate.share for candidate in candidates) == pytest.approx(1.0)
    assert [c.share for c in candidates] == sorted((c.share for c in candidates), reverse=True)
