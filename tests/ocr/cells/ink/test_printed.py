"""The ink of a cell."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.darkness import Darkness
from ocrpipe.ocr.cells.ink.printed import cell_ink


def test_the_upper_bar_of_a_character_beside_a_rule_is_no_remains_of_it() -> None:
    values = np.zeros((33, 120), np.uint8)
    values[[0, 32]] = 200
    values[5:25, 22:41] = np.where(np.indices((20, 19)).sum(axis=0) % 4 < 2, 200, 0)
    for top in (6, 13, 21):
        values[top : top + 2, 45:64] = 200
    # Far from print, a flat mark as high is what is left of a rule.
    values[6:8, 95:110] = 200
    ink = cell_ink(Darkness(values, 2.78, 1.5, 200.0), Box(0, 0, 120 / 2.78, 33 / 2.78))
    assert ink.mask[6:8, 46:63].all()
    assert not ink.mask[:, 95:110].any()


def test_a_stroke_close_to_the_border_does_not_reach_it() -> None:
    values = np.zeros((27, 60), np.uint8)
    for row in range(2, 18):
        start = 40 - row // 2
        values[row, start : start + 4] = 200
    ink = cell_ink(Darkness(values, 2.08, 1.5, 200.0), Box(0, 0, 60 / 2.08, 27 / 2.08))
    assert [(part.y0, part.y1) for part in ink.parts] == [(2, 18)]


def test_a_high_slash_of_a_pen_beside_a_digit_goes_and_the_digit_is_in_doubt() -> None:
    values = np.zeros((90, 80), np.uint8)
    for row in range(10, 55):
        values[row, 60 - (row - 10) : 64 - (row - 10)] = 200
    cv2.ellipse(values, (40, 66), (5, 8), 0, 0, 360, (200,), 2)
    ink = cell_ink(Darkness(values, 2.78, 1.5, 200.0), Box(0, 0, 80 / 2.78, 90 / 2.78))
    assert not ink.mask[:54].any()
    assert ink.mask[58:75, 34:47].any()
    assert ink.highest < 0.8
    # A printed slash beside a digit is hardly higher than that.
    values = np.zeros((40, 80), np.uint8)
    for row in range(8, 30):
        values[row, 48 - (row - 8) // 2 : 51 - (row - 8) // 2] = 200
    cv2.ellipse(values, (28, 19), (5, 8), 0, 0, 360, (200,), 2)
    ink = cell_ink(Darkness(values, 2.78, 1.5, 200.0), Box(0, 0, 80 / 2.78, 40 / 2.78))
    assert ink.mask[9:29, 38:52].any()
    assert ink.highest > 0.8


@pytest.mark.parametrize("digit", [True, False])
def test_a_ring_through_a_corner_takes_no_digit_along_and_leaves_no_sure_blank(digit: bool) -> None:
    values = np.zeros((42, 107), np.uint8)
    cv2.ellipse(values, (18, -6), (48, 40), 0, 0, 360, (200,), 4)
    if digit:
        cv2.ellipse(values, (15, 20), (5, 8), 0, 0, 360, (200,), 2)
    ink = cell_ink(Darkness(values, 2.78, 1.5, 200.0), Box(0, 0, 107 / 2.78, 42 / 2.78))
    assert ink.mask[11:29, 9:21].any() == digit
    assert not ink.mask[:, 40:].any()
    assert ink.highest < 0.8
