from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr import read_lines
from ocrpipe.ocr.lines.crops import cut_out
from ocrpipe.ocr.lines.merging import merged_pieces
from ocrpipe.ocr.lines.read import language_of
from ocrpipe.ocr.port import OcrEngine, Recognition, TextQuad
from ocrpipe.page import PageImage, Pixels
from tests.ocr.drawing import page_picture, tibetan_picture

TIBETAN = "ཀྲུང་གོ་རྒྱལ་ཁོངས་སྤྱི་ལུགས་ལེན་ཁུངས་ཀྱི་ཡིག་ཆ།"
TEXTS = (
    (60, 80, "政府信息公开工作年度报告", 18),
    (60, 130, "一、总体情况", 14),
    (60, 160, "本机关共收到申请15件，其中予以公开12件。", 12),
)


def quad(x0: float, y0: float, x1: float, y1: float) -> TextQuad:
    return TextQuad(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], dtype=np.float64), 0.9)


def test_lines_come_from_the_top_with_text_box_and_language(engine: OcrEngine) -> None:
    page = page_picture(TEXTS, 400, 240)
    lines = read_lines(page, engine)
    assert [line.text for line in lines] == [text for _, _, text, _ in TEXTS]
    for line, (x, baseline, _, size) in zip(lines, TEXTS, strict=True):
        assert line.language == "zh-Hans"
        assert line.confidence > 0.9
        assert line.box.contains_point(x + size, baseline - size / 2)
        assert line.box.x0 == pytest.approx(x, abs=6)
        assert line.box.height < 2.2 * size


def test_lines_whose_centre_lies_in_a_table_are_left_out(engine: OcrEngine) -> None:
    page = page_picture(TEXTS, 400, 240)
    lines = read_lines(page, engine, [Box(40, 110, 380, 140)])
    assert [line.text for line in lines] == [TEXTS[0][2], TEXTS[2][2]]


def test_text_under_a_seal_is_read_from_the_page_without_red(engine: OcrEngine) -> None:
    page = page_picture(TEXTS, 400, 240)
    stamped = page.pixels.copy()
    x0, y0, x1, y1 = (round(value * page.scale) for value in (100, 140, 260, 170))
    # Red ink so dense that it hides the black under it from grey levels.
    part = stamped[y0:y1, x0:x1]
    part[:] = np.where(part.min(axis=2, keepdims=True) > 128, (60, 40, 190), (30, 20, 60))
    lines = read_lines(PageImage(stamped, page.scale), engine, clean=page)
    assert TEXTS[2][2] in [line.text for line in lines]


def test_pieces_of_one_line_merge_and_columns_do_not() -> None:
    pieces = [quad(10, 10, 100, 30), quad(108, 11, 200, 31), quad(300, 10, 400, 30)]
    merged = merged_pieces(pieces)
    assert [tuple(line.points[[0, 2]].ravel()) for line in merged] == [
        (10, 10, 200, 31),
        (300, 10, 400, 30),
    ]


def test_pieces_of_other_size_or_line_do_not_merge() -> None:
    assert len(merged_pieces([quad(10, 10, 100, 30), quad(105, 0, 200, 40)])) == 2
    assert len(merged_pieces([quad(10, 10, 100, 30), quad(105, 22, 200, 42)])) == 2
    assert len(merged_pieces([quad(10, 10, 30, 100), quad(35, 10, 55, 100)])) == 2


def test_a_sloping_quad_is_cut_out_level() -> None:
    page = np.full((200, 300, 3), 255, dtype=np.uint8)
    points = np.array([[50.0, 50], [250, 90], [246, 110], [46, 70]])
    for t in np.linspace(0, 1, 400):
        x, y = points[0] * (1 - t) + points[1] * t
        page[round(y), round(x)] = 0
    crop = cut_out(page, points)
    assert not crop.vertical
    assert crop.pixels.shape[:2] == (20, 204)
    assert crop.pixels[:3].min(axis=(0, 2)).mean() < 128
    assert crop.pixels[6:].min() > 128


