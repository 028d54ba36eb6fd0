import pytest

from ocrpipe.geometry import Box
from ocrpipe.layout.text import block_confidence, block_language, em_count, join_lines, join_two
from ocrpipe.page import TextLine

BOX = Box(0, 0, 1, 1)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("我局高度重", "视政务公开", "我局高度重视政务公开"),
        ("本单位2019", "年工作", "本单位2019年工作"),
        ("共计20", "19件", "共计2019件"),
        ("设立了AQI", "指数", "设立了AQI指数"),
        ("the annual", "report", "the annual report"),
        ("in 2010,", "and later", "in 2010, and later"),
        ("the dis-", "ability rate", "the disability rate"),
        ("Anglo-", "American", "Anglo-American"),
        ("按照GB", "T标准", "按照GB T标准"),
        ("“公开”", "（一）", "“公开”（一）"),
        ("", "年度", "年度"),
        ("年度", "", "年度"),
    ],
)
def test_joining_two_lines(first: str, second: str, joined: str) -> None:
    assert join_two(first, second) == joined


def test_nothing_but_outer_blanks_is_lost_when_joining() -> None:
    texts = ["　　一是〔2020〕", "21号“通知”； ", "ཀྲུང་གོ་"]
    assert join_lines(texts) == "一是〔2020〕21号“通知”；ཀྲུང་གོ་"


def test_widths_in_full_width_characters() -> None:
    assert em_count("总体2019") == 4.0
    assert em_count("（一）") == 3.0


def test_language_and_confidence_of_a_block() -> None:
    lines = [
        TextLine("一二三四五六七八九", BOX, 1.0, "zh-Hans"),
        TextLine("A", BOX, 0.0, "en"),
    ]
    assert block_language(lines) == "zh-Hans"
    assert block_confidence(lines) == pytest.approx(0.9)
    assert block_language([TextLine("", BOX, 0.0, "bo")]) == "bo"
    assert block_language([]) is None
    assert block_confidence([]) == 0.0
