"""Zeros whose top and bottom a fax has lost."""

import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.open_zeros import open_zeros
from ocrpipe.page import Alternative, CellReading


def ink(width: int) -> CellInk:
    """Two upright strokes, `width` from side to side and 20 high."""
    mask = np.zeros((40, 60), np.uint8)
    mask[10:30, [10, 9 + width]] = 1
    return CellInk(mask * 255, mask)


def reading(text: str, *others: str) -> CellReading:
    alternatives = tuple(Alternative(other, 0.3) for other in others)
    return CellReading(text, "printed", 0.85, "1", 0.1, alternatives)


@pytest.mark.parametrize("text", ["()", "（）", "(1", "1)", "0)"])
def test_two_sides_of_a_zero_are_a_doubtful_zero(text: str) -> None:
    (found,) = open_zeros([ink(15)], [reading(text, "1", "0")])
    assert (found.text, found.numeric_text) == ("0", "0")
    assert max(found.confidence, found.numeric_confidence) <= 0.5
    assert [one.text for one in found.alternatives] == ["1"]


def test_what_no_recogniser_saw_is_not_read() -> None:
    assert open_zeros([ink(15)], [reading("()", "1")]) == [reading("()", "1")]


def test_marks_as_far_apart_as_two_characters_stay() -> None:
    assert open_zeros([ink(24)], [reading("(1", "0")]) == [reading("(1", "0")]


def test_a_table_with_numbers_with_a_bracket_keeps_its_first() -> None:
    cells = [reading("1)", "0"), reading("2)")]
    assert open_zeros([ink(15), ink(15)], cells) == cells
