"""Which columns the label of a row takes where other pages show that there are several levels."""

import numpy as np
import pytest

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
    spans = spans_of_text(marks, XS, (0.0, 20.0, 40.0), walls, 9.0, labels=3)
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
