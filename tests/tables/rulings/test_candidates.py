"""The candidates for rules of a raster, and how dark they are."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.candidates import Candidates, darkness, find_candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke


def test_a_stroke_shorter_than_a_pixel_is_as_dark_as_that() -> None:
    grey = np.full((20, 20), 250, np.uint8)
    grey[10, 7] = 50
    found = Candidates((), (), grey, grey, grey, 250.0)
    assert darkness(Stroke(7.2, 10, 7.6, 10, 1.0, 90.0), found) == 200


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_a_rule_as_pale_as_the_noise_is_whole_though_pieces_of_it_are_darker(pieces: int) -> None:
    """A wall three rows high, on a page whose rules are all pale, crumbles at the threshold."""
    grey = np.full((400, 600), 245, np.uint8)
    for row in (60, 340):
        grey[row : row + 2, 40:560] = 220
    grey[200:202, 300:450] = 232
    for piece in range(pieces):
        grey[200:202, 330 + 25 * piece : 350 + 25 * piece] = 230
    found = find_candidates(grey, 255 - grey, None, 2.8)
    (whole,) = [stroke for stroke in found.faint if abs(stroke.y0 - 200.5) <= 1]
    assert (whole.x0, whole.x1) == pytest.approx((300, 450), abs=8)
