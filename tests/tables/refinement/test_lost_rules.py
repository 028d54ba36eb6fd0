"""Rows of a scanned table whose rule is lost, and pairs of lines that are one row."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import centered, text
from tests.tables.unruled.test_open_rules import tiles

XS = (80.0, 200.0, 250.0, 300.0, 350.0, 400.0, 450.0)
ROW = 30.0
TOP = 100.0
COLUMNS = len(XS) - 1
Lost = frozenset[tuple[int, int]]
"""Row edge and column at which no rule is left."""


def height_of(row: int) -> float:
    return TOP + ROW * (row + 0.5) - 5


def page(count: int, lost: Lost) -> list[Ruling]:
    rules = [Ruling(x, TOP, x, TOP + ROW * count) for x in XS]
    for edge in range(count + 1):
        rules += [
            Ruling(XS[column], TOP + ROW * edge, XS[column + 1], TOP + ROW * edge)
            for column in range(COLUMNS)
            if (edge, column) not in lost
        ]
    return rules


def figures(count: int, columns: Sequence[int] = range(1, COLUMNS)) -> list[Box]:
    return [
        box
        for row in range(count)
        for column in columns
        for box in centered(
            (XS[column] + XS[column + 1]) / 2, height_of(row), 1 + (row + column) % 3, wide=False
        )
    ]


def labels(count: int) -> list[Box]:
    return [box for row in range(count) for box in text(XS[0] + 4, height_of(row), 5 + row % 3)]


def refined(
    rules: list[Ruling], marks: list[Box], digits: Sequence[bool | None] | None = None
) -> TableGrid:
    (grid,) = refine_grids(find_grids(rules, WIDTH, HEIGHT), marks, digits, rules, WIDTH, HEIGHT)
    return grid


def every_cell(count: int) -> frozenset[tuple[int, int, int, int]]:
    return frozenset((row, column, 1, 1) for row in range(count) for column in range(COLUMNS))


@pytest.mark.parametrize("columns", [range(COLUMNS), range(1, COLUMNS), (0, 1, 2, 3)])
def test_a_row_is_parted_whose_rule_is_lost_in_some_columns_or_in_all(
    columns: Sequence[int],
) -> None:
    lost = frozenset((2, column) for column in columns)
    grid = refined(page(5, lost), [*labels(5), *figures(5)])
    assert spans_of(grid) == every_cell(5)


def test_rules_lost_one_below_the_other_part_all_their_rows() -> None:
    lost = frozenset({(2, column) for column in range(COLUMNS)} | {(3, 0), (3, 1), (3, 2)})
    grid = refined(page(6, lost), [*labels(6), *figures(6)])
    assert spans_of(grid) == every_cell(6)


def test_two_columns_are_parted_where_all_their_cells_have_two_lines() -> None:
    rules = [Ruling(x, TOP, x, TOP + 4 * ROW) for x in XS[:3]]
    rules += [Ruling(XS[0], TOP + ROW * edge, XS[2], TOP + ROW * edge) for edge in (0, 1, 3, 4)]
    grid = refined(rules, [*labels(4), *figures(4, [1])])
    assert spans_of(grid) == {(row, column, 1, 1) for row in range(4) for column in range(2)}


def test_a_label_in_the_middle_of_two_lines_of_figures_is_one_of_both() -> None:
    lost = frozenset((2, column) for column in range(COLUMNS))
    marks = [
        *(box for box in labels(5) if not TOP + ROW < box.y0 < TOP + 3 * ROW),
        *text(XS[0] + 4, TOP + 2 * ROW - 5, 6),
        *figures(5),
    ]
    grid = refined(page(5, lost), marks)
    assert grid.n_rows == 4
    assert grid == refined(page(5, lost), marks, [box.width < 6 for box in marks])


def test_a_text_layer_loses_no_rule() -> None:
    lost = frozenset((2, column) for column in range(COLUMNS))
    marks = [*labels(5), *figures(5)]
    assert refined(page(5, lost), marks, [box.width < 6 for box in marks]).n_rows == 4


@given(
    st.frozensets(st.tuples(st.integers(1, 4), st.integers(0, COLUMNS - 1)), max_size=12),
)
def test_no_figure_of_a_row_comes_into_another_and_no_row_too_many(lost: Lost) -> None:
    grid = refined(page(5, lost), [*labels(5), *figures(5)])
    assert tiles(grid)
    assert grid.n_rows <= 5
    for cell in grid.cells:
        for edge in (cell.box.y0, cell.box.y1):
            assert not any(abs(edge - height_of(row)) < 4.5 for row in range(5))


@pytest.mark.parametrize("pitch", [11.0, 14.0])
def test_a_figure_and_its_share_below_it_are_one_row(pitch: float) -> None:
    marks = labels(5)
    for row in range(5):
        middle = TOP + ROW * (row + 0.5)
        for column in range(1, COLUMNS):
            x = (XS[column] + XS[column + 1]) / 2
            marks += centered(x, middle - pitch / 2, 3, wide=False)
            marks += centered(x, middle + pitch / 2, 2, wide=False)
    assert spans_of(refined(page(5, frozenset()), marks)) == every_cell(5)


def headed(rows: Sequence[int], white: float) -> list[Box]:
    """Heads of two lines in all columns of rows, and a figure below each."""
    marks = []
    for row in rows:
        for column, (left, right) in enumerate(pairwise(XS)):
            middle, top = (left + right) / 2, TOP + 90.0 * row + 12
            marks += [*centered(middle, top, 3), *centered(middle, top + 14, 1)]
            marks += centered(middle, top + 23 + white, 1 + column % 3, wide=False)
    return marks


def test_figures_are_a_row_below_their_heads_where_no_rule_is_left_between() -> None:
    rules = [Ruling(x, TOP, x, TOP + 90) for x in XS]
    rules += [Ruling(XS[0], y, XS[-1], y) for y in (TOP, TOP + 90)]
    assert spans_of(refined(rules, headed([0], 20))) == every_cell(2)
    # As near as the lines of one cell.
    assert refined(rules, headed([0], 5)).n_rows == 1


def test_a_name_and_a_figure_in_the_cells_of_every_row_are_printed_so() -> None:
    rules = [Ruling(x, TOP, x, TOP + 180) for x in XS]
    rules += [Ruling(XS[0], y, XS[-1], y) for y in (TOP, TOP + 90, TOP + 180)]
    assert refined(rules, headed([0, 1], 20)).n_rows == 2


def test_a_higher_head_is_parted_from_its_figure_as_the_others_are() -> None:
    """The first column has one head over both rows of heads."""
    rules = [Ruling(x, TOP - (30 if x <= XS[1] else 0), x, TOP + 90) for x in XS]
    rules += [Ruling(XS[0], y, XS[-1], y) for y in (TOP - 30, TOP + 90)]
    rules += [Ruling(XS[1], TOP, XS[-1], TOP), Ruling(XS[-1], TOP - 30, XS[-1], TOP)]
    head = centered((XS[1] + XS[-1]) / 2, TOP - 15, 6)
    assert spans_of(refined(rules, [*headed([0], 20), *head])) == {
        (0, 0, 2, 1),
        (2, 0, 1, 1),
        (0, 1, 1, 5),
        *((row, column, 1, 1) for row in (1, 2) for column in range(1, COLUMNS)),
    }
