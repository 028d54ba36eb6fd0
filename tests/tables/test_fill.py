"""Characters of a text layer in the cells of a grid."""

import pytest

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.page import Glyph, GridCell, TableGrid
from ocrpipe.tables.fill import fill_from_glyphs


def grid(*boxes: Box) -> TableGrid:
    cells = tuple(GridCell(0, col, 1, 1, box) for col, box in enumerate(boxes))
    outline = Box(boxes[0].x0, min(b.y0 for b in boxes), boxes[-1].x1, max(b.y1 for b in boxes))
    return TableGrid(outline, 1, len(boxes), cells)


def line(text: str, x: float, y: float, size: float = 10.0, advance: float = 10.0) -> list[Glyph]:
    return [
        Glyph(character, Box(x + advance * i, y, x + advance * i + size, y + size))
        for i, character in enumerate(text)
    ]


def column(text: str, x: float, y: float, pitch: float = 11.0) -> list[Glyph]:
    return [Glyph(c, Box(x, y + pitch * i, x + 10, y + pitch * i + 10)) for i, c in enumerate(text)]


def texts(table: TableGrid, glyphs: list[Glyph]) -> list[str]:
    return [reading.text for reading in fill_from_glyphs(table, glyphs)]


def test_characters_go_where_their_centre_lies() -> None:
    table = grid(Box(0, 0, 50, 20), Box(50, 0, 100, 20))
    readings = fill_from_glyphs(table, line("一二三四五六", 4, 5))
    assert [reading.text for reading in readings] == ["一二三四五", "六"]
    assert {(r.state, r.confidence) for r in readings} == {("printed", 1.0)}


def test_a_cell_without_characters_is_blank() -> None:
    table = grid(Box(0, 0, 50, 20), Box(50, 0, 100, 20))
    glyphs = [*line("0", 20, 5), Glyph(" ", Box(70, 5, 75, 15)), *line("外", 120, 5)]
    readings = fill_from_glyphs(table, glyphs)
    assert [(r.text, r.state) for r in readings] == [("0", "printed"), ("", "blank")]


def test_wrapped_lines_are_joined_without_spaces_between_chinese() -> None:
    table = grid(Box(0, 0, 60, 60))
    glyphs = [*line("结果", 5, 20), *line("本年", 5, 5), *line("Open", 5, 35, 5, 5)]
    assert texts(table, [*glyphs, *line("data", 5, 48, 5, 5)]) == ["本年结果Open data"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("by", "2003"), "by 2003"),
        (("5", "kg"), "5 kg"),
        (("state,", "local"), "state, local"),
        (("A", "(B)"), "A (B)"),
        (("年", "A"), "年A"),
        (("10", "%"), "10%"),
    ],
)
def test_a_space_stays_between_latin_words_and_numbers_beside_them(
    words: tuple[str, str], expected: str
) -> None:
    table = grid(Box(0, 0, 90, 20))
    first, second = words
    glyphs = [
        *line(first, 5, 5, 5, 5),
        *line(second, 5 + 5 * len(first) + 4, 5, 5, 5),
    ]
    assert texts(table, glyphs) == [expected]


def test_a_label_of_one_character_a_line() -> None:
    table = grid(Box(0, 0, 20, 110))
    assert texts(table, column("三、本年度办理结果", 5, 5)) == ["三、本年度办理结果"]


def test_vertical_columns_are_read_from_the_right() -> None:
    table = grid(Box(0, 0, 60, 80))
    glyphs = [*column("办理结果", 8, 5), *column("三、本年度", 32, 5)]
    assert texts(table, glyphs) == ["三、本年度办理结果"]


def test_columns_of_unequal_length_are_read_in_the_order_of_the_text_layer() -> None:
    table = grid(Box(0, 0, 40, 80))
    assert texts(table, [*column("年度总体目", 20, 5), *column("标", 8, 27)]) == ["年度总体目标"]
    assert texts(table, [*column("电气", 20, 5), *column("部分", 9, 5)]) == ["电气部分"]


def test_lines_of_two_characters_are_no_columns() -> None:
    table = grid(Box(0, 0, 40, 80))
    glyphs = [*line("审批", 5, 5), *line("机关", 5, 16), *line("意见", 5, 27)]
    assert texts(table, glyphs) == ["审批机关意见"]
    assert texts(table, glyphs[::2] + glyphs[1::2]) == ["审批机关意见"]


def test_a_mark_that_hangs_over_the_wall_stays_with_its_line() -> None:
    table = grid(Box(0, 0, 50, 40), Box(50, 0, 100, 40))
    glyphs = [*line("不计其他，", 6, 5), *line("情形", 6, 20), *line("0", 70, 12, 5)]
    assert texts(table, glyphs) == ["不计其他，情形", "0"]


def test_short_lines_are_not_taken_for_columns() -> None:
    table = grid(Box(0, 0, 40, 80))
    glyphs = [*line("社会", 5, 5), *line("公益", 5, 20), *line("组织", 5, 35)]
    assert texts(table, glyphs) == ["社会公益组织"]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_cell_whose_text_stands_sideways_is_read_along_it(quarters: int) -> None:
    upright = [*line("办公", 5, 3), *line("费用", 5, 20)]
    turned = [
        Glyph(glyph.text, rotate_box(glyph.box, 40, 40, 90.0 * quarters), quarters)
        for glyph in upright
    ]
    cell = GridCell(0, 0, 1, 1, Box(0, 0, 40, 40))
    (reading,) = fill_from_glyphs(TableGrid(Box(0, 0, 40, 40), 1, 1, (cell,)), turned)
    assert reading.text == "办公费用"


def test_two_numbers_in_one_cell_are_not_one() -> None:
    cells = grid(Box(0, 0, 100, 40))
    (beside,) = fill_from_glyphs(cells, [*line("12", 5, 5, 5, 5), *line("34", 60, 5, 5, 5)])
    assert beside.text == "12 34"
    (below,) = fill_from_glyphs(cells, [*line("12", 5, 5, 5, 5), *line("34", 5, 25, 5, 5)])
    assert below.confidence < 0.7


def test_figures_with_the_text_of_a_stamp_over_them_are_unsure() -> None:
    table = grid(Box(0, 0, 100, 30), Box(100, 0, 200, 30))
    figures = [*line("2197.54", 5, 8, advance=6, size=6), *line("31.71", 105, 8, advance=6, size=6)]
    stamp = line("7专", 18, 7, size=12, advance=14)
    first, second = fill_from_glyphs(table, [*figures, *stamp])
    assert first.confidence <= 0.5
    assert (second.text, second.confidence) == ("31.71", 1.0)


def test_a_text_with_a_character_that_is_not_known_is_unsure() -> None:
    """A figure that the edge of the page cuts."""
    (reading,) = fill_from_glyphs(grid(Box(0, 0, 100, 30)), line("1\ufffd", 5, 8, advance=6))
    assert reading.text == "1\ufffd"
    assert reading.confidence <= 0.5


def test_a_raised_digit_is_no_digit_of_the_number_before_it() -> None:
    table = grid(Box(0, 0, 60, 30))
    number = line("12", 10, 10, 10.0, 6.0)
    assert texts(table, [*number, *line("1", 24, 8, 6.0)]) == ["12¹"]
    # A figure in a smaller size on the same foot, as after a comma, stays what it is.
    assert texts(table, [*number, *line("1", 24, 14, 6.0)]) == ["121"]
