"""Walls of which each row keeps two pieces, though the rules between the rows are whole."""

from collections.abc import Collection

import pytest

from ocrpipe.page import PageImage
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    spans_of,
    write,
)  # fmt: skip

XS = (60.0, 200.0, 260.0, 320.0, 380.0, 440.0, 535.0)
ROW = 26.0
HELD = 5.5
"""Points that a wall keeps at either rule."""


def table(rows: int) -> Layout:
    return Layout.of(XS, [100 + ROW * row for row in range(rows + 1)], [(rows - 1, 0, 1, 3)])


def broken(layout: Layout, walls: Collection[float], dpi: int, thickness: float) -> PageImage:
    """A page with the table, `walls` of which have lost the middle in every row."""
    page = draw_rules(blank_page(dpi), layout.rulings(), thickness=thickness)
    pixels = page.pixels.copy()
    half = thickness / 2 + 1
    for x in walls:
        for row in range(len(layout.ys) - 1):
            top, bottom = layout.ys[row] + HELD, layout.ys[row + 1] - HELD
            low, high, left, right = (
                round(v * page.scale) for v in (top, bottom, x - half, x + half)
            )
            pixels[low:high, left:right] = 250
    return PageImage(pixels, page.scale)


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize(("rows", "thickness"), [(4, 0.7), (12, 0.7), (12, 2.2)])
def test_walls_of_which_each_row_keeps_two_pieces_are_found(
    dpi: int, rows: int, thickness: float
) -> None:
    layout = table(rows)
    page = broken(layout, (260.0, 320.0, 440.0), dpi, thickness)
    for row in range(rows):
        # Figures stand close to the wall on their right.
        for x in (310.0, 430.0):
            write(page, str(1 + row % 4), x, layout.ys[row] + 17, 9)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


@pytest.mark.parametrize("text", ["1", "11", "4"])
def test_figures_that_touch_the_rules_of_low_rows_are_no_broken_walls(text: str) -> None:
    layout = Layout.of((60.0, 200.0, 300.0, 400.0), [100 + 11.0 * row for row in range(16)])
    page = draw_rules(blank_page(200), layout.rulings())
    for row in range(15):
        # By turns they touch the rule above them and the one below.
        write(page, text, 250, layout.ys[row] + (7.6 if row % 2 else 10.6), 10)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans
