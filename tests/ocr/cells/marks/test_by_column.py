"""Signs that the other cells of their column tell."""

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.by_column import signs_by_column
from ocrpipe.page import Alternative, CellReading


def ink_of(width: int = 10, height: int = 20) -> CellInk:
    mask = np.zeros((40, 60), np.uint8)
    mask[10 : 10 + height, 20 : 20 + width] = 1
    part = Part(1, 20, 10, 20 + width, 10 + height, width * height)
    return CellInk(mask * np.uint8(200), mask, (part,))


def read(texts: list[str], ink: CellInk | None = None) -> list[CellReading]:
    """The readings of one column with these texts, all sure."""
    boxes = [Box(20, 20 * row, 80, 20 * row + 20) for row in range(len(texts))]
    readings = [CellReading(text, "printed", 0.99, text, 0.99) for text in texts]
    return signs_by_column([ink or ink_of()] * len(texts), boxes, readings)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["类别", "1", "Ⅱ", "111", "V"], ["类别", "Ⅰ", "Ⅱ", "Ⅲ", "V"]),
        (["I", "III", "|", "11"], ["Ⅰ", "III", "Ⅰ", "Ⅱ"]),
        (["√", "X", "", "√"], ["√", "×", "", "√"]),
        (["ⅢⅢ类", "Ⅱ类"], ["Ⅲ类", "Ⅱ类"]),
    ],
)
def test_signs_are_told_by_their_column(texts: list[str], found: list[str]) -> None:
    readings = read(texts)
    assert [reading.text for reading in readings] == found
    digits = [r for r, text in zip(readings, texts, strict=True) if text[:1] in "1X|" and text]
    assert all(reading.confidence <= 0.8 for reading in digits)
    assert all(reading.numeric_text is None for reading in digits)


@pytest.mark.parametrize(
    "texts",
    [["1", "11", "7"], ["1", "Ⅱ", "3"], ["A", "X", "B"], ["X", "V", "1"], ["18", "↑", "12"]],
)
def test_figures_and_letters_stay(texts: list[str]) -> None:
    assert read(texts) == [CellReading(text, "printed", 0.99, text, 0.99) for text in texts]


def test_a_count_that_begins_with_a_one_is_doubtful_among_arrows() -> None:
    found = read(["↑3", "18", "↓5", "1.3%", "7"])
    assert [reading.confidence for reading in found] == [0.99, 0.8, 0.99, 0.99, 0.99]
    assert found[1].text == "18"


@pytest.mark.parametrize(
    ("others", "text"),
    [(["3.5", "-2.0", "18.25"], "171.90"), (["3.5", "2.0"], "↑71.90"), (["↓3.5"] * 4, "↑71.90")],
)
def test_an_arrow_that_few_other_numbers_of_its_column_have_is_a_one(
    others: list[str], text: str
) -> None:
    boxes = [Box(20, 20 * row, 80, 20 * row + 20) for row in range(len(others) + 1)]
    arrow = CellReading("↑71.90", "printed", 0.8, alternatives=(Alternative("171.90", 0.99),))
    readings = [arrow, *(CellReading(other, "printed", 0.99, other, 0.99) for other in others)]
    found = signs_by_column([ink_of()] * len(boxes), boxes, readings)
    assert (found[0].text, found[0].confidence) == (text, 0.8)


def test_a_v_among_arrows_is_doubtful() -> None:
    assert [reading.confidence for reading in read(["↑", "V", "V"])] == [0.99, 0.8, 0.8]


def test_a_level_stroke_that_stands_upright_is_none() -> None:
    (found,) = read(["—"], ink_of(4, 28))
    assert (found.text, found.numeric_text, found.confidence) == ("|", None, 0.8)
    (found,) = read(["—"], ink_of(28, 4))
    assert found.text == "—"
