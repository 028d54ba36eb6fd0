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


THIN, PALE = (30, 30, 30), (80, 80, 80)


def thinly_printed() -> tuple[PageImage, Pixels, Pixels]:
    """Digits as grey as the seal that is over and beside them, and where they and its number are.

    None of the digits touches a stroke of the seal; the seal's own number follows its ring.
    """
    page, print_, number = (drawing.blank_page(300, 300) for _ in range(3))
    for x in (40, 68, 128, 163, 225, 250):
        for y in (133, 182) if 90 < x < 210 else (60, 131, 182, 240):
            _thin(print_, "20", x, y, 1.0, THIN)
    for turn in np.linspace(0.25, 0.75, 11) * np.pi:
        x, y = 150 + 49 * np.cos(turn), 150 + 49 * np.sin(turn)
        _thin(number, "6", x - 2, y + 2.5, 0.6, PALE)
    drawing.write(page, "Bureau", 30, 30, 12)
    drawing.stamp(page, 150, 150, 60, GREY)
    page = np.minimum(page, np.minimum(print_, number))
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    image = PageImage(np.asarray(grey, np.uint8), drawing.SCALE)
    return image, print_[:, :, 0], number[:, :, 0]


def _thin(
    page: Pixels, text: str, x: float, y: float, size: float, color: tuple[int, int, int]
) -> None:
    place = (round(x * drawing.SCALE), round(y * drawing.SCALE))
    cv2.putText(page, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.55 * size, color, 1)


def test_digits_as_grey_as_the_seal_stay_where_no_stroke_of_it_touches_them() -> None:
    image, own, _ = thinly_printed()
    cleaned = without_grey_seals(image, [SEAL]).pixels
    assert not np.array_equal(cleaned, image.pixels)
    assert np.mean(cleaned[own < 120] < 185) > 0.97


def test_the_number_along_the_ring_goes_with_a_seal_as_grey_as_the_print() -> None:
    image, _, number = thinly_printed()
    cleaned = without_grey_seals(image, [SEAL]).pixels
    assert np.mean(image.pixels[number < 140] < 185) > 0.9
    assert np.mean(cleaned[number < 140] > 200) > 0.9


def test_print_outside_the_ring_is_no_ink_of_a_seal() -> None:
    page = drawing.blank_page(300, 300)
    drawing.write(page, "Bureau", 30, 30, 12)
    drawing.stamp(page, 150, 150, 60, GREY)
    corner = drawing.blank_page(300, 300)
    _thin(corner, "E", 91, 102, 1.0, THIN)
    page = np.minimum(page, corner)
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    image = PageImage(np.asarray(grey, np.uint8), drawing.SCALE)
    cleaned = without_grey_seals(image, [SEAL]).pixels
    assert np.mean(cleaned[corner[:, :, 0] < 120] < 185) > 0.97


def test_a_thin_rule_goes_on_through_the_ring_of_a_seal() -> None:
    page = drawing.blank_page(300, 300)
    drawing.write(page, "Bureau", 30, 30, 12)
    for at in (110, 150, 190):
        drawing.line(page, 20, at, 280, at, (105, 105, 105))
    ruled = page[round(60 * drawing.SCALE) :, :, 0] < 120
    drawing.stamp(page, 150, 150, 60, GREY)
    grey = cv2.cvtColor(drawing.scanned(page), cv2.COLOR_BGR2GRAY)
    image = PageImage(np.asarray(grey, np.uint8), drawing.SCALE)
    cleaned = without_grey_seals(image, [SEAL]).pixels[round(60 * drawing.SCALE) :]
    across = {row: cleaned[row] for row in np.flatnonzero(ruled.any(axis=1))}
    assert across
    at_ring = [pixels[ruled[row]] for row, pixels in across.items()]
    assert np.mean(np.concatenate(at_ring) < 190) > 0.98