def test_a_vertical_quad_is_laid_down_first_character_left() -> None:
    page = np.full((200, 60, 3), 255, dtype=np.uint8)
    page[10:30, 20:40] = 0
    crop = cut_out(page, quad(20, 10, 40, 190).points)
    assert crop.vertical
    assert crop.pixels.shape[:2] == (20, 180)
    assert crop.pixels[:, :20].max() == 0


@dataclass(frozen=True)
class _Detecting:
    """An engine that finds one given quad."""

    engine: OcrEngine
    found: TextQuad
    name: str = "one quad"

    def detect(self, pixels: Pixels) -> tuple[TextQuad, ...]:
        return (self.found,)

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        return self.engine.recognize(crops)

    def likelihoods(
        self, crops: Sequence[Pixels], texts: Sequence[Sequence[str]]
    ) -> tuple[tuple[float, ...], ...]:
        return self.engine.likelihoods(crops, texts)


@pytest.mark.parametrize("number", ["1", "7"])
def test_a_page_number_of_one_digit_is_no_vertical_line(engine: OcrEngine, number: str) -> None:
    page = page_picture([(200, 150, number, 12)], 300, 200, font="tiro")
    rows, columns = np.nonzero(page.pixels.min(axis=2) < 128)
    x0, x1, y0, y1 = columns.min() - 4, columns.max() + 5, rows.min() - 4, rows.max() + 5
    width = (y1 - y0) / 1.7
    middle = (x0 + x1) / 2
    narrow = quad(middle - width / 2, y0, middle + width / 2, y1)

    (line,) = read_lines(page, _Detecting(engine, narrow))

    assert (line.text, line.vertical) == (number, False)


@pytest.mark.parametrize(
    ("text", "language"),
    [("第12条", "zh-Hans"), ("2019", "zh-Hans"), ("Annual report", "en"), ("（A）", "zh-Hans")],
)
def test_language_of_a_reading(text: str, language: str) -> None:
    assert language_of(text) == language


def letterhead() -> PageImage:
    tibetan = tibetan_picture(TIBETAN)
    chinese = page_picture([(40, 50, "甘南藏族自治州人民政府", 18)], 400, 80)
    return PageImage(np.concatenate([tibetan.pixels, chinese.pixels]), tibetan.scale)


def test_a_tibetan_line_is_found_marked_and_unread(engine: OcrEngine) -> None:
    lines = read_lines(letterhead(), engine)
    assert [(line.language, line.text) for line in lines] == [
        ("bo", ""),
        ("zh-Hans", "甘南藏族自治州人民政府"),
    ]
    assert lines[0].confidence == 0
    assert lines[0].box.width > 150


def test_a_page_number_between_dashes_is_not_tibetan(engine: OcrEngine) -> None:
    for text in ("— 1 —", "—108—", "- 12 -"):
        page = page_picture([(150, 60, text, 14)], 400, 120)
        (line,) = read_lines(page, engine)
        assert line.language == "zh-Hans"
        assert text.strip("—- ") in line.text


def test_an_empty_page_has_no_lines(engine: OcrEngine) -> None:
    assert read_lines(PageImage(np.full((300, 200, 3), 255, np.uint8), 2.0), engine) == ()


class Fixed:
    """A recogniser that answers every line with the same reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0

    def recognize(self, crops: Sequence[Pixels]) -> tuple[Recognition, ...]:
        self.asked += len(crops)
        return tuple(Recognition(self.text, 0.97 if self.text else 0.4) for _ in crops)


@pytest.mark.parametrize(("text", "confidence"), [(TIBETAN, 0.97), ("", 0.0)])
def test_a_recogniser_of_tibetan_gets_the_tibetan_lines_alone(
    engine: OcrEngine, text: str, confidence: float
) -> None:
    """What it is not sure of stays unread, and no Chinese line goes to it."""
    recognizer = Fixed(text)
    lines = read_lines(letterhead(), engine, tibetan=lambda: recognizer)
    found = [line for line in lines if line.language == "bo"]
    assert [(line.text, line.confidence) for line in found] == [(text, confidence)]
    assert recognizer.asked == 1
    assert len(lines) > 1
