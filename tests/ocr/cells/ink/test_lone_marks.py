"""Marks alone in their cells."""

import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.ink.lone_marks import ellipsis
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.port import OcrEngine
from tests.ocr.drawing import grid_picture, with_dust

SCALE = 200 / 72


def dots(*places: tuple[int, int], size: int = 3) -> list[Part]:
    return [Part(i, x, y, x + size, y + size, size * size) for i, (x, y) in enumerate(places, 1)]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        pytest.param(dots((40, 20), (48, 20), (56, 21)), "…", id="three"),
        pytest.param(dots(*((40 + 8 * i, 20) for i in range(6))), "……", id="six"),
        pytest.param(dots((40, 20), (48, 20)), None, id="two"),
        pytest.param(dots((40, 20), (48, 20), (62, 20)), None, id="unevenly"),
        pytest.param(dots((40, 20), (48, 25), (56, 20)), None, id="not in a row"),
        pytest.param(dots((40, 20), (70, 20), (100, 20)), None, id="far apart"),
        pytest.param(dots((40, 20), (48, 20), (56, 20), size=8), None, id="too large"),
        pytest.param([*dots((40, 20), (48, 20)), Part(3, 56, 20, 59, 27, 20)], None, id="a stroke"),
    ],
)
def test_dots_alone_are_an_ellipsis_if_they_are_alike_and_even(parts, text) -> None:
    assert ellipsis(parts, SCALE) == text


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_an_ellipsis_alone_is_no_dust_and_frays_no_print(engine: OcrEngine, dpi: int) -> None:
    page, boxes = grid_picture([["12", "", "7"], ["", "104", ""]], dpi=dpi, size=10.5)
    middles = [((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for box in boxes]
    places = [(middles[i][0] + 3.5 * k, middles[i][1] + 3) for i in (1, 3, 5) for k in (-1, 0, 1)]
    readings = read_cells(with_dust(page, places, 0.6), boxes, engine)
    assert [reading.text for reading in readings] == ["12", "…", "7", "…", "104", "…"]
    assert all(reading.confidence >= 0.9 for reading in readings)
