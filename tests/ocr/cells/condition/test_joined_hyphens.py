"""Minus signs that a coarse scan joins with their number."""

import cv2
import numpy as np

from ocrpipe.ocr.cells.condition.joined_hyphens import with_joined_hyphens
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import Alternative, CellReading

WIDTH, HEIGHT, LEFT, TOP = 12, 20, 20, 10
"""Of a digit, in pixels."""


def cell(text: str, before: tuple[int, int, int] | None = None) -> tuple[CellInk, CellReading]:
    """A digit, and what stands right before it: how wide it is, and from where down to where."""
    mask = np.zeros((40, 60), np.uint8)
    cv2.rectangle(mask, (LEFT, TOP), (LEFT + WIDTH - 1, TOP + HEIGHT - 1), (1,), 3)
    left = LEFT
    if before is not None:
        width, top, bottom = before
        left -= width
        mask[TOP + top : TOP + bottom, left:LEFT] = 1
    box = (left, TOP, LEFT + WIDTH, TOP + HEIGHT)
    parts = (Part(1, *box, int(mask.sum())),)
    mask[:TOP] = mask[TOP + HEIGHT :] = 0
    mask[:, : box[0]] = mask[:, box[2] :] = 0
    return CellInk(mask * 120, mask, parts), CellReading(text, "printed", 0.99, text, 0.98)


DIGITS = [cell(text) for text in "0358"]
MINUS = (7, 11, 15)


def read(*cells: tuple[CellInk, CellReading]) -> list[CellReading]:
    return with_joined_hyphens([ink for ink, _ in cells], [reading for _, reading in cells])


def test_a_number_whose_ink_begins_with_a_level_stroke_is_negative_and_not_sure() -> None:
    *others, found = read(*DIGITS, cell("4", MINUS))
    assert [one.text for one in others] == list("0358")
    assert (found.text, found.numeric_text, found.confidence) == ("-4", "-4", 0.8)
    assert found.alternatives == (Alternative("4", 0.99),)


def test_what_is_no_minus_before_a_number_changes_nothing() -> None:
    short, low, high, thick = (3, 11, 15), (7, 16, 20), (7, 1, 5), (7, 4, 18)
    for before in (None, short, low, high, thick):
        assert [one.text for one in read(*DIGITS, cell("4", before))] == list("03584")
    assert [one.text for one in read(*DIGITS, cell("0", MINUS))] == list("03580")


def test_where_too_few_digits_stand_alone_no_number_is_measured() -> None:
    assert [one.text for one in read(*DIGITS[:2], cell("4", MINUS))] == list("034")
