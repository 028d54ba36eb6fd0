"""Columns of slashes and ones, which are no walls."""

import numpy as np
import pytest

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.selection.figures import (
    is_figure,
    without_columns_of_figures,
    without_figures,
    without_solid_marks,
)
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows

SCALE = 2.0
PITCH = 34
"""Pixels from one crossing rule to the next."""


def seen(ink: Pixels) -> Candidates:
    blank = np.zeros_like(ink)
    spread = spread_over_rows(ink)
    return Candidates((), (), spread, spread, blank, 255.0)


def column(start: int, end: int) -> tuple[Stroke, list[Stroke], Candidates]:
    """A faint stroke over five rows with ink from `start` to `end` of each, and the rules."""
    ink = np.zeros((60, 260), np.uint8)
    for row in range(5):
        ink[30, 40 + row * PITCH + start : 40 + row * PITCH + end] = 200
    rules = [Stroke(10, 40 + row * PITCH, 50, 40 + row * PITCH, 2.0, 200) for row in range(6)]
    return Stroke(46, 30, 40 + 5 * PITCH - 6, 30, 1.5, 80), rules, seen(ink)


def test_marks_in_the_middle_of_rows_are_no_rule() -> None:
    stroke, rules, found = column(8, 26)
    assert without_figures([stroke], rules, found, SCALE) == []


@pytest.mark.parametrize(("start", "end"), [(0, 34), (0, 20), (14, 34)])
def test_what_reaches_a_rule_in_each_row_is_one(start: int, end: int) -> None:
    stroke, rules, found = column(start, end)
    assert without_figures([stroke], rules, found, SCALE) == [stroke]


def test_a_double_rule_with_paper_in_its_middle_is_one() -> None:
    _, rules, found = column(12, 22)
    ink = found.fine[1:-1].copy()
    ink[27, 40:210] = ink[33, 40:210] = 200
    double = Stroke(40, 30, 210, 30, 8.0, 200)
    assert without_figures([double], rules, seen(ink), SCALE) == [double]


def test_one_mark_between_two_rules_is_a_figure_and_several_pieces_are_a_wall() -> None:
    stroke, _, found = column(8, 26)
    assert is_figure(stroke, 40, 40 + PITCH, found, SCALE)
    pieces = found.fine[1:-1].copy()
    pieces[29:32, 55:59] = 0
    assert not is_figure(stroke, 40, 40 + PITCH, seen(pieces), SCALE)


def test_a_one_with_dust_above_it_is_no_piece_of_a_rule_of_dots() -> None:
    """Two of a column of figures are less than `without_figures` tells anything by."""
    ink = np.zeros((60, 260), np.uint8)
    ink[20, 40:210:6] = ink[20, 41:210:6] = 200
    ink[40, 44:47] = ink[40, 50:64] = 200
    ink[40, 108:142] = 200
    ink[40, 74:108:6] = 200
    rules = [Stroke(10, 40 + row * PITCH, 50, 40 + row * PITCH, 2.0, 200) for row in range(6)]
    dotted, one = Stroke(40, 20, 210, 20, 1.5, 80), Stroke(43, 40, 64, 40, 1.5, 120)
    solid, dots = Stroke(108, 40, 142, 40, 1.5, 200), Stroke(74, 40, 105, 40, 1.5, 80)
    kept = without_solid_marks([dotted, one, solid, dots], rules, seen(ink), SCALE)
    assert kept == [dotted, solid, dots]


@pytest.mark.parametrize("aside", [(0, 0, 0, 0, 0), (0, 0, 0, 0, -8)])
def test_marks_below_each_other_in_the_middle_of_their_rows_are_sides_of_figures(
    aside: tuple[int, ...],
) -> None:
    strokes, crossing, found = pieces(aside)
    assert without_columns_of_figures(strokes, crossing, found, SCALE) == []


@pytest.mark.parametrize("aside", [(0, -7, 8, 0, -6), (-9, -9, -9, -9, -9)])
def test_pieces_that_lie_where_wear_left_them_are_of_a_wall(aside: tuple[int, ...]) -> None:
    strokes, crossing, found = pieces(aside)
    assert without_columns_of_figures(strokes, crossing, found, SCALE) == strokes


def pieces(aside: tuple[int, ...]) -> tuple[list[Stroke], list[Stroke], Candidates]:
    """A short stroke in each of some rows, so many pixels aside of its middle, and the rules."""
    ink = np.zeros((60, 260), np.uint8)
    starts = [40 + row * PITCH + 10 + way for row, way in enumerate(aside)]
    for start in starts:
        ink[30, start : start + 15] = 200
    rules = [Stroke(10, 40 + row * PITCH, 50, 40 + row * PITCH, 2.0, 200) for row in range(6)]
    return [Stroke(start, 30, start + 15, 30, 1.5, 200) for start in starts], rules, seen(ink)
