"""Rules that are rows of pieces, among them those of merged cells."""

import numpy as np

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.broken import mend
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    spans_of,
    write_in_cells,
)  # fmt: skip

XS = tuple(60.0 + 50 * i for i in range(9))
YS = tuple(100.0 + 26 * i for i in range(13))
MERGED = {(0, 0, 2, 3), (0, 3, 1, 5), (3, 0, 6, 1), (10, 0, 1, 2)}
MATRIX = Layout.of(XS, YS, MERGED)


def broken(rules: list[Ruling], share: float, seed: int) -> list[Ruling]:
    """Each rule without gaps of 3 to 9 points, `share` of it in all."""
    random = np.random.default_rng(seed)
    pieces = []
    for rule in rules:
        length = (rule.x1 - rule.x0) + (rule.y1 - rule.y0)
        place = random.uniform(-8, 5)
        while place < length:
            gap = random.uniform(3, 9)
            end = min(length, place + gap * (1 - share) / share * random.uniform(0.5, 1.5))
            if rule.horizontal:
                pieces.append(Ruling(rule.x0 + max(0.0, place), rule.y0, rule.x0 + end, rule.y0))
            else:
                pieces.append(Ruling(rule.x0, rule.y0 + max(0.0, place), rule.x0, rule.y0 + end))
            place = end + gap
    return pieces


def test_pieces_are_one_table_with_its_merged_cells() -> None:
    for seed in range(10):
        pieces = broken(MATRIX.rulings(), 0.3, seed)
        (grid,) = find_grids(pieces, WIDTH, HEIGHT)
        assert spans_of(grid) == MATRIX.spans


def test_broken_rules_on_a_scan() -> None:
    page = draw_rules(blank_page(150), broken(MATRIX.rulings(), 0.3, 1))
    page = write_in_cells(page, MATRIX, 1)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (12, 8)
    found = spans_of(grid)
    assert len(found & MATRIX.spans) >= 0.95 * len(MATRIX.spans)


def test_whole_rules_come_back_as_they_are() -> None:
    rules = [*MATRIX.rulings(), Ruling(60, 600, 100, 600), Ruling(108, 600, 160, 600)]
    assert mend(rules) == tuple(rules)
