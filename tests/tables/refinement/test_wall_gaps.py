"""Walls that are gone over some rows of a scanned table and go on in others."""

from collections.abc import Sequence

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import centered, text

XS = (80.0, 200.0, 260.0, 320.0, 380.0, 440.0)
TOP, ROW, COUNT = 100.0, 30.0, 6
EACH = {(row, col, 1, 1) for row in range(COUNT) for col in range(len(XS) - 1)}


def rules(gone: dict[int, Sequence[int]]) -> list[Ruling]:
    """A table whose wall at an edge is gone in some rows."""
    bottom = TOP + ROW * COUNT
    level = [Ruling(XS[0], TOP + ROW * n, XS[-1], TOP + ROW * n) for n in range(COUNT + 1)]
    walls = [
        Ruling(x, TOP + ROW * row, x, TOP + ROW * (row + 1))
        for edge, x in enumerate(XS)
        for row in range(COUNT)
        if row not in gone.get(edge, ())
    ]
    return [*level, *walls, Ruling(XS[0], TOP, XS[0], bottom), Ruling(XS[-1], TOP, XS[-1], bottom)]


def labels() -> list[Box]:
    return [box for row in range(COUNT) for box in text(XS[0] + 4, level_of(row), 5)]


def level_of(row: int) -> float:
    return TOP + ROW * (row + 0.5)


def number(row: int, x: float, digits: int = 2) -> list[Box]:
    return centered(x, level_of(row), digits, wide=False)


def refined(lines: list[Ruling], marks: list[Box], digits: list[bool] | None = None) -> TableGrid:
    (grid,) = refine_grids(find_grids(lines, WIDTH, HEIGHT), marks, digits, lines, WIDTH, HEIGHT)
    return grid


def test_a_wall_goes_on_through_blank_cells_where_print_tells_that_one_is_gone() -> None:
    marks = [*labels(), *number(5, 410)]

    assert set(spans_of(refined(rules({3: (2, 3), 4: (4, 5)}), marks))) == EACH


def test_a_blank_cell_stays_as_wide_as_it_was_drawn() -> None:
    assert (2, 2, 1, 2) in spans_of(refined(rules({3: (2,)}), labels()))


def test_a_number_in_the_middle_of_one_column_tells_of_a_wall_that_does_not_go_on() -> None:
    marks = [*labels(), *number(5, 290)]
    lines = rules({3: (4, 5)})

    assert set(spans_of(refined(lines, marks))) == EACH
    assert (5, 2, 1, 2) in spans_of(refined(lines, labels()))


def test_two_walls_beside_each_other_go_on() -> None:
    marks = [*labels(), *number(1, 230), *number(3, 350, 3)]

    assert set(spans_of(refined(rules({2: (1, 2), 3: (1, 2, 3)}), marks))) == EACH


def test_a_number_beside_its_label_has_a_cell_of_its_own() -> None:
    marks = [*labels(), *(box for row in (4, 5) for box in number(row, 230))]

    assert set(spans_of(refined(rules({1: (4, 5)}), marks))) == EACH


@pytest.mark.parametrize(
    "marks",
    [
        number(2, 320),
        number(2, 320, 1),
        number(2, 320, 16),
        text(XS[2] + 4, level_of(2), 4),
        text(290, level_of(2), 6),
    ],
    ids=["in the middle of both", "a digit", "across the wall", "words", "words across"],
)
def test_a_wide_cell_stays_one(marks: list[Box]) -> None:
    assert (2, 2, 1, 2) in spans_of(refined(rules({3: (2,)}), [*labels(), *marks]))


def crumbs(x: float, y: float, length: int) -> list[Box]:
    """Characters as a coarse fax leaves them: one stroke, and dots of the others."""
    return [
        box
        for left in (x + 10 * n for n in range(length))
        for box in (
            Box(left, y - 4.5, left + 2, y + 4.5),
            *(Box(left + 3 + n, y - 4 + 2 * n, left + 4 + n, y - 3 + 2 * n) for n in range(4)),
        )
    ]


def test_words_of_which_a_fax_left_crumbs_are_no_number() -> None:
    marks = [*labels(), *(box for row in (4, 5) for box in crumbs(203, level_of(row), 5))]

    assert {(4, 0, 1, 2), (5, 0, 1, 2)} <= set(spans_of(refined(rules({1: (4, 5)}), marks)))


def test_a_row_in_which_most_walls_leave_off_is_one() -> None:
    grid = refined(rules(dict.fromkeys((2, 3, 4), (3,))), labels())

    assert (3, 1, 1, 4) in spans_of(grid)


def test_a_row_below_one_of_heads_that_are_one_has_its_wall() -> None:
    lines = rules({edge: (0, 1) if edge == 3 else (0,) for edge in (2, 3, 4)})
    grid = refined(lines, [*labels(), *number(1, 290)])

    assert {(0, 1, 1, 4), (1, 2, 1, 1), (1, 3, 1, 1)} <= set(spans_of(grid))


def test_a_digital_table_stays_as_its_rules_are() -> None:
    marks = labels()

    assert (2, 2, 1, 2) in spans_of(refined(rules({3: (2,)}), marks, [False] * len(marks)))


def test_the_inner_line_of_a_double_frame_is_no_value_of_the_last_column() -> None:
    last = len(XS) - 1
    wide = (last - 3, last)
    gone = {last - 2: (3, 4, 5), last - 1: (3, 4, 5)}
    middle = (XS[wide[0]] + XS[wide[1]]) / 2
    marks = [*labels(), *(mark for row in (3, 4, 5) for mark in number(row, middle, 9))]
    frame = [Box(XS[-1] - 4, level_of(r) - 8, XS[-1] - 2, level_of(r) + 8) for r in range(COUNT)]
    spans = spans_of(refined(rules(gone), [*marks, *frame]))
    assert {(row, wide[0], 1, 3) for row in (3, 4, 5)} <= spans
