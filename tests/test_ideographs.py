"""Chinese characters, told by their code points."""

import pytest

from ocrpipe.ideographs import has_ideograph, is_ideograph


@pytest.mark.parametrize("character", ["一", "龥", "㐀", "豈", "𠮷"])
def test_chinese_characters(character: str) -> None:
    assert is_ideograph(character)


@pytest.mark.parametrize("character", ["0", "a", "、", "（", "１", "か", "ཀ", "①"])
def test_other_characters(character: str) -> None:
    assert not is_ideograph(character)


def test_one_in_a_text() -> None:
    assert has_ideograph("12件")
    assert not has_ideograph("12, 3（4）")
