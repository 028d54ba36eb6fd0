"""Tests of ocrpipe.levels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.levels import above, reaching, under

EVERY = np.arange(256).astype(np.uint8)


@given(st.floats(-300, 600) | st.integers(-1, 256).map(float))
def test_bytes_are_compared_as_numbers(level: float) -> None:
    assert above(EVERY, level).tolist() == [value > level for value in range(256)]
    assert under(EVERY, level).tolist() == [value < level for value in range(256)]
    assert reaching(EVERY, level).tolist() == [value >= level for value in range(256)]


@pytest.mark.parametrize("level", [np.float64(99.5), np.float32(99.5), 99.5])
def test_a_level_may_be_a_number_of_numpy(level: float) -> None:
    assert np.count_nonzero(above(EVERY, level)) == 156
