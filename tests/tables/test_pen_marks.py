"""Rings that a pen drew around figures touch the rules of their cells, and hide none."""

import cv2

from ocrpipe.page import PageImage
from ocrpipe.tables import find_grids
from ocrpipe.tables.rulings import detect_rulings
from tests.tables.drawing import HEIGHT, WIDTH, Layout, blank_page, draw_rules, spans_of

LAYOUT = Layout.of(
    (60.0, 110.0, 144.0, 178.0, 212.0, 246.0, 280.0),
    (80.0, 110.0, 140.0),
)


def ringed(page: PageImage, *cells: tuple[int, int]) -> PageImage:
    for row, col in cells:
        x0, x1 = LAYOUT.xs[col] - 1, LAYOUT.xs[col + 1] + 1
        y0, y1 = LAYOUT.ys[row] - 1, LAYOUT.ys[row + 1] + 1
        place = [(x0 + x1) / 2, (y0 + y1) / 2]
        center = tuple(round(value * page.scale) for value in place)
        axes = (round((x1 - x0) / 2 * page.scale), round((y1 - y0) / 2 * page.scale))
        cv2.ellipse(page.pixels, center, axes, 0, 0, 360, (50, 50, 50), 3, cv2.LINE_AA)
    return page


def test_rings_around_figures_hide_no_rule() -> None:
    page = draw_rules(blank_page(200), LAYOUT.rulings())
    marked = ringed(page, (1, 1), (1, 3), (1, 4), (0, 5))
    (grid,) = find_grids(detect_rulings(marked), WIDTH, HEIGHT)
    assert spans_of(grid) == LAYOUT.spans
