"""The paper between two tables side by side without outer sides."""

import pytest

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import HEIGHT, WIDTH, blank_page, draw_rules, scanned

HEIGHTS = tuple(73.0 + 12.5 * i for i in range(8))
WALLS = (154.0, 221.0, 428.0, 482.0)


def rules_of(gaps: dict[float, tuple[float, float]]) -> list[Ruling]:
    level = [
        Ruling(start, y, end, y)
        for y in HEIGHTS
        for start, end in ((59.0, gaps[y][0]), (gaps[y][1], 537.0))
    ]
    return [*level, *(Ruling(x, HEIGHTS[0], x, HEIGHTS[-1]) for x in WALLS)]


@pytest.mark.parametrize("dpi", [150, 200])
def test_open_tables_side_by_side_stay_two(dpi: int) -> None:
    page = draw_rules(blank_page(dpi), rules_of(dict.fromkeys(HEIGHTS, (289.0, 307.0))))
    grids = find_grids(detect_rulings(scanned(page, noise=3, seed=1)), WIDTH, HEIGHT)
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(7, 3), (7, 3)]


@pytest.mark.parametrize("dpi", [150, 200])
def test_gaps_at_different_places_of_the_rules_are_no_gutter(dpi: int) -> None:
    gaps = {y: (250.0 + 14 * i, 268.0 + 14 * i) for i, y in enumerate(HEIGHTS)}
    page = draw_rules(blank_page(dpi), rules_of(gaps))
    grids = find_grids(detect_rulings(scanned(page, noise=3, seed=1)), WIDTH, HEIGHT)
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(7, 5)]
