"""Masks of runs in a raster."""

import cv2
import numpy as np
import pytest

from ocrpipe.tables.rulings.responses import runs


@pytest.mark.parametrize(("bridge", "shortest"), [(1, 24), (4, 17), (3, 90), (2, 200)])
def test_runs_are_those_of_a_morphological_opening(bridge: int, shortest: int) -> None:
    random = np.random.default_rng(shortest)
    response = (100 * (random.random((60, 70)) < 0.9)).astype(np.uint8)
    response[20:40] = 0
    response[5] = response[50, :40] = response[55, 30:] = 100
    expected = cv2.threshold(response, 50, 1, cv2.THRESH_BINARY)[1]
    for operation, length in ((cv2.MORPH_CLOSE, bridge), (cv2.MORPH_OPEN, shortest)):
        expected = cv2.morphologyEx(expected, operation, np.ones((1, length), np.uint8))
    assert np.array_equal(runs(response, 50, bridge, shortest), expected)


def test_a_raster_without_ink_has_no_runs() -> None:
    assert not runs(np.zeros((30, 40), np.uint8), 14, 3, 10).any()
