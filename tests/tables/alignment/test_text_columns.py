"""Columns from the words of rows alone; points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word

LEFT, RIGHT = 40.0, 560.0
HEIGHT = 10.0


@st.composite
def right_aligned(draw: st.DrawFn) -> list[list[Word]]:
    """Rows of figures that end at one place a column, below heads in the middle."""
    count = draw(st.integers(2, 6))
    pitch = (RIGHT - LEFT) / count
    rows = []
    for _ in range(draw(st.integers(3, 8))):
        widths = draw(st.lists(st.floats(5, pitch - 9), min_size=count, max_size=count))
        ends = [LEFT + pitch * (column + 1) - 3 for column in range(count)]
        rows.append([Word(end - width, end) for end, width in zip(ends, widths, strict=True)])
    return rows


@given(right_aligned())
def test_an_edge_parts_the_words_and_touches_none(rows: list[list[Word]]) -> None:
    edges = column_edges(rows, [], LEFT, RIGHT, HEIGHT)
    assert len(edges) == len(rows[0]) + 1
    for edge in edges[1:-1]:
        assert all(word.x1 + 1 < edge or edge < word.x0 - 1 for row in rows for word in row)


def test_two_characters_set_wide_are_one_head() -> None:
    """地　区 in the middle above names that begin at the left, and 总　计 below it."""
    heads = [Word(95, 104), Word(113, 119), Word(151, 205), Word(223, 259), Word(286, 322)]
    total = [Word(95, 104), Word(113, 122), Word(160, 207), Word(240, 270), Word(300, 333)]
    names = [[Word(72, 99), Word(155, 207), Word(218, 270), Word(281, 333)] for _ in range(4)]

    assert len(column_edges([heads, *names], [], LEFT, RIGHT, 6.0)) == 5
    assert len(column_edges([heads, total, *names], [], LEFT, RIGHT, 6.0)) == 5


def test_all_heads_may_be_set_wide() -> None:
    """指　　标 with two spaces above names, and 全　县 with one above figures."""
    heads = [Word(166, 177), Word(198, 208)]
    heads += [Word(x + at, x + at + 11) for x in (286, 356, 434) for at in (0, 21)]
    rows = [[Word(107, 150), Word(294, 310), Word(363, 381), Word(441, 459)] for _ in range(5)]
    rows[2][0] = Word(107, 181)

    assert len(column_edges([heads, *rows], [], LEFT, RIGHT, 7.0)) == 5


def test_narrow_columns_with_heads_of_one_character_stay_apart() -> None:
    """男 and 女 as far from each other as from the other heads, the second one without figures."""
    heads = [Word(60, 87), Word(111, 120), Word(138, 147), Word(165, 192)]
    rows = [[Word(60, 96), Word(108, 120), Word(170, 192)] for _ in range(4)]

    assert len(column_edges([heads, *rows], [], LEFT, RIGHT, 6.0)) == 5


def test_a_mark_close_beside_a_column_is_none_of_its_own() -> None:
    """The bracket that ends the second line of a head, lower than the rest of that line."""
    heads = [Word(64, 84), Word(366, 393), Word(412, 457), Word(479, 530)]
    bracket = [Word(370, 380), Word(459, 462), Word(490, 500)]
    rows = [[Word(45, 72), Word(383, 404), Word(443, 456), Word(490, 504)] for _ in range(5)]

    assert len(column_edges([heads, bracket, *rows], [], LEFT, RIGHT, 7.0)) == 5


def test_a_head_over_two_short_ones_far_apart_is_no_column() -> None:
    """比上年增减（±） over 人 and %, whose figures are flush right."""
    top = [Word(45, 72), Word(412, 457), Word(478, 534)]
    below = [Word(46, 70), Word(420, 450), Word(479, 486), Word(528, 531.5)]
    rows = [[Word(45, 72), Word(443, 456), Word(490, 504), Word(534, 552)] for _ in range(5)]

    edges = column_edges([top, below, *rows], [], LEFT, RIGHT, 4.2)

    assert len(edges) == 5
    assert 504 < edges[3] < 528


def test_cells_over_two_columns_make_no_column_though_most_rows_have_such() -> None:
    """A page with one section of four columns and two of three, whose last one spans two."""
    four = [Word(90, 130), Word(240, 280), Word(360, 390), Word(480, 510)]
    three = [Word(90, 130), Word(240, 280), Word(420, 450)]

    assert len(column_edges([*[four] * 3, *[three] * 4], [], LEFT, RIGHT, HEIGHT)) == 5


def test_figures_left_of_their_heads_stay_below_them() -> None:
    """Figures that begin at the left of columns whose heads stand in the middle, one row short."""
    heads = [Word(89, 121), Word(209, 257), Word(336, 384), Word(464, 511)]
    short = [Word(44, 59), Word(299, 308), Word(426, 431)]
    full = [Word(44, 100), Word(172, 176), Word(299, 303), Word(426, 446)]

    edges = column_edges([heads, short, full], [], 39.0, 516.0, 7.0)
    assert len(edges) == 5
    for place, (head, figure) in enumerate(zip(heads, full, strict=True)):
        for word in (head, figure):
            assert edges[place] < word.x0 < word.x1 < edges[place + 1]


def test_a_head_may_be_wider_than_that_of_its_group_which_reaches_below_it() -> None:
    """The third head of 主动公开 is 增减（%）; figures below are set flush right."""
    groups = [Word(98, 134), Word(191, 235), Word(316, 352)]
    heads = [(161, 178), (194, 212), (225, 263), (282, 299), (316, 333), (346, 384)]
    ends = (182, 216, 269, 303, 337, 391)
    rows = [[Word(89, 142), *(Word(end - 17, end) for end in ends)] for _ in range(6)]
    edges = column_edges([groups, [Word(*head) for head in heads], *rows], [152], 79, 400, 8.6)

    assert len(edges) == 8
    assert 337 < edges[-2] < 346


def test_a_narrow_head_of_a_group_joins_its_columns_no_more_than_a_wide_one() -> None:
    """12月 above 产量 and 同比（%）, which is left of its figures and ends where 12月 begins."""
    groups = [Word(111, 152), Word(226, 246), Word(326, 345.5), Word(451, 485)]
    heads = [Word(293, 312), Word(345, 387), Word(426, 446), Word(478, 521)]
    figures = [Word(73, 145), Word(226, 246), Word(303, 334), Word(384, 401)]
    rows = [[*figures, Word(436, 467), Word(517, 534)] for _ in range(5)]

    edges = column_edges([groups, heads, *rows], [268.5], 60, 537, 9.7)

    assert len(edges) == 7
    assert 334 < edges[3] < 345
    assert 467 < edges[5] < 478


def test_the_head_and_the_total_in_the_middle_of_a_column_of_labels_are_of_it() -> None:
    figures = [Word(250, 290), Word(346, 382), Word(438, 474)]
    total = [Word(101, 109), Word(120, 126), *figures]
    rows = [[Word(48, 83), *figures] for _ in range(6)]

    assert len(column_edges([total, *rows, total], [], 24, 570, 9.0)) == 5


HEADS = (
    [Word(96, 192), Word(198, 390), Word(581, 625)],
    [Word(435, 460), Word(572, 635), Word(750, 767)],
    [Word(483, 518), Word(536, 571), Word(586, 621), Word(634, 679), Word(701, 717)],
)
"""Heads over groups of columns, and those of the columns."""

FIGURES = [Word(x - 3, x + 3) for x in (447.0, 500.0, 553.0, 603.0, 656.0, 709.0, 758.0)]


def group_table(marked: dict[int, tuple[float, float]]) -> list[list[Word]]:
    """Twelve rows of a label and seven figures below heads; `marked` are further words of rows."""
    rows = [[Word(204, 295), *FIGURES] for _ in range(12)]
    for row, ends in marked.items():
        rows[row] = sorted([*rows[row], Word(*ends)])
    return [*(list(heads) for heads in HEADS), *rows]


@pytest.mark.parametrize(
    "marked", [{6: (674, 680)}, {6: (674, 680), 11: (727, 733)}, {1: (771, 781), 9: (771, 781)}]
)
def test_the_marks_of_a_pen_between_figures_make_no_column(
    marked: dict[int, tuple[float, float]],
) -> None:
    expected = column_edges(group_table({}), [], 60.0, 800.0, 8.6)
    assert len(column_edges(group_table(marked), [], 60.0, 800.0, 8.6)) == len(expected)


def test_figures_of_few_rows_in_a_place_for_a_column_are_one() -> None:
    expected = column_edges(group_table({}), [], 60.0, 850.0, 8.6)
    found = column_edges(group_table({2: (805, 811), 7: (805, 811)}), [], 60.0, 850.0, 8.6)
    assert len(found) == len(expected) + 1
