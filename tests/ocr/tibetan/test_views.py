import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.tibetan.decoding import Candidate, decode
from ocrpipe.ocr.tibetan.views import View, choose, log_likelihoods

CHARACTERS = "ཀགི"


def view(*rows: tuple[float, ...]) -> View:
    probabilities = np.array(rows, dtype=np.float32)
    return View(probabilities, decode(probabilities, CHARACTERS))


@given(
    st.lists(st.tuples(*[st.integers(1, 100)] * 3), min_size=1, max_size=5),
    st.lists(st.lists(st.integers(1, 2), max_size=4), min_size=1, max_size=4),
)
def test_a_likelihood_is_the_sum_over_all_paths(
    weights: list[tuple[int, int, int]], labels: list[list[int]]
) -> None:
    rows = np.array(weights, dtype=np.float64)
    rows /= rows.sum(axis=1, keepdims=True)
    sums = dict.fromkeys(map(tuple, labels), 0.0)
    for path in itertools.product(range(3), repeat=len(rows)):
        said = tuple(c for i, c in enumerate(path) if c and (i == 0 or path[i - 1] != c))
        if said in sums:
            sums[said] += float(np.prod(rows[range(len(rows)), path]))
    found = np.exp(log_likelihoods(rows.astype(np.float32), labels))
    assert found == pytest.approx([sums[tuple(row)] for row in labels], rel=1e-4, abs=1e-12)


def test_a_long_line_does_not_vanish() -> None:
    rows = np.full((2000, 40), 1 / 40, dtype=np.float32)
    (found,) = log_likelihoods(rows, [[1, 2, 3] * 100])
    assert np.isfinite(found)


def test_the_surer_view_decides() -> None:
    doubtful, sure = view((0, 0.45, 0.55, 0), (1, 0, 0, 0)), view((0, 0.95, 0.05, 0))
    assert doubtful.candidates[0].text == "ག"
    assert choose([doubtful, sure], CHARACTERS).text == "ཀ"
    assert choose([sure, doubtful], CHARACTERS).text == "ཀ"


def test_views_of_one_mind_keep_their_reading() -> None:
    one = view((0, 0.9, 0.1, 0), (0.2, 0, 0, 0.8))
    assert choose([one, one], CHARACTERS) == one.candidates[0]


def test_a_reading_that_one_view_alone_has_may_win() -> None:
    first = View(
        np.array([(0.1, 0.45, 0.45, 0.0)], dtype=np.float32), (Candidate("ག", (0.45,), 1.0),)
    )
    second = view((0.1, 0.9, 0.0, 0.0))
    assert choose([first, second], CHARACTERS).text == "ཀ"


def test_of_two_readings_as_likely_the_one_that_makes_words_is_taken() -> None:
    characters = "མེ་ཏརོག"
    classes = {character: i + 1 for i, character in enumerate(characters)}
    rows = []
    for character in "མེ་ཏོག":
        row = np.zeros(len(characters) + 1, dtype=np.float32)
        row[classes[character]] = 1.0
        if character == "ཏ":
            row[classes["ཏ"]], row[classes["ར"]] = 0.4, 0.6
        rows.append(row)
    probabilities = np.array(rows)
    one = View(probabilities, decode(probabilities, characters))
    assert one.candidates[0].text == "མེ་རོག"
    assert choose([one, one], characters).text == "མེ་ཏོག"
