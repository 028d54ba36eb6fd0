"""Grids from rulings: random merged cells, open sides, several tables, and what is no table."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ocrpipe.geometry import Box, rotate_point
from ocrpipe.page import Ruling
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, Layout, layouts, spans_of


def box_rules(x0: float, y0: float, x1: float, y1: float) -> list[Ruling]:
    return [
        Ruling(x0, y0, x1, y0), Ruling(x0, y1, x1, y1),
        Ruling(x0, y0, x0, y1), Ruling(x1, y0, x1, y1),
    ]  # fmt: skip


def plain(x: float, y: float, rows: int = 3, cols: int = 3, step: float = 40.0) -> Layout:
    return Layout.of(
        tuple(x + step * i for i in range(cols + 1)),
        tuple(y + 20.0 * i for i in range(rows + 1)),
    )


@given(layouts())
def test_any_merging_is_found_again(layout: Layout) -> None:
    assume(len(layout.spans) > 1)
    (grid,) = find_grids(layout.rulings(), WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans
    for cell in grid.cells:
        expected = (
            layout.xs[cell.col],
            layout.ys[cell.row],
            layout.xs[cell.col + cell.col_span],
            layout.ys[cell.row + cell.row_span],
        )
        assert cell.box == pytest.approx(expected, abs=0.6)


@given(layouts(), st.floats(-0.4, 0.4))
def test_skew_that_is_left_does_no_harm(layout: Layout, degrees: float) -> None:
    assume(len(layout.spans) > 1)

    def turned(rule: Ruling) -> Ruling:
        start = rotate_point(rule.x0, rule.y0, WIDTH, HEIGHT, degrees)
        end = rotate_point(rule.x1, rule.y1, WIDTH, HEIGHT, degrees)
        return Ruling(*start, *end)

    (grid,) = find_grids([turned(rule) for rule in layout.rulings()], WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


@given(layouts(narrowest=24.0), st.randoms(use_true_random=False))
def test_rules_may_jitter_overshoot_and_have_gaps(layout: Layout, random: object) -> None:
    assume(len(layout.spans) > 1)
    shift = getattr(random, "uniform")  # noqa: B009 - hypothesis types it loosely
    rules: list[Ruling] = []
    for rule in layout.rulings():
        if rule.horizontal:
            y = rule.y0 + shift(-0.5, 0.5)
            cut = shift(rule.x0 + 3, rule.x1 - 6)
            rules += [Ruling(rule.x0 - 0.8, y, cut, y), Ruling(cut + 2.5, y, rule.x1 + 0.8, y)]
        else:
            x = rule.x0 + shift(-0.5, 0.5)
            rules.append(Ruling(x, rule.y0 + 0.7, x, rule.y1 - 0.7))
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


@pytest.mark.parametrize("sides", ["lrt", "lrb", "tb", "t", "lr", ""])
def test_open_sides_are_closed_where_the_rules_end(sides: str) -> None:
    layout = plain(100, 100, rows=4, cols=4)
    (grid,) = find_grids(layout.rulings(sides), WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans
    assert grid.box == pytest.approx((100, 100, 260, 180), abs=0.6)


def test_two_tables_that_are_close_stay_apart() -> None:
    above, below, beside = plain(60, 100), plain(60, 170), plain(190, 100, cols=2)
    rules = [*above.rulings(), *below.rulings(), *beside.rulings()]
    grids = find_grids(rules, WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [above.spans, beside.spans, below.spans]


@pytest.mark.parametrize("start", [100.0, 160.0])
@pytest.mark.parametrize("gap", [30.0, 13.5])
def test_a_stem_of_the_heading_between_two_tables_makes_them_no_one(
    start: float, gap: float
) -> None:
    """It stands on the line of a wall, and the wall of one table, or of both, goes on over it."""
    upper, lower = plain(60, 100), plain(60, 160 + gap, cols=4, step=30)
    stem = Ruling(100, start, 100, 160 + gap)
    grids = find_grids([*upper.rulings(), *lower.rulings(), stem], WIDTH, HEIGHT)
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(3, 3), (3, 4)]


@pytest.mark.parametrize(("wall", "tables"), [(120.0, 2), (100.0, 1)])
def test_a_heading_that_begins_where_two_tables_do_makes_them_no_one(
    wall: float, tables: int
) -> None:
    """A stroke of it stands on the line of their outer walls; where the columns go on it may be the
    last wall of a title row."""
    upper, lower = plain(60, 100), Layout.of((60, wall, 180), (175, 195, 215))
    rules = [*upper.rulings(), *lower.rulings(), Ruling(60, 160, 60, 175)]
    pen = Ruling(170, 175, 215, 175)
    for marked in (rules, [*rules, pen]):
        assert len(find_grids(marked, WIDTH, HEIGHT)) == tables


def test_a_row_with_open_sides_and_more_walls_is_a_row_of_its_table() -> None:
    table = plain(60, 100, rows=5, cols=5)
    rules = [
        rule for rule in table.rulings() if not (rule.x0 == rule.x1 in (60, 260) and rule.y0 == 140)
    ]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (5, 5)


def test_a_box_a_frame_and_a_letterhead_rule_are_no_tables() -> None:
    rules = [
        *box_rules(50, 50, 540, 790),
        *box_rules(100, 300, 400, 340),
        Ruling(70, 120, 520, 120),
        Ruling(70, 122, 520, 122),
        *plain(100, 500).rulings(),
    ]
    grids = find_grids(rules, WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [plain(100, 500).spans]
    assert find_grids(box_rules(100, 300, 400, 340), WIDTH, HEIGHT, min_cells=1)[0].n_rows == 1


def test_no_rules_no_tables() -> None:
    assert find_grids([], WIDTH, HEIGHT) == ()


def test_a_table_in_a_cell_is_part_of_that_cell() -> None:
    outer = Layout((50, 150, 500), (100, 200, 400), frozenset(
        {(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)}
    ))  # fmt: skip
    inner = plain(200, 240)
    (grid,) = find_grids([*outer.rulings(), *inner.rulings()], WIDTH, HEIGHT)
    assert spans_of(grid) == outer.spans


def test_double_rules_are_one() -> None:
    layout = plain(100, 100)
    doubled = [
        rule
        for one in layout.rulings()
        for rule in (
            one,
            Ruling(one.x0, one.y0 + 2, one.x1, one.y1 + 2)
            if one.horizontal
            else Ruling(one.x0 + 2, one.y0, one.x1 + 2, one.y1),
        )
    ]
    (grid,) = find_grids(doubled, WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


def test_an_underline_in_a_cell_makes_no_row() -> None:
    layout = plain(100, 100, rows=2, cols=2, step=120.0)
    rules = [*layout.rulings(), Ruling(110, 111, 150, 111), Ruling(102, 132, 160, 132)]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


def test_cells_keep_their_place_on_an_oblique_page() -> None:
    slope = 0.005
    layout = plain(60, 100, rows=2, cols=5, step=90.0)
    rules = [Ruling(r.x0, r.y0 + slope * r.x0, r.x1, r.y1 + slope * r.x1) for r in layout.rulings()]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    for cell in grid.cells:
        x = (layout.xs[cell.col] + layout.xs[cell.col + 1]) / 2
        assert cell.box.y0 == pytest.approx(layout.ys[cell.row] + slope * x, abs=0.3)


def test_the_box_is_that_of_the_cells() -> None:
    (grid,) = find_grids(plain(100, 100).rulings(), WIDTH, HEIGHT)
    assert grid.box == Box(100, 100, 220, 160)


def test_a_label_column_that_few_rules_reach_is_kept_where_the_side_is_open() -> None:
    """三、本年度办理结果 spans most rows: only the rules above and below it reach the left side."""
    ys = [100.0 + 20 * row for row in range(24)]
    reaching = {0, 1, 22, 23}
    rules = [Ruling(60.0 if index in reaching else 90.0, y, 500.0, y) for index, y in enumerate(ys)]
    rules += [Ruling(90.0, ys[1], 90.0, ys[22]), Ruling(300.0, ys[0], 300.0, ys[-1])]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    label = next(cell for cell in grid.cells if (cell.row, cell.col) == (1, 0))
    assert (grid.n_cols, label.row_span) == (3, 21)


def test_a_streak_over_the_page_is_no_rule_of_the_table_that_it_crosses() -> None:
    ys, xs = (100.0, 130.0, 160.0, 190.0), (60.0, 160.0, 260.0, 360.0)
    rules = [Ruling(xs[0], y, xs[-1], y) for y in ys] + [Ruling(x, ys[0], x, ys[-1]) for x in xs]
    down, level = Ruling(310.0, 20.0, 310.0, 700.0), Ruling(5.0, 145.0, 590.0, 145.0)
    bent = [Ruling(308.0, 20.0, 308.0, 140.0), Ruling(311.5, 141.0, 311.5, 700.0)]
    for streak in ([down], [level], bent):
        (grid,) = find_grids([*rules, *streak], WIDTH, HEIGHT)
        assert (grid.n_rows, grid.n_cols) == (3, 3)
    # A rule that ends with the table is one of its own.
    (grid,) = find_grids([*rules, Ruling(310.0, 100.0, 310.0, 190.0)], WIDTH, HEIGHT)
    assert grid.n_cols == 4


def test_creases_and_broken_streaks_over_two_tables_are_no_rules_of_theirs() -> None:
    xs = (60.0, 160.0, 260.0, 360.0)
    upper, lower = (100.0, 130.0, 160.0, 190.0), (250.0, 280.0, 310.0, 340.0)
    rules = [Ruling(xs[0], y, xs[-1], y) for y in (*upper, *lower)]
    rules += [Ruling(x, ys[0], x, ys[-1]) for x in xs for ys in (upper, lower)]
    over_all = [Ruling(x, 0.0, x, HEIGHT) for x in (110.0, 210.0, 310.0)]
    broken = [Ruling(20.0, 145.0, 52.0, 145.0), Ruling(150.0, 145.0, 400.0, 145.0)]
    faded = [Ruling(110.0, 0.0, 110.0, 60.0), Ruling(110.0, 80.0, 110.0, 175.0)]
    beside = [Ruling(161.5, 0.0, 161.5, 95.0), Ruling(161.5, 195.0, 161.5, HEIGHT)]
    for streaks in (over_all, broken, faded, beside):
        grids = find_grids([*rules, *streaks], WIDTH, HEIGHT)
        assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(3, 3), (3, 3)]


def test_the_rule_under_a_head_that_leads_out_over_the_labels_beside_the_frame_is_kept() -> None:
    ys = (100.0, 130.0, 160.0, 190.0, 220.0)
    rules = [Ruling(60.0 if y == 130.0 else 160.0, y, 460.0, y) for y in ys]
    rules += [Ruling(x, ys[0], x, ys[-1]) for x in (160.0, 260.0, 360.0, 460.0)]
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert grid.n_rows == 4


def test_a_wall_on_the_line_of_the_side_of_another_table_is_kept() -> None:
    rules = [Ruling(60.0, y, 360.0, y) for y in (100.0, 130.0, 160.0, 190.0, 220.0)]
    rules += [Ruling(x, 100.0, x, 220.0) for x in (60.0, 160.0, 260.0, 360.0)]
    rules += [Ruling(160.0, y, 300.0, y) for y in (270.0, 330.0)]
    rules += [Ruling(x, 270.0, x, 330.0) for x in (160.0, 230.0, 300.0)]
    grids = find_grids(rules, WIDTH, HEIGHT)
    assert [(grid.n_rows, grid.n_cols) for grid in grids] == [(4, 3), (1, 2)]


@pytest.mark.parametrize("sides", ["lrtb", "tb"])
def test_rules_between_groups_of_rows_whose_first_and_last_cells_span_them_are_kept(
    sides: str,
) -> None:
    groups = [(row, col, 2, 1) for row in (0, 2, 4) for col in (0, 4)]
    inner = [(row, col, 1, 1) for row in range(6) for col in (1, 2, 3)]
    layout = Layout(
        (60.0, 150.0, 320.0, 385.0, 450.0, 535.0),
        tuple(100.0 + 20 * row for row in range(7)),
        frozenset([*groups, *inner]),
    )
    (grid,) = find_grids(layout.rulings(sides), WIDTH, HEIGHT)
    assert spans_of(grid) == layout.spans


def label_column(x0: float, x1: float, y0: float, y1: float) -> list[Ruling]:
    """Rows and columns between open ends, and at their left a wall that no rule leads to."""
    across = [Ruling(x0 + 50, y, x1, y) for y in (150, 200, 250, 300)]
    down = [Ruling(x, y0, x, y1) for x in (x0 + 50, x0 + 120, x0 + 190, x1)]
    return [*across, Ruling(x0, y0, x0, y1), *down]


def test_a_label_of_all_rows_of_a_page_is_a_column_without_any_rule_to_it() -> None:
    (grid,) = find_grids(label_column(50, 310, 110, 340), WIDTH, HEIGHT)
    assert (grid.n_rows, grid.n_cols) == (5, 4)
    (label,) = (cell for cell in grid.cells if cell.col == 0)
    assert (label.row_span, label.box.x0) == (5, pytest.approx(50, abs=0.6))


def test_a_line_beside_a_table_that_ends_elsewhere_is_no_side_of_it() -> None:
    rules = label_column(50, 310, 110, 340)
    rules[4] = Ruling(50, 60, 50, 340)
    (grid,) = find_grids(rules, WIDTH, HEIGHT)
    assert grid.n_cols == 3


def test_tables_side_by_side_of_one_height_stay_apart() -> None:
    rules = [*plain(40, 100, rows=6).rulings(), *plain(200, 100, rows=6).rulings()]
    assert len(find_grids(rules, WIDTH, HEIGHT)) == 2
