"""Tests of ocrpipe.tables.rulings.strokes.crossings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke


def wall(x: float, top: float, bottom: float, thickness: float = 2.0) -> Stroke:
    """A rule along y at `x`; its x and y are swapped."""
    return Stroke(top, x, bottom, x, thickness, 100.0)


def nearest(rules: list[Stroke], x: float, y: float, before: float, after: float) -> float:
    found = CrossingRules(rules).nearest(np.array([x]), np.array([y]), before, after)
    return float(found[0])


def test_the_nearest_of_the_rules_in_reach_is_found() -> None:
    rules = [wall(10, 0, 100), wall(14, 0, 100), wall(40, 0, 100)]
    assert nearest(rules, 13, 50, 5, 5) == 14
    assert nearest(rules, 10.5, 50, 5, 5) == 10


def test_a_rule_out_of_reach_or_that_ends_before_is_not() -> None:
    rules = [wall(10, 0, 100)]
    assert np.isnan(nearest(rules, 30, 50, 5, 5))
    assert np.isnan(nearest(rules, 10, 120, 5, 5))
    assert nearest(rules, 10, 104, 5, 5) == 10


def test_the_thickness_of_a_rule_counts_as_reach() -> None:
    assert nearest([wall(10, 0, 100, thickness=6)], 17.5, 50, 5, 5) == 10
    assert np.isnan(nearest([wall(10, 0, 100, thickness=2)], 17.5, 50, 5, 5))


def test_without_rules_nothing_is_met() -> None:
    found = CrossingRules([]).nearest(np.array([1.0, 2.0]), np.array([1.0, 2.0]), 5, 5)
    assert np.isnan(found).all()


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 100), st.floats(1, 200)), max_size=12),
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=700),
)
def test_many_places_at_once_are_as_each_alone(
    walls: list[tuple[float, float, float]], places: list[tuple[float, float]]
) -> None:
    rules = CrossingRules([wall(x, top, top + length) for x, top, length in walls])
    x, y = np.array(places).T
    together = rules.nearest(x, y, 4, 9)
    alone = [rules.nearest(x[i : i + 1], y[i : i + 1], 4, 9)[0] for i in range(len(x))]
    np.testing.assert_array_equal(together, alone)


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 100), st.floats(1, 200)), max_size=12),
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), max_size=700),
)
def test_places_are_counted_at_once_as_they_are_found_alone(
    walls: list[tuple[float, float, float]], lines: list[tuple[float, float]]
) -> None:
    rules = CrossingRules([wall(x, top, top + length) for x, top, length in walls])
    starts, ys = np.array(lines, np.float64).reshape(-1, 2).T
    counts = rules.counts(starts, starts + 90, ys, -4)
    assert counts.tolist() == [len(rules.places(x, x + 90, y, -4)) for x, y in lines]
