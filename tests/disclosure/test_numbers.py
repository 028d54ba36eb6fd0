from decimal import Decimal

import pytest

from ocrpipe.disclosure.numbers import parse_number


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


@pytest.mark.parametrize("text", ["", "  ", "/", "-", "—", "——", "－", "无", "不适用"])
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
