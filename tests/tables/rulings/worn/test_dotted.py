"""The likelihood of walls that are dots at random."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.candidates import find_candidates
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.dotted import dotted_odds, is_between_rows
from ocrpipe.tables.rulings.worn.slots import Slot, log_odds

SCALE = 200 / 72


def slot(dots: range, near: range = range(0), line: int = 0) -> Slot:
    on, close = np.zeros(90, bool), np.zeros(90, bool)
    on[list(dots)] = True
    close[list(near)] = True
    return Slot(line, Stroke(50, 100, 150, 100, 2.0, 200.0), on, close, 0, remote=False)


def test_few_small_dots_far_from_each_other_are_a_wall() -> None:
    dotted = slot(range(5, 90, 28))
    (odds,) = dotted_odds([dotted], SCALE)
    assert odds > 2
    assert log_odds(dotted, SCALE) < 0


@pytest.mark.parametrize(("lines", "is_wall"), [((0, 0, 0), True), ((0, 1, 2), False)])
def test_few_dots_a_slot_are_walls_where_all_slots_of_the_line_have_some(
    lines: tuple[int, ...], is_wall: bool
) -> None:
    """The widest cells of a coarse fax, none with as many dots as would tell by themselves."""
    cells = ((345, (23, 44, 190, 250)), (290, (50, 188)), (590, (17, 150, 202, 278, 489, 576)))
    slots = []
    for line, (length, dots) in zip(lines, cells, strict=True):
        on = np.isin(np.arange(length), dots)
        stroke = Stroke(50, 100, 50 + length, 100, 2.0, 200.0)
        slots.append(Slot(line, stroke, on, np.zeros_like(on), 0, remote=False))
    odds = dotted_odds(slots, SCALE)
    assert all(value > 0 for value in odds) == is_wall


def test_one_dot_is_worth_less_on_a_line_that_has_many_elsewhere() -> None:
    one, full, sparse = slot(range(40, 41)), slot(range(0, 90, 3)), slot(range(5, 90, 60))
    beside_full, _ = dotted_odds([one, full], SCALE)
    beside_sparse, _ = dotted_odds([one, sparse], SCALE)
    alone, _ = dotted_odds([one, slot(range(0, 90, 3), line=1)], SCALE)
    assert beside_full < alone < beside_sparse
    assert beside_full < 0


def test_a_dot_between_print_is_that_of_the_print() -> None:
    print_beside = slot(range(50, 52), near=range(20, 47))
    between = slot(range(50, 52), near=range(20, 80))
    between.near[47:55] = False
    odds, less = dotted_odds([print_beside, between], SCALE)
    assert less < 0
    assert less < odds


def test_what_nothing_shows_is_even() -> None:
    """The line leads through the characters of a merged cell, and has dots beside it."""
    beside = [slot(range(start, 90, step)) for start, step in ((0, 3), (5, 60), (7, 9), (2, 31))]
    hidden, *_ = dotted_odds([slot(range(0), near=range(90)), *beside], SCALE)
    assert hidden == 0


def test_a_stroke_in_the_middle_of_a_slot_is_no_row_of_dots() -> None:
    """A stroke of a label of one column, 10 points long, with a gap that the fax left in it."""
    stroke = slot(range(30, 60))
    stroke.on[48] = False
    (odds,) = dotted_odds([stroke], SCALE)
    assert odds < 0


@pytest.mark.parametrize(
    ("above", "below", "between"),
    [(14, 14, True), (11, 11, True), (14, 60, False), (6, 6, False), (14, 6, False)],
    ids=["rows", "rows of large print", "no figure below", "lines of one cell", "a line below"],
)
def test_a_rule_between_two_rows_of_figures(above: int, below: int, between: bool) -> None:
    """`above` and `below` it, so many pixels from it, print stands."""
    grey = np.full((300, 200), 250, np.uint8)
    for x in (90, 104):
        grey[100 - above - 20 : 100 - above, x : x + 3] = 30
        grey[100 + below : 120 + below, x : x + 3] = 30
    found = find_candidates(grey, ink_response(grey, 17), None, SCALE)
    assert is_between_rows(slot(range(0)), found, SCALE) == between
