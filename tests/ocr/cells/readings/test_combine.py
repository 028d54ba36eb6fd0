"""Readings of cells with more than one line."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.readings.combine import cell_reading
from ocrpipe.ocr.port import NumericReading, Recognition


def cell(lines: tuple[str, ...], width: int) -> CellInk:
    """The ink of a cell of `width` pixels with lines whose characters are 20 pixels wide."""
    darkness = np.zeros((60 * len(lines), width), np.uint8)
    for number, line in enumerate(lines):
        left = (width - 20 * len(line)) // 2
        for place in range(len(line)):
            corner = (left + 20 * place, 60 * number + 10)
            cv2.rectangle(darkness, corner, (corner[0] + 16, corner[1] + 36), 200, 3)
    return CellInk(darkness, (darkness > 0).astype(np.uint8))


def read(lines: tuple[str, ...], width: int) -> tuple[str, float]:
    sure = tuple(Recognition(line, 0.99, (0.99,) * len(line)) for line in lines)
    reading = cell_reading(cell(lines, width), sure, (), scale=4.0, em=40.0)
    return reading.text, reading.confidence


@pytest.mark.parametrize("lines", [("61,278.3", "8"), ("1234567", "89"), ("203.4", "15%")])
def test_a_number_too_wide_for_its_cell_goes_on_in_the_next_line(lines: tuple[str, ...]) -> None:
    text, confidence = read(lines, 20 * len(lines[0]) + 30)
    assert text == "".join(lines)
    assert confidence <= 0.6


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        (("61,278.3", "8"), 260),  # There was room for the last digit.
        (("10", "2"), 60),  # The rule between two low rows was missed.
        (("8", "61,278.3"), 190),
        (("61.278.3", "8"), 190),  # Together they are no number.
    ],
)
def test_two_figures_in_a_cell_are_not_one(lines: tuple[str, ...], width: int) -> None:
    text, confidence = read(lines, width)
    assert text == " ".join(lines)
    assert confidence < 1


@pytest.mark.parametrize("lines", [("1,234,567.89",), ("总投资", "1234万元")])
def test_a_doubtful_digit_makes_a_long_number_doubtful(lines: tuple[str, ...]) -> None:
    doubtful = [
        Recognition(line, 0.98, tuple(0.7 if one == "3" else 1.0 for one in line)) for line in lines
    ]
    reading = cell_reading(cell(lines, 400), tuple(doubtful), (), scale=4.0, em=40.0)
    assert reading.confidence <= 0.7


@pytest.mark.parametrize(
    ("others", "sure"),
    [
        pytest.param([("4.10", 0.99), ("4:10", 0.99)], False, id="a time"),
        pytest.param([("4.1O", 0.95), ("4.10", 0.99)], True, id="a letter for a 0"),
        pytest.param([(".4.10", 0.99), ("4.10", 0.99)], True, id="dust before it"),
        pytest.param([("4.10", 0.99), ("4个0", 0.5)], True, id="unsure itself"),
    ],
)
def test_a_number_that_another_crop_surely_contradicts_is_doubtful(
    others: list[tuple[str, float]], sure: bool
) -> None:
    """Though the numeric readings of 4:10 and 4.10 are the same."""

    def reading(text: str, confidence: float) -> Recognition:
        number = NumericReading("4.10", 0.99 if text == "4.10" else 0.0)
        return Recognition(text, confidence, (confidence,) * len(text), number)

    first, *seconds = [reading("4.10", 0.99), *(reading(*other) for other in others)]
    ink = replace(cell(("4110",), 200), parts=(Part(1, 60, 10, 136, 46, 900),))
    found = cell_reading(ink, (first,), seconds, scale=4.0, em=40.0)
    assert found.text == "4.10"
    assert (found.confidence > 0.9) == sure
