import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from ocrpipe.ocr.tibetan.stamps import without_stamps

PAPER, PRINT, STAMP = 235, 40, 0.7


def line() -> NDArray[np.uint8]:
    """Black letters of sorts on grey paper, softened as a scanner does."""
    picture = np.full((64, 640), PAPER, dtype=np.uint8)
    for x in range(20, 620, 30):
        cv2.line(picture, (x, 14), (x + 20, 14), (PRINT,), 4)
        cv2.line(picture, (x + 8, 14), (x + 8, 48), (PRINT,), 3)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), dtype=np.uint8)


def stamped(picture: NDArray[np.uint8], shade: float = STAMP) -> NDArray[np.uint8]:
    ink = np.ones(picture.shape, dtype=np.float32)
    cv2.circle(ink, (320, 80), 70, (shade,), 7)
    return np.asarray(picture * cv2.GaussianBlur(ink, (0, 0), 0.8), dtype=np.uint8)


def test_a_stamp_lighter_than_the_print_is_taken_off() -> None:
    clean = line()
    bare = without_stamps(stamped(clean))
    assert bare is not None
    before = np.abs(stamped(clean).astype(int) - clean)
    after = np.abs(bare.astype(int) - clean)
    on_paper = clean > PAPER - 15
    assert before[on_paper].max() > 60
    assert np.percentile(after[on_paper], 99) < 25


def test_print_below_a_stamp_stays() -> None:
    clean = line()
    bare = without_stamps(stamped(clean))
    assert bare is not None
    assert bare[clean < PRINT + 30].max() < 120


def test_away_from_the_stamp_nothing_changes() -> None:
    crop = stamped(line())
    bare = without_stamps(crop)
    assert bare is not None
    assert np.array_equal(bare[:, :200], crop[:, :200])
    assert np.array_equal(bare[:, 440:], crop[:, 440:])


@pytest.mark.parametrize("crop", [line(), stamped(line(), 0.05), np.full((40, 300), 240, np.uint8)])
def test_where_no_stamp_can_be_told_there_is_nothing_to_take_off(crop: NDArray[np.uint8]) -> None:
    assert without_stamps(crop) is None


def test_a_scan_in_black_and_white_is_left_alone() -> None:
    _, binary = cv2.threshold(stamped(line(), 0.3), 128, 255, cv2.THRESH_BINARY)
    assert without_stamps(np.asarray(binary, dtype=np.uint8)) is None


@given(st.integers(1, 80), st.integers(1, 80), st.integers(0, 2**32 - 1))
def test_any_picture_only_becomes_lighter(height: int, width: int, seed: int) -> None:
    crop = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    bare = without_stamps(crop)
    assert bare is None or (bare.shape == crop.shape and bool((bare >= crop).all()))
