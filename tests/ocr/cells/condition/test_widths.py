"""Figures whose ink is too wide for the digits that were read of it."""

import numpy as np
import pytest

from ocrpipe.ocr.cells.condition.widths import doubted_by_width
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading

DIGIT, PITCH, HEIGHT = 11, 13, 20


def cell(text: str, digits: int, *, speck: bool = False) -> tuple[CellInk, CellReading]:
    """A cell that shows so many digits, and what was read of it."""
    parts = [
        Part(n, 10 + PITCH * n, 10, 10 + PITCH * n + DIGIT, 10 + HEIGHT, 120) for n in range(digits)
    ]
    if speck:
        parts.append(Part(90, 70, 2, 76, 8, 30))
    ink = CellInk(np.zeros((40, 90), np.uint8), np.zeros((40, 90), np.uint8), tuple(parts))
    return ink, CellReading(text, "printed", 0.99, text, 0.98)


def confidences(*cells: tuple[CellInk, CellReading]) -> list[float]:
    found = doubted_by_width([ink for ink, _ in cells], [reading for _, reading in cells])
    return [reading.confidence for reading in found[-1:]]


ONES = [cell("0", 1), cell("3", 1), cell("5", 1), cell("0", 1), cell("8", 1)]
SEVERAL = [cell("20", 2), cell("307", 3), cell("44", 2), cell("68", 2), cell("9035", 4)]


@pytest.mark.parametrize(
    "lost", [cell("3", 2), cell("2", 3), cell("22", 3), cell("1", 2), cell("475", 4)]
)
def test_a_figure_with_room_for_another_digit_is_not_sure(
    lost: tuple[CellInk, CellReading],
) -> None:
    assert confidences(*ONES, *SEVERAL, lost) == [0.8]


@pytest.mark.parametrize(
    "right",
    [cell("3", 1), cell("30", 2), cell("111", 3), cell("5207", 4), cell("3", 1, speck=True)],
)
def test_others_stay_sure(right: tuple[CellInk, CellReading]) -> None:
    assert confidences(*ONES, *SEVERAL, right) == [0.99]


def test_few_figures_tell_nothing() -> None:
    assert confidences(*ONES[:2], cell("3", 2)) == [0.99]
    assert confidences(*ONES, *SEVERAL[:2], cell("30", 3)) == [0.99]
    assert confidences(*ONES, cell("3", 2)) == [0.8]


def test_words_and_blanks_are_not_measured() -> None:
    assert confidences(*ONES, *SEVERAL, cell("合计", 3)) == [0.99]
    assert confidences(*ONES, *SEVERAL, cell("", 0)) == [0.99]
