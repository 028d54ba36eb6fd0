"""What stands beside the line of a slot, and what ink in it says of a wall."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.candidates import find_candidates
from ocrpipe.tables.rulings.follow import lines_of
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.slots import Slot, _long_runs, dash_of, log_odds, slots_of

SCALE = 200 / 72
RULE, LEFT, RIGHT = 100, 60, 170
"""Pixels: the row of a rule, and the columns of those that cross it."""


def slot_beside(*print_boxes: tuple[int, int, int, int], pieces: bool = True) -> Slot:
    """The slot of a worn rule between two others, with print at (x0, y0, x1, y1) in pixels."""
    grey = np.full((200, 240), 250, np.uint8)
    grey[20:180, [LEFT, LEFT + 1, RIGHT, RIGHT + 1]] = 40
    if pieces:
        for start, end in ((LEFT, 85), (100, 130), (145, RIGHT)):
            grey[RULE : RULE + 2, start:end] = 40
    for x0, y0, x1, y1 in print_boxes:
        grey[y0:y1, x0:x1] = 30
    found = find_candidates(grey, ink_response(grey, 17), None, SCALE)
    rule = Stroke(LEFT, RULE + 0.5, RIGHT, RULE + 0.5, 2.0, 200.0)
    sides = [Stroke(20, x + 0.5, 180, x + 0.5, 2.0, 200.0) for x in (LEFT, RIGHT)]
    (slot,) = slots_of(lines_of([rule], SCALE), lines_of(sides, SCALE), found, SCALE)
    return slot


def figure(x: int, y: int) -> list[tuple[int, int, int, int]]:
    """A zero of 14 by 20 pixels."""
    sides = [(left, y, left + 3, y + 20) for left in (x, x + 11)]
    return [*sides, *((x, top, x + 14, top + 3) for top in (y, y + 17))]


@pytest.mark.parametrize("gap", [10, 12])
def test_the_paper_between_a_rule_and_the_figures_of_both_rows_beside_it_is_no_text(
    gap: int,
) -> None:
    """In low rows a figure stands 4 points above and below each rule: no white square fits in."""
    slot = slot_beside(*figure(108, RULE - gap - 20), *figure(108, RULE + 2 + gap))
    assert slot.crossed == 0
    assert not slot.near.any()


def test_strokes_that_cross_a_line_are_text() -> None:
    strokes = [(x, RULE - 6, x + 4, RULE + 7) for x in range(90, 140, 9)]
    slot = slot_beside(*strokes, pieces=False)
    assert slot.crossed >= 3 * SCALE
    assert slot.near[slot.on].all()


def test_a_piece_that_comes_out_of_a_rule_is_of_the_wall_and_so_is_one_in_the_middle() -> None:
    on = np.zeros(80, bool)
    on[25:50] = True
    assert dash_of(on, SCALE, 0.6).any()
    on[68:] = True
    assert not dash_of(on, SCALE, 0.6).any()
    # The soft edge of the rule itself is none.
    on[68:78] = False
    assert dash_of(on, SCALE, 0.6).any()


def test_the_broken_stem_of_a_character_has_the_print_of_it_beside() -> None:
    """The stem of 申 in line with a wall is broken, and its other strokes stand beside it."""
    stem = [(103, RULE, 112, RULE + 2), (115, RULE, 128, RULE + 2)]
    slot = slot_beside(*stem, (106, RULE - 8, 120, RULE - 5), pieces=False)
    assert slot.on.any()
    assert slot.near[slot.on].all()


@pytest.mark.parametrize(
    ("start", "crossed", "long"), [(54, 3, False), (54, 9, True), (0, 3, True)]
)
def test_a_stroke_of_a_heading_that_others_cross_is_no_piece_of_a_wall(
    start: int, crossed: int, long: bool
) -> None:
    on, others = np.zeros(120, bool), np.arange(120) % crossed == 0
    on[start : start + 36] = True
    assert _long_runs(on, on & others, SCALE).any() == long


@pytest.mark.parametrize(("bend", "is_print"), [(3, True), (-3, True), (0, False)])
def test_a_bracket_on_the_line_is_print_and_a_straight_piece_is_not(
    bend: int, is_print: bool
) -> None:
    """The （ of 第二十条第（一）项 in a row of other walls; it bends where it begins and ends."""
    tips = [(x, RULE + bend, x + 7, RULE + 2 + bend) for x in (96, 124)]
    middle = [(x, RULE, x + 8, RULE + 2) for x in (103, 116)]
    slot = slot_beside(*middle, *tips, pieces=False)
    assert slot.on.any()
    assert slot.near[slot.on].all() == is_print
    assert (log_odds(slot, SCALE) < 0) == is_print


@pytest.mark.parametrize(("side", "off"), [(-1, 2), (1, 3)])
def test_a_bracket_whose_middle_stands_beside_the_line_is_print(side: int, off: int) -> None:
    """A wall of a coarse fax goes on a point beside the （ of headings in merged rows."""
    steps = [(x, RULE + side * round(off + 5 * (x / 8) ** 2)) for x in range(-8, 9)]
    slot = slot_beside(*((115 + x, y, 116 + x, y + 2) for x, y in steps), pieces=False)
    assert slot.on.any()
    assert slot.near[slot.on].all()


@pytest.mark.parametrize(("lost", "is_print"), [(2, True), (3, True), (6, False)])
def test_the_tops_of_a_character_on_the_line_are_its_own(lost: int, is_print: bool) -> None:
    """The dots of 总 stand on the line of a rule; a fax leaves rows of paper below them."""
    top = RULE + 3 + lost
    tops = [(x, RULE, x + 3, RULE + 3) for x in (106, 116)]
    body = [(x, top, x + 3, top + 20) for x in (106, 116)] + [(106, top + 17, 119, top + 20)]
    slot = slot_beside(*tops, *body, pieces=False)
    assert slot.on.any()
    assert slot.near[slot.on].all() == is_print


def test_a_stem_in_a_tight_row_has_the_print_of_its_character_beside() -> None:
    slot = slot_beside((73, RULE, 100, RULE + 2), (76, RULE - 8, 88, RULE - 5), pieces=False)
    assert slot.on.any()
    assert slot.near[slot.on].all()


@pytest.mark.parametrize("below", [False, True])
def test_a_speck_of_a_wall_beside_figures_that_are_set_against_it_is_none_of_these(
    below: bool,
) -> None:
    """Columns of figures set to the right of low rows lost their walls: of each a few points were
    left in a row, with a figure a point and a half away."""
    figures = [*figure(104, RULE - 24), *figure(120, RULE - 24)]
    slot = slot_beside((114, RULE, 121, RULE + 2), *figures, pieces=False)
    assert slot.on.any()
    assert not slot.near[slot.on].any()
    other = figure(112, RULE + 6) if below else [(112, RULE - 4, 118, RULE)]
    slot = slot_beside((114, RULE, 121, RULE + 2), *figures, *other, pieces=False)
    assert slot.near[slot.on].all()
