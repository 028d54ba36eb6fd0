"""When the numeric reading of a cell's ink is taken."""

from dataclasses import replace

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Alternative, CellReading, GridCell, TableGrid
from ocrpipe.tables.numeric import choose_numeric, is_number


def chosen(rows: list[list[CellReading | str]]) -> list[list[CellReading]]:
    width = len(rows[0])
    cells = tuple(
        GridCell(row, col, 1, 1, Box(col, row, col + 1, row + 1))
        for row in range(len(rows))
        for col in range(width)
    )
    readings = [
        entry if isinstance(entry, CellReading) else read(entry) for row in rows for entry in row
    ]
    result = choose_numeric(TableGrid(Box(0, 0, 9, 9), len(rows), width, cells), readings)
    return [list(result[i : i + width]) for i in range(0, len(result), width)]


def read(text: str, number: str | None = None, sure: float = 0.9) -> CellReading:
    state = "printed" if text else "blank"
    return CellReading(text, state, 0.95, number, sure if number else 0.0)


@pytest.mark.parametrize(
    "text", ["o", "O", "〇", "0.", "·0", "Q", "。0", "()", ")", "θ", "、θ", "O:", ":0"]
)
def test_a_misread_digit_among_numbers_becomes_one(text: str) -> None:
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", read(text, "0")], ["丙", "3"]])
    assert rows[2][1].text == "0"
    assert rows[2][1].confidence < 0.95


def test_a_nine_read_as_a_letter_is_one_among_numbers_alone() -> None:
    rows = chosen([["类别", "数量"], ["q", "12"], ["乙", read("q", "9")], ["丙", "3"]])
    assert [row[1].text for row in rows[1:]] == ["12", "9", "3"]
    assert rows[1][0].text == "q"


def test_a_row_of_numbers_under_words_counts_as_well() -> None:
    rows = chosen([["维持", "纠正", "其他", "总计"], ["1", read("o", "0"), "2", "3"]])
    assert rows[1][1].text == "0"


def test_words_remain_words() -> None:
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", read("无", "7")], ["O", "3"]])
    assert rows[2][1] == read("无", "7")
    assert rows[3][0].text == "O"


def test_a_lone_dash_among_numbers_is_a_dash_and_one_among_words_is_not() -> None:
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", "一"], ["丙", "3"], ["一", "4"]])
    assert rows[2][1].text == "—"
    assert rows[4][0].text == "一"


def test_dashes_in_a_column_with_few_numbers() -> None:
    rows = chosen([["项目", "数量"], ["甲", "一"], ["乙", "一"], ["丙", "3"], ["丁", "一"]])
    assert [row[1].text for row in rows] == ["数量", "—", "—", "3", "—"]
    ordinals = chosen([["项目", "届次"], ["甲", "一"], ["乙", "二"], ["丙", "三"], ["丁", "一"]])
    assert [row[1].text for row in ordinals] == ["届次", "一", "二", "三", "一"]


def test_an_even_stroke_among_words_is_a_dash_unless_it_counts() -> None:
    stroke = read("一", "—", 0.96)
    rows = chosen([["项目", "金额"], ["甲", stroke], ["乙", "不详"], [stroke, stroke]])
    assert [row[1].text for row in rows] == ["金额", "—", "不详", "—"]
    assert rows[3][0].text == "一"
    assert chosen([["项目", "届次"], ["甲", stroke], ["乙", "二"]])[1][1].text == "一"
    assert chosen([["项目", stroke, "二"], ["甲", "是", "否"]])[0][1].text == "一"
    uneven = read("一", "—", 0.8)
    assert chosen([["项目", "金额"], ["甲", uneven], ["乙", "不详"]])[1][1].text == "一"


