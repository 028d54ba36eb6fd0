import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.ocr.recognition.batching import (
    LINE_HEIGHT,
    MAX_WIDTH,
    PADDING,
    batches,
    padded_width,
    prepare_line,
    rows_of_batch,
)


@given(st.integers(1, MAX_WIDTH))
def test_the_padded_width_has_room_and_not_much_to_spare(width: int) -> None:
    padded = padded_width(width)
    assert width <= padded <= MAX_WIDTH
    assert padded - width < max(64, 0.35 * width)


def test_a_line_keeps_its_proportions_and_stands_at_the_left() -> None:
    crop = np.zeros((24, 50, 3), dtype=np.uint8)
    line = prepare_line(crop)
    assert line.shape == (LINE_HEIGHT, padded_width(100), 3)
    assert not line[:, :100].any()
    assert (line[:, 100:] == PADDING).all()


def test_a_line_too_long_for_the_network_is_squeezed() -> None:
    assert prepare_line(np.zeros((10, 5000, 3), dtype=np.uint8)).shape[1] == MAX_WIDTH


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 400)), max_size=40))
def test_every_line_travels_once_in_a_batch_of_fixed_rows(sizes: list[tuple[int, int]]) -> None:
    crops = [
        np.full((height, width, 3), index, np.uint8) for index, (height, width) in enumerate(sizes)
    ]
    seen = []
    for batch in batches(crops):
        assert len(batch.pixels) == rows_of_batch(batch.pixels.shape[2])
        for row, member in enumerate(batch.members):
            assert (batch.pixels[row] == prepare_line(crops[member])).all()
        assert (batch.pixels[len(batch.members) :] == PADDING).all()
        seen += batch.members
    assert sorted(seen) == list(range(len(crops)))


def test_a_picture_without_pixels_is_an_empty_line() -> None:
    assert (prepare_line(np.zeros((0, 10, 3), np.uint8)) == PADDING).all()
