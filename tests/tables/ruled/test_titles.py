"""Title rows of tables whose sides are open."""

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, spans_of


def open_table(heights: list[float], titles: set[int]) -> list[Ruling]:
    """Three columns without outer verticals; the rows `titles` have no inner ones either."""
    rules, y = [Ruling(60, 100, 500, 100)], 100.0
    for row, height in enumerate(heights):
        rules.append(Ruling(60, y + height, 500, y + height))
        if row not in titles:
            rules += [Ruling(x, y, x, y + height) for x in (200, 350)]
        y += height
    return rules


def test_title_rows_keep_a_table_with_open_sides_together() -> None:
    titles = {0, 3, 6}
    (grid,) = find_grids(open_table([24.0] * 8, titles), WIDTH, HEIGHT)
    figures = {(row, col, 1, 1) for row in range(8) if row not in titles for col in range(3)}
    assert spans_of(grid) == figures | {(row, 0, 1, 3) for row in titles}


def test_a_heading_between_two_tables_with_open_sides_parts_them() -> None:
    grids = find_grids(open_table([24.0] * 3 + [44.0] + [24.0] * 3, {3}), WIDTH, HEIGHT)
    assert [grid.n_rows for grid in grids] == [3, 3]


def test_a_note_right_below_a_table_with_open_sides_is_no_title_row() -> None:
    lines = open_table([24.0] * 3 + [28.0] + [24.0] * 3, {3})
    note = [Box(62.0 + 9 * n, 174, 70.0 + 9 * n, 182) for n in range(20)]
    assert [grid.n_rows for grid in find_grids(lines, WIDTH, HEIGHT, marks=note)] == [3, 3]
    for down in (8, 14):  # In the middle, and at the foot.
        title = [mark.shifted(0, down) for mark in note]
        (grid,) = find_grids(lines, WIDTH, HEIGHT, marks=title)
        assert grid.n_rows == 7


def test_a_heading_is_no_title_row_because_other_rows_have_wrapped_labels() -> None:
    heights = [22.0, 22.0, 43.0, 22.0, *[38.0] * 6]
    grids = find_grids(open_table(heights, {2}), WIDTH, HEIGHT)
    assert [grid.n_rows for grid in grids] == [2, 7]


def test_tables_with_closed_sides_stay_apart() -> None:
    rules = open_table([24.0] * 3 + [24.0] + [24.0] * 3, {3})
    sides = [Ruling(x, top, x, top + 72) for x in (60, 500) for top in (100.0, 100.0 + 4 * 24)]
    assert len(find_grids([*rules, *sides], WIDTH, HEIGHT)) == 2


def test_a_label_of_a_whole_page_is_a_column_of_a_table_with_open_sides() -> None:
    ys = [100.0 + 24 * row for row in range(13)]
    rules = [Ruling(60 if y in (ys[0], ys[-1]) else 100, y, 500, y) for y in ys]
    rules += [Ruling(x, ys[0], x, ys[-1]) for x in (100, 250, 400)]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (12, 4)
    assert (0, 0, 12, 1) in spans_of(grid)
