"""Full-width and half-width punctuation by the room it takes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.port import OcrEngine, Recognition
from ocrpipe.ocr.recognition.punctuation import (
    measured_widths,
    narrow_by_custom,
    with_measured_comma,
    with_measured_comparison,
    with_measured_sign,
    with_widths,
    without_dust,
    without_leading_dust,
)
from ocrpipe.page import Pixels
from tests.ocr.drawing import grid_picture

HEIGHT = 48
SQUARE = 40


def line(text: str, advances: list[float]) -> tuple[Pixels, Recognition]:
    """A line of bars: a character fills nine tenths of its square, a mark three of them."""
    places, left = [], 4.0
    picture = np.full((HEIGHT, 600, 3), 255, dtype=np.uint8)
    for character, advance in zip(text, advances, strict=True):
        wide = 0.9 if "\u4e00" <= character <= "\u9fff" else 0.25
        behind = 0.05 if character in ")）" else advance - 0.05 - wide
        start = left + behind * SQUARE
        picture[5:43, round(start) : round(start + wide * SQUARE)] = 0
        places.append((start + wide * SQUARE / 2) / HEIGHT)
        left += advance * SQUARE
    sure = (1.0,) * len(text)
    return picture, Recognition(text, 1.0, sure, positions=tuple(places))


@pytest.mark.parametrize("text", ["公开（一）项目", "公开(一)项目", "公开（一)项目"])
@pytest.mark.parametrize(("advance", "wide"), [(1.0, True), (0.5, False), (0.33, False)])
def test_the_room_of_a_bracket_tells_its_form(text: str, advance: float, wide: bool) -> None:
    picture, reading = line(text, [1, 1, advance, 1, advance, 1, 1])
    widths = measured_widths(picture, reading)
    assert (widths[2], widths[4]) == (wide, wide)
    settled = with_widths(reading, widths, narrow=not wide)
    assert settled.text == ("公开（一）项目" if wide else "公开(一)项目")


def test_a_speck_beside_a_bracket_takes_no_room_of_it() -> None:
    picture, reading = line("公开（一）项目", [1, 1, 1, 1, 1, 1, 1])
    places = [round(place * HEIGHT) for place in reading.positions]
    # In the white behind the bracket, and too small for a mark of the line.
    picture[20:24, places[4] + 12 : places[4] + 14] = 0
    assert measured_widths(picture, reading)[4] is True


@pytest.mark.parametrize(("advance", "wide"), [(1.0, True), (0.5, False)])
def test_ink_below_a_line_takes_no_room_of_its_marks(advance: float, wide: bool) -> None:
    picture, reading = line("勾稽关系：第一项", [1, 1, 1, 1, advance, 1, 1, 1])
    taller = np.full((2 * HEIGHT, *picture.shape[1:]), 255, np.uint8)
    taller[:HEIGHT] = picture
    taller[85:90, 60:70] = 0
    lower = replace(reading, positions=tuple(at / 2 for at in reading.positions))
    assert measured_widths(taller, lower)[4] is wide


def test_a_bracket_at_the_end_follows_its_partner() -> None:
    picture, reading = line("公开(一)", [1, 1, 1, 1, 1])
    widths = measured_widths(picture, reading)
    assert widths[4] is None
    assert with_widths(reading, widths, narrow=True).text == "公开（一）"


def test_marks_that_say_nothing_are_as_chinese_is_set_or_as_the_others() -> None:
    reading = Recognition("(三)", 1.0, (1.0,) * 3)
    unknown = measured_widths(np.full((10, 10, 3), 255, np.uint8), reading)
    assert with_widths(reading, unknown, narrow=False).text == "（三）"
    assert with_widths(reading, unknown, narrow=True).text == "(三)"
    letters = Recognition("f(x)", 1.0, (1.0,) * 4)
    assert with_widths(letters, (None,) * 4, narrow=False).text == "f(x)"


@pytest.mark.parametrize(
    ("text", "printed"),
    [("(%)", "（%）"), ("(1)%", "(1)%"), ("1,234", "1,234"), ("((%))", "（(%)）")],
)
def test_brackets_around_a_line_of_a_chinese_label_are_as_chinese_is_set(
    text: str, printed: str
) -> None:
    reading = Recognition(text, 1.0, (1.0,) * len(text))
    unknown = (None,) * len(text)
    assert with_widths(reading, unknown, narrow=False, of_label=True).text == printed
    assert with_widths(reading, unknown, narrow=True, of_label=True).text == text
    assert with_widths(reading, unknown, narrow=False).text == text


def test_custom_needs_more_than_a_few_marks() -> None:
    assert not narrow_by_custom([(False, False)])
    assert narrow_by_custom([(False, False, None), (False,)])
    assert not narrow_by_custom([(False,) * 4, (True,) * 2])


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_labels_keep_the_brackets_of_the_paper(engine: OcrEngine, dpi: int) -> None:
    texts = ["（一）予以公开", "（三）", "（四）无法\n提供", "（七）总计", "法人（或其他\n组织）"]
    page, boxes = grid_picture([texts], cell=(90, 50), dpi=dpi)
    readings = read_cells(page, boxes, engine)
    assert [reading.text for reading in readings] == [text.replace("\n", "") for text in texts]


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("。（二）", "（二）"),
        ("结果维持.", "结果维持"),
        ("（七）总计·", "（七）总计"),
        ("尚未审．结", "尚未审结"),
        ("部分公开.（区分处理的）", "部分公开（区分处理的）"),
        ("1.其他", "1.其他"),
        ("3．危及", "3．危及"),
        ("其他处理。", "其他处理。"),
        ("本年增/减：", "本年增/减："),
        ("11876.81", "11876.81"),
        ("No.", "No."),
    ],
)
def test_dots_of_dust_go_from_chinese_text_alone(seen: str, printed: str) -> None:
    assert without_dust(seen) == printed


@pytest.mark.parametrize("dpi", [150, 200])
def test_colons_of_short_labels_stay(engine: OcrEngine, dpi: int) -> None:
    texts = ["（单位：万元）", "制作数量：件", "其他："]
    page, boxes = grid_picture([texts], cell=(90, 30), dpi=dpi)
    assert [reading.text for reading in read_cells(page, boxes, engine)] == texts


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("texts", [["+16", "+204", "+7"], ["＋16", "＋204", "＋7"]])
def test_a_plus_before_a_number_keeps_its_form(
    engine: OcrEngine, texts: list[str], dpi: int
) -> None:
    page, boxes = grid_picture([texts], cell=(90, 50), dpi=dpi)
    assert [reading.text for reading in read_cells(page, boxes, engine)] == texts


def signed(plus: int, digits: Sequence[int], arms: int = 0, comma: int | None = None) -> Pixels:
    """A plus of 20 pixels with its middle at x = `plus`, its arms as bright as `arms`, before
    digits 20 high and 10 wide with their middles at `digits`, and a comma."""
    picture = np.full((40, 120, 3), 255, np.uint8)
    picture[19:21, plus - 10 : plus + 10] = arms
    picture[10:30, plus - 1 : plus + 1] = 0
    for middle in digits:
        picture[10:30, middle - 5 : middle + 5] = 0
    if comma is not None:
        picture[27:35, comma - 1 : comma + 1] = 0
    return picture


@pytest.mark.parametrize(
    ("text", "picture", "wide"),
    [
        ("+25", signed(12, [32, 46]), True),
        ("+25", signed(12, [28, 42]), False),
        # The pale arms of a light plus belong to it.
        ("+25", signed(12, [32, 46], arms=170), True),
        # A 1 stands far from the next digit; those behind the comma show how they are set.
        ("+10,842", signed(12, [32, 49, 77, 89, 101], comma=62), True),
        # Digits that touch show nothing of their distance.
        ("+509", signed(12, [32, 42, 56]), True),
        # White on the left of a 1.
        ("+1", signed(12, [29]), False),
        # Digits as wide as the plus.
        ("+25", signed(12, [32, 51]), False),
    ],
)
def test_the_width_of_a_plus_is_measured_against_the_digits(
    text: str, picture: Pixels, wide: bool
) -> None:
    assert with_measured_sign(text, picture) == ("＋" if wide else "+") + text[1:]


@pytest.mark.parametrize(
    ("length", "digits", "printed"),
    [(20, [32, 46], "－25"), (10, [24, 38], "-25"), (8, [34, 54], "-25")],
)
@pytest.mark.parametrize("seen", ["-25", "－25"])
def test_a_minus_is_as_wide_as_on_paper(
    seen: str, length: int, digits: list[int], printed: str
) -> None:
    picture = np.full((40, 120, 3), 255, np.uint8)
    picture[19:21, 12 - length // 2 : 12 + length // 2] = 0
    for middle in digits:
        picture[10:30, middle - 5 : middle + 5] = 0
    assert with_measured_sign(seen, picture) == printed


@pytest.mark.parametrize("dpi", [150, 300])
def test_minuses_before_numbers_keep_their_form(engine: OcrEngine, dpi: int) -> None:
    texts = ["-16", "-204", "-7", "－16", "－204", "－75"]
    page, boxes = grid_picture([texts], cell=(90, 50), dpi=dpi)
    assert [reading.text for reading in read_cells(page, boxes, engine)] == texts


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("。予处理", "予处理"),
        ("·已获取", "已获取"),
        ("、本", "、本"),
        (".5", ".5"),
        ("。", "。"),
        ("", ""),
    ],
)
def test_no_line_of_a_label_begins_with_a_stop_or_a_dot(text: str, bare: str) -> None:
    assert without_leading_dust(text) == bare


@pytest.mark.parametrize(
    ("text", "top", "bottom", "right"),
    [
        ("1.546", 16, 21, "1,546"),
        ("1.546", 16, 20, "1.546"),
        ("1.546", 18, 21, "1.546"),
        ("12.5", 16, 22, "12.5"),
    ],
)
def test_a_mark_that_hangs_below_the_digits_is_a_comma(
    text: str, top: int, bottom: int, right: str
) -> None:
    picture = np.full((26, 70), 255, np.uint8)
    for left in (4, 24, 38, 52):
        picture[3:20, left : left + 10] = 0
    picture[top:bottom, 17:20] = 0
    assert with_measured_comma(text, picture) == right


def test_a_point_as_low_as_the_lowest_digits_is_no_comma() -> None:
    """Round digits stand a pixel lower than flat ones."""
    picture = np.full((26, 70), 255, np.uint8)
    for left, bottom in ((4, 20), (24, 21), (38, 21), (52, 20)):
        picture[2:bottom, left : left + 10] = 0
    picture[17:21, 17:20] = 0
    assert with_measured_comma("1.501", picture) == "1.501"


def test_a_point_as_wide_as_high_that_hangs_a_pixel_is_no_comma() -> None:
    picture = np.full((30, 70), 255, np.uint8)
    for left in (4, 24, 38, 52):
        picture[3:26, left : left + 10] = 0
    picture[22:27, 17:22] = 0
    assert with_measured_comma("1.546", picture) == "1.546"


def with_sign(width: int, height: int) -> Pixels:
    """A sign of that size before digits 20 high."""
    picture = np.full((40, 160, 3), 255, np.uint8)
    x = 4
    for index in range(3):
        wide, high = (10, 20) if index else (width, height)
        picture[20 - high // 2 : 20 + high // 2, x : x + wide] = 0
        x += wide + 4
    return picture


@pytest.mark.parametrize(("width", "printed"), [(14, ">"), (20, "＞")])
@pytest.mark.parametrize("seen", [">95", "＞95"])
def test_a_sign_of_inequality_is_as_wide_as_on_paper(seen: str, width: int, printed: str) -> None:
    assert with_measured_comparison(seen, with_sign(width, 8)) == f"{printed}95"
    # What is as high as a digit touches one.
    assert with_measured_comparison(seen, with_sign(width, 20)) == seen
