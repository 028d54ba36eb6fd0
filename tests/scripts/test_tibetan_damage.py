import random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.tibetan.damage import bend, damaged
from scripts.tibetan.lines_of_page import cut_lines
from scripts.tibetan.metrics import score


@pytest.fixture
def ink() -> NDArray[np.uint8]:
    picture = np.zeros((40, 200), dtype=np.uint8)
    picture[5:35, 10:190:12] = 255
    picture[5:10, 10:190] = 255
    return picture


def test_without_strength_the_ink_is_only_placed_on_paper(ink: NDArray[np.uint8]) -> None:
    rng = random.Random(1)
    while (scan := damaged(ink, rng, None, 0.0)).max() != 255:
        pass
    assert scan.shape[0] >= 30
    assert (scan > 250).mean() > 0.5
    assert scan.min() < 60


@pytest.mark.parametrize("seed", range(20))
def test_damage_leaves_dark_ink_on_light_paper(ink: NDArray[np.uint8], seed: int) -> None:
    scan = damaged(ink, random.Random(seed), ink, 1.0)
    assert scan.dtype == np.uint8
    assert scan.ndim == 2
    assert np.percentile(scan, 90) - np.percentile(scan, 2) > 40


@pytest.mark.parametrize("seed", range(40))
def test_skew_and_slant_cut_no_ink_off(seed: int) -> None:
    line = np.zeros((40, 400), dtype=np.uint8)
    line[::39, ::30] = 255
    line[::39, 399] = 255
    line[:, 180:220] = 255
    dots = np.asarray(cv2.dilate(line, np.ones((3, 3))), dtype=np.uint8)
    count, _ = cv2.connectedComponents(np.pad(dots, 1))
    bent = bend(dots, random.Random(seed), 1.0)
    found, _, stats, _ = cv2.connectedComponentsWithStats((bent > 60).astype(np.uint8))
    assert found == count
    assert stats[1:, cv2.CC_STAT_AREA].min() > 1


def test_the_same_seed_does_the_same_damage(ink: NDArray[np.uint8]) -> None:
    first, second = (damaged(ink, random.Random(5), ink, 1.0) for _ in range(2))
    assert np.array_equal(first, second)


def test_a_page_is_cut_between_its_head_lines() -> None:
    page = np.full((320, 400), 255, dtype=np.uint8)
    for top in (30, 110, 190, 270):
        page[top : top + 4, 20:380] = 0
        page[top : top + 25, 20:380:30] = 0
    page[110:150, 200] = 0  # a deep stack
    page[180:190, 100:110] = 0  # a vowel sign above
    lines = cut_lines(page)
    assert len(lines) == 4
    assert lines[1].shape[0] == pytest.approx(40, abs=6)
    assert lines[2].shape[0] == pytest.approx(35, abs=6)


def test_error_rates_count_code_points_after_normalising() -> None:
    result = score([("བོད་ཡིག", "བོད༌ཡིག"), ("ང་ཚོ།", "ང་ཚ།"), ("ཀ", "")])
    assert (result.lines, result.exact, result.errors) == (3, 1, 2)
    assert result.characters == 7 + 5 + 1
    assert result.error_rate == pytest.approx(2 / 13)
