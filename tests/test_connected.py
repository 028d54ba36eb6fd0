"""The connected components of a mask."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.connected import connected_parts


def test_parts_touch_at_corners_and_have_their_boxes() -> None:
    mask = np.zeros((6, 8), np.uint8)
    mask[1, 1] = mask[2, 2] = 1
    mask[4:6, 5:8] = 1
    labels, stats = connected_parts(mask)
    assert labels[1, 1] == labels[2, 2] != labels[4, 5]
    assert sorted(stats[1:].tolist()) == [[1, 1, 2, 2, 2], [5, 4, 3, 2, 6]]


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_every_pixel_is_of_the_part_whose_box_it_lies_in(seed: int, share: float) -> None:
    mask = (np.random.default_rng(seed).random((23, 31)) < share).astype(np.uint8)
    labels, stats = connected_parts(mask)
    assert np.array_equal(labels > 0, mask > 0)
    for number, (left, top, width, height, area) in enumerate(stats.tolist()[1:], 1):
        rows, columns = np.nonzero(labels == number)
        assert (columns.min(), rows.min(), len(rows)) == (left, top, area)
        assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == (width, height)


def test_a_raster_full_of_specks_has_a_number_for_each() -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[::2, ::2] = 1
    labels, stats = connected_parts(mask)
    assert len(stats) - 1 == 300 * 300
    assert labels.max() == 300 * 300
