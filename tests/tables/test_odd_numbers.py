"""Numbers that are not written as the others of their column."""

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables import doubt_broken_numbers, doubt_odd_numbers

USUAL = ("3,681.40", "0.00", "52.89", "27,197.54", "9,290.78")


def doubted(*texts: str) -> list[str]:
    """Which of the numbers of a column have a low confidence."""
    boxes = [Box(0, 20.0 * row, 80, 20.0 * row + 20) for row in range(len(texts))]
    cells = tuple(GridCell(row, 0, 1, 1, box) for row, box in enumerate(boxes))
    grid = TableGrid(Box(0, 0, 80, 20.0 * len(texts)), len(texts), 1, cells)
    readings = [CellReading(text, "printed", 0.99, text, 0.99) for text in texts]
    found = doubt_odd_numbers(grid, readings)
    return [reading.text for reading in found if reading.confidence <= 0.6]


@pytest.mark.parametrize(
    "number", ["0.0", "3,681.0", "5289", "2,29026", "0290.78", "27,19.54", "2,860.568,4 70.61"]
)
def test_a_number_of_which_a_part_is_lost_is_unsure(number: str) -> None:
    assert doubted("金额", *USUAL, number) == [number]


def test_two_numbers_of_a_column_may_have_lost_a_part() -> None:
    assert doubted(*USUAL, "1.25", "0.0", "3,681.0") == ["0.0", "3,681.0"]


@pytest.mark.parametrize("number", ["0", "-12.50", "1,234,567.89", "—", "", "15"])
def test_others_are_as_sure_as_they_were_read(number: str) -> None:
    assert doubted(*USUAL, number) == []


def test_columns_of_codes_and_of_mixed_numbers_are_left_as_they_are() -> None:
    assert doubted("010301", "0105", "2010301", "201") == []
    assert doubted("1.5", "2.25", "3.125", "4.5", "5.75", "120") == []
    assert doubted("1.5%", "2.5%", "3.5%", "100%") == []


def test_a_number_that_goes_on_in_the_next_row_is_unsure_and_so_is_the_rest_of_it() -> None:
    texts = ["本年收入", "3,998,778,95", "6.31", "915,947,054.", "77", "1,234.50", "12"]
    boxes = [Box(0, 20.0 * row, 80, 20.0 * row + 20) for row in range(len(texts))]
    cells = tuple(GridCell(row, 0, 1, 1, box) for row, box in enumerate(boxes))
    grid = TableGrid(Box(0, 0, 80, 20.0 * len(texts)), len(texts), 1, cells)
    readings = [CellReading(text, "printed", 1.0, text, 1.0) for text in texts]

    found = doubt_broken_numbers(grid, readings)

    assert [one.text for one in found if one.confidence < 0.9] == texts[1:5]
