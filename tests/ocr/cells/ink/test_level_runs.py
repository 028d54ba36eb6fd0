"""Long level runs in the bands at a cell's borders."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.level_runs import long_runs


def test_a_rule_is_long_and_the_feet_of_figures_are_not() -> None:
    band = np.zeros((9, 60), np.uint8)
    band[4] = 1
    band[7, 10:16] = 1
    (runs,) = long_runs([band], 30)
    assert runs[3:6].all()
    assert not runs[7:].any()


def test_bands_do_not_reach_into_each_other() -> None:
    blank, inked = np.zeros((6, 40), np.uint8), np.ones((6, 40), np.uint8)
    above, below = long_runs([blank, inked], 20)
    assert not above.any()
    assert below.all()


@pytest.mark.parametrize("width", [40, 149, 150, 151, 400])
def test_the_runs_are_those_of_a_morphological_opening(width: int) -> None:
    random = np.random.default_rng(width)
    for length in (8, 9, width // 3, width // 2, width, 2 * width):
        band = (random.random((12, width)) < 0.97).astype(np.uint8)
        band[3] = 0
        (runs,) = long_runs([band], length)
        thick = cv2.dilate(band, np.ones((3, 3), np.uint8))
        kernel = np.ones((1, length), np.uint8)
        assert np.array_equal(runs, cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel))
