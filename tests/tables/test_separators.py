"""Commas and points by the other numbers of a column."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables import choose_separators


def chosen(*texts: str) -> list[CellReading]:
    """A column of readings, all sure."""
    boxes = [Box(0, 20.0 * row, 80, 20.0 * row + 20) for row in range(len(texts))]
    cells = tuple(GridCell(row, 0, 1, 1, box) for row, box in enumerate(boxes))
    grid = TableGrid(Box(0, 0, 80, 20.0 * len(texts)), len(texts), 1, cells)
    return list(choose_separators(grid, [CellReading(t, "printed", 0.99, t, 0.99) for t in texts]))


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (("数量", "12", "345", "1.546"), "1,546"),
        (("1,234,567", "98.765"), "98,765"),
        (("数量", "12345", "2.113", "4.018", "9.772", "1,546"), "1.546"),
        (("0.871", "-2.113", "4.018", "9.772", "-9,584"), "-9.584"),
        (("2.113", "17.131", "9.584", "8.460", "9,972"), "9.972"),
    ],
)
def test_a_column_tells_the_separator_of_a_number_that_may_have_either(
    texts: tuple[str, ...], last: str
) -> None:
    found = chosen(*texts)[-1]
    assert (found.text, found.numeric_text, found.confidence) == (last, last, 0.8)


@pytest.mark.parametrize(
    ("text", "number"),
    [("59;914", "59,914"), ("-1,592;709.5", "-1,592,709.5"), ("950；398万元", "950,398万元")],
)
def test_a_semicolon_between_groups_of_digits_is_a_comma_under_dust(text: str, number: str) -> None:
    (found,) = chosen(text)
    assert (found.text, found.confidence) == (number, 0.6)


@pytest.mark.parametrize("text", ["1;2", "12;345;67", "0;123", "甲;123"])
def test_other_semicolons_stay(text: str) -> None:
    assert chosen(text)[0].text == text


def test_units_stand_behind_numbers() -> None:
    assert chosen("12元", "345件", "7.790公里")[-1].text == "7,790公里"


@pytest.mark.parametrize(
    "texts",
    [
        ("12", "345", "12.5", "1.546"),  # several measures
        ("2024", "1,546"),  # a year
        ("1,234,567", "12345", "1.546"),
        ("12345", "2.113", "4.018", "1,546"),
        ("7", "1.546"),
        ("1,546", "2.113", "98,765", "9.584"),
        ("12", "345", "1,546"),
    ],
)
def test_where_a_column_does_not_tell_numbers_stay(texts: tuple[str, ...]) -> None:
    assert [reading.text for reading in chosen(*texts)] == list(texts)
    assert all(reading.confidence == 0.99 for reading in chosen(*texts))
