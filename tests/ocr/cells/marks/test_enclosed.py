"""Digits in a ring."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.enclosed import with_enclosed
from ocrpipe.page import CellReading

EM = 22.0


def ink_of(text: str, ring: str = "", radius: int = 14) -> CellInk:
    """Digits of thick strokes, and one with a ring around it behind them."""
    mask = np.zeros((60, 40 + 24 * (len(text) + len(ring))), np.uint8)
    for place, digit in enumerate(text):
        cv2.putText(mask, digit, (6 + 24 * place, 40), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 1, 2)
    middle = (24 * len(text) + 24, 30)
    if ring:
        cv2.circle(mask, middle, radius, 1, 2)
    if ring.isdigit():
        corner = (middle[0] - 6, middle[1] + 7)
        cv2.putText(mask, ring, corner, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 1, 2)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    parts = [Part(i, x, y, x + w, y + h, a) for i, (x, y, w, h, a) in enumerate(stats.tolist())]
    return CellInk(mask * np.uint8(200), mask, tuple(parts[1:]))


def read(text: str, ink: CellInk) -> CellReading:
    return with_enclosed(CellReading(text, "printed", 0.99, text, 0.99), ink, EM)


@pytest.mark.parametrize("digit", "3568")
@pytest.mark.parametrize("number", ["", "5", "21"])
def test_a_number_with_a_digit_in_a_ring_is_never_sure(number: str, digit: str) -> None:
    found = read(number + digit, ink_of(number, digit))
    assert found.text == number + digit
    assert max(found.confidence, found.numeric_confidence) <= 0.8


@pytest.mark.parametrize("text", ["0", "6", "8", "9", "13", "53", "160"])
def test_figures_stay(text: str) -> None:
    assert read(text, ink_of(text)) == CellReading(text, "printed", 0.99, text, 0.99)


def test_an_empty_ring_stays() -> None:
    assert read("0", ink_of("", " ")).text == "0"


def test_more_digits_in_a_ring_than_one_are_doubtful() -> None:
    found = read("13", ink_of("", "8"))
    assert (found.text, found.confidence) == ("13", 0.8)
