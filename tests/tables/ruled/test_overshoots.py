"""Rules that are found a little longer than they are."""

from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.overshoots import without_overshoots
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    Layout,
    blank_page,
    draw_rules,
    scanned,
    write_in_cells,
)  # fmt: skip
from tests.tables.rulings.test_find import found

TOP = Ruling(0, 100, 200, 100, 0.7)
BOTTOM = Ruling(0, 150, 200, 150, 0.7)


def wall(start: float, end: float) -> Ruling:
    return Ruling(80, start, 80, end, 0.7)


def test_a_rule_ends_at_the_last_one_that_it_crosses() -> None:
    assert without_overshoots([TOP, BOTTOM, wall(98, 151.5)]) == (TOP, BOTTOM, wall(100, 150))


def test_a_rule_that_goes_on_into_the_next_cell_is_kept() -> None:
    rules = (TOP, BOTTOM, wall(90, 158))
    assert without_overshoots(rules) == rules


@given(st.floats(0, 300), st.floats(0.5, 100))
def test_no_rule_gets_longer_or_lost(start: float, length: float) -> None:
    rule = wall(start, start + length)
    cut = without_overshoots([TOP, BOTTOM, rule])[2]
    assert rule.y0 <= cut.y0 < cut.y1 <= rule.y1


def test_a_lone_1_above_a_rule_is_no_part_of_it() -> None:
    """The 1 of the first row stands right above the rule at x = 107."""
    layout = Layout(
        (60.0, 107.0, 127.0, 154.0),
        (80.0, 96.0, 112.0, 128.0, 144.0, 160.0),
        frozenset(
            {(0, 0, 1, 3), (1, 1, 3, 1), (1, 2, 3, 1), (4, 0, 1, 3)}
            | {(row, 0, 1, 1) for row in (1, 2, 3)}
        ),
    )
    page = write_in_cells(draw_rules(blank_page(), layout.rulings()), layout, 968)
    scan = scanned(page, skew=0, noise=10, quality=60, seed=968)
    assert any(abs(rule.x0 - 107) < 1 and rule.y1 < 94 for rule in detect_rulings(scan))
    assert found(scan) == [layout.spans]
