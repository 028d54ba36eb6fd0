import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.page import PageImage, Pixels
from ocrpipe.shrinking import reduced, shrunk, shrunk_to_scale


def _noise(height: int, width: int, seed: int = 0) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 7))
def test_each_pixel_of_a_reduced_picture_is_the_mean_of_its_block(
    height: int, width: int, step: int
) -> None:
    picture = _noise(height, width)
    small = reduced(picture, step)
    assert small.shape == (max(1, height // step), max(1, width // step))
    for row, column in np.ndindex(*small.shape):
        block = picture[row * step :, column * step :][:step, :step]
        assert abs(float(block.mean()) - float(small[row, column])) <= 1


def test_colours_are_reduced_each_for_itself() -> None:
    picture = np.stack([_noise(9, 13, seed) for seed in range(3)], axis=2)
    expected = np.stack([reduced(picture[..., channel], 2) for channel in range(3)], axis=2)
    assert np.array_equal(reduced(picture, 2), expected)


def test_a_picture_is_not_enlarged() -> None:
    picture = _noise(40, 30)
    small, factor = shrunk(picture, 41)
    assert small is picture
    assert factor == 1.0


@pytest.mark.parametrize("long_side", [1153, 1170, 1179, 1200])
def test_a_factor_that_is_nearly_whole_is_made_whole(long_side: int) -> None:
    picture = _noise(2339, 1654)
    small, factor = shrunk(picture, long_side)
    assert factor == 0.5
    assert np.array_equal(small, reduced(picture, 2))


def test_any_other_factor_is_kept() -> None:
    small, factor = shrunk(_noise(2339, 1654), 1500)
    assert small.shape == (1500, 1061)
    assert factor == pytest.approx(1500 / 2339)


@given(st.integers(2, 300), st.integers(2, 300), st.integers(2, 300))
def test_the_factor_tells_the_size(height: int, width: int, long_side: int) -> None:
    small, factor = shrunk(_noise(height, width), long_side)
    for side, shorter in zip((height, width), small.shape, strict=True):
        assert shorter == pytest.approx(side * factor, abs=1)
    assert max(small.shape) <= long_side * 1.04


def test_a_page_is_shrunk_to_about_a_number_of_pixels_a_point() -> None:
    page = PageImage(_noise(2339, 1654), 200 / 72)
    small, factor = shrunk_to_scale(page, 1.0)
    assert page.scale * factor == pytest.approx(1.0, rel=0.01)
    assert small.shape == (842, 595)
