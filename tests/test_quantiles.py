"""Tests of ocrpipe.quantiles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ocrpipe.quantiles import median, median_deviation, percentile, percentile_above

GREYS = arrays(np.uint8, st.integers(1, 60) | st.integers(500, 600))
FLOATS = arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e6, 1e6))


@given(GREYS | FLOATS, st.floats(0, 100))
def test_percentiles_are_numpys(values: np.ndarray, percent: float) -> None:
    assert percentile(values, percent) == pytest.approx(float(np.percentile(values, percent)))


@given(GREYS | FLOATS)
def test_medians_are_numpys(values: np.ndarray) -> None:
    assert median(values) == pytest.approx(float(np.median(values)))


def test_a_raster_is_taken_as_its_pixels() -> None:
    raster = np.array([[9, 1], [5, 7]], np.uint8)
    assert median(raster) == 6
    assert percentile(raster, 50) == 6


@given(GREYS)
def test_the_median_deviation_is_that_from_the_median(values: np.ndarray) -> None:
    middle = float(np.median(values))
    expected = middle, float(np.median(np.abs(values - middle)))
    assert median_deviation(values) == pytest.approx(expected)


@given(GREYS, st.floats(-5, 260), st.floats(0, 100))
def test_a_percentile_above_a_level_is_that_of_the_values_there(
    values: np.ndarray, level: float, percent: float
) -> None:
    above = values[values > level]
    found = percentile_above(values, level, percent)
    if above.size:
        assert found == pytest.approx(float(np.percentile(above, percent)))
    else:
        assert found is None
