import numpy as np
import pytest

from ocrpipe.ocr.cells.readings.pictures import stacked_characters
from ocrpipe.ocr.cells.readings.rows import split_span, text_rows

SCALE = 2.5


def mask(height: int, *strokes: tuple[int, int], width: int = 30) -> np.ndarray:
    ink = np.zeros((height, width), dtype=np.uint8)
    for start, end in strokes:
        ink[start:end, 2 : width - 2] = 1
    return ink


def test_lines_apart_are_lines() -> None:
    assert text_rows(mask(90, (5, 27), (35, 58), (66, 88)), SCALE) == [(5, 27), (35, 58), (66, 88)]


def test_level_strokes_of_one_character_are_one_line() -> None:
    two, three = mask(60, (12, 14), (28, 31)), mask(60, (10, 12), (19, 21), (29, 32))
    assert text_rows(two, SCALE, em=24) == [(12, 31)]
    assert text_rows(three, SCALE, em=24) == [(10, 32)]


def test_a_digit_that_broke_in_two_is_one_line() -> None:
    assert text_rows(mask(40, (10, 13), (15, 28)), SCALE, em=18) == [(10, 28)]


def test_a_last_line_of_one_character_in_two_pieces_is_one_line() -> None:
    # 息 below a full line, on a page whose digits are lower than its characters.
    assert text_rows(mask(80, (5, 32), (40, 56), (58, 66)), SCALE, em=22) == [(5, 32), (40, 66)]


@pytest.mark.parametrize("halves", [((9, 20), (21, 34)), ((11, 22), (23, 37))])
def test_the_halves_of_one_character_are_one_line(halves: tuple[tuple[int, int], ...]) -> None:
    """是 on a page whose digits are 19 pixels high."""
    whole = [(halves[0][0], halves[1][1])]
    assert text_rows(mask(50, *halves, width=29), SCALE, em=19) == whole


def test_the_upper_stroke_of_a_character_is_no_line_of_its_own() -> None:
    """元 and 8元 on a page whose digits are 22 pixels high: they were read 一元 and 一8元."""
    assert text_rows(mask(60, (23, 25), (31, 46)), SCALE, em=22) == [(23, 46)]
    assert text_rows(mask(60, (23, 27), (28, 51)), SCALE, em=22) == [(23, 51)]
    # A dash above a line of figures.
    assert len(text_rows(mask(80, (12, 14), (32, 54)), SCALE, em=22)) == 2


def test_the_strokes_of_two_are_farther_apart_than_a_digit_is_high() -> None:
    assert text_rows(mask(50, (15, 18), (31, 34)), SCALE, em=19) == [(15, 34)]
    # Two dashes, in two lines.
    assert len(text_rows(mask(60, (12, 14), (40, 42)), SCALE, em=19)) == 2


def test_two_lines_of_two_low_characters_are_two() -> None:
    lines = [(4, 20), (25, 41)]
    assert text_rows(mask(50, *lines, width=29), SCALE, em=19) == lines


def test_lines_that_touch_are_cut_at_their_valleys() -> None:
    ink = np.zeros((80, 60), dtype=np.uint8)
    for start in (2, 28, 54):
        ink[start : start + 24, 4:56] = 1
    ink[26:28, 30:31] = ink[52:54, 10:11] = 1
    rows = text_rows(ink, SCALE, em=24)
    assert len(rows) == 3
    assert [abs(row[0] - start) <= 3 for row, start in zip(rows, (2, 28, 54), strict=True)] == [
        True
    ] * 3


@pytest.mark.parametrize("pitch", [21, 22, 23])
@pytest.mark.parametrize("count", [2, 3, 4, 6, 8])
def test_lines_of_a_paragraph_set_close_are_cut_at_their_valleys(count: int, pitch: int) -> None:
    # The strokes of Chinese characters, densest in the middle, with ink from line to line.
    line = np.array([8, 14, 20, 26, 30, 34, 30, 26, 32, 36, 30, 34, 28, 24, 30, 34, 28, 22, 14, 8])
    ink = np.zeros((pitch * count + 20, 60), dtype=np.uint8)
    for top in range(5, 5 + pitch * count, pitch):
        for row, width in enumerate(line):
            ink[top + row, 30 - width // 2 : 30 + width // 2] = 1
    ink[5 : 5 + pitch * (count - 1) + 20, 30] = 1
    rows = text_rows(ink, SCALE, em=20.5)
    tops = range(5, 5 + pitch * count, pitch)
    assert len(rows) == count
    assert all(abs(row[0] - top) <= 3 for row, top in zip(rows, tops, strict=True))


def test_nothing_gives_no_lines() -> None:
    assert text_rows(np.zeros((20, 20), dtype=np.uint8), SCALE) == []


def test_a_column_of_characters_keeps_the_strokes_of_three_together() -> None:
    column = mask(140, (5, 7), (14, 16), (24, 27), (60, 84), (95, 119))
    assert stacked_characters(column) == [(5, 27), (60, 84), (95, 119)]


def test_dust_lower_than_a_pixel_has_no_valleys() -> None:
    assert split_span(np.ones(18, np.int64), (0, 18), 0.9) == [(0, 18)]
