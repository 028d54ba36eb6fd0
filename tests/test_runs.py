"""Runs of True."""

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.runs import column_extent, find_runs, inked_height, row_extent


@given(st.lists(st.booleans(), max_size=40))
def test_runs_are_the_groups_of_neighbours(values: list[bool]) -> None:
    expected, place = [], 0
    for value, group in groupby(values):
        length = len(list(group))
        if value:
            expected.append((place, place + length))
        place += length
    assert find_runs(np.array(values, dtype=bool)) == expected


def test_the_extent_of_a_mask_goes_over_its_gaps() -> None:
    mask = np.zeros((6, 9), np.uint8)
    mask[1, 3] = mask[4, 7] = 255
    assert (row_extent(mask), column_extent(mask), inked_height(mask)) == ((1, 5), (3, 8), 4)


def test_a_mask_with_nothing_in_it_has_no_extent() -> None:
    for shape in ((4, 5), (0, 5), (4, 0)):
        mask = np.zeros(shape, bool)
        assert (row_extent(mask), column_extent(mask), inked_height(mask)) == ((0, 0), (0, 0), 0)
