"""The brackets of document numbers."""

import numpy as np
import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.year_brackets import (
    matched_year_brackets,
    with_measured_year_brackets,
    with_year_brackets,
)


def _read(text: str, confidence: float = 0.85) -> str:
    return with_year_brackets(Recognition(text, 0.95, (confidence,) * len(text))).text


@pytest.mark.parametrize("read", ["[2022]", "(2022〕", "〔2022)", "[2022〕", "【2022]"])
def test_unsure_brackets_of_a_year_are_those_of_document_numbers(read: str) -> None:
    assert _read(f"永市监罚{read}44号") == "永市监罚〔2022〕44号"


def test_sure_square_brackets_and_round_ones_stay() -> None:
    assert _read("永市监罚[2022]44号", 0.99) == "永市监罚[2022]44号"
    assert _read("永政办（2022）44号") == "永政办（2022）44号"


def test_what_is_no_year_behind_chinese_stays() -> None:
    assert _read("见[1234]页") == "见[1234]页"
    assert _read("a[2022]") == "a[2022]"


@pytest.mark.parametrize(
    ("room", "printed"), [(40, "杭政函〔2021〕88号"), (14, "杭政函[2021]88号")]
)
@pytest.mark.parametrize("ends", ["[]", "[〕"])
def test_sure_square_brackets_that_take_a_square_are_those_of_document_numbers(
    room: int, printed: str, ends: str
) -> None:
    """A line of bars, 40 pixels to a square: the ink of a full-width bracket is narrow, too."""
    text = f"杭政函{ends[0]}2021{ends[1]}88号"
    picture, left = np.full((48, 600, 3), 255, np.uint8), 4
    places: list[float] = []
    for character in text:
        wide, bracket = character in "杭政函号", character in "[]〕"
        advance, ink = (40, 36) if wide else (room, 8) if bracket else (20, 16)
        start = left + (advance - ink) // 2
        picture[6:42, start : start + ink] = 0
        places.append((start + ink / 2) / 48)
        left += advance
    line = Recognition(text, 1.0, (1.0,) * len(text), positions=tuple(places))
    found = with_measured_year_brackets(line, picture).text
    assert found == (printed if room == 40 else text)


def test_a_line_may_begin_with_the_year_of_a_number() -> None:
    assert _read("[2021]88号") == "〔2021〕88号"
    assert _read("[2021]第124号") == "〔2021〕第124号"
    assert _read("[2021]") == "[2021]"


@pytest.mark.parametrize("wrapped", ["杭政函(2021〕88号", "杭政函〔2021]88号", "杭政函[2021）88号"])
def test_brackets_of_different_kinds_around_a_year_are_one_pair(wrapped: str) -> None:
    """A line that ends between them is read in two, neither of which shows both."""
    assert matched_year_brackets(wrapped) == "杭政函〔2021〕88号"


@pytest.mark.parametrize("text", ["杭政函[2021]88号", "杭政办（2021）88号", "见(1234〕页"])
def test_brackets_of_one_kind_and_around_no_year_stay(text: str) -> None:
    assert matched_year_brackets(text) == text
