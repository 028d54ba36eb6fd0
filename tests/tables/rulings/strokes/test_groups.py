"""Medians and percentiles of groups are those of each group."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.tables.rulings.strokes.groups import Groups, positions

values = st.lists(st.floats(0, 1000), min_size=1, max_size=12)


@given(st.lists(values, min_size=1, max_size=6), st.integers(0, 100))
def test_the_middle_and_the_percentiles_of_each_group(
    groups: list[list[float]], percent: int
) -> None:
    found = Groups(np.concatenate(groups), np.array([len(group) for group in groups]))
    assert np.allclose(found.medians(), [np.median(group) for group in groups])
    assert np.allclose(
        found.percentiles(percent), [np.percentile(group, percent) for group in groups]
    )


def test_an_empty_group_has_no_middle() -> None:
    medians = Groups(np.array([3.0, 1.0, 2.0]), np.array([0, 3, 0])).medians()
    assert np.array_equal(medians, [np.nan, 2.0, np.nan], equal_nan=True)


def test_positions_are_those_of_each_range() -> None:
    starts, ends = np.array([4, 0, 9]), np.array([7, 0, 11])
    assert positions(starts, ends).tolist() == [4, 5, 6, 9, 10]
