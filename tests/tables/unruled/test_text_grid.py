"""Which columns the label of a row takes where other pages show that there are several levels."""

import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.tables.unruled.strips import LabelColumns
from ocrpipe.tables.unruled.text_grid import spans_of_text
from tests.tables.typing_marks import centered, text

XS = (0.0, 30.0, 90.0, 200.0, 240.0, 280.0)


@pytest.mark.parametrize(
    ("start", "length", "cells"),
    [
        (70, 6, {(0, 3)}),
        (85, 6, {(0, 1), (1, 2)}),
        (96, 5, {(0, 1), (1, 1), (2, 1)}),
        (4, 4, {(0, 3)}),
    ],
)
def test_a_label_takes_the_columns_that_it_is_set_for(
    start: float, length: int, cells: set[tuple[int, int]]
) -> None:
    heads = [box for x, size in ((100, 4), (220, 2), (260, 2)) for box in centered(x, 10, size)]
    marks = heads + text(start, 30, length) + centered(220, 30, 1) + centered(260, 30, 1)
    walls = np.ones((3, 5), bool)
    spans = spans_of_text(marks, XS, (0.0, 20.0, 40.0), walls, 9.0, LabelColumns(3))
    assert {(s.col, s.col_span) for s in spans if s.row == 1 and s.col < 3} == cells


def test_the_rows_beside_a_label_that_goes_on_below_them_are_no_header() -> None:
    """The first row of a page is the last one of a group whose label the page before has."""
    figures = [box for y in (10, 30, 50, 70, 90) for x in (220, 260) for box in centered(x, y, 1)]
    labels = [box for y in (10, 30, 50, 70, 90) for box in text(94, y, 7)]
    groups = [*centered(60, 40, 4), *centered(60, 80, 4)]
    walls = np.ones((6, 5), bool)
    walls[1:5, 0] = False
    walls[(2, 4), 1] = False
    ys = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)

    spans = spans_of_text([*figures, *labels, *groups], XS, ys, walls, 9.0)

    assert [(s.col, s.col_span) for s in spans if s.row == 0] == [(n, 1) for n in range(5)]


@pytest.mark.parametrize(("row", "cells"), [(1, {0, 1, 2}), (2, {0})], ids=["outer", "inner"])
def test_a_label_at_a_page_break_that_begins_with_those_of_its_column_is_in_it(
    row: int, cells: set[int]
) -> None:
    """It is about in the middle of all three columns, too, whose label has its text elsewhere."""
    figures = [box for y in (30, 50, 70) for x in (220, 260) for box in centered(x, y, 1)]
    heads = [box for x, size in ((100, 4), (220, 2), (260, 2)) for box in centered(x, 10, size)]
    label = [box.shifted(-0.5, 0) for box in text(93, 10 + 20 * row, 2)]
    others = [box for y in (30, 50, 70) if y != 10 + 20 * row for box in centered(100, y, 9)]
    walls = np.ones((5, 5), bool)
    ys = (0.0, 20.0, 40.0, 60.0, 80.0)

    marks = [*heads, *figures, *others, *label]
    spans = spans_of_text(marks, XS, ys, walls, 9.0, LabelColumns(3, indent=3.0))

    assert {s.col for s in spans if s.row == row and s.col < 3} == cells


def test_a_row_of_figures_is_no_header() -> None:
    """The rows of a page without heads: 3 in the middle of what is left and right of it blank."""
    xs = (0.0, 100.0, 140.0, 180.0, 220.0, 260.0, 300.0)
    rows = [(200, 280), (200, 240, 280), (120, 200)]
    marks = [
        box
        for number, places in enumerate(rows)
        for box in [*text(4, 10 + 20 * number, 7)]
        + [mark for x in places for mark in centered(x, 10 + 20 * number, 1, wide=False)]
    ]
    spans = spans_of_text(marks, xs, (0.0, 20.0, 40.0, 60.0), np.ones((4, 6), bool), 9.0)

    assert {(s.col, s.col_span) for s in spans if s.row == 0} == {(n, 1) for n in range(6)}


def test_one_row_with_labels_of_two_levels_and_figures_is_no_header() -> None:
    """The only row of a page: 8 in the middle of three columns of which two are blank."""
    xs = (*XS, 320.0, 360.0, 400.0)
    figures = [box for x in (220, 300, 380) for box in centered(x, 10, 2, wide=False)]
    marks = [*text(40, 10, 3), *text(93, 10, 9), *figures]
    spans = spans_of_text(marks, xs, (0.0, 20.0), np.ones((2, 8), bool), 9.0, LabelColumns(3))

    assert {(s.col, s.col_span) for s in spans if s.col > 2} == {(n, 1) for n in range(3, 8)}


