"""Ruled tables that their rules do not part wholly, and cells that must stay whole."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.geometry import Box, rotate_point
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.refinement.refine import refine_grids
from ocrpipe.tables.ruled.grid import find_grids
from tests.tables.drawing import HEIGHT, WIDTH, Layout, layouts, spans_of
from tests.tables.typing_marks import centered, text
from tests.tables.unruled.test_open_rules import tiles

XS = (80.0, 200.0, 280.0, 360.0, 440.0)
PITCH = 14.0


def frame(*ys: float, xs: Sequence[float] = XS) -> list[Ruling]:
    level = [Ruling(xs[0], y, xs[-1], y) for y in ys]
    return [*level, *(Ruling(x, ys[0], x, ys[-1]) for x in xs)]


def middle(column: int) -> float:
    return (XS[column] + XS[column + 1]) / 2


def refined(
    rules: list[Ruling], marks: list[Box], digits: Sequence[bool | None] | None = None
) -> TableGrid:
    (grid,) = refine_grids(find_grids(rules, WIDTH, HEIGHT), marks, digits, rules, WIDTH, HEIGHT)
    return grid


def heads(y: float) -> list[Box]:
    return [box for column in range(4) for box in centered(middle(column), y, 3)]


def rows(
    top: float, count: int, blank: frozenset[tuple[int, int]] = frozenset(), label: int = 5
) -> list[Box]:
    """Lines of a label and three figures, from the height `top`."""
    marks = []
    for row in range(count):
        y = top + PITCH * row
        marks += text(XS[0] + 4, y, label + row % 3)
        for column in (1, 2, 3):
            if (row, column) not in blank:
                marks += centered(middle(column), y, 2 + (row * column) % 4, wide=False)
    return marks


def test_rows_of_a_body_without_rules_are_those_of_its_figures() -> None:
    marks = [*heads(110), *rows(130, 7)]
    for digits in (None, [box.width < 6 for box in marks]):
        grid = refined(frame(100, 120, 224), marks, digits)
        assert spans_of(grid) == {(row, col, 1, 1) for row in range(8) for col in range(4)}
        edges = sorted({round(cell.box.y1) for cell in grid.cells})
        assert all(below - above in (14, 17, 20) for above, below in pairwise(edges))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(4, 12),
    st.frozensets(st.tuples(st.integers(0, 11), st.integers(1, 3)), max_size=4),
    st.floats(-0.7, 0.7),
)
def test_blank_cells_and_skew_leave_the_rows(
    count: int, blank: frozenset[tuple[int, int]], degrees: float
) -> None:
    marks = [*heads(110), *rows(130, count, blank)]
    rules = frame(100, 120, 120 + PITCH * count + 6)

    def turned(x: float, y: float) -> tuple[float, float]:
        return rotate_point(x, y, WIDTH, HEIGHT, degrees)

    moved = []
    for box in marks:
        x, y = turned(*box.center)
        moved.append(box.shifted(x - box.center[0], y - box.center[1]))
    slanted = [Ruling(*turned(rule.x0, rule.y0), *turned(rule.x1, rule.y1)) for rule in rules]
    grid = refined(slanted, moved)
    full = [row for row in range(count) if sum((row, col) in blank for col in (1, 2, 3)) < 2]
    assert tiles(grid)
    assert grid.n_rows == count + 1 if len(full) == count else grid.n_rows in (2, count + 1)


def test_a_label_over_all_rows_stays_one_cell() -> None:
    xs = (40.0, *XS)
    marks = [*heads(110), *centered(60, 166, 2), *rows(130, 6)]
    grid = refined(frame(100, 120, 210, xs=xs), marks)
    assert (1, 0, 6, 1) in spans_of(grid)
    assert grid.n_rows == 7


def test_a_wrapped_label_belongs_to_one_row_and_a_heading_is_its_own() -> None:
    marks = [*heads(110), *rows(130, 2)]
    marks += text(XS[0] + 4, 158, 11) + text(XS[0] + 14, 172, 4)
    for column in (1, 2, 3):
        marks += centered(middle(column), 172, 3, wide=False)
    marks += text(XS[0] + 4, 186, 4) + [box.shifted(0, 70) for box in rows(130, 2)]
    grid = refined(frame(100, 120, 224), marks)
    assert (grid.n_rows, len(grid.cells)) == (7, 28)


def wrapped(column: int, top: float, lines: int) -> list[Box]:
    return [
        box
        for line in range(lines)
        for box in text(XS[column] + 4, top + PITCH * line, 7 if line < lines - 1 else 3)
    ]


def test_wrapped_text_is_one_row() -> None:
    prose = [box for column in range(1, 4) for box in wrapped(column, 130, 5)]
    label = text(XS[0] + 4, 130, 6)
    assert refined(frame(100, 120, 200), [*heads(110), *label, *prose]).n_rows == 2
    lines = [box for line in range(4) for box in text(XS[0] + 4, 130 + PITCH * line, 10)]
    single = [box for column in (1, 2, 3) for box in centered(middle(column), 150, 3, wide=False)]
    assert refined(frame(100, 120, 190), [*heads(110), *lines, *single]).n_rows == 2


def test_a_number_that_is_wrapped_is_one() -> None:
    marks = [
        box
        for column in (1, 2, 3)
        for line in range(4)
        for box in text(XS[column] + 3, 130 + PITCH * line, 15 if line < 3 else 4, wide=False)
    ]
    assert refined(frame(100, 120, 190), [*heads(110), *marks]).n_rows == 2


def test_numbers_wrapped_to_more_and_to_fewer_lines_are_one_row() -> None:
    """Each stands in the middle of its cell, so that the lines of one lie between another's."""
    marks = [*heads(110), *text(XS[0] + 4, 151, 5)]
    for column, lines in ((1, 3), (2, 3), (3, 2)):
        for line in range(lines):
            y = 151 + 1.5 * PITCH * (line - (lines - 1) / 2)
            marks += centered(middle(column), y, 1, wide=False)
    for digits in (None, [box.width < 6 for box in marks]):
        grid = refined(frame(100, 120, 182), marks, digits)
        assert grid.n_rows == 2


