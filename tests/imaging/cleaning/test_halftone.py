"""Fields of dots become grey; print, dotted rules and dust are left as they are."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from ocrpipe.imaging.cleaning.halftone import without_halftone
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import SCALE, page_image, ruled_page, scanned, text_page

HEAD = (slice(260, 320), slice(160, 900))


def dithered(grey: Pixels) -> Pixels:
    """Black and white by the ordered dither of Bayer (1973), its matrix 4 by 4."""
    first = np.array([[0, 2], [3, 1]])
    matrix = np.block([[4 * first, 4 * first + 2], [4 * first + 3, 4 * first + 1]])
    height, width = grey.shape
    levels = np.tile((matrix + 0.5) * 16, (height // 4 + 1, width // 4 + 1))[:height, :width]
    return np.where(grey > levels, 255, 0).astype(np.uint8)


def tinted_page(tint: int) -> Pixels:
    pixels = ruled_page()
    pixels[HEAD] = np.minimum(pixels[HEAD], tint)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))


@pytest.mark.parametrize("tint", [150, 190, 225])
@pytest.mark.parametrize("colour", [False, True])
def test_a_tint_of_dots_becomes_even(tint: int, colour: bool) -> None:
    pixels = dithered(tinted_page(tint))
    if colour:
        pixels = np.repeat(pixels[..., None], 3, axis=2)
    found = without_halftone(PageImage(pixels, SCALE)).pixels
    blank = np.asarray(found[265:315, 170:200])
    assert float(blank.std()) < 25
    assert abs(float(blank.mean()) - tint) < 20


def diffused(grey: Pixels) -> Pixels:
    """Black and white by the error diffusion of Floyd and Steinberg (1976)."""
    return np.asarray(Image.fromarray(grey).convert("1").convert("L"), np.uint8)


@pytest.mark.parametrize("tint", [190, 225])
def test_nothing_is_left_of_dots_beside_print(tint: int) -> None:
    page = np.clip(tinted_page(tint).astype(int) - 10, 0, 255).astype(np.uint8)
    found = without_halftone(PageImage(diffused(page), SCALE)).pixels
    for blank in (found[265:290, 170:195], found[20:60, 100:1000]):
        assert int(np.ptp(blank)) < 20
    rule = found[244:256, 170:195].min(axis=0)
    assert int(rule.max()) < tint - 70


def dusty(pixels: Pixels) -> Pixels:
    found = pixels.copy()
    places = np.random.default_rng(3).random(pixels.shape[:2]) < 0.002
    found[places] = 40
    return found


def dotted(pixels: Pixels) -> Pixels:
    found = pixels.copy()
    for y in range(100, 1600, 40):
        for x in range(80, 1200, 4):
            found[y : y + 2, x : x + 2] = 30
    return found


@pytest.mark.parametrize("damage", [lambda page: page, scanned, dusty, dotted])
@pytest.mark.parametrize("draw", [ruled_page, text_page])
def test_a_page_without_halftones_is_returned_as_it_is(
    draw: Callable[[], Pixels], damage: Callable[[Pixels], Pixels]
) -> None:
    image = page_image(damage(draw()))
    assert without_halftone(image) is image


def test_the_grain_of_a_shade_as_dark_as_ink_is_no_halftone() -> None:
    """A cheap scanner's noise around the grey that parts ink from paper makes dots, none darker
    than the shade by much; smoothing them took thin rules and strokes off the page."""
    page = tinted_page(195)
    page[30:230, 60:1100] = np.minimum(page[30:230, 60:1100], 195)
    grain = np.random.default_rng(1).normal(0, 11, page.shape)
    noisy = np.clip(page * 0.95 + grain, 0, 255).astype(np.uint8)
    image = PageImage(noisy, SCALE)
    assert without_halftone(image) is image


def test_a_tiny_picture_is_returned_as_it_is() -> None:
    image = PageImage(np.full((5, 5), 255, np.uint8), SCALE)
    assert without_halftone(image) is image
