"""Heads of two levels in one cell, whose rules do not show."""

from itertools import pairwise

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import SIZE, centered, text

XS = (60.0, 140.0, 210.0, 280.0, 350.0, 420.0, 490.0)
YS = (100.0, 150.0, 172.0, 194.0, 216.0)


def middle(first: int, last: int | None = None) -> float:
    return (XS[first] + XS[(first if last is None else last) + 1]) / 2


def refined(marks: list[Box], scanned: bool = True) -> TableGrid:
    """The grid of a table whose first row has no walls, with `marks` in it."""
    rules = [Ruling(XS[0], y, XS[-1], y) for y in YS]
    rules += [Ruling(x, YS[1], x, YS[-1]) for x in XS[1:-1]]
    rules += [Ruling(x, YS[0], x, YS[-1]) for x in (XS[0], XS[-1])]
    body = [
        mark
        for top, bottom in pairwise(YS[1:])
        for at in range(6)
        for mark in centered(middle(at), (top + bottom) / 2, 3, wide=at == 0)
    ]
    every = [*marks, *body]
    digits = None if scanned else [mark.width < SIZE / 2 for mark in every]
    (grid,) = refine_grids(find_grids(rules, WIDTH, HEIGHT), every, digits, rules, WIDTH, HEIGHT)
    return grid


@pytest.mark.parametrize("scanned", [True, False])
def test_heads_of_groups_and_of_columns_in_one_cell_have_cells_of_their_own(scanned: bool) -> None:
    heads = [
        *centered(middle(0), 125, 2),
        *centered(middle(5), 119, 3),
        *centered(middle(5), 131, 3),
    ]
    heads += centered(middle(1, 2), 112, 5) + centered(middle(3, 4), 112, 4)
    for at in range(1, 5):
        heads += centered(middle(at), 138, 4)
    grid = refined(heads, scanned)
    upper = {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2), (0, 5, 2, 1)}
    lower = {(1, at, 1, 1) for at in range(1, 5)}
    body = {(row, at, 1, 1) for row in range(2, 5) for at in range(6)}
    assert spans_of(grid) == upper | lower | body


def test_a_title_of_two_lines_stays_one_cell() -> None:
    title = [*centered(middle(0, 5), 115, 16), *centered(middle(0, 5), 135, 9)]
    assert (0, 0, 1, 6) in spans_of(refined(title))
    unit = [*text(XS[0] + 3, 115, 12), *text(XS[-1] - 60, 135, 5)]
    assert (0, 0, 1, 6) in spans_of(refined(unit))
