"""Tables without any rule, and the many things that are aligned and are no tables."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.unruled.aligned import find_aligned_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of
from tests.tables.typing_marks import SIZE, centered, prose, text
from tests.tables.unruled.test_open_rules import tiles

MIDDLES = (110.0, 220.0, 310.0, 400.0, 490.0)


def found(marks: list[Box], regions: tuple[Box, ...] = ()) -> tuple[TableGrid, ...]:
    return find_aligned_grids(marks, (), (), regions, WIDTH, HEIGHT)


def table(top: float, rows: int, blank: frozenset[tuple[int, int]] = frozenset()) -> list[Box]:
    marks = []
    for row in range(rows):
        marks += centered(MIDDLES[0], top + 20 * row, 3 + row % 3)
        for column in range(1, 5):
            if (row, column) not in blank:
                length = 3 if row == 0 else 2 + (row * column) % 5
                marks += centered(MIDDLES[column], top + 20 * row, length, wide=row == 0)
    return marks


def test_rows_and_columns_are_those_of_the_text() -> None:
    marks = prose(70, 100, 5, 44) + table(220, 6) + prose(70, 360, 5, 44)
    (grid,) = found(marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(6) for col in range(5)}
    assert 200 < grid.box.y0 < 220
    assert 320 < grid.box.y1 < 340


def test_a_table_in_small_print_among_larger_prose_is_found() -> None:
    large = [
        mark
        for line in range(5)
        for y in (60 + 30 * line, 400 + 30 * line)
        for mark in text(70, y, 16, size=2.6 * SIZE)
    ]
    (grid,) = found([*large, *table(220, 6)])
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_lines_of_small_print_below_large_prose_are_no_table() -> None:
    large = [mark for line in range(8) for mark in text(70, 60 + 30 * line, 16, size=2.6 * SIZE)]
    assert not found([*large, *prose(70, 330, 5, 44)])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("words", [0, 3])
def test_the_dust_of_an_adaptive_threshold_is_no_table(seed: int, words: int) -> None:
    """It outnumbers the print, and seemed aligned by itself, or was an error."""
    random = Random(seed)
    sizes = (1.0, 1.4, 1.8, 2.5)
    dust = [
        Box(x, y, x + random.choice(sizes), y + random.choice(sizes))
        for x, y in ((random.uniform(0, WIDTH), random.uniform(0, HEIGHT)) for _ in range(400))
    ]
    assert not found([*dust, *(mark for x in range(words) for mark in text(100 + 130 * x, 200, 3))])


def test_blank_cells_stay_where_they_are() -> None:
    blank = frozenset({(1, 2), (3, 4), (4, 1), (4, 2)})
    (grid,) = found(table(220, 6, blank))
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (6, 5, 30)


def test_a_label_of_two_lines_belongs_to_one_row() -> None:
    marks = table(220, 3)
    marks += centered(MIDDLES[0], 284, 7) + centered(MIDDLES[0], 296, 2)
    for column in range(1, 5):
        marks += centered(MIDDLES[column], 290, 4, wide=False)
    marks += [box.shifted(0, 90) for box in table(220, 2)]
    (grid,) = found(marks)
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_a_label_of_three_lines_with_its_figures_beside_the_second_is_one_row() -> None:
    marks = table(220, 1)
    for row in range(4):
        y = 262 + 47 * row
        marks += [mark for line in (-13.5, 0, 13.5) for mark in centered(MIDDLES[0], y + line, 5)]
        for column in range(1, 5):
            marks += centered(MIDDLES[column], y, 4, wide=False)
    (grid,) = found(marks)
    assert (grid.n_rows, grid.n_cols) == (5, 5)


def test_a_region_whose_edge_goes_through_a_line_of_prose_leaves_that_out() -> None:
    line = [mark for mark in text(70, 200, 44) if all(abs(mark.x0 - x) > 8 for x in MIDDLES)]
    low = [Box(x - 4, 200, x + 4, 205) for x in MIDDLES]
    above = [*prose(70, 140, 4, 44), *line, *low]
    region = Box(60, 201, 540, 340)
    (grid,) = found([*above, *table(226, 6)], (region,))
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_rows_of_small_print_below_larger_prose_are_measured_by_their_own_characters() -> None:
    """Measured by the prose, the figures of narrow columns are one word."""
    large = [mark for line in range(8) for mark in text(70, 50 + 20 * line, 24, size=1.7 * SIZE)]
    last = centered(MIDDLES[0], 340, 10)
    for x in MIDDLES[1:]:
        last += centered(x, 340, 14, wide=False)
    (grid,) = found([*large, *table(220, 6), *last])
    assert (grid.n_rows, grid.n_cols) == (7, 5)


def test_the_unit_above_and_the_notes_below_a_table_are_no_rows() -> None:
    unit = text(395, 202, 2) + text(421, 202, 10)
    notes = text(80, 342, 14) + text(80, 362, 7) + text(165, 362, 9)
    region = Box(60, 190, 540, 370)
    (grid,) = found([*unit, *table(220, 6), *notes], (region,))
    assert (grid.n_rows, grid.n_cols) == (6, 5)
    assert 208 < grid.box.y0 < 220
    assert 320 < grid.box.y1 < 335


def test_a_note_and_prose_that_punctuation_parts_are_no_rows() -> None:
    note = text(70, 344, 8)
    below = [*text(70, 368, 10), *text(190, 368, 12), *text(330, 368, 18)]
    (grid,) = found([*table(220, 6), *note, *below], (Box(60, 200, 560, 372),))
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_the_last_line_of_the_prose_above_a_table_is_no_row() -> None:
    """Its words stand apart where the white between two is as wide as a comma's."""
    line = text(40, 200, 3) + text(86, 200, 5) + text(154, 200, 6)
    marks = prose(70, 80, 5, 44) + line + table(220, 6)
    (grid,) = found(marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(6) for col in range(5)}


