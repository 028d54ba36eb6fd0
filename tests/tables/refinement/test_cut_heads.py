"""Heads with a stroke on the line of a wall of the cells below them."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import centered, text

XS = (80.0, 116.0, 152.0, 188.0, 224.0, 260.0, 440.0)
TOP, ROW = 100.0, 30.0
STROKE = XS[2]


def rules(*strokes: Ruling) -> list[Ruling]:
    """A head over five columns and one beside it, above two rows."""
    level = [Ruling(XS[0], TOP + ROW * n, XS[-1], TOP + ROW * n) for n in range(4)]
    tall = [Ruling(x, TOP, x, TOP + 3 * ROW) for x in (XS[0], XS[5], XS[6])]
    return [*level, *tall, *(Ruling(x, TOP + ROW, x, TOP + 3 * ROW) for x in XS[1:5]), *strokes]


def refined(lines: list[Ruling], marks: list[Box], digits: list[bool] | None = None) -> TableGrid:
    body = [box for x in XS[:5] for row in (1, 2) for box in centered(x + 18, level_of(row), 2)]
    marks = [*marks, *body]
    digits = digits and [*digits, *(False for _ in body)]
    (grid,) = refine_grids(find_grids(lines, WIDTH, HEIGHT), marks, digits, lines, WIDTH, HEIGHT)
    return grid


def level_of(row: int) -> float:
    return TOP + ROW * (row + 0.5)


WALL = Ruling(STROKE, TOP + 3, STROKE, TOP + ROW)
HEAD = [Box(154, 111, 158, 119), *text(160, level_of(0), 3)]
"""Of four characters, in the middle of five columns; the stroke of the first is on the wall."""


def test_a_head_on_the_line_of_a_wall_is_one_cell() -> None:
    assert (0, 0, 1, 5) in spans_of(refined(rules(WALL), HEAD))


@pytest.mark.parametrize(
    "marks",
    [
        centered(206, level_of(0), 4),
        [*centered(116, level_of(0), 2), *centered(206, level_of(0), 4)],
    ],
    ids=["a head beside a blank cell", "two heads"],
)
def test_a_wall_between_heads_stays(marks: list[Box]) -> None:
    spans = spans_of(refined(rules(Ruling(STROKE, TOP, STROKE, TOP + ROW)), marks))

    assert {(0, 0, 1, 2), (0, 2, 1, 3)} <= set(spans)


def test_the_label_of_a_row_at_the_top_of_a_page_is_no_head() -> None:
    figure = centered(350, level_of(0), 2, wide=False)
    spans = spans_of(refined(rules(WALL), [*HEAD, *figure]))

    assert {(0, 0, 1, 2), (0, 2, 1, 3)} <= set(spans)


def test_walls_of_digital_tables_stay() -> None:
    assert (0, 0, 1, 2) in spans_of(refined(rules(WALL), HEAD, [False] * len(HEAD)))