def test_heads_of_several_lines_are_one_row() -> None:
    letters = [
        box
        for column in range(4)
        for line in range(3)
        for box in centered(middle(column), 110 + PITCH * line, 6 + line, wide=False)
    ]
    figures = [box for top in (165.0, 185.0, 205.0) for box in rows(top, 1)]
    marks = [*letters, *figures]
    digits = [False] * len(letters) + [box.width < 6 for box in figures]
    assert refined(frame(100, 155, 175, 195, 215), marks, digits).n_rows == 4


def test_small_letters_are_of_two_heights_and_no_figures() -> None:
    marks = [
        Box(box.x0, box.y0 + (3 if number % 3 else 0), box.x1, box.y1)
        for column in (1, 2)
        for line in range(5)
        for number, box in enumerate(
            centered(middle(column), 130 + PITCH * line, 6 + line, wide=False)
        )
    ]
    assert refined(frame(100, 120, 200), [*heads(110), *marks]).n_rows == 2


def test_short_lines_beside_each_other_in_many_columns_are_rows_whatever_they_hold() -> None:
    marks = [
        box
        for column in range(4)
        for line in range(4)
        for box in text(XS[column] + 6, 134 + PITCH * line, 2 + (line + column) % 2)
    ]
    assert refined(frame(100, 120, 190), [*heads(110), *marks]).n_rows == 5


def test_figures_that_touch_are_lower_than_characters_and_make_rows() -> None:
    """A soft scan of small print: 48 is one mark, as wide as a character and no higher than 4."""
    marks = [mark for line in range(6) for mark in text(XS[0] + 4, 132 + PITCH * line, 5)]
    marks += [
        Box(XS[column + 1] - 13, y - 3, XS[column + 1] - 3, y + 3)
        for column in (1, 2, 3)
        for y in (132 + PITCH * line for line in range(6))
    ]
    assert refined(frame(100, 120, 214), [*heads(110), *marks]).n_rows == 7


