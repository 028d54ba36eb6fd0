"""Which short strokes of a page of broken rules are pieces of them."""

import numpy as np
import pytest

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.selection.connected import connected
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows

SCALE = 2.0
PITCH = 28
"""Pixels from one row to the next: 14 points."""


def seen(ink: Pixels) -> Candidates:
    spread = spread_over_rows(ink)
    return Candidates((), (), spread, spread, np.asarray(255 - ink, np.uint8), 255.0)


@pytest.mark.parametrize(("start", "end", "kept"), [(8, 22, False), (1, 20, True)])
def test_a_one_that_ends_close_to_the_rule_of_its_row_is_no_piece_of_a_wall(
    start: int, end: int, kept: bool
) -> None:
    """A pale frame that the dark walls cut made a page one of broken rules, and four of its ones
    walls: the cells were blank."""
    rules = [Stroke(10, 40 + PITCH * row, 190, 40 + PITCH * row, 2.0, 200) for row in range(6)]
    frame = [Stroke(10 + 8 * i, 250, 16 + 8 * i, 250, 2.0, 60) for i in range(24)]
    ink = np.zeros((200, 260), np.uint8)
    top = 40 + 2 * PITCH
    ink[100, top + start : top + end] = 200
    for rule in rules:
        ink[10:190, int(rule.y0) - 1 : int(rule.y0) + 1] = 200
    stroke = Stroke(top + start - 2, 100, top + end + 2, 100, 2.0, 150)
    blank = seen(np.zeros((260, 200), np.uint8))
    _, walls = connected(blank, seen(ink), ([*rules, *frame], []), ([], [stroke]), SCALE)
    assert (stroke in walls) == kept


def test_a_rule_goes_on_to_its_corner_though_that_has_paper_beside_the_outermost_wall() -> None:
    """Where two rules cross, the ink response of one has a dip of two pixels beside the other."""
    places = (10, 70, 110, 150, 190)
    rules = [Stroke(10, 40 + PITCH * row, 190, 40 + PITCH * row, 2.0, 200) for row in range(6)]
    walls = [Stroke(40, x, 180, x, 2.0, 200) for x in places]
    across, down = np.zeros((260, 220), np.uint8), np.zeros((220, 260), np.uint8)
    for rule in rules:
        across[int(rule.y0) - 1 : int(rule.y0) + 1, 8:192] = 200
    for x in places:
        down[x - 1 : x + 1, 38:182] = 200
    across[94:98, 11:13] = 60
    level, _ = connected(seen(across), seen(down), (rules, []), (walls, []), SCALE)
    assert level == rules
