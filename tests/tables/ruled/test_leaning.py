"""Streaks of a scan that was turned upright are no rules; those of a page that is curled are."""

import pytest

from ocrpipe.page import Ruling
from ocrpipe.pipeline.grids import page_grids
from ocrpipe.tables.ruled.leaning import without_leaning
from tests.tables.drawing import HEIGHT, WIDTH, Layout

TABLE = Layout.of((60, 160, 260, 360), (100, 130, 160, 190))
STREAK = Ruling(168, 0, 155, HEIGHT)
"""Crosses the table beside a wall, on a sheet that was turned by nearly a degree."""


def test_a_streak_that_leans_takes_no_wall_along() -> None:
    """It goes through the first row left of where half its length is, beside which is a wall."""
    low = Layout.of((60, 162, 260, 360), (700, 730, 760))
    tall = Layout.of((60, 360), tuple(range(100, 660, 40)))
    grids = page_grids([*tall.rulings(), *low.rulings(), STREAK], (), (), WIDTH, HEIGHT).every
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(13, 1), (2, 3)]


@pytest.mark.parametrize(
    "streaks",
    [
        [STREAK],
        [STREAK, Ruling(320, 205, 315, 380)],
        [Ruling(80, 120, 70, 620)],
    ],
    ids=["over the page", "and a piece of another", "in the table"],
)
def test_long_lines_that_lean_are_no_rules(streaks: list[Ruling]) -> None:
    tall = Layout.of((60, 160, 260, 360), tuple(range(100, 640, 30)))
    rules = tall.rulings()
    assert list(without_leaning([*rules, *streaks], WIDTH, HEIGHT)) == rules


def test_the_rules_of_a_curled_page_stay() -> None:
    walls = [Ruling(x, 100, x + (x - 210) / 20, 700) for x in (60.0, 160.0, 260.0, 360.0)]
    rules = [*(Ruling(60, y, 360, y) for y in (100.0, 400.0, 700.0)), *walls]
    assert without_leaning(rules, WIDTH, HEIGHT) == rules


def test_the_oblique_rules_of_a_page_cut_askew_stay() -> None:
    rules = [Ruling(x, 0, x + 14, HEIGHT) for x in (60.0, 160.0, 260.0, 360.0)]
    assert without_leaning(rules, WIDTH, HEIGHT) == rules


def test_the_last_wall_of_a_page_that_is_curled_at_one_side_stays() -> None:
    rules = [*TABLE.rulings(), Ruling(400, 100, 405, 700)]
    assert without_leaning(rules, WIDTH, HEIGHT) == rules
