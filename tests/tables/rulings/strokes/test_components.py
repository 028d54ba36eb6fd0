"""Tests of ocrpipe.tables.rulings.strokes.components."""

import numpy as np
import pytest

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.strokes.components import strokes_in
from ocrpipe.tables.rulings.strokes.stroke import Stroke

SHORT = 40.0


def strokes(response: Pixels) -> list[Stroke]:
    mask = (response > 0).astype(np.uint8)
    return strokes_in(mask, response, thickest=6, bend=1, short=SHORT)


def test_a_level_stroke_has_the_weighted_height_and_thickness_of_its_ink() -> None:
    response = np.zeros((20, 60), np.uint8)
    response[8, 10:30] = 50
    response[9, 10:30] = 100
    (found,) = strokes(response)
    assert (found.x0, found.x1) == (10, 30)
    assert found.y0 == found.y1 == pytest.approx(8 + 100 / 150)
    assert found.thickness == pytest.approx(1.5)
    assert found.contrast == 100


def test_strokes_are_measured_each_by_itself() -> None:
    response = np.zeros((40, 100), np.uint8)
    response[5, 10:30] = 60
    response[20, 15:35] = 200
    response[20, 60:70] = 90
    found = [(stroke.x0, stroke.x1, stroke.y0, stroke.contrast) for stroke in strokes(response)]
    assert found == [(10, 30, 5, 60), (15, 35, 20, 200), (60, 70, 20, 90)]


def test_the_contrast_is_that_of_the_middle_column() -> None:
    response = np.zeros((10, 40), np.uint8)
    response[4, 5:30] = 80
    response[4, 5:12] = 255
    assert strokes(response)[0].contrast == 80


def test_text_that_joins_two_rules_does_not_make_them_one() -> None:
    response = np.zeros((60, 200), np.uint8)
    response[10, 5:195] = 200
    response[40, 5:195] = 200
    response[10:41, 90:96] = 200
    long = [stroke for stroke in strokes(response) if stroke.length > 100]
    assert sorted(round(stroke.y0) for stroke in long) == [10, 40]


def test_what_is_thick_is_no_stroke() -> None:
    response = np.zeros((40, 80), np.uint8)
    response[10:30, 10:70] = 200
    assert strokes(response) == []


def test_an_empty_mask_has_none() -> None:
    assert strokes(np.zeros((10, 10), np.uint8)) == []
