"""Cells painted on a dark ground, which shows between them as rules do."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.grounds import Fill, rules_of_grounds

BLACK, WHITE, GREY, BLUE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.6, 0.6, 0.6), (0.8, 0.9, 1.0)
GROUND = Box(100, 100, 301, 161)


def cell(x0: float, y0: float, x1: float, y1: float) -> Fill:
    return Fill(Box(x0, y0, x1, y1), WHITE, visible=False)


# A head over both columns, and two rows below it; a point of the ground shows around all.
CELLS = (
    cell(101, 101, 300, 120), cell(101, 121, 200, 140), cell(201, 121, 300, 140),
    cell(101, 141, 200, 160), cell(201, 141, 300, 160),
)  # fmt: skip


def lines(*fills: Fill) -> set[tuple[float, float, float, float]]:
    return {(rule.x0, rule.y0, rule.x1, rule.y1) for rule in rules_of_grounds(fills)}


@pytest.mark.parametrize("colour", [BLACK, GREY])
def test_the_ground_between_cells_and_around_them_is_their_rules(
    colour: tuple[float, ...],
) -> None:
    found = lines(Fill(GROUND, colour, visible=True), *CELLS)
    assert {y0 for _, y0, _, y1 in found if y0 == y1} == {100.5, 120.5, 140.5, 160.5}
    upright = {(x0, y0) for x0, y0, x1, _ in found if x0 == x1}
    assert {x0 for x0, _ in upright} == {100.5, 200.5, 300.5}
    assert min(y0 for x0, y0 in upright if x0 == 200.5) == 120.0


def test_cells_of_two_colours_stand_on_one_ground() -> None:
    head = Fill(CELLS[0].box, BLUE, visible=True)
    assert lines(Fill(GROUND, BLACK, visible=True), head, *CELLS[1:]) == lines(
        Fill(GROUND, BLACK, visible=True), *CELLS
    )


def test_cells_that_touch_or_lie_far_apart_show_no_rules() -> None:
    ground = Fill(Box(0, 0, 200, 200), GREY, visible=True)
    touching = [cell(x, y, x + 100, y + 100) for x in (0, 100) for y in (0, 100)]
    apart = [cell(x, y, x + 90, y + 90) for x in (5, 105) for y in (5, 105)]
    assert not lines(ground, *touching)
    assert not lines(ground, *apart)


def test_what_was_painted_before_or_in_its_colour_is_not_on_a_ground() -> None:
    ground = Fill(GROUND, BLACK, visible=True)
    assert not lines(*CELLS, ground)
    assert not lines(ground, *(Fill(fill.box, BLACK, visible=True) for fill in CELLS))
    assert not lines(Fill(GROUND, WHITE, visible=False), *CELLS)
