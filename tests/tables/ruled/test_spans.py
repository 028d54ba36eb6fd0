"""Walls to spans, and the repair of unions that are no rectangles."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ocrpipe.tables.ruled.spans import Span, spans_from_walls


def walls(rows: int, cols: int, value: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    return np.full((rows, cols + 1), value), np.full((rows + 1, cols), value)


def cells(
    vertical: np.ndarray, horizontal: np.ndarray, height: float = 20.0, width: float = 40.0
) -> set[tuple[int, int, int, int]]:
    rows, cols = vertical.shape[0], horizontal.shape[1]
    spans = spans_from_walls(vertical, horizontal, np.full(rows, height), np.full(cols, width))
    return {(s.row, s.col, s.row_span, s.col_span) for s in spans}


def test_slots_without_walls_between_are_one_cell() -> None:
    vertical, horizontal = walls(2, 3)
    vertical[0, 1] = horizontal[1, 2] = 0.0
    assert cells(vertical, horizontal) == {(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)}


def test_a_wall_covered_by_three_fifths_is_there() -> None:
    vertical, horizontal = walls(1, 2)
    vertical[0, 1] = 0.62
    assert len(cells(vertical, horizontal)) == 2
    vertical[0, 1] = 0.4
    assert len(cells(vertical, horizontal)) == 1


def test_a_wall_that_faded_in_part_goes_on() -> None:
    vertical, horizontal = walls(4, 2)
    # The rule between the columns is there in all rows but faint in the second one.
    vertical[1, 1] = 0.5
    assert len(cells(vertical, horizontal)) == 7
    horizontal[1, 1] = 0.0
    assert cells(vertical, horizontal) == {
        (0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 2, 1), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 1),
        (3, 1, 1, 1),
    }  # fmt: skip


def test_a_stray_wall_inside_a_merged_cell_is_dropped() -> None:
    vertical, horizontal = walls(3, 3)
    vertical[:, 1:3] = 0.0
    horizontal[1:3, :] = 0.0
    horizontal[1, 1] = 0.7
    assert cells(vertical, horizontal) == {(0, 0, 3, 3)}


def test_a_wall_at_which_rules_inside_a_cell_end_was_missed() -> None:
    vertical, horizontal = walls(3, 3)
    # Labels of three rows beside the label of their group, and the wall between is gone.
    vertical[:, 1] = 0.0
    horizontal[1:3, 0] = 0.0
    whole = {(0, 0, 3, 1), *((row, col, 1, 1) for row in range(3) for col in (1, 2))}
    assert cells(vertical, horizontal) == whole
    assert cells(horizontal.T, vertical.T, height=40, width=20) == {
        (col, row, width, height) for row, col, height, width in whole
    }


def test_one_stroke_inside_a_cell_is_no_sign_of_a_wall() -> None:
    vertical, horizontal = walls(2, 2)
    vertical[:, 1] = 0.0
    horizontal[1, 0] = 0.0
    assert cells(vertical, horizontal, height=10) == {(0, 0, 2, 2)}


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_cells_tile_the_grid_whatever_the_walls(rows: int, cols: int, data: st.DataObject) -> None:
    share = st.floats(0, 1)
    vertical = data.draw(hnp.arrays(float, (rows, cols + 1), elements=share))
    horizontal = data.draw(hnp.arrays(float, (rows + 1, cols), elements=share))
    spans = spans_from_walls(vertical, horizontal, np.full(rows, 15.0), np.full(cols, 50.0))
    count = np.zeros((rows, cols), int)
    for span in spans:
        count[span.row : span.row + span.row_span, span.col : span.col + span.col_span] += 1
    assert (count == 1).all()
    assert list(spans) == sorted(spans, key=lambda s: (s.row, s.col))
    assert all(isinstance(span, Span) for span in spans)
