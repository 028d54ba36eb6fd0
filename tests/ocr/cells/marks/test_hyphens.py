"""Marks alone in their cells, drawn at 150 dpi in a column of figures set flush right."""

from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.darkness import Darkness
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk, cell_ink
from ocrpipe.ocr.cells.marks.hyphens import as_hyphen, with_hyphens
from ocrpipe.page import CellReading

SCALE = 150 / 72
WIDTH, HEIGHT = 60.0, 18.0
EM = 7.0 * SCALE


def row(mark: tuple[int, int, int, int] | None) -> list[tuple[CellInk, Box]]:
    """A label and a figure of three digits, or else the mark: its box in pixels of the cell."""
    values = np.zeros((round(HEIGHT * SCALE), round(2 * WIDTH * SCALE)), np.uint8)
    right = values.shape[1] // 2
    for x in (10, 22, 34):
        values[12:27, x : x + 10] = 200
        values[15:24, x + 3 : x + 7] = 0
    if mark is None:
        for end in (118, 108, 98):
            values[12:27, right + end - 8 : right + end - 1] = 200
            values[15:24, right + end - 6 : right + end - 4] = 0
    else:
        x0, y0, x1, y1 = mark
        values[y0:y1, right + x0 : right + x1] = 200
    page = Darkness(values, SCALE, 1.5, 200.0)
    boxes = [Box(0, 0, WIDTH, HEIGHT), Box(WIDTH, 0, 2 * WIDTH, HEIGHT)]
    return [(cell_ink(page, box), box) for box in boxes]


def table(mark: tuple[int, int, int, int]) -> tuple[list[CellInk], list[Box]]:
    """Three rows, the second one with the mark."""
    cells = []
    for number, content in enumerate((None, mark, None)):
        cells += [(ink, box.shifted(0, number * HEIGHT)) for ink, box in row(content)]
    return [ink for ink, _ in cells], [box for _, box in cells]


@pytest.mark.parametrize(
    "mark", [(113, 18, 117, 21), (112, 18, 117, 21)], ids=["of dust's size", "a little longer"]
)
def test_a_mark_that_ends_where_figures_end_is_a_hyphen(mark: tuple[int, int, int, int]) -> None:
    inks, boxes = table(mark)
    shown, found = with_hyphens(inks, boxes, EM, SCALE)
    assert found == {3}
    (part,) = shown[3].parts
    assert (part.x1 - part.x0, part.y1 - part.y0) == (mark[2] - mark[0], mark[3] - mark[1])
    assert shown[3].mask.any()


@pytest.mark.parametrize(
    "mark",
    [(80, 18, 84, 21), (113, 6, 117, 9), (113, 28, 117, 31)],
    ids=["aside", "too high", "too low"],
)
def test_a_mark_elsewhere_is_dust(mark: tuple[int, int, int, int]) -> None:
    shown, found = with_hyphens(*table(mark), EM, SCALE)
    assert not found
    assert not shown[3].parts


def test_a_round_mark_is_dust() -> None:
    inks, boxes = table((113, 17, 117, 21))
    assert with_hyphens(inks, boxes, EM, SCALE)[1] == frozenset()


def test_what_the_recogniser_sees_of_it_is_a_hyphen() -> None:
    assert as_hyphen(CellReading("", "blank", 0.6)).text == "-"
    assert as_hyphen(CellReading("—", "printed", 0.97)).text == "—"
    assert as_hyphen(CellReading("-", "printed", 0.97)).confidence < 0.95


def test_dust_beside_a_dash_makes_no_hyphen_of_it() -> None:
    inks, boxes = table((113, 18, 117, 21))
    assert inks[3].hyphen is not None
    inks[3] = replace(inks[3], parts=(Part(7, 90, 18, 108, 21, 54),))
    assert with_hyphens(inks, boxes, EM, SCALE)[1] == frozenset()


def test_the_foot_of_a_broken_two_is_no_hyphen() -> None:
    inks, boxes = table((113, 18, 117, 21))
    assert inks[3].hyphen is not None
    inks[3] = replace(inks[3], parts=(Part(7, 112, 6, 117, 14, 20), inks[3].hyphen))
    assert with_hyphens(inks, boxes, EM, SCALE)[1] == frozenset()
