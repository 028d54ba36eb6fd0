"""Dark bands with light print become dark print on paper; nothing else is touched."""

import cv2
import numpy as np
import pytest

from ocrpipe.channels import to_grey
from ocrpipe.imaging import without_dark_bands
from ocrpipe.page import PageImage, Pixels

SCALE = 2.0
BAND = (slice(200, 240), slice(100, 900))


def page() -> Pixels:
    pixels = np.full((1200, 1000, 3), 250, np.uint8)
    cv2.putText(pixels, "below the band", (120, 300), 0, 0.8, (20, 20, 20), 2)
    return pixels


def banded(colour: tuple[int, int, int]) -> Pixels:
    pixels = page()
    pixels[BAND] = colour
    for x in (150, 400, 650):
        cv2.putText(pixels, "head", (x, 228), 0, 0.8, (255, 255, 255), 2)
    return pixels


@pytest.mark.parametrize("colour", [(90, 60, 20), (40, 40, 40), (30, 30, 190)])
@pytest.mark.parametrize("grey", [False, True])
def test_light_print_on_a_dark_band_becomes_dark_print_on_paper(
    colour: tuple[int, int, int], grey: bool
) -> None:
    pixels = banded(colour)
    if grey:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    inside = cleaned[204:236, 104:896]
    assert np.median(inside) == 250
    assert 0.01 < np.mean(inside < 100) < 0.2
    assert (cleaned[195:205, 300].min(), cleaned[235:245, 300].min()) < (60, 60)
    assert np.array_equal(cleaned[260:], pixels[260:])


def test_a_wide_band_with_a_few_small_characters_is_turned() -> None:
    pixels = page()
    pixels[BAND] = (90, 60, 20)
    cv2.putText(pixels, "head", (400, 224), 0, 0.45, (255, 255, 255), 1, cv2.LINE_AA)
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert np.median(cleaned[204:236, 104:896]) == 250
    assert np.mean(cleaned[204:236, 395:450] < 150) > 0.02


def test_print_is_taken_from_the_page_before_its_red_ink_went() -> None:
    pixels = banded((30, 30, 190))
    clean = pixels.copy()
    clean[BAND] = 250
    found = without_dark_bands(PageImage(pixels, SCALE), PageImage(clean, SCALE)).pixels
    assert np.mean(found[204:236, 104:896] < 100) > 0.01


def test_a_seam_between_the_fills_of_two_cells_is_no_print() -> None:
    pixels = banded((40, 40, 40))
    pixels[BAND[0], 560] = 110
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert cleaned[204:236, 560].min() > 200


def test_a_pale_wall_between_heads_stays_where_a_rule_goes_on_below() -> None:
    pixels = banded((40, 40, 40))
    pixels[BAND[0], 560] = 110
    pixels[BAND[0].stop :, 560] = 170
    found = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert found[204:236, 560].max() < 200


def test_black_rules_between_the_heads_of_a_band_stay() -> None:
    pixels = page()
    pixels[200:280, 100:900] = (248, 160, 66)
    for x, y in ((140, 250), (640, 228), (420, 268), (760, 268)):
        cv2.putText(pixels, "head", (x, y), 0, 0.7, (255, 255, 255), 2)
    rules = np.s_[204:276, 350:352], np.s_[240:242, 354:896], np.s_[244:276, 620:622]
    for rule in rules:
        pixels[rule] = 0
    found = to_grey(without_dark_bands(PageImage(pixels, SCALE)).pixels)
    assert all(found[rule].max() < 60 for rule in rules)
    assert np.median(found[204:236, 360:890]) == 250


def photograph() -> Pixels:
    pixels = page()
    noise = np.random.default_rng(1).integers(0, 160, (200, 300, 3))
    pixels[500:700, 300:600] = noise
    return pixels


def ring() -> Pixels:
    pixels = page()
    cv2.circle(pixels, (500, 600), 90, (30, 30, 30), 30)
    return pixels


