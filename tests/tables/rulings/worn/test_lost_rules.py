"""Rules of which nothing is left, where walls end."""

import pytest

from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.lost_rules import rules_at_ends

SLOPE = 0.01
WHOLE = (60.0, 270.0, 535.0)


def rule(y: float, x0: float, x1: float) -> Stroke:
    return Stroke(x0, y + SLOPE * x0, x1, y + SLOPE * x1, 1.0, 100.0)


def wall(x: float, y0: float, y1: float) -> Stroke:
    return Stroke(y0 + SLOPE * x, x, y1 + SLOPE * x, x, 1.0, 100.0)


def table(short: tuple[float, ...]) -> tuple[list[Stroke], list[Stroke]]:
    """Two rules, the walls between them, and `short` ones that end half way."""
    rules = [rule(50, 60, 535), rule(140, 60, 535)]
    return rules, [*(wall(x, 50, 140) for x in WHOLE), *(wall(x, 90, 140) for x in short)]


def test_a_rule_is_between_the_walls_that_go_on_where_others_end() -> None:
    (found,) = rules_at_ends(*table((320.0, 400.0, 470.0)), 1.0)
    assert (found.x0, found.x1) == (270, 535)
    assert found.y0 == pytest.approx(90 + SLOPE * 270)
    assert found.y1 == pytest.approx(90 + SLOPE * 535)


def test_it_goes_over_a_wall_where_more_end_than_go_on() -> None:
    (found,) = rules_at_ends(*table((130.0, 200.0, 340.0, 470.0)), 1.0)
    assert (found.x0, found.x1) == (60, 535)


@pytest.mark.parametrize(
    ("short", "known"),
    [((320.0, 400.0), None), ((320.0, 400.0, 470.0), (270, 350))],
    ids=["few", "a rule is there"],
)
def test_walls_that_end_for_another_reason(
    short: tuple[float, ...], known: tuple[float, float] | None
) -> None:
    rules, walls = table(short)
    if known is not None:
        rules.append(rule(90, *known))
    assert rules_at_ends(rules, walls, 1.0) == []


def test_ends_at_different_heights_are_no_rule() -> None:
    rules, walls = table(())
    walls += [wall(x, y, 140) for x, y in ((320, 80), (400, 90), (470, 100))]
    assert rules_at_ends(rules, walls, 1.0) == []