def test_heads_set_from_top_to_bottom_are_no_rows() -> None:
    """Boxes of the characters of a text layer, whose heights are those of digits."""
    letters = [
        Box(middle(column) - 6, y - 3.6, middle(column) + 6, y + 3.6)
        for column in range(4)
        for y in (114.0, 129.0, 144.0, 159.0)
    ]
    figures = [box for column in range(4) for box in centered(middle(column), 184, 1, wide=False)]
    digits = [False] * (len(heads(90)) + len(letters)) + [True] * len(figures)
    marks = [*heads(90), *letters, *figures]
    assert refined(frame(80, 104, 172, 196), marks, digits).n_rows == 3


def header(bottom: float) -> list[Ruling]:
    """Rules of a header alone."""
    return [*frame(100, 120), Ruling(XS[0], bottom, XS[-1], bottom)]


def test_the_body_below_a_ruled_header_has_its_columns() -> None:
    marks = [*heads(110), *rows(132, 7)]
    for rules in (header(228), [*header(228), *(Ruling(x, 120, x, 228) for x in (80, 200, 440))]):
        assert spans_of(refined(rules, marks)) == {
            (row, column, 1, 1) for row in range(8) for column in range(4)
        }


FEW_WALLS = [*frame(100, 120, xs=(XS[0], XS[3], XS[4])), Ruling(XS[0], 228, XS[-1], 228)]
"""White walls on a dark band, most of which were lost: the first cell holds three heads."""


def test_the_lost_walls_of_a_header_are_those_of_its_body() -> None:
    assert spans_of(refined(FEW_WALLS, [*heads(110), *rows(132, 7)])) == {
        (row, column, 1, 1) for row in range(8) for column in range(4)
    }


def test_a_header_gives_the_body_no_columns_that_the_body_has_not() -> None:
    one_head = [*centered((XS[0] + XS[3]) / 2, 110, 6), *centered(middle(3), 110, 3)]
    assert refined(FEW_WALLS, [*one_head, *rows(132, 7)]).n_rows == 1


def test_prose_between_a_header_and_a_rule_is_no_body() -> None:
    marks = [*heads(110), *(box for line in range(5) for box in text(84, 132 + 14 * line, 34))]
    assert refined(header(228), marks).n_rows == 1


def test_heads_on_a_band_without_rules_are_those_of_the_columns_below() -> None:
    rules = [*frame(120, 140, 160, 180), Ruling(80, 100, 440, 100)]
    rules += [Ruling(x, 100, x, 120) for x in (80, 440)]
    assert (0, 1, 1, 1) in spans_of(refined(rules, heads(110)))
    title = [box for start in (200, 240, 280, 300) for box in text(start, 110, 2)]
    assert (0, 0, 1, 4) in spans_of(refined(rules, title))


def pairs(middles: Sequence[float]) -> list[Box]:
    return [box for x in middles for box in centered(x, 110, 4)]


def wide_head() -> list[Ruling]:
    xs = (80.0, 180.0, 240.0, 300.0, 360.0, 420.0, 480.0, 540.0)
    inner = [Ruling(x, 120, x, 180) for x in xs[2:-1]]
    outer = [Ruling(x, 100, x, 180) for x in (*xs[:2], xs[-1])]
    return [*(Ruling(80, y, 540, y) for y in (100, 120, 140, 160, 180)), *inner, *outer]


@pytest.mark.parametrize("left", [[], [Box(299.4, 103, 300.6, 109)]], ids=["", "a piece of wall"])
def test_heads_in_the_middle_of_their_groups_are_parted(left: list[Box]) -> None:
    grid = refined(wide_head(), [*pairs((240, 360, 480)), *left])
    assert {span for span in spans_of(grid) if span[0] == 0} == {
        (0, 0, 1, 1), (0, 1, 1, 2), (0, 3, 1, 2), (0, 5, 1, 2),
    }  # fmt: skip
    assert tiles(grid)


@pytest.mark.parametrize(
    "marks",
    [pairs((360,)), pairs((260, 360, 460)), centered(240, 110, 1) + centered(420, 110, 1)],
    ids=["one head", "not in the middle", "single characters set wide"],
)
def test_other_heads_stay_whole(marks: list[Box]) -> None:
    assert (0, 1, 1, 6) in spans_of(refined(wide_head(), marks))


