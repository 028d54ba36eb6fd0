"""The lost ends of the rules of rows that stand alone."""

import pytest

from ocrpipe.tables.rulings.follow import Line
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.lone_rows import ends_of_lone_rows

WALLS = (60.0, 270.0, 345.0, 420.0, 535.0)


def rule(y: float, x0: float, x1: float) -> Line:
    return Line([Stroke(x0, y, x1, y, 1.0, 100.0)])


def wall(x: float, y0: float, y1: float) -> Stroke:
    return Stroke(y0, x, y1, x, 1.0, 100.0)


def test_both_rules_of_a_row_are_led_to_its_last_walls() -> None:
    lines = [rule(50, 60, 409), rule(71, 90, 470)]
    ends = ends_of_lone_rows(lines, [wall(x, 50, 72) for x in WALLS], 1.0)
    assert [(end.y0, end.x0, end.x1) for end in ends] == [
        (50, 409, 535),
        (71, 60, 90),
        (71, 470, 535),
    ]


@pytest.mark.parametrize("other", [(20.0, 52.0), (71.0, 95.0), (30.0, 95.0)])
def test_rules_inside_a_table_may_end_at_merged_cells(other: tuple[float, float]) -> None:
    lines = [rule(50, 60, 409), rule(71, 60, 470)]
    walls = [*(wall(x, 50, 72) for x in WALLS), wall(270, *other)]
    assert ends_of_lone_rows(lines, walls, 1.0) == []


def test_a_single_wall_beside_a_row_is_none_of_its_own() -> None:
    lines = [rule(50, 60, 409), rule(71, 60, 409)]
    assert ends_of_lone_rows(lines, [wall(535, 50, 72), wall(60, 50, 72)], 1.0) == []
