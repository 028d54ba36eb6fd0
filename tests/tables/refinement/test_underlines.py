"""Lines of a pen below figures of a scanned table."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH
from tests.tables.typing_marks import centered, text

XS = (80.0, 200.0, 250.0, 300.0, 350.0, 400.0)
YS = tuple(100.0 + 24 * row for row in range(6))


def page(at: float) -> list[Ruling]:
    """Five rows; below two figures of the third a line, `at` points below its rule."""
    rules = [Ruling(XS[0], y, XS[-1], y) for y in YS]
    rules += [Ruling(x, YS[0], x, YS[-1]) for x in XS]
    return [*rules, Ruling(XS[2], YS[2] + at, XS[4], YS[2] + at)]


def print_of(level: float, down: float = 12.0) -> list[Box]:
    """Labels and figures in the middle of their rows, two figures of the third `level` below."""
    marks = []
    for row, y in enumerate(YS[:-1]):
        marks += text(XS[0] + 4, y + down, 6)
        for col in range(1, 5):
            place = level if row == 2 and col in (2, 3) else down
            marks += centered((XS[col] + XS[col + 1]) / 2, y + place, 2, wide=False)
    return marks


def refined(rules: list[Ruling], marks: list[Box]) -> TableGrid:
    (grid,) = refine_grids(find_grids(rules, WIDTH, HEIGHT), marks, None, rules, WIDTH, HEIGHT)
    return grid


@pytest.mark.parametrize("at", [17.5, 18.5, 5.5])
def test_a_line_below_or_above_figures_cuts_no_row(at: float) -> None:
    grid = refined(page(at), print_of(12.0))
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (5, 5, 25)


def test_figures_that_stand_in_the_middle_of_a_lower_row_are_in_a_row_of_their_own() -> None:
    grid = refined(page(12.0), print_of(6.0))
    assert grid.n_rows == 6


@pytest.mark.parametrize("lines", [(17.5,), (16.0, 19.0)], ids=["one", "two"])
def test_lines_across_blank_cells_cut_no_row(lines: tuple[float, ...]) -> None:
    rules = [rule for at in lines for rule in page(at)]
    blank = Box(XS[2], YS[2], XS[4], YS[3])
    marks = [mark for mark in print_of(12.0) if not blank.contains_point(*mark.center)]
    grid = refined(rules, marks)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (5, 5, 25)


def test_blank_rows_beside_a_label_of_them_all_stay() -> None:
    rules = [*page(12.0), Ruling(XS[1], YS[2] + 12, XS[-1], YS[2] + 12)]
    row = Box(XS[1], YS[2], XS[-1], YS[3])
    marks = [mark for mark in print_of(12.0) if not row.contains_point(*mark.center)]
    assert refined(rules, marks).n_rows == 6
