"""Light print on a dark ground becomes dark print on paper; no other page is touched."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import positive
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import SCALE, ruled_page, text_page


def dark_mode(page: Pixels) -> Pixels:
    """Not quite white on not quite black, as phones show it."""
    return np.asarray(cv2.LUT(cv2.bitwise_not(page), np.linspace(30, 225, 256).astype(np.uint8)))


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("negative", [cv2.bitwise_not, dark_mode])
@pytest.mark.parametrize("drawn", [text_page, ruled_page])
def test_a_negative_becomes_a_page(
    drawn: Callable[[], Pixels], negative: Callable[[Pixels], Pixels], grey: bool
) -> None:
    page = drawn()
    pixels = np.asarray(negative(page), np.uint8)
    if grey:
        page, pixels = (cv2.cvtColor(one, cv2.COLOR_BGR2GRAY) for one in (page, pixels))
    found = positive(PageImage(pixels, SCALE)).pixels
    assert np.median(found) > 200
    assert float(np.corrcoef(found.ravel(), page.ravel())[0, 1]) > 0.99


def on_a_desk(share: float) -> Pixels:
    """A sheet that takes so much of a photograph's width and height, on a dark desk."""
    page = text_page()
    photograph = np.full_like(page, 45)
    height, width = (round(side * share) for side in page.shape[:2])
    photograph[50 : 50 + height, 50 : 50 + width] = cv2.resize(page, (width, height))
    return photograph


@pytest.mark.parametrize(
    "pixels",
    [
        text_page(),
        ruled_page(),
        (text_page() * 0.35).astype(np.uint8),
        on_a_desk(0.65),
        np.zeros((1200, 900, 3), np.uint8),
    ],
    ids=["text", "table", "bad light", "desk", "black"],
)
def test_no_other_page_is_touched(pixels: Pixels) -> None:
    image = PageImage(pixels, SCALE)
    assert positive(image) is image
