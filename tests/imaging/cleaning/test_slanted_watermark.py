"""Small and thin watermarks that lie aslant go; pale print along the page, and slashes, stay."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from ocrpipe.imaging.cleaning.watermark import without_watermark
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import SCALE, blank_page, page_image, ruled_page, scanned, write

TONE = 200


def tiled(angle: float, color: tuple[int, int, int] = (TONE,) * 3) -> Pixels:
    """White, with small thin letters all over that rise by `angle` degrees to the right."""
    layer = np.full((2400, 2400, 3), 255, np.uint8)
    for row, y in enumerate(range(60, 2400, 130)):
        for x in range(-200 * (row % 2), 2400, 420):
            cv2.putText(layer, "INTERNAL", (x, y), cv2.FONT_HERSHEY_SIMPLEX, 1.7, color, 4)
    turn = cv2.getRotationMatrix2D((1200.0, 1200.0), angle, 1)
    turned = cv2.warpAffine(layer, turn, (2400, 2400), borderValue=(255,) * 3)
    height, width = blank_page().shape[:2]
    return np.asarray(turned[300 : 300 + height, 500 : 500 + width], np.uint8)


def under(pixels: Pixels, layer: Pixels) -> Pixels:
    return np.asarray(np.rint(pixels * (layer / 255.0)), np.uint8)


@pytest.mark.parametrize("color", [(TONE,) * 3, (235, 210, 190)], ids=["grey", "blue"])
@pytest.mark.parametrize("angle", [25, 45])
def test_a_thin_watermark_aslant_goes_and_the_print_stays(
    angle: float, color: tuple[int, int, int]
) -> None:
    clean, marked = scanned(ruled_page()), scanned(under(ruled_page(), tiled(angle, color)))
    found = without_watermark(PageImage(marked, SCALE)).pixels.astype(np.float64).min(axis=2)
    before = np.abs(marked.min(axis=2).astype(np.float64) - clean.min(axis=2)) > 25
    left = np.abs(found - clean.min(axis=2)) > 25
    assert np.mean(before) > 0.015
    assert np.mean(left) < 0.1 * np.mean(before)


def pale_print() -> Pixels:
    pixels = ruled_page()
    for row in range(30):
        write(pixels, "The annual report on disclosure", 80, 130 + 16 * row)
    return np.maximum(pixels, np.uint8(185))


def slashes() -> Pixels:
    """A dark table in whose cells are pale slashes."""
    pixels = ruled_page()
    for y in range(135, 620, 20):
        for x in range(85, 520, 28):
            place = (
                (round(x * SCALE), round(y * SCALE)),
                (round((x + 3) * SCALE), round((y - 9) * SCALE)),
            )
            cv2.line(pixels, *place, (190,) * 3, 2, cv2.LINE_AA)
    return pixels


@pytest.mark.parametrize("draw", [ruled_page, pale_print, slashes])
def test_pale_print_is_left(draw: Callable[[], Pixels]) -> None:
    image = page_image(scanned(draw()))
    assert without_watermark(image) is image


def test_small_print_aslant_on_a_level_page_alone_is_no_watermark_of_it() -> None:
    assert without_watermark(page_image(scanned(tiled(0)))).pixels.min() < TONE + 20
