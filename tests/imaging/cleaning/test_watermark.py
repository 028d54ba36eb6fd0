"""Watermarks go, and the print across them stays; tints, pale titles and shadows are left."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from ocrpipe.imaging.cleaning.watermark import _pale, without_watermark
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import SCALE, blank_page, page_image, ruled_page, scanned, write

TONE = 208


def marks(size: float = 9.0, width: int = 26) -> Pixels:
    """White, with large letters that rise to the right, in the tone of a watermark."""
    layer = np.full(blank_page().shape, 255, np.uint8)
    cv2.putText(layer, "COPY", (180, 900), cv2.FONT_HERSHEY_SIMPLEX, size, (TONE,) * 3, width)
    turn = cv2.getRotationMatrix2D((600.0, 900.0), 35, 1)
    size_of = (layer.shape[1], layer.shape[0])
    return np.asarray(cv2.warpAffine(layer, turn, size_of, borderValue=(255,) * 3), np.uint8)


def under(pixels: Pixels, layer: Pixels) -> Pixels:
    return np.asarray(np.rint(pixels * (layer / 255.0)), np.uint8)


@pytest.mark.parametrize("grey", [False, True])
def test_a_watermark_goes_and_the_print_across_it_stays(grey: bool) -> None:
    clean, marked = scanned(ruled_page()), scanned(under(ruled_page(), marks()))
    if grey:
        clean, marked = clean[..., 0], marked[..., 0]
    found = without_watermark(PageImage(marked, SCALE)).pixels.astype(np.float64)
    off = np.abs(found - clean.astype(np.float64))
    assert np.mean(np.abs(marked.astype(np.float64) - clean) > 25) > 0.015
    assert np.mean(off > 25) < 0.001


def tinted() -> Pixels:
    pixels = ruled_page()
    pixels[255:355, 150:1090] = np.minimum(pixels[255:355, 150:1090], TONE)
    return pixels


def titled() -> Pixels:
    """A pale title of heavy letters that no other print crosses."""
    pixels = blank_page()
    for row in range(8):
        write(pixels, "The annual report on disclosure", 80, 500 + 28 * row)
    place = (150, 300)
    cv2.putText(pixels, "REPORT", place, cv2.FONT_HERSHEY_SIMPLEX, 6, (TONE,) * 3, 24)
    return pixels


def shadowed() -> Pixels:
    """A soft shadow across the page."""
    layer = cv2.GaussianBlur(marks(width=60), (0, 0), 25)
    return under(ruled_page(), np.asarray(layer, np.uint8))


def hairlines() -> Pixels:
    """Two tables of pale rules, as hairlines are that are blurred, with figures close to them."""
    pixels = blank_page()
    for top in (200, 900):
        for x in range(150, 1100, 180):
            pixels[top : top + 560, x : x + 6] = TONE
        for y in range(top, top + 561, 80):
            pixels[y : y + 6, 150:1054] = TONE
            for x in range(150, 900, 180):
                write(pixels, "720,100", x + 12, y + 10)
    return pixels


@pytest.mark.parametrize("draw", [ruled_page, tinted, titled, shadowed, hairlines])
def test_what_is_no_watermark_is_left(draw: Callable[[], Pixels]) -> None:
    image = page_image(scanned(draw()))
    assert without_watermark(image) is image


@pytest.mark.parametrize("scale", [1.36, 100 / 72, 1.4, 1.44])
def test_rules_narrower_than_the_strokes_of_a_watermark_are_none(scale: float) -> None:
    page = np.full((400, 400), 250, np.uint8)
    for place in range(20, 380, 30):
        page[place : place + 3, 20:380] = TONE
    assert not _pale(page, page, 250.0, scale).any()
    page[100:110, 20:380] = TONE
    assert _pale(page, page, 250.0, scale).any()
