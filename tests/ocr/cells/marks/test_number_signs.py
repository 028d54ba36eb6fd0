"""‰ and arrows by their shape, from lines drawn as print."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.marks.number_signs import with_number_signs
from ocrpipe.page import CellReading, Pixels
from tests.ocr.drawing import page_picture

SURE = 0.99


def line(text: str, dpi: float, arrow: str = "") -> Pixels:
    """A line of a typeface of 9 points, with an arrow of thin strokes before it."""
    page = page_picture([(20, 20, text, 9)], 100, 30, dpi=dpi)
    pixels, scale = page.pixels, page.scale
    if arrow:
        tip, foot = (13.5, 20.0) if arrow == "↑" else (20.0, 13.5)
        barb = tip + (2.2 if arrow == "↑" else -2.2)
        for end in ((16.0, foot), (14.0, barb), (18.0, barb)):
            ends = [[round(16 * scale * value) for value in at] for at in ((16.0, tip), end)]
            cv2.line(pixels, ends[0], ends[1], (30, 30, 30), 1, cv2.LINE_AA, 4)
    rows = np.flatnonzero(pixels.min(axis=(1, 2)) < 128)
    return pixels[rows[0] - 2 : rows[-1] + 3]


def read(text: str, picture: Pixels) -> CellReading:
    return with_number_signs(CellReading(text, "printed", SURE, text, SURE), picture)


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("number", ["8.3", "17", "100", "1,204.7"])
def test_the_sign_with_two_low_circles_is_per_mille_and_never_sure(dpi: int, number: str) -> None:
    found = read(f"{number}%", line(f"{number}‰", dpi))
    assert found.text == f"{number}‰"
    assert found.confidence < 0.9
    assert read(f"{number}%", line(f"{number}%", dpi)).text == f"{number}%"
    assert read(f"{number}%", line(f"{number}%", dpi)).confidence == SURE
    assert read(f"{number}%o", line(f"{number}‰", dpi)).text == f"{number}‰"


@pytest.mark.parametrize("sign", ["%", "‰"])
def test_no_digit_touches_the_sign_of_a_share(sign: str) -> None:
    assert read("72%6", line(f"72{sign}", 200)).text == f"72{sign}"
    # A figure of the next column whose wall was lost stands apart.
    assert read("72%6", line("72% 6", 200)).text == "72%6"


@pytest.mark.parametrize(
    ("text", "printed"), [("增减（%0）", "增减（‰）"), ("18°℃", "18℃"), ("占比（%）", "占比（%）")]
)
def test_units_of_one_sign_are_not_read_as_two(text: str, printed: str) -> None:
    found = read(text, line("18", 200))
    assert found.text == printed
    assert (found.confidence < 0.9) == ("‰" in printed)


def test_no_arrow_stands_before_a_point() -> None:
    assert read("1.43", line(".43", 200, "↑")).text == "1.43"


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("arrow", ["↑", "↓"])
def test_an_arrow_before_a_number_is_no_one(dpi: int, arrow: str) -> None:
    found = read("13.8%", line("3.8%", dpi, arrow))
    assert (found.text, found.numeric_text) == (f"{arrow}3.8%", None)
    assert found.confidence < 0.9


@pytest.mark.parametrize("dpi", [120, 150, 200, 300])
@pytest.mark.parametrize("number", ["13.8%", "17", "1,204.7", "11"])
def test_a_one_before_a_number_stays(dpi: int, number: str) -> None:
    found = read(number, line(number, dpi))
    assert (found.text, found.confidence) == (number, SURE)


def test_a_thick_one_with_a_blurred_flag_is_no_arrow() -> None:
    flag = [(5, 8), (5, 8), (4, 8), (1, 9), (0, 8), (0, 8), (0, 8)]
    picture = np.full((26, 60), 255, np.uint8)
    for row, (start, end) in enumerate([*flag, *[(4, 8)] * 14, (5, 8)]):
        picture[2 + row, 4 + start : 4 + end] = 30
    picture[2:24, 24:34] = picture[2:24, 40:50] = 30
    assert read("10.3", picture).text == "10.3"


@pytest.mark.parametrize("text", ["%0", "%o", "%O"])
def test_a_sign_alone_with_two_low_circles_is_per_mille(text: str) -> None:
    found = read(text, np.full((20, 20), 255, np.uint8))
    assert (found.text, found.numeric_text) == ("‰", None)
    assert found.confidence <= 0.8


def area(digits: int, *, raised: bool, height: int = 26) -> Pixels:
    """Digits and an m, and the 2 of ㎡ over its right half."""
    picture = np.full((height + 6, 20 * digits + 34), 255, np.uint8)
    for place in range(digits):
        cv2.rectangle(picture, (4 + 20 * place, 8), (14 + 20 * place, height + 2), 0, 2)
    left = 4 + 20 * digits
    cv2.rectangle(picture, (left, 15), (left + 20, 17), 0, -1)
    for leg in (0, 10, 20):
        cv2.rectangle(picture, (left + leg - 1, 15), (left + leg + 1, height + 2), 0, -1)
    if raised:
        cv2.rectangle(picture, (left + 17, 4), (left + 23, 11), 0, 2)
    return picture


@pytest.mark.parametrize("digits", [0, 1, 3])
def test_an_m_with_ink_above_its_right_half_is_square_metres(digits: int) -> None:
    text = "8" * digits + "m"
    found = read(text, area(digits, raised=True))
    assert (found.text, found.numeric_text) == ("8" * digits + "㎡", None)
    assert found.confidence <= 0.8
    assert read(text, area(digits, raised=False)).text == text
