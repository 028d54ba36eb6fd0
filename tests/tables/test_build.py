"""From a grid and readings to a table of the contract, and its overlays."""

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, Ruling, TableGrid
from ocrpipe.tables.build import build_table
from ocrpipe.tables.ruled.draw import draw_grid, draw_rulings
from tests.tables.drawing import blank_page

GRID = TableGrid(
    Box(10, 10, 110, 50), 2, 2,
    (
        GridCell(0, 0, 1, 2, Box(10, 10, 110, 30)),
        GridCell(1, 0, 1, 1, Box(10, 30, 60, 50)),
        GridCell(1, 1, 1, 1, Box(60, 30, 110, 50)),
    ),
)  # fmt: skip
READINGS = (
    CellReading("项目", "printed", 0.98765), CellReading("", "blank", 1.0),
    CellReading("", "unread", 0.0),
)  # fmt: skip


def test_every_cell_keeps_its_reading_and_its_place() -> None:
    table = build_table(GRID, READINGS, 3, "scanned", "x", "表一")
    assert (table.id, table.caption, table.pages) == ("x", "表一", (3,))
    assert [(c.text, c.state, c.confidence) for c in table.cells] == [
        ("项目", "printed", 0.9877), ("", "blank", 1.0), ("", "unread", 0.0)
    ]  # fmt: skip
    assert table.cells[2].regions[0].page == 3
    assert table.cells[2].regions[0].bbox == Box(60, 30, 110, 50)


def test_a_reading_too_few_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        build_table(GRID, READINGS[:2], 1, "digital", "x", None)


def test_overlays_are_drawn_on_a_copy() -> None:
    page = blank_page(72)
    before = page.pixels.copy()
    for overlay in (draw_grid(page, [GRID]), draw_rulings(page, [Ruling(10, 10, 110, 10)])):
        assert overlay.shape == page.pixels.shape
        assert (overlay != before).any()
    assert np.array_equal(page.pixels, before)
