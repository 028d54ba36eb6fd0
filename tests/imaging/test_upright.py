import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.aside import ALONE
from ocrpipe.geometry import rotate_point
from ocrpipe.imaging.deskew import skew_angle
from ocrpipe.imaging.orientation import OrientationModel, quarter_turns
from ocrpipe.imaging.upright import skew_of, straighten, turn
from ocrpipe.options import ImagingOptions
from ocrpipe.page import PageImage, Pixels
from tests.imaging import drawing


@pytest.fixture(scope="module")
def model() -> OrientationModel:
    return OrientationModel()


def askew(pixels: Pixels, degrees: float) -> Pixels:
    """The page turned clockwise, by OpenCV alone."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1)
    paper = (250, 250, 250)
    turned = cv2.warpAffine(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper
    )
    return np.asarray(turned, np.uint8)


@settings(deadline=None, max_examples=40)
@given(
    quarters=st.integers(0, 3),
    skew=st.floats(-5, 5),
    x=st.floats(0.2, 0.8),
    y=st.floats(0.2, 0.8),
)
def test_a_mark_goes_where_rotate_point_says(
    quarters: int, skew: float, x: float, y: float
) -> None:
    width, height, scale = 200, 300, 2.0
    pixels = np.full((height, width), 255, np.uint8)
    left, top = int(x * width), int(y * height)
    pixels[top - 2 : top + 3, left - 2 : left + 3] = 0
    rotation = 90 * quarters + skew

    turned = turn(PageImage(pixels, scale), rotation)

    assert (turned.width, turned.height) == ((width, height), (height, width))[quarters % 2]
    weight = 255.0 - turned.pixels
    ys, xs = np.mgrid[: turned.height, : turned.width]
    found = ((xs + 0.5) * weight).sum() / weight.sum(), ((ys + 0.5) * weight).sum() / weight.sum()
    expected = rotate_point(
        (left + 0.5) / scale, (top + 0.5) / scale, width / scale, height / scale, rotation
    )
    assert np.allclose(np.array(found) / scale, expected, atol=0.1)


def test_a_quarter_turn_moves_pixels_and_resamples_none() -> None:
    pixels = np.arange(6, dtype=np.uint8).reshape(2, 3)
    assert turn(PageImage(pixels, 1.0), 90).pixels.tolist() == [[3, 0], [4, 1], [5, 2]]
    assert turn(PageImage(pixels, 1.0), 0).pixels.tolist() == pixels.tolist()


def test_what_a_turn_brings_in_has_the_colour_of_the_paper() -> None:
    pixels = np.full((300, 200, 3), (200, 230, 240), np.uint8)
    corner = turn(PageImage(pixels, 1.0), 4.0).pixels[0, 0]
    assert corner.tolist() == [200, 230, 240]


@pytest.mark.parametrize("draw", [drawing.text_page, drawing.ruled_page])
@pytest.mark.parametrize("skew", [-5.0, -2.3, -0.4, 0.0, 0.7, 3.1, 5.0])
def test_skew_is_found_to_a_tenth_of_a_degree(draw: object, skew: float) -> None:
    assert callable(draw)
    page = drawing.scanned(askew(draw(), skew))
    assert skew_angle(page) == pytest.approx(-skew, abs=0.1)


def test_a_seal_and_dark_edges_do_not_mislead_the_skew() -> None:
    page = drawing.text_page()
    drawing.stamp(page, 430, 640, 60)
    page = askew(page, 1.5)
    page[:, :25] = 20
    page[-18:] = 20
    assert skew_angle(drawing.scanned(page)) == pytest.approx(-1.5, abs=0.1)


@pytest.mark.parametrize("noise", [0, 6])
def test_a_blank_page_is_left_alone(noise: int, model: OrientationModel) -> None:
    grain = np.random.default_rng(1).normal(235, noise, (1200, 850, 3))
    page = np.clip(grain, 0, 255).astype(np.uint8)
    assert skew_angle(page) == 0.0
    assert quarter_turns(page, model) == 0


@pytest.mark.parametrize("draw", [drawing.text_page, drawing.ruled_page])
@pytest.mark.parametrize("turned", range(4))
def test_a_page_is_put_upright_and_straight(
    draw: object, turned: int, model: OrientationModel
) -> None:
    assert callable(draw)
    skew = 1.2
    stored = np.ascontiguousarray(np.rot90(askew(drawing.scanned(draw()), skew), -turned))

    upright = straighten(drawing.page_image(stored), ImagingOptions(), lambda: model)

    assert upright.rotation == pytest.approx(90 * (-turned % 4) - skew, abs=0.1)
    assert (upright.image.width, upright.image.height) == draw().shape[1::-1]
    assert abs(skew_angle(upright.image.pixels)) < 0.1


def test_options_switch_each_step_off() -> None:
    def no_model() -> OrientationModel:
        raise AssertionError("the model is not needed")

    stored = askew(drawing.text_page(), 2.0)
    options = ImagingOptions(auto_rotate=False)
    straight = straighten(drawing.page_image(stored), options, no_model)
    assert straight.rotation == pytest.approx(-2.0, abs=0.1)
    options = ImagingOptions(auto_rotate=False, deskew=False)
    untouched = straighten(drawing.page_image(stored), options, no_model)
    assert untouched.rotation == 0.0
    assert np.array_equal(untouched.image.pixels, stored)


def test_a_skew_that_is_measured_already_is_taken_as_it_is() -> None:
    def no_model() -> OrientationModel:
        raise AssertionError("the model is not needed")

    image = drawing.page_image(askew(drawing.text_page(), 2.0))
    options = ImagingOptions(auto_rotate=False)
    measured = skew_of(image, options)
    assert straighten(image, options, no_model).rotation == measured.result()
    other = ALONE.start(lambda: 1.5)
    assert straighten(image, options, no_model, skew=other).rotation == 1.5


def test_the_skew_of_a_picture_of_many_screens_is_that_of_its_print() -> None:
    page = drawing.text_page()
    tall = np.full((12 * len(page), *page.shape[1:]), 250, np.uint8)
    tall[2 * len(page) : 3 * len(page)] = page
    tall[5 * len(page) :, 500:520] = 60
    assert skew_angle(tall) == pytest.approx(0.0, abs=0.1)
    part = tall[: 4 * len(page)]
    assert skew_angle(askew(part, 1.0)) == pytest.approx(-1.0, abs=0.1)
