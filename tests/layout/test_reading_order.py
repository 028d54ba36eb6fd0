import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.layout.reading_order import reading_flows


def reading_order(boxes: Sequence[Box], solid: frozenset[int] = frozenset()) -> tuple[int, ...]:
    """The indices of all boxes, flow by flow and row by row."""
    return tuple(
        index for flow in reading_flows(boxes, solid) for row in flow.rows for index in row
    )


def column(left: float, width: float, top: float, count: int) -> list[Box]:
    return [Box(left, top + 16 * row, left + width, top + 16 * row + 10) for row in range(count)]


def in_order(boxes: list[Box], seed: int = 3, solid: tuple[Box, ...] = ()) -> list[Box]:
    """The boxes in reading order, given to it in another one."""
    shuffled = list(boxes)
    random.Random(seed).shuffle(shuffled)
    solids = frozenset(shuffled.index(box) for box in solid)
    return [shuffled[index] for index in reading_order(shuffled, solids)]


def test_nothing_to_read() -> None:
    assert reading_order([]) == ()
    assert reading_flows([]) == ()


def test_one_column_is_read_downwards() -> None:
    lines = column(70, 450, 100, 30)
    assert in_order(lines) == lines


def test_two_columns_between_lines_over_the_full_width() -> None:
    page = [
        Box(100, 60, 500, 84),
        *column(60, 225, 120, 12),
        *column(310, 225, 120, 11),
        Box(60, 330, 535, 342),
        *column(60, 225, 370, 20),
        *column(310, 225, 370, 20),
    ]
    assert in_order(page) == page


def test_columns_whose_lines_do_not_stand_level() -> None:
    page = [*column(60, 225, 120, 12), *column(310, 225, 127, 12)]
    assert in_order(page) == page


def test_three_columns() -> None:
    page = [*column(50, 150, 60, 9), *column(225, 150, 60, 9), *column(400, 150, 60, 9)]
    assert in_order(page) == page


def test_a_table_over_the_full_width_parts_the_columns() -> None:
    table = Box(60, 330, 535, 500)
    page = [
        *column(60, 225, 120, 12),
        *column(310, 225, 120, 12),
        table,
        *column(60, 225, 520, 9),
        *column(310, 225, 520, 9),
    ]
    assert in_order(page, solid=(table,)) == page


def test_a_figure_in_one_column_stays_in_it() -> None:
    figure = Box(310, 120, 535, 240)
    page = [*column(60, 225, 120, 20), figure, *column(310, 225, 250, 11)]
    assert in_order(page, solid=(figure,)) == page


def test_parts_of_one_row_are_read_from_left_to_right() -> None:
    page = [
        Box(91, 200, 230, 216),
        Box(399, 201, 504, 217),
        Box(170, 260, 420, 282),
        *column(70, 450, 320, 5),
    ]
    assert in_order(page) == page


def test_figures_in_columns_are_read_row_by_row() -> None:
    rows = [
        [Box(60, y, 200, y + 10), Box(300, y, 330, y + 10), Box(420, y, 450, y + 10)]
        for y in range(100, 300, 20)
    ]
    page = [box for row in rows for box in row]
    assert in_order(page) == page


boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    st.integers(0, 500), st.integers(0, 800), st.integers(5, 300), st.integers(6, 20),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(boxes, max_size=30, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(page: list[Box], chance: random.Random) -> None:
    first = [page[index] for index in reading_order(page)]
    assert sorted(first) == sorted(page)
    chance.shuffle(page)
    assert [page[index] for index in reading_order(page)] == first


@settings(deadline=None)
@given(
    gutter=st.floats(12, 60),
    left_rows=st.integers(3, 30),
    right_rows=st.integers(3, 30),
    shift=st.floats(0, 8),
)
def test_two_columns_whatever_their_length(
    gutter: float, left_rows: int, right_rows: int, shift: float
) -> None:
    width = (475 - gutter) / 2
    left = column(60, width, 100, left_rows)
    second = column(60 + width + gutter, width, 100 + shift, right_rows)
    assert in_order(left + second) == left + second


@pytest.mark.parametrize("count", [1, 2, 40])
def test_a_flow_over_the_full_width_is_no_column(count: int) -> None:
    (flow,) = reading_flows(column(70, 450, 100, count))
    assert not flow.column
    assert [len(row) for row in flow.rows] == [1] * count


def test_many_columns_of_figures_take_no_time() -> None:
    # Looked at once for every way to part them, sixteen columns would take days.
    rows = [
        [Box(40 + 34 * col, 100 + 16 * row, 62 + 34 * col, 110 + 16 * row) for col in range(16)]
        for row in range(8)
    ]
    figures = [box for row in rows for box in row]
    assert in_order(figures) == figures
