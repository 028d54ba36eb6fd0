import numpy as np
import pytest

from ocrpipe.ocr.lines.scripts import HEIGHT, line_features, looks_tibetan, tibetan_probability
from tests.ocr.drawing import line_picture, tibetan_picture, trimmed

HAN = (
    "政府信息公开工作年度报告", "总计", "2019", "（一）予以公开", "一、总体情况", "Annual report",
    "0", "15", "1,024.50", "甲", "口日目田", "三、收到和处理政府信息公开申请情况", "——",
    "第二十条第（一）项", "— 1 —", "—108—", "- 12 -",
)  # fmt: skip
TIBETAN = ("བོད་རང་སྐྱོང་ལྗོངས", "སྲིད་གཞུང་ཆ་འཕྲིན་གསལ་སྟོན", "ཀན་ལྷོ་བོད་རིགས་རང་སྐྱོང་ཁུལ", "ལོ་འཁོར་སྙན་ཞུ།")


@pytest.mark.parametrize("size", [9, 12, 18, 26])
def test_no_chinese_or_latin_line_is_tibetan(size: float) -> None:
    assert [text for text in HAN if looks_tibetan(line_picture(text, size))] == []


@pytest.mark.parametrize("size", [12, 18, 26])
def test_tibetan_lines_are_tibetan(size: float) -> None:
    for text in TIBETAN:
        assert looks_tibetan(trimmed(tibetan_picture(text, size).pixels))


def test_grain_and_colour_do_not_matter() -> None:
    rng = np.random.default_rng(5)
    for text in TIBETAN:
        pixels = trimmed(tibetan_picture(text, 18).pixels)
        red = pixels.copy()
        red[:, :, 2] = 225
        noisy = np.clip(pixels * 0.7 + rng.normal(40, 10, pixels.shape), 0, 255).astype(np.uint8)
        assert looks_tibetan(red)
        assert looks_tibetan(noisy)


def test_a_picture_without_ink_is_not_tibetan() -> None:
    assert tibetan_probability(np.full((50, 200, 3), 255, np.uint8)) == 0
    assert line_features(np.zeros((3, 3), np.uint8)) is None


def test_features_do_not_depend_on_the_size_of_the_picture() -> None:
    small, large = (line_features(line_picture("政府信息公开", 20, dpi=dpi)) for dpi in (150, 300))
    # A histogram of edges moves by whole columns, so single bins may differ a little.
    assert small is not None
    assert large is not None
    assert np.abs(small - large).max() < 0.3
    assert len(small) == 64 + HEIGHT + 20
