"""Masks of runs in a raster."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.tables.rulings.strokes.responses import dark_fills, ink_response, runs


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


@settings(max_examples=60, deadline=None)
@given(
    st.integers(200, 255),
    st.lists(
        st.tuples(
            st.integers(0, 400), st.integers(0, 300), st.integers(1, 400), st.integers(60, 255)
        ),
        max_size=4,
    ),
)
def test_fills_are_those_darker_than_the_shade_around(
    paper: int, fills: list[tuple[int, int, int, int]]
) -> None:
    grey = np.full((400, 300), paper, np.uint8)
    for top, left, size, level in fills:
        grey[top : top + size, left : left + size] = level
    square = np.ones((17, 17), np.uint8)
    ground = cv2.morphologyEx(grey, cv2.MORPH_OPEN, square)
    # The shade as it is defined, in cells of 8 pixels: brightest within 25 of them, smoothed.
    cells = cv2.resize(ground, (300 // 8, 400 // 8), interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.dilate(cells, np.ones((51, 51), np.uint8)), (300, 400))
    level = np.clip(np.ceil(0.75 * around), 90, 170)
    light = np.where(ground < level, cv2.subtract(grey, ground), 0)
    expected = cv2.max(cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, square), light.astype(np.uint8))
    assert np.array_equal(ink_response(grey, 17), expected)


def test_a_character_without_paper_between_its_strokes_is_no_fill() -> None:
    grey = np.full((200, 300), 250, np.uint8)
    # Blurred, a dense character is grey all over.
    grey[40:58, 50:68] = 150
    assert dark_fills(grey, 15) is None
    grey[100:140, 30:200] = 150
    filled = dark_fills(grey, 15)
    assert filled is not None
    assert filled[120, 100]
    assert not filled[:80].any()
