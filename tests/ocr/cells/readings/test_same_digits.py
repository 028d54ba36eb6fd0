"""Of pictures of one digit that are the same two are read."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.ocr.cells.readings.same_digits import read_alike_once
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels
from tests.ocr.drawing import line_picture

FACES = ("tiro", "helv", "cour", "tibo", "hebo", "china-s")


class Reader:
    """Gives the pictures, which it knows by their bytes, the readings that it was told."""

    def __init__(self, pictures: Sequence[Pixels], readings: Sequence[tuple[str, float]]) -> None:
        self._known = {
            picture.tobytes(): reading for picture, reading in zip(pictures, readings, strict=True)
        }
        self.read: list[str] = []

    def __call__(self, pictures: Sequence[Pixels]) -> list[Recognition]:
        found = [self._known[picture.tobytes()] for picture in pictures]
        self.read += [text for text, _ in found]
        return [Recognition(text, sure, (sure,)) for text, sure in found]


def noisy(text: str, seed: int, font: str = "tiro", dpi: float = 200) -> Pixels:
    picture = line_picture(text, 11, dpi=dpi, font=font).astype(np.int16)
    grain = np.random.default_rng(seed).normal(0, 4, picture.shape[:2])[:, :, None]
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def texts(pictures: Sequence[Pixels], reader: Reader) -> list[str]:
    return [reading.text for reading in read_alike_once(pictures, reader)]


def test_two_of_the_pictures_of_each_digit_are_read() -> None:
    page = "0010203000120"
    pictures = [noisy(digit, seed) for seed, digit in enumerate(page)]
    reader = Reader(pictures, [(digit, 0.99) for digit in page])
    assert "".join(texts(pictures, reader)) == page
    assert sorted(reader.read) == list("0011223")


def test_the_less_sure_of_the_two_readings_is_shared() -> None:
    pictures = [noisy("0", seed) for seed in range(4)]
    reader = Reader(pictures, [("0", 0.99), ("0", 0.98), ("0", 1.0), ("0", 1.0)])
    shared = read_alike_once(pictures, reader)
    assert [reading.confidence for reading in shared] == [0.99, 0.98, 0.98, 0.98]


@pytest.mark.parametrize(
    "second", [("0", 0.96), ("6", 0.99), ("O", 0.99)], ids=["not sure", "another", "no digit"]
)
def test_all_are_read_where_the_first_two_are_not_the_same_sure_digit(
    second: tuple[str, float],
) -> None:
    pictures = [noisy("0", seed) for seed in range(5)]
    readings = [("0", 0.99), second, ("0", 0.99), ("8", 0.5), ("0", 0.99)]
    reader = Reader(pictures, readings)
    assert texts(pictures, reader) == [text for text, _ in readings]
    assert len(reader.read) == 5


def test_words_and_signs_are_all_read() -> None:
    pictures = [noisy(text, seed) for seed, text in enumerate(["一", "一", "一", "10", "10", "10"])]
    reader = Reader(pictures, [(text, 0.99) for text in ["一", "一", "一", "10", "10", "10"]])
    texts(pictures, reader)
    assert len(reader.read) == 6


@pytest.mark.parametrize("font", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_no_two_digits_are_the_same(font: str, dpi: float) -> None:
    for one, other in combinations("0123456789", 2):
        page = one * 3 + other * 3
        pictures = [noisy(digit, seed, font, dpi) for seed, digit in enumerate(page)]
        reader = Reader(pictures, [(digit, 0.99) for digit in page])
        assert "".join(texts(pictures, reader)) == page, (one, other)


def test_pictures_too_low_to_tell_digits_apart_are_all_read() -> None:
    pictures = [noisy("8", seed, dpi=72) for seed in range(5)]
    reader = Reader(pictures, [("8", 0.99)] * 5)
    texts(pictures, reader)
    assert len(reader.read) == 5


def test_a_digit_that_has_lost_a_stroke_is_read_by_itself() -> None:
    """What is left of an 8 without its left side is a 3."""
    worn = noisy("8", 9)
    height, width = worn.shape[:2]
    worn[height // 6 : -height // 6, : width * 2 // 5] = 255
    pictures = [*(noisy("8", seed) for seed in range(4)), worn]
    reader = Reader(pictures, [*[("8", 0.99)] * 4, ("3", 0.9)])
    assert texts(pictures, reader) == ["8", "8", "8", "8", "3"]


@settings(deadline=None, max_examples=20)
@given(st.permutations(list("000088885")))
def test_the_order_of_the_pictures_changes_nothing(page: list[str]) -> None:
    pictures = [noisy(digit, seed) for seed, digit in enumerate(page)]
    reader = Reader(pictures, [(digit, 0.99) for digit in page])
    assert texts(pictures, reader) == page
    assert len(reader.read) == 5


def test_no_pictures_have_no_readings() -> None:
    assert read_alike_once([], Reader([], [])) == []
