"""Lines that go on in the next one, and lines that end."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.wrapped import (
    cells_that_go_on,
    goes_on,
    lines_that_go_on,
    without_interleaved,
)
from tests.tables.typing_marks import SIZE, centered, text


def line(*lengths: int, x: float = 10.0, y: float = 10.0) -> list[Box]:
    """Words of narrow characters with spaces between."""
    marks: list[Box] = []
    for length in lengths:
        marks += text(x, y, length, wide=False)
        x += SIZE / 2 * length + 0.4 * SIZE
    return marks


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (line(8, 7), line(6, 2), True),
        (line(8, 1), line(6, 2), False),
        (line(8, 7), line(6, x=60), False),
        (text(10, 10, 8), text(10, 20, 3), True),
        (text(10, 10, 6), text(10, 20, 8), False),
        (
            [*text(10, 10, 8)[:-1], Box(83, 6, 87, 14)],
            [Box(14, 16, 17, 25), *text(20, 20, 3)],
            True,
        ),
        (centered(55, 10, 8), centered(55, 20, 3), True),
        (text(10, 10, 7), [*(Box(x, 16, x + 8, 25) for x in (10, 18)), Box(26, 16, 39, 25)], True),
        (text(10, 10, 7) + [Box(x, 13, x + 2, 15) for x in (84, 88, 92)], text(10, 20, 3), False),
    ],
    ids=[
        "no room",
        "room",
        "far aside",
        "square",
        "square with room",
        "bracket",
        "centered",
        "digits as wide as their advance",
        "leaders",
    ],
)
def test_what_has_no_room_goes_on_below(above: list[Box], below: list[Box], expected: bool) -> None:
    assert goes_on(above, below, 8, 98, SIZE) is expected


def _row(y: float, label: bool, *ends: float, width: float) -> list[Box]:
    """Digits of `width` in all, set flush right at `ends`, behind a label of three characters."""
    marks = text(10, y, 3) if label else []
    for end in ends:
        marks += [
            Box(end - width + at, y, end - width + at + 4, y + 6) for at in range(0, int(width), 5)
        ]
    return marks


def test_long_numbers_go_on_below_their_columns_and_rows_do_not() -> None:
    ends = (130, 210, 290)
    marks, lines = [], []
    for y in (10.0, 40.0, 70.0):
        marks += [*_row(y, True, *ends, width=60), *_row(y + 9, False, *ends[:2], width=20)]
        lines += [(y, y + 6), (y + 9, y + 15)]

    assert lines_that_go_on(lines, marks, 6.0) == {0, 2, 4}


@pytest.mark.parametrize("figures", [0, 1], ids=["at the top", "in the middle"])
def test_labels_go_on_beside_their_figures_and_rows_do_not(figures: int) -> None:
    marks: list[Box] = []
    lines = []
    for y in (10.0, 60.0, 110.0, 160.0):
        for number, length in enumerate((9, 9, 4) if y < 160 else (5,)):
            marks += text(10, y + 12 * number, length)
            lines.append((y + 12 * number - 4.5, y + 12 * number + 4.5))
        line = y + 12 * figures if y < 160 else y
        for x in (130, 180, 230):
            marks += text(x, line, 4, wide=False)

    assert cells_that_go_on(lines, marks, SIZE) == {0, 1, 3, 4, 6, 7}


def test_a_cell_of_two_lines_goes_on_behind_what_is_in_the_middle_beside_it() -> None:
    """The second line and what is beside both are so close that they are one."""
    marks, lines = [], []
    for y in (10.0, 50.0, 90.0):
        marks += [*text(60, y, 9), *text(10, y + 7, 4), *text(160, y + 7, 4), *text(60, y + 14, 6)]
        lines += [(y - 4.5, y + 4.5), (y + 2.5, y + 18.5)]
    marks += [*text(10, 130, 4), *text(60, 130, 5), *text(160, 130, 4)]

    assert cells_that_go_on([*lines, (125.5, 134.5)], marks, SIZE) == {0, 2, 4}


def test_a_label_alone_does_not_go_on_with_the_row_above() -> None:
    marks = [*text(10, 10, 4), *text(60, 10, 4), *text(10, 30, 4), *text(10, 50, 4)]
    marks += [*text(60, 50, 4), *text(10, 70, 3), *text(60, 70, 3)]
    lines = [(y - 4.5, y + 4.5) for y in (10.0, 30.0, 50.0, 70.0)]

    assert cells_that_go_on(lines, marks, SIZE) == set()


def test_rows_in_groups_do_not_go_on() -> None:
    marks, lines = [], []
    for y in (10.0, 40.0, 70.0):
        marks += [*_row(y, True, 130, 210, width=60), *_row(y + 9, True, 130, 210, width=20)]
        lines += [(y, y + 6), (y + 9, y + 15)]

    assert lines_that_go_on(lines, marks, 6.0) == set()


def test_a_head_across_columns_does_not_go_on_in_the_row_below_it() -> None:
    marks, lines = [], []
    for y in (10.0, 40.0, 70.0):
        marks += [*_row(y, False, 210, width=100), *_row(y + 9, True, 130, 210, width=20)]
        lines += [(y, y + 6), (y + 9, y + 15)]

    assert lines_that_go_on(lines, marks, 6.0) == set()


@pytest.mark.parametrize(
    ("outer", "inner", "count"),
    [((1, 1), 3, 1), ((2, 2), 3, 1), ((2, 2), 1, 3)],
    ids=["a number of two lines", "two such numbers", "a label of two rows"],
)
def test_lines_between_those_of_other_cells_are_of_their_row(
    outer: tuple[int, int], inner: int, count: int
) -> None:
    ends = (130.0, 210.0, 290.0, 370.0, 450.0)
    above, below = (
        _row(y, False, *ends[:n], width=20) for y, n in ((10, outer[0]), (24, outer[1]))
    )
    middle = _row(17, False, *ends[-inner:], width=20)
    lines = [(10.0, 16.0), (17.0, 23.0), (24.0, 30.0)]

    found = without_interleaved(lines, [*above, *middle, *below], 6.0)

    assert len(found) == count
    assert found[0][0] == 10.0
    assert found[-1][1] == 30.0


def test_a_head_above_several_others_and_one_beside_both_rows_are_no_row() -> None:
    marks = [*text(80, 13, 9), *text(10, 20, 2), *text(60, 27, 4), *text(160, 27, 4)]
    lines = [(10.0, 16.0), (17.0, 23.0), (24.0, 30.0)]

    assert without_interleaved(lines, marks, 6.0) == lines