def test_labels_of_all_levels_that_have_their_text_on_another_page_are_cells_of_their_own() -> None:
    figures = [box for y in (10, 30) for x in (220, 260) for box in centered(x, y, 1, wide=False)]
    labels = [box for y in (10, 30) for box in text(94, y, 7)]
    walls = np.ones((3, 5), bool)
    walls[1, :2] = False

    spans = spans_of_text([*figures, *labels], XS, (0.0, 20.0, 40.0), walls, 9.0, LabelColumns(3))

    assert {(s.row, s.col, s.row_span, s.col_span) for s in spans if s.col < 2} == {
        (0, 0, 2, 1),
        (0, 1, 2, 1),
    }


def test_the_label_of_the_one_row_of_a_group_parts_from_the_groups_close_beside_it() -> None:
    """（三）不 and 1.属于: the white before the narrow 1 parts no words of a text."""
    heads = [box for x, size in ((100, 4), (220, 2), (260, 2)) for box in centered(x, 10, size)]
    figures = [box for x in (220, 260) for box in centered(x, 30, 1, wide=False)]
    label = [*text(46, 30, 4), Box(93.3, 26, 95.5, 34), *text(100, 30, 3)]
    marks = [*heads, *figures, *label]
    known = LabelColumns(3, indent=3.0)

    spans = spans_of_text(marks, XS, (0.0, 20.0, 40.0), np.ones((3, 5), bool), 9.0, known)

    assert (2, 1) in {(s.col, s.col_span) for s in spans if s.row == 1}


def test_a_sign_with_white_behind_it_does_not_part_what_has_one_head() -> None:
    """＋2 in the middle below 本年增/减, where other sections have two columns."""
    xs = (0.0, 100.0, 200.0, 300.0, 400.0)
    middles = (50.0, 150.0, 250.0, 350.0)
    marks = [box for x in middles for box in centered(x, 10, 4)]
    marks += [box for x in middles for box in centered(x, 30, 2, wide=False)]
    marks += centered(200, 50, 9)
    marks += [box for x in (50.0, 150.0, 300.0) for box in centered(x, 70, 4)]
    marks += centered(50, 90, 4) + centered(150, 90, 1, wide=False)
    marks += [Box(294.0, 86, 298.0, 94), Box(301.5, 86, 305.5, 94)]
    ys = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)

    spans = spans_of_text(marks, xs, ys, np.ones((6, 4), bool), 9.0)

    assert {(s.col, s.col_span) for s in spans if s.row == 4} == {(0, 1), (1, 1), (2, 2)}


def test_a_group_label_in_the_middle_of_its_column_parts_though_all_is_in_the_middle() -> None:
    heads = [box for x, size in ((100, 4), (220, 2), (260, 2)) for box in centered(x, 10, size)]
    figures = [box for x in (220, 260) for box in centered(x, 30, 1, wide=False)]
    # （五）不予 with a white behind its bracket, from 31 to 90, and 1.信访 from 94 to 168.
    label = [*text(31, 30, 3), *text(70, 30, 2), Box(93.3, 26, 95.5, 34), *text(98, 30, 7)]
    known = LabelColumns(3, indent=3.0)
    ys = (0.0, 20.0, 40.0)

    walls = np.ones((3, 5), bool)
    spans = spans_of_text([*heads, *figures, *label], XS, ys, walls, 9.0, known)

    assert {(1, 1), (2, 1)} <= {(s.col, s.col_span) for s in spans if s.row == 1}


def test_a_title_that_an_edge_parts_at_the_white_of_a_bracket_is_one_cell() -> None:
    xs = (0.0, 100.0, 200.0, 300.0, 400.0)
    marks = []
    for number, title in enumerate((20.0, 80.0)):
        # The bracket all but touches the first stroke of what stands in it.
        bracket = [Box(203, title - 5, 206, title + 5), Box(206.3, title - 4.5, 211, title + 4.5)]
        marks += [*text(157, title, 4), *bracket, *text(212, title, 3)]
        marks += centered(50, title + 20, 4) + centered(250, title + 20, 6)
        marks += centered(50, title + 40, 4) + centered(250, title + 40, 3 + number, wide=False)
    ys = tuple(10.0 + 20 * row for row in range(7))
    spans = spans_of_text(marks, xs, ys, np.ones((7, 4), bool), 9.0)

    title, row = [(0, 4)], [(0, 1), (1, 3)]
    assert [[(s.col, s.col_span) for s in spans if s.row == r] for r in range(6)] == [
        *(title, row, row),
        *(title, row, row),
    ]
