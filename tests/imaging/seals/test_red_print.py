import cv2
import numpy as np
import pytest

from ocrpipe.imaging.seals.red_ink import without_red
from ocrpipe.imaging.seals.red_print import red_print
from ocrpipe.page import Pixels
from tests.imaging import drawing

PLACES = [(x, y) for y in range(150, 450, 22) for x in range(280, 520, 40)]


def figures(page: Pixels, color: tuple[int, int, int] = drawing.RED) -> None:
    """Numbers of a table, each in a cell of its own."""
    scale = drawing.SCALE
    for number, (x, y) in enumerate(PLACES):
        place = (round(x * scale), round(y * scale))
        cv2.putText(
            page, str(number * 37 % 1000), place, cv2.FONT_HERSHEY_SIMPLEX, 0.3 * scale, color, 2
        )


@pytest.mark.parametrize("stamped", [False, True])
def test_figures_that_are_printed_in_red_stay_and_the_seal_goes(stamped: bool) -> None:
    """All figures of a scan whose office prints them in red were blank, and sure."""
    page = drawing.blank_page()
    figures(page)
    if stamped:
        drawing.stamp(page, 150, 700, 60)
    image = drawing.page_image(drawing.scanned(page))
    cleaned = without_red(image)
    scale = drawing.SCALE
    table = np.s_[round(135 * scale) : round(455 * scale), round(270 * scale) : round(540 * scale)]
    dark = image.pixels[table].min(axis=2) < 120
    assert dark.mean() > 0.005
    assert (cleaned.pixels[table].max(axis=2)[dark] < 150).mean() > 0.95
    assert cleaned.hidden is None or not cleaned.hidden[table][dark].any()
    seal = np.s_[round(630 * scale) : round(770 * scale), round(80 * scale) : round(220 * scale)]
    assert np.percentile(cleaned.pixels[seal], 0.5) > 170


def marks(*boxes: tuple[int, int, int, int]) -> Pixels:
    mask = np.zeros((1200, 850), np.uint8)
    for x, y, width, height in boxes:
        mask[y : y + height, x : x + width] = 1
    return mask


def test_the_pieces_of_one_seal_are_no_print() -> None:
    pieces = marks(
        *((400 + 22 * col, 300 + 24 * row, 8, 9) for row in range(6) for col in range(6))
    )
    assert red_print(pieces, 1.4, []) is None


def test_marks_of_a_pen_are_no_print() -> None:
    """They differ in height; those of print do not."""
    heights = (6, 18, 9, 14, 7, 19, 11, 16, 5, 13, 8, 17)
    ticks = marks(*((100 + 60 * (i % 10), 100 + 70 * i, 14, h) for i, h in enumerate(heights)))
    assert red_print(ticks, 1.4, []) is None
    even = marks(*((100 + 60 * (i % 10), 100 + 70 * i, 14, 10) for i in range(len(heights))))
    found = red_print(even, 1.4, [])
    assert found is not None
    assert found[even > 0].all()


def test_a_page_without_red_ink_has_none() -> None:
    assert red_print(marks(), 1.4, []) is None
