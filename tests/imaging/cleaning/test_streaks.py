"""Streaks that run from edge to edge are taken out; the rules of a table are left."""

import cv2
import numpy as np
import pytest

from ocrpipe.imaging.cleaning.streaks import without_streaks
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import SCALE, blank_page, line, page_image, ruled_page, scanned, write


def shaded(pixels: Pixels, *, across: bool, light: float = 0.8, seed: int = 1) -> Pixels:
    """The page under soft streaks at random places, down it or across it."""
    length = pixels.shape[0 if across else 1]
    share = np.ones(length)
    places = np.arange(length)
    for place in np.random.default_rng(seed).uniform(20, length - 20, 25):
        share -= (1 - light) * np.exp(-(((places - place) / 4) ** 2))
    share = np.maximum(share, light - 0.1)
    shade = share[:, None, None] if across else share[None, :, None]
    return np.asarray(np.rint(pixels * shade), np.uint8)


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("grey", [False, True])
def test_streaks_go_and_print_and_rules_under_them_stay(across: bool, grey: bool) -> None:
    clean = ruled_page()
    found = scanned(shaded(clean, across=across))
    if grey:
        found, clean = found[..., 0], clean[..., 0]
    lit = without_streaks(PageImage(found, SCALE)).pixels.astype(np.float64)
    off = np.abs(lit - scanned(ruled_page())[..., : 3 if not grey else 1].reshape(lit.shape))
    assert np.mean(off > 30) < 0.001
    assert np.mean(off) < 6


def test_a_table_of_few_rules_is_no_streak() -> None:
    image = page_image(scanned(ruled_page()))
    assert without_streaks(image) is image


def test_rules_that_go_over_the_edges_of_a_picture_with_its_print_are_no_streaks() -> None:
    pixels = blank_page(400, 500)
    for x in (80, 160, 240, 320):
        line(pixels, x, 0, x, 500, (190, 190, 190))
    for row in range(20):
        for x in (90, 170, 250, 330):
            write(pixels, "123", x, 18 + 25 * row, 11)
    image = page_image(pixels)
    assert without_streaks(image) is image


def test_a_streak_too_dark_to_read_through_is_left() -> None:
    pixels = ruled_page()
    line(pixels, 300, 0, 300, 842, (60, 60, 60))
    image = page_image(pixels)
    assert without_streaks(image) is image


def test_a_small_picture_is_returned_as_it_is() -> None:
    image = page_image(blank_page(60, 60))
    assert without_streaks(image) is image


def test_black_strips_at_both_ends_of_a_page_with_a_streak_are_left() -> None:
    pixels = ruled_page()[..., 0]
    pixels[:, 300:306] = np.rint(pixels[:, 300:306] * 0.85).astype(np.uint8)
    pixels[:200] = pixels[-200:] = 0
    image = PageImage(pixels, SCALE)
    assert without_streaks(image) is image


def folded(pixels: Pixels, lean: float = 0, width: float = 3) -> Pixels:
    """The page with a fold across it, which falls by `lean` points from side to side."""
    rows, columns = np.indices(pixels.shape[:2]) / SCALE
    off = rows - 330 - lean * (columns / columns.max() - 0.5)
    return np.asarray(pixels * (1 - 0.3 * np.exp(-((off / width) ** 2)))[..., None], np.uint8)


def punched(pixels: Pixels) -> Pixels:
    """The page with two punch holes, one of them on its fold, and a slip of what it lies on."""
    holed = pixels.copy()
    for y in (330, 560):
        cv2.circle(
            holed, (round(17 * SCALE), round(y * SCALE)), round(10 * SCALE), (40, 40, 40), -1
        )
    wedge = np.array([[300, 0], [595, 0], [595, 3]]) * SCALE
    cv2.fillPoly(holed, [wedge.astype(np.int32)], (60, 60, 60))
    return holed


def test_a_fold_of_a_punched_sheet_goes() -> None:
    image = page_image(scanned(folded(punched(ruled_page()))))
    lit = without_streaks(image).pixels.astype(np.float64)
    assert np.mean(np.abs(lit - scanned(punched(ruled_page()))) > 30) < 0.001


@pytest.mark.parametrize("punch", [False, True])
def test_a_fold_that_leans_is_left_until_its_sheet_is_straight(punch: bool) -> None:
    page = folded(ruled_page(), lean=3)
    image = page_image(scanned(punched(page) if punch else page))
    assert without_streaks(image) is image


def test_a_fold_that_leans_by_its_width_goes_whole() -> None:
    lit = without_streaks(page_image(scanned(folded(ruled_page(), lean=0.9, width=1)))).pixels
    along = np.s_[round(327 * SCALE) : round(333 * SCALE)]
    off = scanned(ruled_page())[along].astype(np.float64) - lit[along]
    assert np.mean(off > 15) < 0.01


def test_streaks_among_others_that_lean_are_left_with_these() -> None:
    pixels = blank_page()
    half = len(pixels) // 2
    for x, width, top, bottom in ((2, 2, 0.82, 0.7), (10, 3, 0.86, 0.8), (15, 4, 0.8, 0.92)):
        for rows, light in ((np.s_[:half], top), (np.s_[half:], bottom)):
            pixels[rows, x : x + width] = np.rint(255 * light)
    image = page_image(pixels)
    assert without_streaks(image) is image
