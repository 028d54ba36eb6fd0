"""The connected parts of masks."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.strokes.parts import parts_of


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 20)), elements=st.integers(0, 1))
)
def test_boxes_and_runs_of_parts_are_those_of_their_pixels(mask: Pixels) -> None:
    parts = parts_of(mask)
    assert len(parts.stats) == cv2.connectedComponents(mask, connectivity=8)[0]
    assert np.array_equal(parts.labels > 0, mask > 0)
    for number, (left, top, width, height, area) in enumerate(parts.stats.tolist()[1:], 1):
        ys, xs = np.nonzero(parts.labels == number)
        assert (left, top, area) == (xs.min(), ys.min(), len(xs))
        assert (left + width, top + height) == (xs.max() + 1, ys.max() + 1)
    drawn = np.zeros_like(parts.labels)
    for owner, row, start, end in zip(
        parts.owner, parts.rows, parts.starts, parts.ends, strict=True
    ):
        drawn[row, start:end] = owner
    assert np.array_equal(drawn, parts.labels)
