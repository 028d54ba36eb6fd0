"""Corners inside a table, at which one of two rules that end goes on."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.corners import with_corners_closed
from ocrpipe.tables.rulings.worn.slots import Slot

SCALE = 204 / 72
_NOTHING = np.zeros(60, bool)
_DOTS = np.arange(60) % 13 == 6
_WHOLE = np.ones(60, bool)


def _slot(line: int, start: float, on: np.ndarray, odds: float, near: float = 0.0) -> Slot:
    """A slot of 70 pixels on a line at 100."""
    stroke = Stroke(start, 100, start + 70, 100, 2.0, 150.0)
    return Slot(line, stroke, on, np.arange(60) < near * 60, 0, remote=False, odds=odds)


def _walls(
    before: np.ndarray, above: np.ndarray, after: float = 9.0, near: float = 0.0
) -> list[bool]:
    """Whether the slots left of, right of, above and below the point (100, 100) have walls."""
    across = [_slot(0, 30, before, -0.6, near), _slot(0, 100, _WHOLE, after)]
    down = [_slot(0, 30, above, -1.1, near), _slot(0, 100, _WHOLE, 9.0)]
    level, upright = with_corners_closed(across, down, SCALE)
    return [slot.is_wall for slot in (*level, *upright)]


@pytest.mark.parametrize(
    ("before", "above", "walls"),
    [
        (_DOTS, _NOTHING, [True, True, False, True]),
        (_NOTHING, _DOTS, [False, True, True, True]),
        (_DOTS, _DOTS, [False, True, False, True]),
        (_NOTHING, _NOTHING, [False, True, False, True]),
    ],
)
def test_what_is_left_of_one_rule_alone_makes_it_go_on(
    before: np.ndarray, above: np.ndarray, walls: list[bool]
) -> None:
    assert _walls(before, above) == walls


def test_a_rule_that_ends_at_none_other_does_not_go_on() -> None:
    assert _walls(_DOTS, _NOTHING, after=-1.0) == [False, False, False, True]


def test_the_ink_beside_print_is_none_of_a_rule() -> None:
    assert _walls(_DOTS, _NOTHING, near=0.9) == [False, True, False, True]
