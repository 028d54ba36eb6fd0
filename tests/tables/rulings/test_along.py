"""What lies along a stroke: dashes at even intervals, or a whole rule."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.along import is_dashed, wholeness
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows
from tests.tables.rulings.gapped import SCALE, Y, response


@pytest.mark.parametrize("pattern", [(4, 3), (10, 4, 2, 4), (12, 3, 2, 3, 2, 3), (3, 3)])
def test_gaps_at_even_intervals_are_dashes_also_with_dots_between_them(
    pattern: tuple[int, ...],
) -> None:
    stroke, fine = response(150, inked=1.0, beside=0.0, period=6)
    period = [90 * (part % 2 == 0) for part, length in enumerate(pattern) for _ in range(length)]
    fine[Y, 20:320] = np.resize(period, 300)
    assert is_dashed(stroke, spread_over_rows(fine), SCALE)


@pytest.mark.parametrize("seed", range(12))
def test_dots_at_random_are_no_dashes(seed: int) -> None:
    stroke, fine = response(150, inked=1.0, beside=0.0, period=6)
    fine[Y, 20:320] = 90 * (np.random.default_rng(seed).random(300) < 0.6)
    assert not is_dashed(stroke, spread_over_rows(fine), SCALE)


@pytest.mark.parametrize(("inked", "whole"), [(1.0, True), (0.5, False)])
def test_a_double_rule_is_as_whole_as_its_lines(inked: float, whole: bool) -> None:
    """Two lines taken for one stroke, in whose middle is the paper between them."""
    stroke, fine = response(150, inked=inked, beside=0.0, period=4)
    doubled = np.maximum(np.roll(fine, -2, axis=0), np.roll(fine, 2, axis=0))
    both = Stroke(stroke.x0, Y, stroke.x1, Y, 6.0, 90.0)
    assert (wholeness(both, spread_over_rows(doubled)) > 0.95) is whole
