"""The slope of soft strokes."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.slant import lean_of_digits, slope_of_ink, without_soft_edges
from ocrpipe.page import Pixels


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


def zero(lean: float) -> CellInk:
    rows, columns = np.indices((30, 30), dtype=np.float64)
    across = (columns - 15 - lean * (15 - rows)) / 5
    away = np.hypot(across, (rows - 15) / 9)
    mask = (np.abs(away - 1) < 0.25).astype(np.uint8)
    return CellInk(200 * mask, mask, (Part(1, *_box(mask), int(mask.sum())),))


def _box(mask: Pixels) -> tuple[int, int, int, int]:
    x, y, width, height = cv2.boundingRect(mask)
    return x, y, x + width, y + height


@pytest.mark.parametrize(("lean", "found"), [(0.0, 0.0), (0.04, 0.0), (0.2, 0.2), (-0.2, 0.0)])
def test_the_digits_of_an_italic_typeface_lean(lean: float, found: float) -> None:
    cells = [(zero(lean), "0")] * 3
    assert lean_of_digits(cells) == pytest.approx(found, abs=0.03)


def test_few_digits_and_other_marks_do_not_tell_how_a_typeface_leans() -> None:
    assert lean_of_digits([(zero(0.2), "0")] * 2) == 0.0
    assert lean_of_digits([(zero(0.2), "7")] * 9 + [(zero(0.2), "00")] * 9) == 0.0
