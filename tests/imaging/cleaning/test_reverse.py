from collections.abc import Sequence
from itertools import cycle

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import without_reverse
from ocrpipe.page import PageImage, Pixels
from tests.imaging import drawing

PRINT, GHOST = 40, 205


def lines(level: int, top: int = 30) -> Pixels:
    page = drawing.blank_page(300, 300)
    for row in range(8):
        text = f"Bureau {2013 + row} Ab 01-23"
        x, y = round(20 * drawing.SCALE), round((top + 32 * row) * drawing.SCALE)
        colour = (level,) * 3
        cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, colour, 2, cv2.LINE_AA)
    return page


def with_reverse() -> tuple[PageImage, Pixels, Pixels]:
    """A page, its own print, and the mirrored print of its reverse."""
    own = lines(PRINT)
    ghost = cv2.GaussianBlur(lines(GHOST, 45)[:, ::-1], (0, 0), 1.0)
    page = np.asarray(np.minimum(own, ghost), np.uint8)
    return drawing.page_image(page), own, np.asarray(ghost, np.uint8)


def mirrored(_first: Pixels, _second: Pixels) -> bool:
    return True


@pytest.mark.parametrize("grey", [True, False])
def test_the_reverse_goes_and_the_print_stays(grey: bool) -> None:
    image, own, ghost = with_reverse()
    if grey:
        pixels = np.asarray(cv2.cvtColor(image.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
        image, own, ghost = PageImage(pixels, image.scale), own[:, :, 0], ghost[:, :, 0]
    cleaned = without_reverse(image, mirrored).pixels
    assert cleaned.shape == image.pixels.shape
    assert np.array_equal(cleaned[own < 120], image.pixels[own < 120])
    beside = cv2.erode(own, np.ones((7, 7), np.uint8)) > 240
    assert image.pixels[beside & (ghost < 230)].size > 100
    assert cleaned[beside].min() > 230


def test_the_reverse_goes_where_the_page_has_little_print_of_its_own() -> None:
    """The pale marks are of many levels, so that most of the spread lies among them."""
    page = drawing.blank_page(300, 300)
    for row, level in enumerate(range(170, 250, 10)):
        ghost = lines(level, 10 + 3 * row)[:, ::-1]
        page = np.asarray(np.minimum(page, ghost), np.uint8)
    own = drawing.blank_page(300, 300)
    place = round(20 * drawing.SCALE), round(285 * drawing.SCALE)
    cv2.putText(own, "1 0 3 0 4 2", place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (PRINT,) * 3, 2)
    image = drawing.page_image(np.asarray(np.minimum(page, own), np.uint8))
    cleaned = without_reverse(image, mirrored).pixels
    assert np.array_equal(cleaned[own < 120], image.pixels[own < 120])
    away = cv2.erode(own, np.ones((7, 7), np.uint8)) > 240
    assert cleaned[away].min() > 230


def test_what_is_handed_over_are_the_pale_marks_alone_and_their_mirror_images() -> None:
    image, own, ghost = with_reverse()
    seen: list[Pixels] = []

    def judge(first: Pixels, second: Pixels) -> bool:
        seen.extend((first, second))
        return False

    assert without_reverse(image, judge) is image
    first, across, again, down = seen
    assert np.array_equal(first, across[:, ::-1])
    assert np.array_equal(first, again)
    assert np.array_equal(first, down[::-1])
    away = cv2.erode(own[:, :, 0], np.ones((7, 7), np.uint8)) > 240
    assert first[away & (ghost[:, :, 0] < 210)].max() < 150
    assert first[own[:, :, 0] < 60].min() > 230


@pytest.mark.parametrize("level", [PRINT, GHOST])
def test_a_page_of_one_darkness_is_not_even_looked_at(level: int) -> None:
    def judge(_first: Pixels, _second: Pixels) -> bool:
        pytest.fail("asked about a page without pale marks beside dark ones")

    image = drawing.page_image(lines(level))
    assert without_reverse(image, judge) is image


def test_pale_ink_with_a_colour_stays() -> None:
    image, _, _ = with_reverse()
    drawing.stamp(image.pixels, 220, 260, 30, (190, 190, 250))
    stamp = image.pixels[:, :, 2].astype(int) - image.pixels[:, :, 1] > 45
    cleaned = without_reverse(image, mirrored).pixels
    assert stamp.sum() > 500
    assert np.array_equal(cleaned[stamp], image.pixels[stamp])


def test_an_empty_page_and_a_tiny_one_are_left_alone() -> None:
    for pixels in (drawing.blank_page(200, 200), np.full((1, 1), 255, np.uint8)):
        image = PageImage(pixels, drawing.SCALE)
        assert without_reverse(image, mirrored) is image


@pytest.mark.parametrize("levels", [(140, 140, 165), range(170, 10, -2)])
def test_thin_dashes_of_the_page_itself_stay_though_hardly_darker_than_the_reverse(
    levels: Sequence[int],
) -> None:
    image, _, _ = with_reverse()
    # As fine as that, a page is looked over in a raster of a third, where thin dashes are pale.
    page = cv2.resize(image.pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    place = np.zeros(page.shape[:2], np.uint8)
    corners = [(x, y) for y in range(21, 1180, 27) for x in (960, 1040, 1120)]
    for (x, y), level in zip(corners, cycle(levels), strict=False):
        place[y : y + 3, x : x + 42] = level
    place[cv2.erode(page[:, :, 0], np.ones((25, 25), np.uint8)) < 240] = 0
    page[place > 0] = place[place > 0, None]
    cleaned = without_reverse(PageImage(page, 2 * drawing.SCALE), mirrored).pixels
    assert np.count_nonzero(place) > 1200
    assert cleaned[place > 0].max() <= 180
    ghost = (page[:, :, 0] > 200) & (page[:, :, 0] < 215)
    assert np.median(cleaned[ghost]) > 230


def test_hairlines_of_the_page_itself_stay_and_those_that_shine_through_go() -> None:
    image, _, _ = with_reverse()
    rules, through = drawing.blank_page(300, 300), drawing.blank_page(300, 300)
    for at in (50, 82, 114, 146, 178, 210, 242):
        y = round(at * drawing.SCALE)
        rules[y, 20:-20] = 185
        through[y + 20, 20:-20] = 235
    # They are one mark, as dark as the darkest of them.
    rules[round(50 * drawing.SCALE) : round(242 * drawing.SCALE), 20:22] = 120
    page = np.minimum(np.minimum(image.pixels, rules), through)
    drawn = drawing.page_image(np.asarray(page, np.uint8))
    cleaned = without_reverse(drawn, mirrored).pixels
    assert np.mean(cleaned[rules == 185] < 200) > 0.98
    beside = cv2.erode(np.minimum(image.pixels, rules), np.ones((7, 7), np.uint8)) > 240
    assert cleaned[beside & (through == 235)].min() > 240
