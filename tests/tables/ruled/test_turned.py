from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.page import Glyph, TableGrid
from ocrpipe.tables import find_grids, glyph_turn, sideways_cells, turn_grid, with_turned_boxes
from tests.tables.drawing import HEIGHT, WIDTH, Layout, layouts

PLAIN = Layout.of(
    tuple(60.0 + 80 * col for col in range(5)),
    tuple(80.0 + 40 * row for row in range(5)),
)


def grid_of(layout: Layout) -> TableGrid:
    (grid,) = find_grids(layout.rulings(), WIDTH, HEIGHT, min_cells=1)
    return grid


def mark(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


@given(layout=layouts(), quarters=st.integers(0, 3))
def test_a_turned_grid_is_the_grid_of_the_turned_table(layout: Layout, quarters: int) -> None:
    grid = grid_of(layout)
    turned = with_turned_boxes(turn_grid(grid, quarters), WIDTH, HEIGHT, quarters)
    seen = [[0] * turned.n_cols for _ in range(turned.n_rows)]
    for cell in turned.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                seen[row][col] += 1
    assert {count for row in seen for count in row} == {1}
    for one in turned.cells:
        for other in turned.cells:
            if one.col + one.col_span <= other.col:
                assert one.box.center[0] < other.box.center[0]
            if one.row + one.row_span <= other.row:
                assert one.box.center[1] < other.box.center[1]
    back = turn_grid(turn_grid(grid, quarters), -quarters)
    assert set(back.cells) == set(grid.cells)


def test_print_that_runs_down_in_most_cells_is_sideways_and_lone_digits_say_nothing() -> None:
    grid = grid_of(PLAIN)
    centers = [cell.box.center for cell in grid.cells]
    characters = [mark(x, y + step, 9, 9) for x, y in centers for step in (-10, 0, 10)]
    down, others = sideways_cells(grid, characters)
    assert (len(down), len(others)) == (16, 0)
    mixed = [mark(centers[0][0] + step, centers[0][1], 9, 9) for step in (-10, 0, 10)]
    down, others = sideways_cells(grid, [*mixed, *characters[3:]])
    assert (len(down), len(others)) == (15, 1)
    across = [mark(x + step, y, 9, 9) for x, y in centers for step in (-10, 0, 10)]
    assert sideways_cells(grid, across) == ((), ())
    digits = [mark(x, y, 3, 9) for x, y in centers]
    assert sideways_cells(grid, digits) == ((), ())


def test_labels_set_in_narrow_columns_do_not_turn_a_table() -> None:
    grid = grid_of(PLAIN)
    marks = []
    for cell in grid.cells:
        x, y = cell.box.center
        for step in (-10, 0, 10):
            down = cell.row == 0 or cell.col == 0
            marks.append(mark(x, y + step, 9, 9) if down else mark(x + step, y, 9, 9))
    assert sideways_cells(grid, marks) == ((), ())


def test_the_characters_of_a_text_layer_say_how_a_table_stands() -> None:
    grid = grid_of(PLAIN)
    glyphs = [Glyph("字", mark(*cell.box.center, 9, 9), 1) for cell in grid.cells]
    assert glyph_turn(grid, glyphs) == 3
    upright = [replace(glyph, quarters=0) for glyph in glyphs]
    assert glyph_turn(grid, upright) == 0
    assert glyph_turn(grid, [*glyphs[:4], *upright[4:]]) == 0
    assert glyph_turn(grid, []) == 0


def test_turned_boxes_are_those_of_the_turned_page() -> None:
    grid = grid_of(PLAIN)
    turned = with_turned_boxes(grid, WIDTH, HEIGHT, 1)
    assert turned.box == rotate_box(grid.box, WIDTH, HEIGHT, 90)
