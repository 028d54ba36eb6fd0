"""What tells the strokes of characters from rules."""

from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.candidates import (
    Candidates,
    darkness,
    find_candidates,
    in_text,
    is_dashed,
    wholeness,
)
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows

SCALE = 2.0
Y = 50


def response(length: float, *, inked: float, beside: float, period: float) -> tuple[Stroke, Pixels]:
    """A stroke `length` points long with gaps, and ink above it; both as shares of each period."""
    fine = np.zeros((100, 40 + round(length * SCALE)), np.uint8)
    place = np.arange(round(length * SCALE)) % round(period * SCALE) / round(period * SCALE)
    start = 20
    fine[Y, start + np.flatnonzero(place < inked)] = 90
    for y in (Y - 4, Y - 7):
        fine[y, start + np.flatnonzero(place < beside)] = 90
    return Stroke(start, Y, start + length * SCALE, Y, 1.0, 90.0), fine


def is_text(stroke: Stroke, fine: Pixels) -> bool:
    return in_text(stroke, spread_over_rows(fine), SCALE)


def test_a_stroke_shorter_than_a_pixel_is_as_dark_as_that() -> None:
    grey = np.full((20, 20), 250, np.uint8)
    grey[10, 7] = 50
    found = Candidates((), (), grey, grey, grey, 250.0)
    assert darkness(Stroke(7.2, 10, 7.6, 10, 1.0, 90.0), found) == 200


def test_the_feet_of_the_figures_of_a_cell_are_text() -> None:
    assert is_text(*response(44, inked=0.75, beside=0.33, period=6))


def test_a_rule_with_text_close_to_it_is_none() -> None:
    assert not is_text(*response(44, inked=1.0, beside=0.33, period=6))


def test_a_pale_stroke_that_is_dark_in_places_is_text() -> None:
    """Averaged, the tops of a line of characters make a stroke without gaps."""
    stroke, fine = response(50, inked=1.0, beside=0.9, period=6)
    pale = np.arange(20, 120) % 12 < 4
    fine[Y, 20:120][pale] = 40
    assert is_text(replace(stroke, contrast=70.0), fine)
    fine[Y, 20:120] = 60
    assert not is_text(replace(stroke, contrast=70.0), fine)


def test_a_long_dashed_rule_with_text_close_to_it_is_none() -> None:
    assert not is_text(*response(150, inked=0.5, beside=0.6, period=4))


def test_a_line_of_text_with_uneven_gaps_is_text() -> None:
    stroke, fine = response(150, inked=0.7, beside=0.6, period=6)
    fine[Y, 100:124] = 0
    fine[Y, 200:212] = 90
    fine[Y, 230:270] = 0
    assert is_text(stroke, fine)


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
