"""Figures with as many digits as stand apart."""

import numpy as np
import pytest

from ocrpipe.ocr.cells.readings.counted import agreed_figure
from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.page import Pixels


def read(text: str, confidence: float) -> Recognition:
    number = NumericReading(text if text.isdigit() else "", confidence)
    return Recognition(text, confidence, (confidence,) * len(text), number)


def strokes(*columns: tuple[int, int], low: tuple[int, int] | None = None) -> Pixels:
    mask = np.zeros((30, 80), np.uint8)
    for start, end in columns:
        mask[5:25, start:end] = 1
    if low is not None:
        mask[20:25, low[0] : low[1]] = 1
    return mask


THREE = strokes((10, 13), (20, 23), (30, 33))
WORN = (read("11", 0.7), [read("11", 0.66), read("111", 0.94)])


def test_a_figure_has_a_digit_for_each_stroke_that_stands_apart() -> None:
    found = agreed_figure(*WORN, THREE)
    assert (found.text, found.confidence) == ("111", 0.6)
    assert found.numeric is not None
    assert found.numeric.text == "111"


def test_what_most_readings_say_stands_where_the_ink_does_not_tell() -> None:
    for mask in (
        strokes((10, 13), (20, 23)),
        strokes((10, 40)),
        strokes((10, 13), (20, 23), (30, 33), low=(26, 28)),
        strokes((10, 13), (20, 23), (30, 33), (40, 43)),
        np.zeros((30, 80), np.uint8),
    ):
        assert agreed_figure(*WORN, mask).text == "11"


def test_readings_of_one_length_and_words_are_not_counted() -> None:
    assert agreed_figure(read("11", 0.9), [read("11", 0.9), read("41", 0.9)], THREE).text == "11"
    assert agreed_figure(read("件", 0.9), [read("件", 0.9), read("111", 0.9)], THREE).text == "件"


def test_ink_that_is_no_figure_has_the_number_of_as_many_digits() -> None:
    worn = [
        Recognition("1j", 0.4, (0.4, 0.4), NumericReading(number, sure))
        for number, sure in (("1", 0.2), ("11", 0.3), ("1", 0.1))
    ]
    two = strokes((10, 13), (20, 23))
    assert agreed_figure(worn[0], worn[1:], two).numeric == NumericReading("11", 0.18)
    joined = agreed_figure(worn[0], worn[1:], strokes((10, 33)))
    assert joined.numeric is not None
    assert joined.numeric.text == "1"


@pytest.mark.parametrize(("plus", "text"), [((4, 9), "60"), ((2, 14), "+60")])
def test_dust_before_a_figure_is_no_plus(plus: tuple[int, int], text: str) -> None:
    mask = strokes((20, 30), (34, 44), low=plus)
    found = agreed_figure(read("+60", 0.98), [read("+60", 0.99), read("60", 1.0)], mask)
    assert found.text == text
    assert agreed_figure(read("+60", 0.98), [read("+60", 0.99)], mask).text == "+60"
