"""Heads of several levels without rules: which columns and levels each takes."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.head_tree import HeadLevels, head_levels
from ocrpipe.tables.alignment.head_words import head_words
from ocrpipe.tables.alignment.words import Word
from tests.tables.typing_marks import SIZE, centered, text

Spans = set[tuple[int, int, int, int]]

LABELS = Word(60, 160)
MIDDLES = (220.0, 280.0, 340.0, 400.0, 460.0)
COLUMNS = [LABELS, *(Word(x - 15, x + 15) for x in MIDDLES)]


def read(marks: list[Box], columns: list[Word] = COLUMNS) -> HeadLevels | None:
    return head_levels(head_words(marks, [], 0.9 * SIZE), columns, 0.9 * SIZE)


def spans(levels: HeadLevels | None) -> Spans:
    """Row, column and how many of both, of each head."""
    assert levels is not None
    return {
        (cell.top, cell.first, cell.bottom - cell.top + 1, cell.last - cell.first + 1)
        for cell in levels.cells
    }


def leaves(y: float, columns: range = range(5), length: int = 3) -> list[Box]:
    return [mark for at in columns for mark in centered(MIDDLES[at], y, length)]


def test_heads_of_one_line_are_of_one_level() -> None:
    levels = read([*centered(110, 200, 2), *leaves(200)])
    assert spans(levels) == {(0, column, 1, 1) for column in range(6)}


def test_groups_of_groups_stand_in_the_middle_of_their_columns() -> None:
    marks = centered(110, 200, 2) + centered(310, 186, 6) + centered(250, 200, 4)
    marks += leaves(214, range(2)) + leaves(207, range(2, 4)) + leaves(200, range(4, 5))
    assert spans(read(marks)) == {
        (0, 0, 3, 1),
        (0, 1, 1, 4),
        (1, 1, 1, 2),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
        (1, 3, 2, 1),
        (1, 4, 2, 1),
        (0, 5, 3, 1),
    }


@pytest.mark.parametrize("label", [200.0, 207.0])
def test_the_group_above_the_middle_one_of_three_columns_is_no_line_of_its_head(
    label: float,
) -> None:
    marks = centered(110, label, 2) + centered(280, 193, 4) + leaves(207, range(3))
    marks += centered(430, 193, 4) + leaves(207, range(3, 5))
    assert spans(read(marks)) >= {(0, 1, 1, 3), (1, 2, 1, 1), (0, 4, 1, 2), (0, 0, 2, 1)}


def test_a_head_of_two_lines_beside_others_in_their_middle_is_one_cell() -> None:
    marks = centered(110, 200, 2) + leaves(200, range(1)) + leaves(200, range(2, 5))
    marks += centered(MIDDLES[1], 194, 4) + centered(MIDDLES[1], 206, 3)
    assert spans(read(marks)) == {(0, column, 1, 1) for column in range(6)}


def test_a_unit_and_a_caption_above_the_heads_are_left_out() -> None:
    above = text(62, 176, 7) + text(440, 176, 5)
    marks = centered(110, 200, 2) + centered(250, 193, 4) + leaves(207, range(2))
    marks += leaves(200, range(2, 5))
    levels = read([*above, *marks])
    assert spans(levels) >= {(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (0, 5, 2, 1)}
    assert levels is not None
    assert 185 < levels.ys[0] < 193


def test_above_heads_that_end_with_their_figures_groups_stand_in_the_middle_of_cells() -> None:
    """Each cell begins where the figures of the column before end."""
    ends = (210.0, 330.0, 400.0, 520.0)
    columns = [LABELS, *(Word(x - 25, x) for x in ends)]
    marks = centered(110, 200, 2) + centered((160 + 330) / 2, 193, 4) + text(370, 200, 3)
    marks += text(180, 207, 3) + text(300, 207, 3) + text(490, 200, 3)
    assert spans(read(marks, columns)) >= {(0, 1, 1, 2), (1, 1, 1, 1), (0, 3, 2, 1)}


def test_the_first_of_such_cells_begins_anywhere_between_labels_and_figures() -> None:
    columns = [Word(60, 100), *(Word(x - 25, x) for x in (210.0, 330.0, 400.0, 520.0))]
    marks = centered(80, 200, 2) + centered((142 + 330) / 2, 193, 4) + text(370, 200, 3)
    marks += text(180, 207, 3) + text(300, 207, 3) + text(490, 200, 3)
    assert spans(read(marks, columns)) >= {(0, 1, 1, 2), (1, 1, 1, 1), (0, 3, 2, 1)}


def test_what_stands_above_columns_without_heads_is_no_head() -> None:
    assert read(text(60, 200, 44)) is None
    assert read([]) is None
    assert read(centered(430, 200, 4)) is None
