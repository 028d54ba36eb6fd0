import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.imaging import without_grey_seals
from ocrpipe.page import PageImage, Pixels, Region
from tests.imaging import drawing

SEAL = Region("seal", Box(90, 90, 210, 210), 0.9)
GREY, DARK = (110, 110, 110), (30, 30, 30)


def printed() -> Pixels:
    page = drawing.blank_page(300, 300)
    for row in range(6):
        drawing.write(page, "Bureau 2020-01-23", 60, 100 + 22 * row, 12)
    return page


def signed(color: tuple[int, int, int]) -> PageImage:
    page = printed()
    drawing.stamp(page, 150, 150, 60, color)
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    return PageImage(np.asarray(grey, np.uint8), drawing.SCALE)


def test_a_grey_seal_goes_and_the_print_under_it_stays() -> None:
    image = signed(GREY)
    cleaned = without_grey_seals(image, [SEAL]).pixels
    own = printed()[:, :, 0]
    text, paper = own < 60, cv2.erode(own, np.ones((7, 7), np.uint8)) > 240
    seal = (image.pixels < 160) & paper
    assert seal.sum() > 2000
    assert np.mean(cleaned[seal] > 200) > 0.95
    assert np.mean(cleaned[text] < 150) > 0.95


def test_a_seal_as_dark_as_the_print_stays() -> None:
    image = signed(DARK)
    assert without_grey_seals(image, [SEAL]) is image


@pytest.mark.parametrize("box", [Box(0, 0, 60, 60), Box(-20, -20, 40, 40), Box(290, 290, 400, 400)])
def test_what_is_no_seal_after_all_stays(box: Box) -> None:
    image = signed(GREY)
    cleaned = without_grey_seals(image, [Region("seal", box, 0.9)])
    assert np.array_equal(cleaned.pixels, image.pixels)


def test_a_page_with_colour_or_without_a_seal_is_left_alone() -> None:
    image = signed(GREY)
    assert without_grey_seals(image, []) is image
    coloured = drawing.page_image(printed())
    assert without_grey_seals(coloured, [SEAL]) is coloured


def test_what_a_seal_may_hide_is_known_and_print_that_shows_is_not_hidden() -> None:
    image = signed(GREY)
    hidden = without_grey_seals(image, [SEAL]).hidden
    assert hidden is not None
    own = printed()[:, :, 0]
    seal = (image.pixels < 160) & (cv2.erode(own, np.ones((7, 7), np.uint8)) > 240)
    assert np.mean(hidden[seal]) > 0.6
    assert np.mean(hidden[own < 60]) < 0.1
    assert not hidden[: round(80 * drawing.SCALE)].any()


def test_a_grey_seal_goes_where_little_print_is_under_it() -> None:
    page = drawing.blank_page(300, 300)
    for row in range(5):
        drawing.write(page, "2020", 30, 40 + 12 * row, 7)
    drawing.stamp(page, 150, 150, 60, GREY)
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    image = PageImage(np.asarray(grey, np.uint8), drawing.SCALE)
    cleaned = without_grey_seals(image, [SEAL]).pixels
    x0, y0, x1, y1 = (round(v) for v in image.to_pixels(SEAL.box))
    assert np.mean(cleaned[y0:y1, x0:x1] > 200) > 0.98


def test_no_stroke_of_a_seals_characters_is_left_and_rules_stay() -> None:
    page = drawing.blank_page(300, 300)
    # Thin rules are no darker than the seal, as a scan softens them.
    for at in range(60, 260, 20):
        y = round(at * drawing.SCALE)
        cv2.line(page, (0, y), (page.shape[1], y), GREY, 2)
    ruled = page[:, :, 0] < 200
    drawing.write(page, "2020", 30, 50, 12)
    drawing.stamp(page, 150, 150, 60, GREY)
    character = np.zeros(page.shape[:2], np.uint8)
    for x in (115, 165):
        place = (round(x * drawing.SCALE), round(135 * drawing.SCALE))
        cv2.line(character, place, (place[0] + 15, place[1] - 30), (1,), 2)
    strokes = (character > 0) & (page.min(axis=2) > 240)
    page[strokes] = (140, 140, 140)
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    image = PageImage(np.asarray(grey, np.uint8), drawing.SCALE)
    cleaned = without_grey_seals(image, [SEAL]).pixels
    assert np.mean(cleaned[strokes] > 200) > 0.9
    beside_ring = cv2.dilate(((page[:, :, 0] < 130) & ~ruled).astype(np.uint8), np.ones((9, 9)))
    assert np.mean(cleaned[ruled & (beside_ring == 0)] < 190) > 0.95
