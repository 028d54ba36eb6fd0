"""Marks alone in a cell, drawn as strokes of three pixels."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.check_marks import as_check_mark, is_check_mark, is_sure_check_mark
from ocrpipe.ocr.cells.read import read_cells
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import CellReading, PageImage
from tests.ocr.cells.readings.test_faded import Engine
from tests.ocr.drawing import line_picture

EM = 18.0
CHECK = ((4, 14), (9, 24), (20, 4))
LETTER_V = ((4, 4), (12, 24), (20, 4))
SLASH = ((4, 24), (20, 4))


def drawn(points: tuple[tuple[int, int], ...]) -> NDArray[np.uint8]:
    mask = np.zeros((30, 60), np.uint8)
    cv2.polylines(mask, [np.array(points, np.int32)], isClosed=False, color=1, thickness=3)
    return mask


@pytest.mark.parametrize("wrong", ["V", "", "J", "√"])
def test_a_short_arm_and_a_long_one_are_a_check_mark(wrong: str) -> None:
    ink = CellInk(drawn(CHECK) * 200, drawn(CHECK))
    read = CellReading(wrong, "printed" if wrong else "unread", 0.55)

    reading = as_check_mark(read, ink, EM)

    assert (reading.text, reading.state) == ("√", "printed")
    assert reading.confidence >= 0.9


@pytest.mark.parametrize("points", [LETTER_V, SLASH])
def test_other_strokes_are_none(points: tuple[tuple[int, int], ...]) -> None:
    read = CellReading("V", "printed", 0.95)

    assert as_check_mark(read, CellInk(drawn(points) * 200, drawn(points)), EM) == read


@pytest.mark.parametrize("text", [*"0123456789VvyYXJL/", *"人义小乙又入"])
@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_no_other_character_has_that_shape(text: str, dpi: float) -> None:
    mask = line_picture(text, dpi=dpi).min(axis=2) < 128

    assert not is_check_mark(mask, 14 * dpi / 72 * 0.7)


def test_digits_and_what_is_sure_stay() -> None:
    ink = CellInk(drawn(CHECK) * 200, drawn(CHECK))

    for text, confidence in (("7", 0.5), ("人", 0.99)):
        read = CellReading(text, "printed", confidence)
        assert as_check_mark(read, ink, EM) == read


STEEP = ((3, 13), (9, 26), (16, 1))


@pytest.mark.parametrize("confidence", [0.6, 0.93])
def test_a_steep_check_mark_with_a_low_hook_is_no_slash_with_dust_on_it(confidence: float) -> None:
    """Its stem has the shape of a slash, and the hook the size of a speck."""
    mask = drawn(STEEP)
    reading = as_check_mark(CellReading("√", "printed", confidence), CellInk(mask * 200, mask), EM)

    assert is_sure_check_mark(reading)


def test_a_row_in_which_the_arms_touch_moves_the_right_one_back_by_nothing() -> None:
    rows = [
        "...........##", "...........##", "..........###", "..........##.", ".........###.",
        ".........##..", "###......##..", "####....###..", ".####...##...", "..###..###...",
        "....######...", "...###.##....", "....######...", "....####.....", ".....###.....",
        "......#......",
    ]  # fmt: skip
    assert is_check_mark(np.array([[mark == "#" for mark in row] for row in rows]), EM)


def test_a_cell_with_a_steep_check_mark_is_read_as_one() -> None:
    picture = np.full((120, 120), 250, np.uint8)
    cv2.polylines(
        picture, [np.array([(50, 62), (55, 74), (61, 50)], np.int32)], isClosed=False, color=30,
        thickness=2,
    )  # fmt: skip
    page = PageImage(picture, 200 / 72)
    engine = Engine(Recognition("√", 0.95, (0.95,)))

    (reading,) = read_cells(page, [Box(10, 10, 33, 33)], engine)

    assert (reading.text, reading.state) == ("√", "printed")
