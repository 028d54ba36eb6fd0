"""Which readings of the quick network stand without a second one."""

from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.quick import doubtful_characters, is_long

TEXT = "申请人情况、第3项"


def reading(text: str = TEXT, **confidences: float) -> Recognition:
    """A reading of evenly spaced characters, sure but for those named."""
    values = tuple(confidences.get(character, 1.0) for character in text)
    return Recognition(text, 0.9, values, positions=tuple(map(float, range(len(text)))))


def test_sure_readings_of_words_stand() -> None:
    assert doubtful_characters(reading()) == ()
    assert doubtful_characters(reading(**{"况": 0.85, "、": 0.85})) == ()


@pytest.mark.parametrize("character", ["况", "、", "3"])
def test_one_doubtful_character_is_enough_to_read_again(character: str) -> None:
    assert doubtful_characters(reading(**{character: 0.7})) == (TEXT.index(character),)


def test_digits_and_brackets_must_be_surer_than_words() -> None:
    assert doubtful_characters(reading(**{"3": 0.9})) == (7,)
    assert doubtful_characters(reading("（单位：万元）", **{"（": 0.9, "）": 0.9})) == (0, 6)


@pytest.mark.parametrize("text", ["", "3151", "其他", "Annual"])
def test_figures_and_short_words_are_read_again_as_a_whole(text: str) -> None:
    assert doubtful_characters(reading(text)) is None


def test_a_character_that_looks_like_an_unknown_one_must_be_surer() -> None:
    """嫘 is read as 螺 by the quick network, at 0.9 and more."""
    assert doubtful_characters(reading("宜昌市夷陵区螺祖镇", 螺=0.9)) == (6,)


def test_a_character_left_out_leaves_a_gap() -> None:
    whole = reading("申请人情况汇总表")
    gap = tuple(place + (place > 3) for place in whole.positions)
    assert doubtful_characters(replace(whole, positions=gap)) is None


def test_lines_count_as_long_by_their_shape() -> None:
    assert is_long(np.zeros((20, 60, 3), np.uint8))
    assert not is_long(np.zeros((20, 40), np.uint8))
