import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.outlines import without_outline

PAPER, PRINT = 230, 120
AS_DARK, DARKER = 0.52, 0.35
"""How much of the light a stamp leaves: one as dark as the print, and one that is darker."""


def line() -> NDArray[np.uint8]:
    """Grey letters of sorts on grey paper, softened as a scanner does."""
    picture = np.full((72, 640), PAPER, dtype=np.uint8)
    for x in range(20, 620, 30):
        cv2.line(picture, (x, 20), (x + 20, 20), (PRINT,), 4)
        cv2.line(picture, (x + 8, 20), (x + 8, 54), (PRINT,), 3)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), dtype=np.uint8)


def over(picture: NDArray[np.uint8], ink: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(picture * cv2.GaussianBlur(ink, (0, 0), 0.8), dtype=np.uint8)


def ring(
    shade: float, centre: tuple[int, int] = (320, 110), radius: int = 100
) -> NDArray[np.uint8]:
    ink = np.ones(line().shape, dtype=np.float32)
    cv2.circle(ink, centre, radius, (shade,), 8, cv2.LINE_AA)
    return over(line(), ink)


def side(shade: float, lean: int) -> NDArray[np.uint8]:
    ink = np.ones(line().shape, dtype=np.float32)
    cv2.line(ink, (320, -10), (320 + lean, 82), (shade,), 8, cv2.LINE_AA)
    return over(line(), ink)


@pytest.mark.parametrize(
    "stamped",
    [
        ring(AS_DARK),
        ring(DARKER),
        ring(0.7),
        ring(AS_DARK, (300, -40)),
        ring(DARKER, (200, 36), 150),
        ring(AS_DARK, (20, 36), 90),
        side(DARKER, 0),
        side(AS_DARK, 12),
    ],
)
def test_the_outline_of_a_stamp_is_taken_off_and_the_print_below_it_stays(
    stamped: NDArray[np.uint8],
) -> None:
    clean = line().astype(int)
    bare = without_outline(stamped)
    assert bare is not None
    assert not bare.black
    below = clean - stamped > 25
    paper, print_ = below & (clean > PAPER - 10), below & (clean < PRINT + 15)
    assert np.mean((clean - bare.crop)[paper]) < 0.12 * np.mean((clean - stamped)[paper])
    assert np.mean(bare.crop[print_]) < PRINT + 30


def test_away_from_the_outline_nothing_changes() -> None:
    stamped = ring(DARKER)
    bare = without_outline(stamped)
    assert bare is not None
    assert np.array_equal(bare.crop[:, :190], stamped[:, :190])
    assert np.array_equal(bare.crop[:, 450:], stamped[:, 450:])


def test_of_a_scan_in_black_and_white_it_says_that_the_print_below_is_gone() -> None:
    _, binary = cv2.threshold(ring(DARKER), 170, 255, cv2.THRESH_BINARY)
    bare = without_outline(np.asarray(binary, dtype=np.uint8))
    assert bare is not None
    assert bare.black
    # Left of the ring's feet there is print, between them and it only paper.
    assert np.percentile(bare.crop[60:70, 200:440], 5) == 255


def shad() -> NDArray[np.uint8]:
    """Strokes as high as letters, up to the edges where the cut is tight."""
    picture = line()
    cv2.line(picture, (628, 14), (628, 54), (PRINT,), 4)
    return picture[12:56]


def neighbours() -> NDArray[np.uint8]:
    """Feet of the line above and heads of the one below cut in."""
    picture = line()
    for x in range(25, 620, 40):
        cv2.line(picture, (x, 0), (x + 4, 9), (PRINT,), 4)
        cv2.line(picture, (x, 64), (x + 14, 71), (PRINT,), 4)
    return picture


def piece() -> NDArray[np.uint8]:
    """A stroke of a stamp that ends within the line."""
    ink = np.ones(line().shape, dtype=np.float32)
    cv2.line(ink, (320, -5), (340, 40), (DARKER,), 8)
    return over(line(), ink)


@pytest.mark.parametrize(
    "crop", [line(), shad(), neighbours(), piece(), np.full((40, 300), 240, np.uint8)]
)
def test_where_no_stroke_runs_from_edge_to_edge_there_is_none_to_take_off(
    crop: NDArray[np.uint8],
) -> None:
    assert without_outline(crop) is None


@settings(deadline=None)
@given(st.integers(1, 120), st.integers(1, 80), st.integers(0, 2**32 - 1), st.booleans())
def test_any_picture_only_becomes_lighter(height: int, width: int, seed: int, bar: bool) -> None:
    crop = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    if bar:
        crop[:, width // 3 : width // 2] //= 8
    bare = without_outline(crop)
    assert bare is None or (bare.crop.shape == crop.shape and bool((bare.crop >= crop).all()))
