"""Colons in columns of decimals."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables import doubt_colons

DECIMALS = ("3,681.40", "0.00", "52.89", "-97.54", "9,290.78")


def read(*texts: str, numeric: str | None = None) -> CellReading:
    """The last one of a column of readings."""
    boxes = [Box(0, 20.0 * row, 80, 20.0 * row + 20) for row in range(len(texts))]
    cells = tuple(GridCell(row, 0, 1, 1, box) for row, box in enumerate(boxes))
    grid = TableGrid(Box(0, 0, 80, 20.0 * len(texts)), len(texts), 1, cells)
    readings = [CellReading(text, "printed", 0.99, text, 0.99) for text in texts]
    readings[-1] = CellReading(texts[-1], "printed", 0.99, numeric, 0.9)
    return doubt_colons(grid, readings)[-1]


@pytest.mark.parametrize("number", ["0:00", "3,681:40", "-12：50"])
def test_a_colon_among_decimals_is_doubted(number: str) -> None:
    found = read("金额", *DECIMALS, number)
    assert (found.text, found.confidence) == (number, 0.6)


def test_a_colon_before_more_digits_than_minutes_have_is_doubted_among_any_decimals() -> None:
    decimals = ("3.5", "12.75", "0.125", "18.0")
    assert read(*decimals, "249:7431").confidence == 0.6
    assert read(*decimals, "8:30").confidence == 0.99


def test_the_point_is_taken_from_the_numeric_reading_of_the_same_ink_alone() -> None:
    assert read(*DECIMALS, "0:00", numeric="0.00").text == "0.00"
    assert read(*DECIMALS, "0:00", numeric="0.0").text == "0:00"
    assert read(*DECIMALS, "0:00", numeric="8.00").text == "0:00"


@pytest.mark.parametrize("texts", [("8:30", "9:15", "10:00"), (*DECIMALS, "8:30", "9:15", "10:00")])
def test_times_of_the_day_are_left_as_they_are(texts: tuple[str, ...]) -> None:
    assert read(*texts).confidence == 0.99


def test_other_decimals_than_those_of_the_column_say_nothing() -> None:
    assert read("1.5", "2.5", "3.5", "4.5", "1:25").confidence == 0.99