def bar() -> Pixels:
    pixels = page()
    pixels[600:640, 100:900] = 20
    return pixels


@pytest.mark.parametrize("pixels", [page(), photograph(), ring(), bar()])
def test_what_is_no_band_with_print_stays(pixels: Pixels) -> None:
    image = PageImage(pixels, SCALE)
    assert without_dark_bands(image) is image


def test_a_head_with_cells_over_several_rows_is_turned_as_a_whole() -> None:
    pixels = page()
    pixels[200:240, 40:900] = pixels[200:320, 40:300] = (40, 30, 150)
    for x, y in ((70, 270), (340, 228), (650, 228)):
        cv2.putText(pixels, "head", (x, y), 0, 0.8, (255, 255, 255), 2)
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    for inside in (cleaned[206:314, 46:294], cleaned[206:234, 306:894]):
        assert np.median(inside) == 250
        assert np.mean(inside < 100) > 0.01


def test_a_band_close_to_the_edge_of_the_page_is_turned() -> None:
    pixels = page()
    pixels[200:240, 14:988] = (90, 60, 20)
    for x in (60, 400, 850):
        cv2.putText(pixels, "head", (x, 228), 0, 0.8, (255, 255, 255), 2)
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert np.median(cleaned[206:234, 20:980]) == 250


def test_bands_side_by_side_are_two_with_paper_between() -> None:
    pixels = banded((90, 60, 20))
    pixels[BAND[0], 480:540] = 250
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert np.array_equal(cleaned[150:260, 490:530], pixels[150:260, 490:530])
    assert np.median(cleaned[204:236, 104:470]) == np.median(cleaned[204:236, 550:896]) == 250


def test_a_band_of_a_faint_page_is_dark_for_its_print() -> None:
    pixels = np.rint(250 - 0.5 * (250.0 - banded((196, 114, 68)))).astype(np.uint8)
    assert np.median(to_grey(pixels)[BAND]) > 0.68 * 250
    cleaned = without_dark_bands(PageImage(pixels, SCALE)).pixels
    assert np.median(cleaned[204:236, 104:896]) == 250


def test_a_band_that_is_paler_at_one_end_than_at_the_other_is_turned() -> None:
    pixels = np.asarray(cv2.cvtColor(banded((40, 40, 40)), cv2.COLOR_BGR2GRAY), np.float32)
    fill = np.linspace(120, 172, 800)
    print_ = (pixels[BAND] - 40) / 215
    pixels[BAND] = fill + print_ * (250 - fill)
    pixels[260:] = 250 - 0.7 * (250 - pixels[260:])
    cleaned = without_dark_bands(PageImage(np.rint(pixels).astype(np.uint8), SCALE)).pixels
    assert np.median(cleaned[204:236, 104:896]) > 240


def test_dark_print_on_a_grey_fill_with_white_walls_stays() -> None:
    pixels = page()
    pixels[BAND] = 160
    for x in (150, 400, 650):
        cv2.putText(pixels, "head", (x, 228), 0, 0.8, (20, 20, 20), 2)
    pixels[BAND[0], 100:900:100] = pixels[BAND[0], 101:900:100] = 250
    assert without_dark_bands(PageImage(pixels, SCALE)).pixels is pixels


@pytest.mark.parametrize("soft", [120, 170])
def test_a_band_with_a_soft_edge_has_its_outline_all_along(soft: int) -> None:
    pixels = banded((90, 60, 20))
    for row in range(*BAND[0].indices(1200)):
        # Toner is a little uneven.
        pixels[row, BAND[1].start - 1] = pixels[row, BAND[1].stop] = soft + row % 3
    cleaned = to_grey(without_dark_bands(PageImage(pixels, SCALE)).pixels)
    for side in (BAND[1].start, BAND[1].stop):
        assert cleaned[204:236, side - 4 : side + 4].min(axis=1).max() < 200
