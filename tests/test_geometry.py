import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box, rotate_box, rotate_point, union

finite = st.floats(-2000, 2000)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), finite, finite, st.floats(0, 500), st.floats(0, 500)
)


@given(st.lists(boxes, min_size=1, max_size=6))
def test_union_holds_every_box(parts: list[Box]) -> None:
    whole = union(parts)
    assert all(whole.x0 <= part.x0 and whole.y1 >= part.y1 for part in parts)
    assert whole.x0 in [part.x0 for part in parts]


def test_union_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        union([])


@given(boxes, boxes)
def test_intersection_is_symmetric_and_inside_both(first: Box, second: Box) -> None:
    common = first.intersection(second)
    assert common == second.intersection(first)
    if common is not None:
        assert union([common, first]) == first
        assert 0 < common.area <= min(first.area, second.area) * (1 + 1e-9)


def test_a_negative_margin_shrinks_at_most_to_the_centre() -> None:
    assert Box(0, 0, 10, 4).padded(-3) == Box(3, 2, 7, 2)


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [(0, (10, 20)), (90, (780, 10)), (180, (590, 780)), (270, (20, 590)), (-90, (20, 590))],
)
def test_quarter_turns_are_clockwise(degrees: float, expected: tuple[float, float]) -> None:
    assert rotate_point(10, 20, 600, 800, degrees) == pytest.approx(expected)


def test_a_small_turn_keeps_the_centre_and_the_distance_from_it() -> None:
    assert rotate_point(300, 400, 600, 800, 3.0) == pytest.approx((300, 400))
    x, y = rotate_point(400, 400, 600, 800, 3.0)
    assert math.hypot(x - 300, y - 400) == pytest.approx(100)
    assert y > 400, "clockwise, with y downwards, moves a point on the right down"


@given(st.floats(0, 600), st.floats(0, 800), st.floats(-5, 5), st.sampled_from([0, 90, 180, 270]))
def test_turning_back_restores_the_point(x: float, y: float, skew: float, quarter: int) -> None:
    turned = rotate_point(x, y, 600, 800, quarter + skew)
    size = (800.0, 600.0) if quarter in (90, 270) else (600.0, 800.0)
    unskewed = rotate_point(*turned, *size, -skew)
    assert rotate_point(*unskewed, *size, -quarter) == pytest.approx((x, y), abs=1e-6)


def test_the_hull_of_a_turned_box() -> None:
    assert rotate_box(Box(0, 0, 100, 50), 600, 800, 90) == pytest.approx(Box(750, 0, 800, 100))


def test_rounding_has_no_negative_zero() -> None:
    assert str(Box(-0.001, 0, 1.005, 2).rounded(2)[0]) == "0.0"
