"""What tells the strokes of characters from rules: the ink close to them."""

from dataclasses import replace

import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.beside import in_text
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows
from tests.tables.rulings.gapped import SCALE, Y, response


def is_text(stroke: Stroke, fine: Pixels) -> bool:
    return in_text(stroke, spread_over_rows(fine), SCALE)


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
