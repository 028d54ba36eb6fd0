"""Heads of several levels above rows, in tables without rules and with few of them."""

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.tables.unruled.aligned import find_aligned_grids
from ocrpipe.tables.unruled.open_rules import find_open_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import centered, prose, text

MIDDLES = (230.0, 290.0, 350.0, 410.0, 470.0)
HEADS = {
    (0, 0, 3, 1),
    (0, 1, 1, 3),
    (1, 1, 1, 2),
    (2, 1, 1, 1),
    (2, 2, 1, 1),
    (1, 3, 2, 1),
    (0, 4, 1, 2),
    (1, 4, 2, 1),
    (1, 5, 2, 1),
}
ROWS = 6


def heads(top: float) -> list[Box]:
    """Of three levels: each stands in the middle of what it takes."""
    marks = centered(120, top + 15, 2) + centered(290, top, 6) + centered(440, top, 4)
    marks += centered(260, top + 15, 4) + centered(350, top + 22, 4)
    marks += centered(230, top + 30, 2) + centered(290, top + 30, 3)
    return marks + centered(410, top + 22, 3) + centered(470, top + 22, 3)


def body(top: float) -> list[Box]:
    marks = []
    for row in range(ROWS):
        marks += text(80, top + 20 * row, 4 + row % 4)
        for column, x in enumerate(MIDDLES):
            if (row + 2 * column) % 7:
                marks += centered(x, top + 20 * row, 2 + (row + column) % 4, wide=False)
    return marks


def all_spans() -> set[tuple[int, int, int, int]]:
    return HEADS | {(row, column, 1, 1) for row in range(3, 3 + ROWS) for column in range(6)}


def test_heads_of_three_levels_above_rows_without_rules() -> None:
    around = prose(70, 60, 4, 44) + text(450, 176, 5) + text(80, 395, 14) + prose(70, 430, 4, 44)
    marks = [*around, *heads(200), *body(256)]
    (grid,) = find_aligned_grids(marks, (), (), (), WIDTH, HEIGHT)
    assert spans_of(grid) == all_spans()


def test_heads_of_three_levels_between_two_rules() -> None:
    marks = [*heads(200), *body(256)]
    rules = [Ruling(70, y, 500, y) for y in (190.0, 244.0, 368.0)]
    (grid,) = find_open_grids(rules, marks, (), WIDTH, HEIGHT)
    assert spans_of(grid) == all_spans()


def test_heads_of_three_levels_where_no_rule_parts_them_from_the_rows() -> None:
    marks = [*heads(200), *body(256)]
    rules = [Ruling(70, y, 500, y) for y in (190.0, 368.0)]
    (grid,) = find_open_grids(rules, marks, (), WIDTH, HEIGHT)
    assert spans_of(grid) == all_spans()


def test_heads_above_rows_whose_groups_have_labels_beside_several() -> None:
    marks = [*heads(200), *(mark.shifted(30, 0) for mark in body(256) if mark.x1 < 200)]
    marks += [mark for mark in body(256) if mark.x1 > 200]
    marks += text(70, 286, 2) + text(70, 346, 2)
    marks = [mark for mark in marks if not (mark.x1 < 200 and mark.y1 < 240)]
    marks += centered(80, 215, 2) + centered(140, 215, 2)
    (grid,) = find_aligned_grids(marks, (), (), (), WIDTH, HEIGHT)
    shifted = {(row, col + (col > 0), high, wide) for row, col, high, wide in HEADS}
    assert spans_of(grid) >= {*shifted, (0, 1, 3, 1), (3, 0, 4, 1), (7, 0, 2, 1)}
    assert (grid.n_rows, grid.n_cols) == (9, 7)
