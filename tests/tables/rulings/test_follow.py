"""Walls that only the raster shows once the lines of a table are known."""

import cv2
import numpy as np
import pytest

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    scanned,
    spans_of,
    write,
    write_in_cells,
)  # fmt: skip

XS = tuple(60.0 + 40 * i for i in range(9))
YS = tuple(100.0 + 16 * i for i in range(12))
MERGED = {(0, 0, 2, 3), (0, 4, 1, 3), (4, 5, 2, 1), (7, 0, 4, 1), (8, 2, 1, 2)}
TABLE = Layout.of(XS, YS, MERGED)


def found(page: PageImage) -> list[frozenset[tuple[int, int, int, int]]]:
    return [spans_of(grid) for grid in find_grids(detect_rulings(page), WIDTH, HEIGHT)]


@pytest.mark.parametrize("grain", [8, 10])
def test_grain_beside_the_way_of_a_pale_rule_hides_no_gap(grain: float) -> None:
    """The shadow at the edge of the paper stands beside a table that lost the foot of a side."""
    table = Layout.of(
        (60.0, 200.0, 500.0),
        (100.0, 120.0, 140.0, 160.0),
    )
    foot = Ruling(500, 140, 500, 160)
    rules = [*(rule for rule in table.rulings() if rule != foot), Ruling(530, 60, 530, 300)]
    page = scanned(draw_rules(blank_page(200), rules, color=200), noise=grain, seed=1)
    assert found(page) == [table.spans]


@pytest.mark.parametrize("dpi", [150, 200])
def test_text_and_dashes_in_merged_cells_are_no_walls(dpi: int) -> None:
    plain = Layout(XS, YS, TABLE.spans - MERGED)
    page = write_in_cells(draw_rules(blank_page(dpi), TABLE.rulings()), plain, 5)
    # On the lines that the merged cells interrupt: a word, a dash and a one.
    write(page, "HEAD", 90, 119.5, 10)
    page = draw_rules(page, [Ruling(271, 180, 289, 180)], thickness=1.0)
    write(page, "1", 177, 239.5, 10)
    assert found(page) == [TABLE.spans]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_characters_that_nearly_fill_a_narrow_merged_cell_are_no_wall(dpi: int) -> None:
    page = draw_rules(blank_page(dpi), TABLE.rulings())
    # Two bars as in 二, the lower one on the line of the rows beside it, and strokes in which that
    # line goes on.
    bars = [Ruling(65, y, 76, y) for y in (220.5, 228)]
    bars += [Ruling(83, 228, 88, 228), Ruling(92, 228, 96, 228)]
    stems = [Ruling(x, 220, x, 236) for x in (85, 93)]
    page = draw_rules(page, [*bars, *stems], thickness=1.0)
    assert found(page) == [TABLE.spans]


def test_a_rule_that_thins_out_to_dots_towards_its_end() -> None:
    rules = [rule for rule in TABLE.rulings() if not (rule.y0 == rule.y1 == 228 and rule.x0 >= 300)]
    page = draw_rules(blank_page(200), rules)
    random = np.random.default_rng(1)
    for x in np.arange(300, 380, 0.72):
        if random.random() < 0.42:
            y = 228 + float(random.choice([0.0, 0.5]))
            page = draw_rules(page, [Ruling(x, y, x + 0.5, y)])
    assert found(page) == [TABLE.spans]


def test_a_rule_that_enters_a_cell_from_both_sides_goes_through_it() -> None:
    """A rule of few rows is no worn page: its first part alone was a row edge."""
    table = Layout.of(
        (60.0, 84.0, 134.0, 260.0, 330.0, 400.0),
        (100.0, 120.0, 140.0, 160.0, 180.0),
        {(0, 0, 1, 3), (1, 0, 1, 3), (2, 0, 2, 1), (2, 1, 1, 2)},
    )
    page = draw_rules(blank_page(200), table.rulings())
    top, left, right = (round(value * page.scale) for value in (140, 112, 182))
    page.pixels[top - 4 : top + 5, left:right] = 250
    assert found(page) == [table.spans]


@pytest.mark.parametrize("seed", range(4))
def test_a_blot_over_a_rule_hides_no_wall(seed: int) -> None:
    page = write_in_cells(draw_rules(blank_page(200), TABLE.rulings()), TABLE, seed)
    random = np.random.default_rng(seed)
    x, y = random.uniform(240, 360), float(random.choice([164.0, 212.0, 260.0]))
    center = (round(x * page.scale), round(y * page.scale))
    cv2.ellipse(page.pixels, center, (34, 12), 20, 0, 360, (60, 60, 60), 5, cv2.LINE_AA)
    assert found(page) == [TABLE.spans]
