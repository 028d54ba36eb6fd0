"""The slope of soft strokes."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.cells.slant import slope_of_ink, without_soft_edges


@given(slope=st.floats(-0.5, 0.5), breadth=st.floats(1.0, 3.0), start=st.floats(14.0, 16.0))
def test_the_slope_of_a_soft_stroke_is_measured_to_parts_of_a_pixel(
    slope: float, breadth: float, start: float
) -> None:
    rows, columns = np.indices((24, 30), dtype=np.float64)
    away = (columns - (start + slope * (12.0 - rows))) / breadth
    darkness = np.round(200 * np.exp(-0.5 * away**2)).astype(np.uint8)
    mask = np.ones_like(darkness)
    assert slope_of_ink(mask, darkness) == pytest.approx(slope, abs=0.03)


@pytest.mark.parametrize("blur", [0.8, 1.2])
def test_blur_leaves_the_width_at_half_the_darkness(blur: float) -> None:
    sharp = np.zeros((30, 30), dtype=np.uint8)
    sharp[4:26, 13:17] = 200
    darkness = np.asarray(cv2.GaussianBlur(sharp, (0, 0), blur), dtype=np.uint8)
    mask = (darkness > 20).astype(np.uint8)
    widths = without_soft_edges(mask, darkness)[8:22].sum(axis=1)
    assert mask[15].sum() > 4
    assert set(widths.tolist()) == {4}


def test_no_ink_has_no_slope() -> None:
    blank = np.zeros((5, 4), dtype=np.uint8)
    assert slope_of_ink(blank, blank) == 0.0
    assert not without_soft_edges(blank, blank).any()
