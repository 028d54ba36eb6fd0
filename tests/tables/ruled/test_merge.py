"""Pieces, doubles and dashes of one rule."""

import pytest

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.merge import estimate_shear, merge_rulings


def merged(*rules: Ruling) -> list[tuple[float, float, float, float]]:
    return [
        (round(r.x0, 1), round(r.y0, 1), round(r.x1, 1), round(r.y1, 1))
        for r in merge_rulings(rules, 600, 800)
    ]


def test_pieces_that_meet_are_one() -> None:
    assert merged(Ruling(10, 50, 60, 50), Ruling(61, 50.4, 90, 50.4)) == [(10, 50.1, 90, 50.1)]


def test_a_gap_as_wide_as_a_cell_stays() -> None:
    assert len(merged(Ruling(10, 50, 60, 50), Ruling(80, 50, 120, 50))) == 2


def test_a_double_rule_is_one_and_rows_are_not() -> None:
    assert merged(Ruling(10, 50, 90, 50), Ruling(10, 52, 90, 52)) == [(10, 51, 90, 51)]
    assert len(merged(Ruling(10, 50, 90, 50), Ruling(10, 58, 90, 58))) == 2


def test_dashes_are_joined_and_three_pieces_are_not() -> None:
    dashes = [Ruling(10 + 8 * i, 50, 15 + 8 * i, 50) for i in range(12)]
    assert merged(*dashes) == [(10, 50, 103, 50)]
    assert len(merged(*dashes[:3])) == 3


def test_filled_areas_are_no_rules() -> None:
    assert merged(Ruling(10, 50, 90, 50, thickness=20)) == []


def test_pieces_on_a_slope_are_one() -> None:
    pieces = [Ruling(x, 100 + 0.004 * x, x + 49, 100 + 0.004 * (x + 49)) for x in range(0, 500, 50)]
    (rule,) = merge_rulings(pieces, 600, 800)
    assert rule.x1 - rule.x0 == pytest.approx(499, abs=1)
    assert rule.y1 - rule.y0 == pytest.approx(2.0, abs=0.05)


def test_the_common_slope_is_that_of_the_long_rules() -> None:
    rules = [Ruling(0, y, 500, y + 2) for y in (100, 200, 300)] + [Ruling(50, 400, 100, 450)]
    shear = estimate_shear(rules, 600, 800)
    assert shear.slope_y == pytest.approx(0.004)
    x, y = shear.straight(80, 300)
    assert shear.page(x, y) == pytest.approx((80, 300), abs=0.01)


def test_rules_of_two_tables_a_little_aside_keep_their_places() -> None:
    upper, lower = Ruling(100, 50, 100, 300), Ruling(102.2, 340, 102.2, 440)
    assert merged(upper, lower) == [(100, 50, 100, 300), (102.2, 340, 102.2, 440)]
    assert merged(upper, Ruling(100.6, 340, 100.6, 440))[0][0] == 100.2
