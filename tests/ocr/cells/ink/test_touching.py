"""Dust that touches a figure."""

import numpy as np
import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.ink.darkness import page_darkness
from ocrpipe.ocr.cells.ink.printed import CellInk, cell_ink
from ocrpipe.ocr.cells.ink.touching import without_touching_dust
from ocrpipe.ocr.port import OcrEngine
from tests.ocr.drawing import grid_picture, with_dust

PLACES = [(-3.2, -3.0), (3.6, -2.0), (-0.5, 4.6)]
"""Points from the middle of a cell to dust that touches a 0 of 10.5 points."""


def test_a_clean_figure_has_nothing_to_lose() -> None:
    page, (box,) = grid_picture([["30"]])
    darkness = page_darkness(page)
    assert without_touching_dust(cell_ink(darkness, box), darkness.scale) is None


def test_a_cell_without_ink_has_none() -> None:
    nothing = np.zeros((9, 9), np.uint8)
    assert without_touching_dust(CellInk(nothing, nothing), 2.0) is None


@pytest.mark.parametrize("text", ["2.5", "1,024", "0.25"])
def test_points_and_commas_are_no_dust(text: str) -> None:
    page, (box,) = grid_picture([[text]])
    darkness = page_darkness(page)
    found = without_touching_dust(cell_ink(darkness, box), darkness.scale)
    assert found is None


@pytest.mark.parametrize("place", PLACES)
def test_a_figure_with_dust_on_it_is_read(engine: OcrEngine, place: tuple[float, float]) -> None:
    page, boxes = grid_picture([["0", "10", "7", "256"]])
    spots = [(box.center[0] + place[0], box.center[1] + place[1]) for box in boxes[:1]]
    readings = read_cells(with_dust(page, spots, 0.6), boxes, engine)
    numbers = [reading.numeric_text for reading in readings]
    assert numbers == ["0", "10", "7", "256"]