def test_nothing_is_invented() -> None:
    rows = chosen([["甲", "1"], ["乙", "2"], ["丙", read("。")], ["丁", read("")]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("。", 0.5)
    assert rows[3][1] == read("")


def test_a_number_with_two_points_has_a_comma() -> None:
    read_so = {"2.846.29": "2,846.29", "1.234.567.8": "1,234,567.8", "2.84.29": "2.84.29"}
    for text, printed in read_so.items():
        rows = chosen([["项目", "金额"], ["甲", "12"], ["乙", read(text)], ["丙", "3"]])
        assert rows[2][1].text == printed
        assert rows[2][1].confidence < 0.9


def test_a_reading_that_lost_a_separator_is_not_taken() -> None:
    rows = chosen([["甲", "1.50"], ["乙", "2.00"], ["丙", read("2.84.29", "28429")]])
    assert rows[2][1].text == "2.84.29"
    assert rows[2][1].confidence <= 0.5


@pytest.mark.parametrize("text", ["189-278", "5—8", "2023-10-24"])
def test_a_range_among_numbers_keeps_its_dashes(text: str) -> None:
    number = text.replace("-", "").replace("—", "")
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", read(text, number)], ["丙", "3"]])
    assert (rows[2][1].text, rows[2][1].confidence) == (text, 0.95)


def test_a_range_that_is_not_sure_needs_another_one_in_its_column() -> None:
    unsure = replace(read("18-9", "189"), confidence=0.7)
    assert chosen([["12"], [unsure], ["3"], ["15"]])[1][0].text == "189"
    assert chosen([["12"], [unsure], ["3-8"], ["15"]])[1][0].text == "18-9"


def test_an_unsure_number_of_the_same_shapes_is_taken_as_doubtful() -> None:
    rows = chosen([["甲", "1"], ["乙", "2"], ["丙", read("Q", "0", 0.1)]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("0", 0.5)
    rows = chosen([["甲", "1"], ["乙", "2"], ["丙", read("Q", "8", 0.1)]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("Q", 0.5)


def test_the_shape_of_a_letter_counts_where_the_recogniser_believes_in_no_digit() -> None:
    rows = chosen([["甲", "1"], ["乙", "2"], ["丙", read("Q", "9", 0.0001)]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("0", 0.5)


def test_ink_that_only_the_numeric_reading_explains() -> None:
    unread = CellReading("", "unread", 0.0, "1", 0.8)
    rows = chosen([["甲", "1"], ["乙", "2"], ["丙", unread]])
    assert (rows[2][1].text, rows[2][1].state) == ("1", "printed")


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", True), ("+15", True), ("1,024", True), ("7730.28", True), ("12%", True), ("—", True),
     ("/", True), ("２３", True), ("＋4", True), ("0.", False), ("1.2.3", False), ("一", False),
     ("3个", False), ("无", True)],
)  # fmt: skip
def test_what_is_a_number(text: str, number: bool) -> None:
    assert is_number(text) is number


def test_a_number_in_brackets_keeps_them() -> None:
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", read("(5)", "5")], ["丙", "3"]])
    assert rows[2][1].text == "(5)"


def test_a_level_stroke_that_begins_a_count_is_one() -> None:
    rows = chosen([["方案", "内容"], ["—", "甲"], ["二", "乙"], ["—", "丙"], ["二", "丁"]])
    assert [row[0].text for row in rows] == ["方案", "一", "二", "一", "二"]
    # A placeholder elsewhere remains one.
    rows = chosen([["方案", "备注"], ["甲", "—"], ["二", "—"], ["—", "丁"]])
    assert [row[1].text for row in rows] == ["备注", "—", "—", "丁"]
    assert rows[3][0].text == "—"


def with_rivals(text: str, confidence: float, *rivals: tuple[str, float]) -> CellReading:
    others = tuple(Alternative(*rival) for rival in rivals)
    return CellReading(text, "printed" if text else "unread", confidence, alternatives=others)


@pytest.mark.parametrize("text", ["↓", "C", "(l", "り", ""])
def test_ink_that_was_read_as_no_number_is_the_likeliest_one_and_doubtful(text: str) -> None:
    ink = with_rivals(text, 0.7, ("+", 0.4), ("4", 0.31), ("1", 0.05))
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", ink], ["丙", "3"]])
    assert (rows[2][1].text, rows[2][1].state) == ("4", "printed")
    assert rows[2][1].confidence == 0.31


def test_units_sure_letters_and_ink_without_a_notable_number_stay() -> None:
    for ink in (
        with_rivals("个", 0.7, ("4", 0.3)),
        with_rivals("√", 0.7, ("4", 0.3)),
        with_rivals("5*", 0.7, ("5", 0.3)),
        with_rivals("＋4", 0.7, ("+4", 0.6)),
        with_rivals("A", 0.99, ("4", 0.03)),
        with_rivals("↓", 0.7, ("4", 0.005), ("+", 0.5)),
    ):
        rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", ink], ["丙", "3"]])
        assert rows[2][1].text == ink.text


def test_a_letter_among_words_stays() -> None:
    rows = chosen([["等级", "评语"], ["C", "好"], [with_rivals("C", 0.7, ("0", 0.3)), "好"]])
    assert rows[2][0].text == "C"


def test_a_sure_letter_amidst_numbers_on_all_sides_is_one() -> None:
    ink = with_rivals("r", 0.99, ("1", 0.02))
    rows = chosen([["项目", "甲", "乙"], ["一", "12", "3"], ["二", ink, "4"], ["三", "3", "5"]])
    assert [cell.text for cell in rows[2]] == ["二", "r", "4"]
    rows = chosen([["12", "3", "7"], ["4", ink, "9"], ["3", "5", "2"]])
    assert (rows[1][1].text, rows[1][1].confidence) == ("1", 0.02)


def test_the_number_of_most_pictures_goes_before_a_surer_one() -> None:
    ink = CellReading("", "unread", 0.3, "4", 0.2, (Alternative("1", 0.5),))
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", ink], ["丙", "3"]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("4", 0.2)


def test_a_letter_that_dust_beside_a_number_was_read_as_goes_if_the_ink_was_read_without_it() -> (
    None
):
    dusty = CellReading("0s", "printed", 0.83, "0", 0.1, (Alternative("0", 0.2),))
    for reading, text in ((dusty, "0"), (replace(dusty, alternatives=()), "0s")):
        rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", reading], ["丙", "3"]])
        assert rows[2][1].text == text
    assert chosen([["型号", "0s"], ["甲", dusty], ["乙", "A3"]])[1][1].text == "0s"


def test_specks_behind_a_number_go_where_they_were_read_apart() -> None:
    rows = chosen([["项目", "数量"], ["甲", "12"], ["乙", read("1 ,")], ["丙", "3"]])
    assert (rows[2][1].text, rows[2][1].confidence) == ("1", 0.5)


def test_points_for_commas_are_told_where_one_number_stands_beside_them() -> None:
    heads = ["信息内容", "项目数量", "总金额"]
    rows = chosen([heads, ["政府集中采购", "5", read("7.239.94", "7.239.94")]])
    assert (rows[1][2].text, rows[1][2].confidence) == ("7,239.94", 0.85)
    rows = chosen([heads, ["标准", "乙", read("7.239.94", "7.239.94")]])
    assert rows[1][2].text == "7.239.94"


@pytest.mark.parametrize(
    ("text", "number"), [("L1", "11"), ("7.0G", "7.06"), ("17G,146", "176,146")]
)
def test_letters_that_look_like_digits_are_some_among_numbers(text: str, number: str) -> None:
    def column(read: CellReading) -> CellReading:
        return chosen([["项目", "数量"], ["甲", "12"], ["乙", read], ["丙", "3"]])[2][1]

    doubtful = replace(read(text, number, 0.3), confidence=0.8)
    assert (column(doubtful).text, column(doubtful).confidence) == (number, 0.5)
    sure = replace(doubtful, confidence=0.99)
    assert column(sure).text == text
    assert column(replace(doubtful, numeric_text=number[1:])).text != number
