from decimal import Decimal

import pytest

from ocrpipe.disclosure.numbers import (
    ParsedNumber,
    looks_like_figure,
    parse_number,
    parse_scanned,
    parse_typed,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("+15", 15),
        ("-3", -3),
        ("−3", -3),
        ("－３", -3),
        ("＋１", 1),
        ("１２", 12),
        ("1,024", 1024),
        ("12，345，678", 12_345_678),
        ("7730.28", Decimal("7730.28")),
        ("560万元", 560),
        ("560.50 万元", Decimal("560.50")),
        ("21件", 21),
        ("27（件）", 27),
        ("3 (万元)", 3),
        ("增15", 15),
        ("减少 3", -3),
        (" 8\n", 8),
    ],
)
def test_a_number_is_read(text: str, value: int | Decimal) -> None:
    parsed = parse_number(text)
    assert (parsed.kind, parsed.value, parsed.exact) == ("number", value, True)
    assert type(parsed.value) is type(value)


@pytest.mark.parametrize(
    ("text", "value"), [("0.", 0), ("。0", 0), ("1°", 1), ("1 2", 12), ("'4", 4)]
)
def test_a_number_beside_specks_is_not_exact(text: str, value: int) -> None:
    parsed = parse_number(text)
    assert (parsed.kind, parsed.value, parsed.exact) == ("number", value, False)


@pytest.mark.parametrize("text", ["", "  ", "/", "-", "—", "——", "－", "无", "不适用", "未统计"])
def test_a_stroke_states_nothing(text: str) -> None:
    parsed = parse_number(text)
    assert (parsed.kind, parsed.value) == ("nothing", None)


@pytest.mark.parametrize(
    "text", ["o", "O", "l", "一", "十", "1²", "①", "1,02", "1/2", "3-4", "50%", "1.2.3", "9" * 20]
)
def test_nothing_is_made_a_number_that_is_none(text: str) -> None:
    parsed = parse_number(text)
    assert (parsed.kind, parsed.value) == ("unreadable", None)


@pytest.mark.parametrize("text", ["0 •", "*23", "• 7", "09", "010"])
def test_dust_beside_a_number_is_passed_over_and_wants_a_look(text: str) -> None:
    parsed = parse_number(text)
    assert (parsed.kind, parsed.exact) == ("number", False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("八", 8), ("十", 10), ("十七", 17), ("二十", 20), ("二十七件", 27),
        ("一百", 100), ("一百零三", 103), ("二百三十", 230), ("三千零五", 3005),
        ("三千二百一十六", 3216), ("两百条", 200),
    ],
)  # fmt: skip
def test_numbers_in_words_are_read_where_they_were_typed(text: str, value: int) -> None:
    assert parse_typed(text) == ParsedNumber("number", value)
    assert parse_number(text).kind == "unreadable"
    assert looks_like_figure(text)


@pytest.mark.parametrize(
    "text", ["一", "一二", "百", "一百三", "零三", "七零", "二千二十", "十项目"]
)
def test_what_may_be_another_number_in_words_is_none(text: str) -> None:
    assert parse_typed(text).kind == "unreadable"


@pytest.mark.parametrize(
    "mark", ["①", "*", "[1]", "[²]", "注1", "注²", "（注）", "（注1）", "(注 2)", "\u00b9"]
)
def test_a_mark_that_points_to_a_note_is_no_part_of_a_typed_number(mark: str) -> None:
    assert parse_typed(f"35{mark}") == ParsedNumber("number", 35, exact=False)
    assert looks_like_figure(f"35{mark}")


@pytest.mark.parametrize("text", ["35注", "66（0）", "87/0", "35(2)", "注1"])
def test_what_may_be_a_second_number_is_no_note_mark(text: str) -> None:
    assert parse_typed(text).kind == "unreadable"


@pytest.mark.parametrize("text", ["30√", "30 x", "30×", "√ 30", "30 \\"])
def test_the_mark_of_a_pen_is_no_part_of_a_number_which_wants_a_look(text: str) -> None:
    assert parse_scanned(text) == ParsedNumber("number", 30, exact=False)


@pytest.mark.parametrize("text", ["√", "x", "3x4", "2×5", "x-", "0 / x"])
def test_the_mark_of_a_pen_without_one_number_is_none(text: str) -> None:
    assert parse_scanned(text).kind == "unreadable"