def test_a_last_row_with_blank_cells_belongs_to_its_table() -> None:
    blank = frozenset((5, column) for column in (2, 3, 4))
    (grid,) = found([*table(220, 6, blank), *prose(70, 360, 5, 44)])
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_a_last_row_with_blank_cells_may_have_the_widest_label() -> None:
    last = centered(MIDDLES[0], 340, 8) + centered(MIDDLES[1], 340, 2, wide=False)
    (grid,) = found([*table(220, 6), *last])
    assert (grid.n_rows, grid.n_cols) == (7, 5)


def test_what_stands_below_a_table_in_no_column_of_it_is_no_row() -> None:
    signature = text(70, 340, 6) + text(250, 340, 12)
    (grid,) = found([*table(220, 6), *signature])
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_a_stroke_of_a_large_title_does_not_tell_how_oblique_a_page_is() -> None:
    stroke = Ruling(220, 84, 262, 85.2)
    (grid,) = find_aligned_grids(table(220, 6), (stroke,), (), (), WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (6, 5)
    assert abs(grid.cells[0].box.y0 - grid.cells[4].box.y0) < 0.1


def test_cells_of_two_lines_beside_such_of_one_make_one_row() -> None:
    marks = [mark for at in range(5) for mark in centered(MIDDLES[at], 210, 3)]
    for row in range(5):
        y = 230 + 26 * row
        marks += centered(MIDDLES[0], y, 3)
        for column in range(1, 5):
            lines = (y - 6, y + 6) if (row + column) % 3 == 0 else (y,)
            for place in lines:
                marks += centered(MIDDLES[column], place, 4, wide=False)
    flat = [Box(box.x0, box.center[1] - 2.5, box.x1, box.center[1] + 2.5) for box in marks]
    (grid,) = found(flat)
    assert (grid.n_rows, grid.n_cols) == (6, 5)


def test_walls_that_a_head_alone_has_are_the_edges_of_columns() -> None:
    places = (170.0, 290.0, 335.0, 462.0)
    walls = [Ruling(x, 210, x, 231) for x in places]
    through = Ruling(220, 210, 220, 231)
    (grid,) = find_aligned_grids(table(220, 6), (*walls, through), (), (), WIDTH, HEIGHT)
    assert {cell.box.x0 for cell in grid.cells if cell.col} == set(places)


def test_prose_is_no_table() -> None:
    assert found(prose(70, 100, 30, 44)) == ()
    assert found([]) == ()


def test_columns_of_prose_are_no_table() -> None:
    assert found(prose(60, 100, 30, 22) + prose(310, 100, 30, 22)) == ()
    three = [box for x in (50.0, 220.0, 390.0) for box in prose(x, 100, 30, 15)]
    assert found(three) == ()


def test_lists_and_tables_of_contents_are_no_tables() -> None:
    numbered = [
        box
        for row in range(12)
        for box in text(70, 100 + 20 * row, 1, wide=False) + text(100, 100 + 20 * row, 9 + row % 7)
    ]
    assert found(numbered) == ()
    contents = [
        box
        for row in range(12)
        for box in text(90, 100 + 20 * row, 6 + row % 5) + text(500, 100 + 20 * row, 2, wide=False)
    ]
    assert found(contents) == ()


def test_signatures_and_addresses_are_no_tables() -> None:
    marks = [
        box
        for row in range(4)
        for box in text(80, 600 + 24 * row, 6) + text(340, 600 + 24 * row, 5 + row)
    ]
    marks += text(80, 720, 5) + text(250, 720, 5) + text(420, 720, 5)
    assert found(marks) == ()


def test_columns_of_vertical_writing_are_no_table() -> None:
    marks = [
        Box(x, y, x + 10, y + 10) for x in range(80, 500, 24) for y in range(100, 700, 11)
    ]  # fmt: skip
    assert found([Box(*(float(value) for value in box)) for box in marks]) == ()


def test_two_columns_are_enough_where_the_layout_model_sees_a_table() -> None:
    marks = [
        box
        for row in range(6)
        for box in text(90, 100 + 20 * row, 6 + row % 5) + text(400, 100 + 20 * row, 2, wide=False)
    ]
    assert found(marks) == ()
    (grid,) = found(marks, (Box(70, 90, 520, 215),))
    assert (grid.n_rows, grid.n_cols) == (6, 2)


def test_a_column_that_the_layout_model_leaves_out_belongs_to_the_table() -> None:
    (grid,) = found(table(220, 6), (Box(160, 210, 540, 340),))
    assert (grid.n_rows, grid.n_cols) == (6, 5)
    two = (Box(160, 210, 350, 340), Box(350, 210, 540, 340))
    assert len(found(table(220, 6), two)) == 1


def test_labels_that_the_layout_model_leaves_out_belong_to_the_table_with_their_rows() -> None:
    marks = table(220, 3) + text(80, 280, 4) + table(300, 4) + text(80, 380, 4) + table(400, 3)
    regions = tuple(Box(180, y0, 530, y1) for y0, y1 in ((205, 270), (285, 370), (385, 450)))
    (grid,) = found(marks, regions)
    assert (grid.n_rows, grid.n_cols) == (12, 5)


def test_nothing_is_looked_for_where_something_else_was_found() -> None:
    taken = (Box(60, 200, 540, 350),)
    assert find_aligned_grids(table(220, 6), (), taken, (), WIDTH, HEIGHT) == ()


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(40, 500), st.integers(0, 12), st.integers(1, 9), st.booleans()),
        max_size=60,
    )
)
def test_cells_tile_the_grid_whatever_stands_on_the_page(
    words: list[tuple[float, int, int, bool]],
) -> None:
    marks = [
        box for x, row, length, wide in words for box in text(x, 100 + 18 * row, length, wide=wide)
    ]
    for grid in found(marks, (Box(30, 80, 560, 340),)):
        assert tiles(grid)
        assert all(cell.box.width > 0 and cell.box.height > 0 for cell in grid.cells)


def test_a_label_whose_lines_are_between_the_rows_beside_it_joins_none_of_them() -> None:
    tops = [220.0, 240.0, 260.0, 276.0, 292.0, 312.0]
    marks = []
    for row, top in enumerate(tops):
        marks += centered(150, top, 5)
        for column in range(1, 5):
            marks += centered(MIDDLES[column], top, 1 + (row * column) % 3, wide=False)
    marks += text(70, tops[3] - 5.5, 4) + text(70, tops[3] + 5.5, 4)
    (grid,) = found(marks)
    assert grid.n_rows == len(tops)
    assert tiles(grid)
