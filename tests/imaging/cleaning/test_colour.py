"""A page loses its channels only when nothing on it has a colour."""

import numpy as np
import pytest

from ocrpipe.imaging.cleaning.colour import grey_if_colourless
from ocrpipe.page import PageImage, Pixels


def page() -> Pixels:
    """A grey page with the small differences between channels that JPEG leaves."""
    levels = np.random.default_rng(1).integers(20, 250, (60, 40, 1))
    noise = np.random.default_rng(2).integers(-3, 4, (60, 40, 3))
    return np.clip(levels + noise, 0, 255).astype(np.uint8)


def test_a_grey_page_becomes_one_channel_of_its_brightness() -> None:
    pixels = page()
    grey = grey_if_colourless(PageImage(pixels, 2.0))
    assert grey.scale == 2.0
    assert grey.pixels.shape == (60, 40)
    assert np.abs(grey.pixels.astype(int) - pixels.mean(axis=2)).max() <= 3


@pytest.mark.parametrize("row", [0, 3, 59])
@pytest.mark.parametrize("channel", [0, 1, 2])
def test_one_coloured_pixel_keeps_the_colours(row: int, channel: int) -> None:
    pixels = page()
    pixels[row, 20] = 180
    pixels[row, 20, channel] = 150
    image = PageImage(pixels, 2.0)
    assert grey_if_colourless(image) is image


def test_a_grey_picture_stays_as_it_is() -> None:
    image = PageImage(np.full((5, 4), 200, np.uint8), 1.0)
    assert grey_if_colourless(image) is image
