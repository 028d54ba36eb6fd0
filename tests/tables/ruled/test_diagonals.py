"""Oblique lines of a header's corner go; characters and other cells stay."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import PageImage, Pixels
from ocrpipe.tables import without_diagonals

CELL = Box(20, 30, 150, 70)
PIXELS = (50, 75, 375, 175)
SCALE = 2.5


def page(colour: bool = False) -> Pixels:
    pixels = np.full((400, 600, 3) if colour else (400, 600), 250, np.uint8)
    cv2.rectangle(pixels, PIXELS[:2], PIXELS[2:], (20, 20, 20), 2)
    cv2.putText(pixels, "year", (300, 105), 0, 0.7, (20, 20, 20), 2)
    cv2.putText(pixels, "item", (60, 165), 0, 0.7, (20, 20, 20), 2)
    return pixels


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(
    "ends",
    [((375, 175),), ((230, 175), (375, 130))],
    ids=["one line", "two lines"],
)
def test_lines_from_a_corner_go_and_print_stays(
    ends: tuple[tuple[int, int], ...], colour: bool
) -> None:
    plain, drawn = page(colour), page(colour)
    for end in ends:
        cv2.line(drawn, PIXELS[:2], end, (20, 20, 20), 2, cv2.LINE_AA)
    cleaned = without_diagonals(PageImage(drawn, SCALE), [CELL]).pixels
    inside = np.s_[82:168, 57:368]
    assert np.mean((cleaned[inside] < 128) != (plain[inside] < 128)) < 0.004
    assert np.mean((drawn[inside] < 128) != (plain[inside] < 128)) > 0.01
    assert np.array_equal(drawn[200:], cleaned[200:])


def test_the_strokes_of_characters_and_short_lines_stay() -> None:
    pixels = page()
    cv2.putText(pixels, "X/", (52, 130), 0, 1.4, (20, 20, 20), 2)
    cv2.line(pixels, (60, 80), (150, 110), (20, 20, 20), 2)
    image = PageImage(pixels, SCALE)
    assert without_diagonals(image, [CELL]) is image


def test_a_line_between_lower_corners_or_in_a_small_cell_is_not_looked_for() -> None:
    pixels = page()
    cv2.line(pixels, (50, 175), (375, 120), (20, 20, 20), 2)
    image = PageImage(pixels, SCALE)
    assert without_diagonals(image, [CELL, Box(20, 30, 30, 36)]) is image
