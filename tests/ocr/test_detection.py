import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.ocr.detection import (
    map_in_parts,
    network_input,
    order_corners,
    quads_from_map,
    without_blank_blocks,
)


def test_the_network_sees_multiples_of_32_of_at_most_the_long_side() -> None:
    found = network_input(np.full((2339, 1654, 3), 255, dtype=np.uint8), long_side=1280)
    assert found.shape == (1, 3, 1280, 896)
    assert found.max() == pytest.approx(1.0)
    assert network_input(np.zeros((20, 500), dtype=np.uint8)).shape == (1, 3, 32, 512)


def test_a_shrunk_rectangle_grows_back_by_area_over_perimeter() -> None:
    probability = np.zeros((200, 300), dtype=np.float32)
    probability[90:101, 50:251] = 0.9
    (quad,) = quads_from_map(probability, width=600, height=400)
    # The kernel's outline is 200 x 10, so the offset is 2000 * 1.6 / 420 = 7.6, and the picture is
    # twice as large as the map.
    assert quad.points == pytest.approx(
        np.array([[85, 165], [515, 165], [515, 215], [85, 215]]), abs=4
    )
    assert quad.confidence == pytest.approx(0.9, abs=0.01)


def test_faint_and_tiny_spots_are_no_text() -> None:
    probability = np.zeros((100, 100), dtype=np.float32)
    probability[20:30, 20:60] = 0.5
    probability[60:62, 60:62] = 1.0
    assert quads_from_map(probability, 100, 100) == ()


def test_quads_stay_inside_the_picture_and_follow_a_slope() -> None:
    probability = np.zeros((200, 300), dtype=np.float32)
    box = cv2.boxPoints(((150, 100), (280, 20), 10)).astype(np.int32)
    cv2.fillPoly(probability, [box], 1.0)
    (quad,) = quads_from_map(probability, 300, 200)
    assert (quad.points >= 0).all()
    assert (quad.points <= (300, 200)).all()
    rise = quad.points[1, 1] - quad.points[0, 1]
    run = quad.points[1, 0] - quad.points[0, 0]
    assert np.degrees(np.arctan2(rise, run)) == pytest.approx(10, abs=2)


@given(st.permutations([(0.0, 0.0), (40.0, 2.0), (39.0, 12.0), (-1.0, 10.0)]))
def test_corners_come_in_one_order(points: list[tuple[float, float]]) -> None:
    expected = [[0, 0], [40, 2], [39, 12], [-1, 10]]
    assert order_corners(np.array(points)).tolist() == expected


@settings(deadline=None, max_examples=10)
@given(st.integers(1, 60), st.sampled_from([448, 736]), st.integers(0, 99))
def test_a_page_in_parts_has_the_map_of_the_whole(strides: int, width: int, seed: int) -> None:
    tensor = np.random.default_rng(seed).random((1, 3, 32 * strides, width), dtype=np.float32)
    seen = []

    def detector(part: np.ndarray) -> np.ndarray:
        seen.append(part.shape)
        # A pixel of the map depends on what is up to 60 rows away.
        return np.asarray(cv2.blur(part[0, 0], (3, 121)), np.float32)

    whole = cv2.blur(tensor[0, 0], (3, 121))
    assert np.allclose(map_in_parts(detector, tensor), whole, atol=1e-4)
    assert len(set(seen)) == 1
    assert seen[0][2] * seen[0][3] <= 460_000
    assert seen[0][2] % 32 == 0


def test_what_the_network_sees_on_blank_paper_is_no_text_and_joins_none() -> None:
    page = np.full((640, 320), 250, np.uint8)
    page[100:112, 60:250:3] = 20
    probability = np.full((640, 320), 0.45, np.float32)
    probability[98:114, 58:252] = 0.95
    assert len(quads_from_map(probability, 320, 640)) != 1
    cleaned = without_blank_blocks(probability, network_input(page))
    assert cleaned[300:].max() == 0
    assert np.array_equal(cleaned[98:114, 58:252], probability[98:114, 58:252])


def test_faint_print_is_no_blank_paper() -> None:
    page = np.full((64, 320), 250, np.uint8)
    page[20:30, 60:250:3] = 235
    probability = np.full((64, 320), 0.7, np.float32)
    assert without_blank_blocks(probability, network_input(page))[20:30, 60:250].min() > 0.6