def lost_wall(row: int, *beside: Box) -> frozenset[tuple[int, int, int, int]]:
    """The spans of a row of which the wall between the last two columns is lost."""
    ys = [100.0 + 24 * n for n in range(7)]
    layout = Layout.of(XS, ys, {(row, 2, 1, 2)})
    grid = refined(layout.rulings(), list(beside))
    return frozenset(span for span in spans_of(grid) if span[0] == row)


PARTED = {(4, column, 1, 1) for column in range(4)}


def test_heads_below_the_first_rows_are_parted_where_a_row_beside_them_is() -> None:
    y = 100 + 24 * 4.5
    print_ = [box for column in (1, 2, 3) for box in centered(middle(column), y, 4)]
    assert lost_wall(4, *print_) == PARTED


def test_heads_of_two_lines_with_a_piece_of_the_lost_wall_between_are_parted() -> None:
    y = 100 + 24 * 4.5
    print_ = [
        box for column in (1, 2, 3) for at in (-5, 5) for box in centered(middle(column), y + at, 2)
    ]
    assert lost_wall(4, Box(XS[3] - 0.6, y - 8, XS[3] + 0.6, y - 1), *print_) == PARTED


@pytest.mark.parametrize("row", [0, 4])
def test_a_label_with_the_white_of_brackets_over_an_edge_stays_whole(row: int) -> None:
    """Wrapped in the first row of a page, and in one line further down."""
    y = 100 + 24 * (row + 0.5)
    lines = (y - 5, y + 5) if row == 0 else (y,)
    print_ = [box for at in lines for x in (XS[3] - 68, XS[3] + 5) for box in text(x, at, 7)]
    assert (row, 2, 1, 2) in lost_wall(row, *print_)


def figures(ys: Sequence[float]) -> list[Box]:
    return [
        box
        for row, (top, bottom) in enumerate(pairwise(ys))
        for column in range(4)
        for box in centered(middle(column), (top + bottom) / 2, 2 + (row + column) % 3, wide=False)
    ]


RULED = tuple(float(y) for y in np.arange(100, 221, 20))


def beside(places: Sequence[float]) -> list[Box]:
    return [box for number, y in enumerate(places) for box in text(10, y, 4 + number % 3)]


def test_labels_left_of_the_frame_are_a_column() -> None:
    middles = [(top + bottom) / 2 for top, bottom in pairwise(RULED)]
    rules = frame(*RULED)
    grid = refined(rules, [*figures(RULED), *beside(middles)])
    assert spans_of(grid) == {(row, col, 1, 1) for row in range(6) for col in range(5)}
    assert grid.box.x0 < 12
    below_head = refined(rules, [*figures(RULED), *beside(middles[2:])])
    assert (0, 0, 2, 1) in spans_of(below_head)
    assert tiles(below_head)


def test_prose_and_notes_beside_a_table_are_no_labels() -> None:
    rules = frame(*RULED)
    plain = [*figures(RULED)]
    assert refined(rules, plain).n_cols == 4
    assert refined(rules, [*plain, *beside([104 + 13.0 * n for n in range(9)])]).n_cols == 4
    assert refined(rules, [*plain, *beside([150.0])]).n_cols == 4


def test_a_table_with_labels_of_its_own_has_no_others() -> None:
    middles = [(top + bottom) / 2 for top, bottom in pairwise(RULED)]
    own = [box for y in middles for box in centered(middle(0), y, 5)]
    marks = [box for box in figures(RULED) if box.x0 > XS[1]]
    assert refined(frame(*RULED), [*own, *marks, *beside(middles)]).n_cols == 4


@settings(max_examples=50, deadline=None)
@given(layouts(), st.randoms(use_true_random=False), st.booleans())
def test_cells_tile_whatever_is_printed(layout: Layout, random: object, known: bool) -> None:
    draw = getattr(random, "uniform")  # noqa: B009 - hypothesis types it loosely
    places = [(draw(0, WIDTH), draw(80, 400)) for _ in range(120)]
    marks = [Box(x, y, x + 4, y + 9) for x, y in places]
    rules = layout.rulings()
    digits = [draw(0, 1) < 0.8 for _ in marks] if known else None
    grids = find_grids(rules, WIDTH, HEIGHT)
    for grid in refine_grids(grids, marks, digits, rules, WIDTH, HEIGHT):
        assert tiles(grid)
