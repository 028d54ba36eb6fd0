"""Faint rules of a page stay beside dark ones: they do not show through from its other side."""

from ocrpipe.page import PageImage
from ocrpipe.tables import find_grids
from ocrpipe.tables.rulings import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    write_in_cells,
)

DARK, FAINT = 70, 226


def plain(top: float, rows: int, cols: int, height: float) -> Layout:
    xs = tuple(60 + 470 * col / cols for col in range(cols + 1))
    ys = tuple(top + height * row for row in range(rows + 1))
    return Layout.of(xs, ys)


def shapes(page: PageImage) -> list[tuple[int, int]]:
    grids = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    return [(grid.n_rows, grid.n_cols) for grid in grids]


OWN = plain(60, 4, 5, 30)


def test_faint_rules_around_dark_print_are_those_of_the_page() -> None:
    below = plain(300, 14, 7, 30)
    page = draw_rules(blank_page(), below.rulings(), color=FAINT)
    page = write_in_cells(draw_rules(page, OWN.rulings(), color=DARK), OWN, 1)
    assert shapes(write_in_cells(page, below, 2)) == [(4, 5), (14, 7)]


def test_faint_rules_inside_a_dark_frame_are_those_of_the_page() -> None:
    table = plain(80, 20, 7, 30)
    page = draw_rules(blank_page(), table.rulings(), color=FAINT)
    frame = Layout(
        (table.xs[0], table.xs[-1]), (table.ys[0], table.ys[-1]), frozenset({(0, 0, 1, 1)})
    )
    assert shapes(draw_rules(page, frame.rulings(), color=DARK)) == [(20, 7)]


def test_a_faint_row_above_a_dark_table_is_one_of_the_page() -> None:
    row, own = plain(90, 1, 6, 34), plain(200, 12, 7, 30)
    page = draw_rules(blank_page(200), row.rulings(), color=195)
    page = write_in_cells(draw_rules(page, own.rulings(), color=20), own, 1)
    assert shapes(write_in_cells(page, row, 2)) == [(1, 6), (12, 7)]
