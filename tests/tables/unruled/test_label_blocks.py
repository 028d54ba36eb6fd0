"""Which lines of labels are one label, beside which figures, and the rows of groups."""

from itertools import pairwise

from ocrpipe.tables.unruled.label_blocks import Stretch, beside_figures, group_ends, stacked
from tests.tables.typing_marks import SIZE, text


def at(middle: float) -> Stretch:
    return Stretch(middle - 4.5, middle + 4.5)


def rows(*ys: float) -> list[Stretch]:
    return [Stretch(top, bottom) for top, bottom in pairwise(ys)]


def test_the_lines_of_a_label_stand_about_its_figures() -> None:
    lines = [at(100), at(120), at(130), at(140), at(160), at(170)]
    figures = [at(100), at(130), at(165)]
    assert beside_figures(lines, figures, SIZE) == [
        (at(100), at(100)),
        (Stretch(115.5, 144.5), at(130)),
        (Stretch(155.5, 174.5), at(165)),
    ]


def test_a_label_without_figures_is_a_row_and_what_is_above_and_below_is_none() -> None:
    lines = [at(80), at(100), at(120), at(140), at(160)]
    assert beside_figures(lines, [at(100), at(140)], SIZE) == [
        (at(100), at(100)),
        (at(120), None),
        (at(140), at(140)),
    ]


def test_groups_end_where_their_labels_are_in_the_middle() -> None:
    found = rows(*range(100, 240, 20))
    assert group_ends([at(130), at(190)], found) == [3]


def test_the_label_of_a_group_may_be_on_the_page_before() -> None:
    """Two rows of a group whose label is above the page break, three of the next one."""
    found = rows(*range(100, 220, 20))
    assert group_ends([at(170)], found) == [2]
    assert group_ends([at(150)], found) == []


def test_vertical_writing_is_one_label() -> None:
    marks = [mark for line in range(4) for mark in text(50, 100 + 25 * line, 1)]
    marks += text(80, 110, 3) + text(80, 121, 2)
    assert len(stacked(marks[:4], SIZE)) == 1
    assert len(stacked(marks[4:], SIZE)) == 1
    assert len(stacked([*marks[4:], *text(80, 150, 3)], SIZE)) == 2
