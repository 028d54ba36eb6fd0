"""Lines of a pen across walls are no rules; short rules between walls stay."""

import pytest

from ocrpipe.tables.rulings.selection.pen_lines import without_pen_lines
from ocrpipe.tables.rulings.strokes.stroke import Stroke

SCALE = 2.0
WALLS = [Stroke(100, x, 900, x, 2, 180) for x in (100, 300, 500, 700)]
"""With x and y swapped."""

RULES = [Stroke(100, y, 700, y, 2, 180) for y in (100, 200, 300, 900)]


def piece(x0: float, x1: float, y: float, fall: float = 0.0) -> Stroke:
    return Stroke(x0, y, x1, y + fall, 3, 190)


@pytest.mark.parametrize(
    "drawn",
    [
        [piece(240, 350, 250)],
        [piece(660, 770, 250, 3)],
        [piece(230, 290, 250, 2), piece(292, 350, 253)],
        [piece(60, 100, 250), piece(100, 205, 250)],
    ],
    ids=[
        "across a wall",
        "over the side of the table",
        "a wavy one in two pieces",
        "from beside the table up to a wall",
    ],
)
def test_a_line_that_begins_and_ends_between_walls_goes(drawn: list[Stroke]) -> None:
    assert without_pen_lines([*RULES, *drawn], WALLS, SCALE) == RULES


@pytest.mark.parametrize(
    "kept",
    [
        [piece(300, 440, 250)],
        [piece(340, 440, 250)],
        [piece(240, 350, 250), piece(600, 700, 250)],
        [piece(240, 350, 202)],
        [piece(240, 350, 250), piece(240, 350, 270)],
        [piece(150, 450, 250)],
    ],
    ids=[
        "from a wall on",
        "across no wall",
        "a piece of a broken rule",
        "beside a rule",
        "ends below another one",
        "long",
    ],
)
def test_what_may_be_a_rule_stays(kept: list[Stroke]) -> None:
    assert without_pen_lines([*RULES, *kept], WALLS, SCALE) == [*RULES, *kept]


def test_a_line_from_beside_the_table_goes_though_rules_begin_where_it_ends() -> None:
    rules = [*RULES, *(piece(350, 700, y) for y in (254, 400))]
    walls = [Stroke(100, x, 900, x, 2, 180) for x in (300, 350, 500, 700)]

    assert without_pen_lines([*rules, piece(240, 352, 250)], walls, SCALE) == rules


def test_lines_without_walls_stay() -> None:
    assert without_pen_lines(RULES, [], SCALE) == RULES
