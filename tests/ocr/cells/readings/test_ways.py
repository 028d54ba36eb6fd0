"""The best of several ways to read a cell, and rows that are marks and no print."""

import numpy as np
import pytest

from ocrpipe.ocr.cells.readings.ways import Way, best_ways, without_dust_rows
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels


def row(height: int) -> Pixels:
    picture = np.full((40, 40, 3), 255, np.uint8)
    picture[4 : 4 + height, 4 : 4 + height] = 0
    return picture


def kept(*rows: tuple[str, float, int]) -> list[str]:
    """The texts that are left of rows: text, confidence and height, where characters have 20."""
    way = Way(0, tuple(row(height) for _, _, height in rows))
    lines = tuple(Recognition(text, sure, (sure,) * len(text)) for text, sure, _ in rows)
    found, texts = without_dust_rows(way, lines, 20)
    assert len(found.pictures) == len(texts)
    return [line.text for line in texts]


def test_a_low_letter_under_a_figure_is_a_mark() -> None:
    """A piece of a seal at the border of the cell is read as e."""
    assert kept(("0", 0.97, 20), ("e", 0.85, 8)) == ["0"]


@pytest.mark.parametrize("text", ["」", "]", "|"])
def test_the_corner_of_a_worn_rule_under_a_figure_is_a_mark(text: str) -> None:
    assert kept(("0", 0.97, 20), (text, 0.63, 13)) == ["0"]


@pytest.mark.parametrize("text", ["一", "—"])
def test_a_stroke_under_a_figure_that_is_too_short_for_its_character_is_a_mark(text: str) -> None:
    """What is left of a seal at the border of the cell."""
    assert kept(("0", 0.99, 20), (text, 0.87, 8)) == ["0"]
    assert kept(("0", 0.99, 20), (text, 0.87, 18)) == ["0", text]
    assert kept(("0", 0.99, 20), ("-", 0.87, 8)) == ["0", "-"]


@pytest.mark.parametrize(
    ("above", "width", "stays"), [("星期", 25, True), ("星期", 32, False), ("51", 25, False)]
)
def test_a_level_stroke_under_words_that_is_as_wide_as_a_character_is_one(
    above: str, width: int, stays: bool
) -> None:
    level = np.full((12, 40, 3), 255, np.uint8)
    level[4:8, 4 : 4 + width] = 0
    lines = tuple(Recognition(text, 0.99, (0.99,) * len(text)) for text in (above, "一"))
    _, texts = without_dust_rows(Way(0, (row(20), level)), lines, 20)
    assert len(texts) == 1 + stays


def test_specks_beside_each_other_above_a_stroke_are_marks() -> None:
    assert kept(('"', 0.9, 6), ("1", 0.9, 20)) == ["1"]


def test_letters_as_high_as_digits_other_digits_and_letters_under_words_stay() -> None:
    assert kept(("0", 0.97, 20), ("A", 0.85, 18)) == ["0", "A"]
    assert kept(("0", 0.97, 20), ("1", 0.85, 12)) == ["0", "1"]
    assert kept(("合计", 0.97, 20), ("e", 0.85, 8)) == ["合计", "e"]
    assert kept(("合计", 0.97, 20), ("·", 0.85, 4)) == ["合计"]


def best(*ways: tuple[tuple[str, ...], float, bool]) -> list[str]:
    """The texts of the best of ways to read a cell: texts, confidence, and whether stacked."""
    read = [Way(0, (row(20),) * len(texts), stacked=stacked) for texts, _, stacked in ways]
    lines = [
        tuple(Recognition(text, sure, (sure,) * len(text)) for text in texts)
        for texts, sure, _ in ways
    ]
    return [line.text for line in best_ways(read, lines)[0][1]]


def test_a_way_that_leaves_characters_out_is_not_the_best() -> None:
    rows = (("（五", "）不", "予处", "理"), 0.94, False)
    assert best(rows, (("五不处理",), 0.952, True)) == ["（五", "）不", "予处", "理"]


def test_a_way_that_reads_more_but_badly_is_not_the_best() -> None:
    assert best((("口二", "川彡", "三"), 0.6, False), (("不予公开",), 0.95, True)) == ["不予公开"]


def test_a_row_of_dots_is_dust_and_a_row_of_other_marks_is_not() -> None:
    assert kept((".·", 0.9, 6), ("结果", 0.97, 20), ("维持", 0.97, 20)) == ["结果", "维持"]
    assert kept(("--", 0.9, 6), ("结果", 0.97, 20)) == ["--", "结果"]
