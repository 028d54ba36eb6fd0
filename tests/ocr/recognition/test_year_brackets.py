"""The brackets of document numbers."""

import pytest

from ocrpipe.ocr.port import Recognition
from ocrpipe.ocr.recognition.year_brackets import with_year_brackets


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
