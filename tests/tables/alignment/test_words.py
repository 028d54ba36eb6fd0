"""Lines and words from marks; points."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.words import lines_of, words_of
from tests.tables.typing_marks import text


@pytest.mark.parametrize("size", [1.0, 2.5, 3.5])
def test_a_speck_between_two_lines_neither_joins_them_nor_is_one(size: float) -> None:
    marks = [*text(60, 100, 6), *text(60, 116, 6)]
    (first, second) = lines_of(marks, 9.0)
    speck = Box(80, 108 - size / 2, 80 + size, 108 + size / 2)
    bridge = Box(90, 104.6, 90 + size, 104.6 + size)
    assert lines_of([*marks, speck, bridge], 9.0) == [first, second]


def test_a_dash_alone_is_a_line() -> None:
    assert len(lines_of([*text(60, 100, 6), Box(80, 115.5, 88, 116.5)], 9.0)) == 2


def test_what_is_left_of_the_edge_of_a_fill_is_no_word() -> None:
    edge = [Box(60.1, 100, 60.46, 105.4), Box(60.1, 106, 60.46, 109.2)]
    figure = Box(80, 101, 80.9, 108)

    (word,) = words_of([*edge, figure], 8.0)

    assert word.x0 == 80


@pytest.mark.parametrize(("gap", "count"), [(9.4, 2), (5.0, 1)])
def test_numbers_are_parted_by_their_own_size_among_higher_characters(
    gap: float, count: int
) -> None:
    """310.35 and 5,683 beside each other, where Chinese labels are half as high again."""
    digits = [Box(280 + 5.5 * at, 290.9, 284.7 + 5.5 * at, 297.7) for at in range(4)]
    next_ones = [box.shifted(digits[-1].x1 + gap - 280, 0) for box in digits]

    assert len(words_of([*digits, *next_ones], 10.44)) == count


def test_the_white_of_a_bracket_in_a_head_among_digits_parts_no_words() -> None:
    """比重（%） in characters of 7 points, where most print is digits of 4.9."""
    head = [Box(280, 10, 286.5, 16.6), Box(287, 10, 293.5, 16.6), Box(298.7, 9.8, 300.4, 16.8)]

    assert len(words_of(head, 4.9)) == 1


def test_the_white_of_a_bracket_that_touches_its_sign_parts_no_words() -> None:
    """增长（%） in bold characters of 10 points."""
    head = [Box(477.7, 137.5, 487.8, 147.9), Box(488.5, 138.2, 498.2, 147.9)]
    sign = [Box(505.8, 137, 508.7, 148.7), Box(509, 139.3, 514.4, 146.5), Box(514.8, 137, 518, 149)]

    assert len(words_of([*head, *sign], 10.08)) == 1


def test_a_head_that_begins_with_a_dot_is_parted_from_the_one_beside_it() -> None:
    """审 and 总, whose 心 begins with a dot: characters of 10 points with a white of one."""
    before = Box(325.8, 10, 335.5, 20)
    dots = [Box(345.2, 16, 346.7, 19), Box(352.8, 16, 354.6, 19)]
    total = [*dots, Box(346.7, 10, 353.5, 16), Box(347.4, 16, 352.8, 20)]

    assert [word.x0 for word in words_of([before, *total], 9.8)] == [325.8, 345.2]
    assert [word.x0 for word in words_of([*total, Box(364.2, 10, 374, 20)], 9.8)] == [345.2, 364.2]


def test_the_white_behind_a_mark_that_touches_its_numeral_parts_no_words() -> None:
    """二、上年 in characters of 9 points; the white behind the 、 is that of the mark alone."""
    numeral = [Box(162.7, 229.0, 171.0, 230.0), Box(163.8, 223.9, 169.9, 225.4)]
    mark = Box(171.4, 229.0, 174.2, 231.1)
    rest = [Box(180.7, 222.5, 189.0, 231.1), Box(189.7, 222.5, 198.0, 231.5)]

    assert len(words_of([*numeral, mark, *rest], 8.6)) == 1


def test_the_white_of_punctuation_in_a_cell_of_two_lines_parts_no_words() -> None:
    above = [*(Box(x, 10, x + 9, 19) for x in (0, 10, 20, 30)), Box(41, 16, 42.5, 20)]
    rest = [Box(x, 10, x + 9, 19) for x in (50, 60, 70)]
    below = [Box(x, 22, x + 9, 31) for x in (4, 14, 24, 34)]

    assert len(words_of([*above, *rest], 9.0)) == 1
    assert len(words_of([*above, *rest, *below], 9.0)) == 1
    assert len(words_of([*above[:4], *rest, *below], 9.0)) == 2
