"""Grids of tables with horizontal rules only, and what such rules are besides."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.geometry import Box, rotate_point
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.unruled.open_rules import find_open_grids
from tests.tables.drawing import HEIGHT, WIDTH, Span, spans_of
from tests.tables.typing_marks import SIZE, centered, prose, text

XS = (70.0, 190.0, 260.0, 330.0, 400.0, 520.0)


def rules(*ys: float, left: float = XS[0], right: float = XS[-1]) -> list[Ruling]:
    return [Ruling(left, y, right, y) for y in ys]


def middle(first: int, last: int) -> float:
    return (XS[first] + XS[last + 1]) / 2


def found(rulings: list[Ruling], marks: list[Box]) -> tuple[TableGrid, ...]:
    return find_open_grids(rulings, marks, (), WIDTH, HEIGHT)


def body(ys: tuple[float, ...], blank: frozenset[tuple[int, int]] = frozenset()) -> list[Box]:
    """A label and figures in each row, in the middle of their columns."""
    marks = []
    for row, (top, bottom) in enumerate(pairwise(ys)):
        marks += centered(middle(0, 0), (top + bottom) / 2, 4 + row % 3)
        for column in range(1, 5):
            if (row, column) not in blank:
                length = 1 + (row + column) % 3
                marks += centered(middle(column, column), (top + bottom) / 2, length, wide=False)
    return marks


def tiles(grid: TableGrid) -> bool:
    slots = [
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]
    return sorted(slots) == [(r, c) for r in range(grid.n_rows) for c in range(grid.n_cols)]


def test_rows_are_those_of_the_rules_and_columns_those_of_the_text() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    (grid,) = found(rules(*ys), body(ys))
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(4) for col in range(5)}
    edges = sorted({cell.box.x0 for cell in grid.cells})
    assert edges[2:] == pytest.approx(XS[2:5], abs=3)


def test_rows_of_figures_below_a_head_with_many_rules_are_parted_by_their_lines() -> None:
    heads, lines = (40.0, 60.0, 80.0, 100.0), (100.0, 122.0, 144.0, 166.0, 188.0, 210.0)
    marks = [*body((40.0, 60.0)), *body((60.0, 80.0)), *body((80.0, 100.0)), *body(lines)]
    (grid,) = found(rules(*heads, 188.0, 210.0), marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(8) for col in range(5)}


def test_heads_of_groups_are_a_row_of_their_own_without_a_rule() -> None:
    marks = centered(middle(0, 0), 115, 2)
    for group in ((1, 2), (3, 4)):
        marks += centered(middle(*group), 106, 4)
        marks += [mark for at in group for mark in centered(middle(at, at), 124, 2)]
    marks += body((138.0, 160.0, 182.0, 204.0))
    (grid,) = found(rules(96, 134, 206), marks)
    heads = {(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2)} | {(1, col, 1, 1) for col in range(1, 5)}
    assert spans_of(grid) == heads | {(row, col, 1, 1) for row in range(2, 5) for col in range(5)}


def test_wrapped_heads_are_one_row() -> None:
    marks = [mark for at in range(5) for mark in centered(middle(at, at), 106, 3)]
    marks += [mark for at in range(1, 5) for mark in centered(middle(at, at), 120, 2)]
    marks += body((138.0, 160.0, 182.0, 204.0))
    (grid,) = found(rules(96, 132, 206), marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(4) for col in range(5)}


def test_a_column_that_is_blank_but_for_its_head_is_a_column() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    blank = frozenset((row, 2) for row in range(1, 4))
    (grid,) = found(rules(*ys), body(ys, blank))
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (4, 5, 20)


def test_heads_beside_short_figures_and_labels_make_no_columns_of_their_own() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    marks = [mark for at in range(5) for mark in centered(middle(at, at), 111, 2)]
    for top, bottom in pairwise(ys[1:]):
        marks += text(XS[0] + 3, (top + bottom) / 2, 3)
        for right in XS[2:]:
            marks += text(right - 14, (top + bottom) / 2, 2, wide=False)
    (grid,) = found(rules(*ys), marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(4) for col in range(5)}


def test_a_head_with_a_narrow_character_in_its_middle_is_one() -> None:
    """The white beside a narrow character parts two characters, and other heads stand far off."""
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    marks = [mark for at in range(4) for mark in centered(middle(at, at), 111, 3)]
    marks += text(440, 111, 2) + text(464.5, 111, 2)
    for top, bottom in pairwise(ys[1:]):
        marks += text(XS[0] + 3, (top + bottom) / 2, 3)
        for right in (*XS[2:-1], 484.0):
            marks += text(right - 14, (top + bottom) / 2, 2, wide=False)
    (grid,) = found(rules(*ys), marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(4) for col in range(5)}


def test_heads_of_groups_span_the_columns_in_whose_middle_they_are() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    partial = [Ruling(XS[1], 122.0, XS[-1], 122.0)]
    marks = centered(middle(0, 0), 122, 4)
    marks += centered(middle(1, 2), 111, 3) + centered(middle(3, 4), 111, 3)
    for column in range(1, 5):
        marks += centered(middle(column, column), 133, 3)
    marks += body(ys[2:])
    (grid,) = found([*rules(ys[0], *ys[2:]), *partial], marks)
    header = {span for span in spans_of(grid) if span[0] < 2}
    assert header == {
        (0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2),
        (1, 1, 1, 1), (1, 2, 1, 1), (1, 3, 1, 1), (1, 4, 1, 1),
    }  # fmt: skip


def labelled_rows(ys: Sequence[float]) -> list[Box]:
    """A head and rows between `ys`, each with a label in the second column and four figures."""
    return [
        box
        for row, (top, bottom) in enumerate(pairwise(ys))
        for box in (
            centered(150 if row else 130, (top + bottom) / 2, 5)
            + [
                mark
                for column in range(1, 5)
                for mark in centered(middle(column, column), (top + bottom) / 2, 2, wide=False)
            ]
        )
    ]


def test_rules_that_leave_out_a_label_make_it_span_rows() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    short = rules(ys[2], ys[3], left=110.0)
    marks = text(75, 155, 2) + labelled_rows(ys)
    (grid,) = found([*rules(ys[0], ys[1], ys[-1]), *short], marks)
    assert (1, 0, 3, 1) in spans_of(grid)
    assert (0, 0, 1, 2) in spans_of(grid)
    assert grid.n_cols == 6
    assert tiles(grid)


def test_a_title_row_is_one_cell() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    marks = centered((XS[0] + XS[-1]) / 2, 111, 8) + body(ys[1:])
    (grid,) = found(rules(*ys), marks)
    assert (0, 0, 1, 5) in spans_of(grid)


def test_rows_of_a_table_with_three_rules_are_its_lines() -> None:
    lines = (100.0, 120.0, 140.0, 160.0, 180.0, 200.0)
    (grid,) = found(rules(100, 120, 200), body(lines))
    assert (grid.n_rows, grid.n_cols) == (5, 5)


def test_a_wrapped_label_beside_figures_between_its_lines_is_of_one_row() -> None:
    marks = [mark for at in range(5) for mark in centered(middle(at, at), 110, 2)]
    for number, y in enumerate((132, 154, 190, 212)):
        for at in range(1, 5):
            marks += centered(middle(at, at), y, 2, wide=False)
        marks += [] if number == 2 else text(XS[0] + 4, y, 5)
    marks += text(XS[0] + 4, 183, 9) + text(XS[0] + 4, 197, 3)
    (grid,) = found(rules(100, 120, 224), marks)
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(5) for col in range(5)}


def test_heads_of_two_lines_are_one_row() -> None:
    marks = centered(middle(0, 0), 112, 3)
    for column in range(1, 5):
        marks += centered(middle(column, column), 106, 2) + centered(middle(column, column), 118, 2)
    marks += body((126.0, 148.0, 170.0))
    (grid,) = found(rules(98, 126, 148, 170), marks)
    assert (grid.n_rows, grid.n_cols) == (3, 5)


def test_a_heading_parts_two_tables_with_rules_of_one_length() -> None:
    upper, lower = (100.0, 120.0, 140.0, 160.0), (220.0, 240.0, 260.0, 280.0)
    heading = text(XS[0] + 20, 190, 18)
    grids = found(rules(*upper, *lower), body(upper) + heading + body(lower))
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(3, 5), (3, 5)]


def test_a_heading_in_large_print_parts_two_tables_though_its_punctuation_leaves_a_white() -> None:
    upper, lower = (tuple(top + 20.0 * row for row in range(9)) for top in (100.0, 320.0))
    large = 1.6 * SIZE
    heading = [*text(XS[0] + 20, 290, 1, size=large), Box(107.5, 293, 112.5, 298)]
    heading += text(XS[0] + 54, 290, 11, size=large)
    grids = found(rules(*upper, *lower), body(upper) + heading + body(lower))
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(8, 5), (8, 5)]


def test_a_caption_with_a_full_width_space_behind_its_number_parts_two_tables() -> None:
    upper, lower = (100.0, 120.0, 140.0, 160.0), (240.0, 260.0, 280.0, 300.0)
    large = 1.6 * SIZE
    note = text(XS[0], 166, 16)
    caption = [
        *text(XS[0] + 100, 210, 2, size=large),
        *text(XS[0] + 100 + 3 * large, 210, 9, size=large),
    ]
    grids = found(rules(*upper, *lower), [*body(upper), *note, *caption, *body(lower)])
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(3, 5), (3, 5)]


@pytest.mark.parametrize("digits", [(), (3,)], ids=["heads", "a head that looks like digits"])
def test_a_caption_close_above_heads_parts_two_tables(digits: tuple[int, ...]) -> None:
    def table(top: float) -> tuple[list[Ruling], list[Box]]:
        ys = tuple(top + 18 * row for row in range(5))
        heads = [
            mark
            for at in range(5)
            for mark in centered(middle(at, at), top + 9, 3, wide=at not in digits)
        ]
        return rules(*ys), [*heads, *body(ys[1:])]

    (one, upper), (other, lower) = table(100.0), table(198.0)
    grids = found([*one, *other], [*upper, *text(XS[0], 187, 11), *lower])
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(4, 5), (4, 5)]


def test_a_caption_above_heads_at_the_end_of_a_page_parts_two_tables() -> None:
    upper = (100.0, 118.0, 136.0, 154.0, 172.0)
    caption = text(XS[0] + 10, 190, 9)
    heads = [mark for at in range(5) for mark in centered(middle(at, at), 220, 3)]
    grids = found(rules(*upper, 210, 230), [*body(upper), *caption, *heads])
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(4, 5), (1, 5)]


def test_a_row_of_figures_alone_goes_on_from_another_page() -> None:
    label = text(XS[0] + 4, 110, 6)
    figures = [mark for at in (2, 4) for mark in centered(middle(at, at), 110, 2, wide=False)]
    (grid,) = found(rules(100, 120), [*label, *figures])
    assert (grid.n_rows, grid.n_cols) == (1, 3)
    assert not found(rules(100, 120), [*label, *centered(300, 110, 4), *text(450, 110, 5)])


def test_a_label_aside_its_rule_between_rows_takes_nothing_of_the_rule() -> None:
    """The level strokes of a label in the middle of its cell seem to be the end of a rule."""
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    short = rules(ys[2], ys[3], left=110.0)
    struck = Ruling(76.0, ys[2], XS[-1], ys[2])
    halves = [
        Box(x, y0, x + 9, y1)
        for x in (76.5, 87.5, 98.5)
        for y0, y1 in ((ys[2] - 4.5, ys[2] - 1.2), (ys[2] + 1.2, ys[2] + 4.5))
    ]
    marks = halves + labelled_rows(ys)
    full = rules(ys[0], ys[1], ys[-1])
    (grid,) = found([*full, struck, short[1]], marks)
    assert (1, 0, 3, 1) in spans_of(grid)
    assert grid.n_cols == 6


def test_a_label_beside_a_blank_cell_is_in_its_own_column_below_a_corner_of_two_rows() -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)
    marks = [*centered(middle(0, 0), 122, 2), *centered(middle(1, 4), 111, 4)]
    marks += [mark for at in range(1, 5) for mark in centered(middle(at, at), 133, 2)]
    short = Ruling(XS[1], 122, XS[-1], 122)
    (grid,) = found([*rules(100, 144, 166, 188), short], marks + body(ys[2:], frozenset({(0, 1)})))
    assert {(2, 0, 1, 1), (2, 1, 1, 1), (0, 0, 2, 1), (0, 1, 1, 4)} <= spans_of(grid)


@pytest.mark.parametrize("between", [0, 1, 2])
def test_prose_between_rules_is_no_table(between: int) -> None:
    marks = prose(72, 115, 6, 44)
    assert found(rules(100, *(140.0, 170.0)[:between], 220), marks) == ()


def test_the_imprint_of_a_letter_is_no_table() -> None:
    marks = text(75, 711, 12) + text(75, 733, 8) + text(400, 733, 11)
    assert found(rules(700, 722, 744), marks) == ()


def test_rules_within_a_table_that_was_found_are_left_alone() -> None:
    ys = (100.0, 122.0, 144.0, 166.0)
    taken = TableGrid(Box(XS[0], ys[0], XS[-1], ys[-1]), 3, 5, ())
    assert find_open_grids(rules(*ys), body(ys), (taken,), WIDTH, HEIGHT) == ()


def test_nothing_to_see_is_no_table() -> None:
    assert found([], []) == ()
    assert found(rules(100, 200), []) == ()
    assert found([], body((100.0, 120.0, 140.0))) == ()


@settings(deadline=None)
@given(st.floats(-0.6, 0.6))
def test_skew_that_is_left_does_no_harm(degrees: float) -> None:
    ys = (100.0, 122.0, 144.0, 166.0, 188.0)

    def turned(x: float, y: float) -> tuple[float, float]:
        return rotate_point(x, y, WIDTH, HEIGHT, degrees)

    oblique = [Ruling(*turned(r.x0, r.y0), *turned(r.x1, r.y1)) for r in rules(*ys)]
    marks = []
    for box in body(ys):
        x, y = turned(*box.center)
        marks.append(box.shifted(x - box.center[0], y - box.center[1]))
    (grid,) = found(oblique, marks)
    assert (grid.n_rows, grid.n_cols, len(grid.cells)) == (4, 5, 20)


@settings(deadline=None)
@given(st.data())
def test_cells_tile_the_grid_whatever_stands_between_the_rules(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 7))
    ys = tuple(100.0 + 20.0 * row for row in range(count + 1))
    starts = data.draw(st.lists(st.sampled_from(XS[:-1]), min_size=count - 1, max_size=count - 1))
    ends = data.draw(st.lists(st.sampled_from(XS[1:]), min_size=count - 1, max_size=count - 1))
    rulings = rules(ys[0], ys[-1])
    rulings += [
        Ruling(start, y, end, y)
        for start, end, y in zip(starts, ends, ys[1:-1], strict=True)
        if start < end
    ]
    words = data.draw(
        st.lists(
            st.tuples(st.floats(70, 480), st.integers(0, count - 1), st.integers(1, 12)),
            max_size=40,
        )
    )
    marks = [box for x, row, length in words for box in text(x, ys[row] + 10, length, wide=False)]
    for grid in found(rulings, marks):
        assert tiles(grid)
        assert all(cell.box.width > 0 and cell.box.height > 0 for cell in grid.cells)
        spans: frozenset[Span] = spans_of(grid)
        assert len(spans) == len(grid.cells)


def test_a_rule_at_the_head_of_the_page_is_not_of_the_table_below_prose() -> None:
    ys = (500.0, 520.0, 540.0, 560.0)
    marks = [*prose(XS[0], 80, 20, 45), *text(XS[0], 420, 8), *text(480, 420, 4), *body(ys)]
    (grid,) = found(rules(60, *ys), marks)
    assert (grid.n_rows, grid.n_cols) == (3, 5)
    assert 499 < grid.box.y0 < 501


def test_a_title_with_whites_beside_its_brackets_makes_no_column() -> None:
    ys = (100.0, 120.0, 140.0, 160.0, 180.0, 200.0, 220.0)
    middles = (118.0, 235.0, 380.0, 490.0)
    marks = []
    for top in (100.0, 160.0):
        y = top + 10
        marks += [*text(250, y, 5), *text(311, y, 1), *text(332, y, 1)]
        for x in middles:
            marks += centered(x, top + 30, 4) + centered(x, top + 50, 2, wide=False)
    (grid,) = found(rules(*ys), marks)
    assert (grid.n_rows, grid.n_cols) == (6, 4)


def test_rules_above_and_below_a_closed_table_are_no_table() -> None:
    marks = [*body((200.0, 220.0, 240.0)), *body((400.0, 420.0, 440.0))]
    closed = TableGrid(Box(80, 190, 500, 250), 1, 1, ())
    assert find_open_grids(rules(60, 760), marks, (closed,), WIDTH, HEIGHT) == ()


def test_gaps_between_the_rules_of_heads_are_no_columns() -> None:
    xs = (70.0, 150.0, 210.0, 270.0, 300.0, 360.0, 420.0)
    full = [Ruling(70, y, 420, y) for y in (100.0, 140.0, 160.0, 180.0, 200.0)]
    short = [Ruling(150, 120, 270, 120), Ruling(300, 120, 420, 120)]
    marks = [*centered(110, 120, 2), *centered(210, 110, 3), *centered(360, 110, 3)]
    for y in (130.0, 150.0, 170.0, 190.0):
        for column in (1, 2, 4, 5):
            marks += centered((xs[column] + xs[column + 1]) / 2, y, 4, wide=False)
    marks += [box for y in (150.0, 170.0, 190.0) for box in centered(110, y, 3)]
    (grid,) = found([*full, *short], marks)
    assert grid.n_cols == 5
    assert {(0, 1, 1, 2), (0, 3, 1, 2), (0, 0, 2, 1)} <= spans_of(grid)
    assert tiles(grid)


CUT_YS = (100.0, 122.0, 144.0, 166.0, 188.0, 210.0)


def cut_body() -> list[Box]:
    """A label over all rows but the first, beside labels of rows and their figures."""
    marks = text(75, 180, 2)
    for row, (top, bottom) in enumerate(pairwise(CUT_YS)):
        marks += centered(150 if row else 130, (top + bottom) / 2, 5)
        for column in range(1, 5):
            marks += centered(middle(column, column), (top + bottom) / 2, 2, wide=False)
    return marks


def test_rows_beside_a_label_that_a_page_break_cuts_are_of_the_table_above() -> None:
    full, short = rules(*CUT_YS[:2]), rules(*CUT_YS[2:], left=110.0)
    (grid,) = found([*full, *short], cut_body())
    assert (grid.n_rows, grid.n_cols) == (5, 6)
    assert (1, 0, 4, 1) in spans_of(grid)
    assert tiles(grid)


def test_rows_beside_the_rest_of_a_label_above_the_first_full_rule_are_of_the_table() -> None:
    total = [Box(box.x0, box.y0 + 110.0, box.x1, box.y1 + 110.0) for box in cut_body()]
    marks = [box for box in total if box.center[1] < 320 or box.center[0] > 100]
    full, short = rules(298.0, 320.0), rules(210.0, 232.0, 254.0, 276.0, left=110.0)
    (grid,) = found([*full, *short], marks)
    assert (grid.n_rows, grid.n_cols) == (5, 6)
    assert tiles(grid)


def test_the_sides_of_a_table_show_where_its_cut_rows_end_without_a_rule() -> None:
    full, short = rules(*CUT_YS[:2]), rules(*CUT_YS[2:-1], left=110.0)
    sides = [Ruling(x, CUT_YS[0], x, CUT_YS[-1]) for x in (XS[0], XS[-1])]
    (grid,) = found([*full, *short, *sides], cut_body())
    assert (grid.n_rows, grid.n_cols) == (5, 6)
    assert tiles(grid)


def test_a_narrower_table_far_below_is_no_part_of_the_one_above() -> None:
    ys = (100.0, 122.0, 144.0, 166.0)
    below = (300.0, 322.0, 344.0)
    under = [box.shifted(0, 200.0) for box in body((100.0, 122.0, 144.0)) if box.x0 > 180]
    grids = found([*rules(*ys), *rules(*below, left=185.0)], [*body(ys), *under])
    assert [grid.n_rows for grid in grids] == [3, 2]


@pytest.mark.filterwarnings("error")
def test_edges_of_sheets_that_lie_on_each_other_are_no_table() -> None:
    marks = body((200.0, 220.0, 240.0))
    assert found(rules(300.0, 304.0), marks) == ()
