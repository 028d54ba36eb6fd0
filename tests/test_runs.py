"""Runs of True."""

from itertools import groupby

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.runs import find_runs


@given(st.lists(st.booleans(), max_size=40))
def test_runs_are_the_groups_of_neighbours(values: list[bool]) -> None:
    expected, place = [], 0
    for value, group in groupby(values):
        length = len(list(group))
        if value:
            expected.append((place, place + length))
        place += length
    assert find_runs(np.array(values, dtype=bool)) == expected
