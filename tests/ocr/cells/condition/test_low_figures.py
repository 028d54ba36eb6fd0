"""Dust in a blank cell that was read as a digit."""

import numpy as np

from ocrpipe.ocr.cells.condition.low_figures import blank_where_low
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading


def cell(text: str, height: int, confidence: float = 0.99) -> tuple[CellInk, CellReading]:
    part = Part(0, 10, 10, 20, 10 + height, 120)
    ink = CellInk(np.zeros((40, 90), np.uint8), np.zeros((40, 90), np.uint8), (part,))
    return ink, CellReading(text, "printed", confidence, text, confidence)


def last(*cells: tuple[CellInk, CellReading]) -> CellReading:
    return blank_where_low([ink for ink, _ in cells], [reading for _, reading in cells])[-1]


FIGURES = [cell(str(n), 20) for n in range(8)]


def test_a_doubtful_digit_of_half_the_height_is_dust_in_a_blank_cell() -> None:
    found = last(*FIGURES, cell("4", 10, 0.47))
    assert (found.text, found.state, found.numeric_text) == ("", "blank", None)
    assert found.confidence <= 0.5


def test_a_figure_that_is_sure_or_as_high_as_others_stays() -> None:
    for figure in (cell("4", 10), cell("4", 14, 0.47), cell("/", 10, 0.47)):
        assert last(*FIGURES, figure) == figure[1]


def test_nothing_is_dust_where_figures_are_few_or_of_two_sizes() -> None:
    doubtful = cell("4", 10, 0.47)
    assert last(*FIGURES[:7], doubtful) == doubtful[1]
    assert last(*FIGURES, cell("5", 11), doubtful) == doubtful[1]
