"""Numbers that are not written as the others of their column."""

from dataclasses import replace

import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import Alternative, CellReading, GridCell, TableGrid
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


@pytest.mark.parametrize("sign", ["-", "－", "−", "+", "＋"])
def test_a_number_with_a_sign_is_looked_at_as_one_without(sign: str) -> None:
    """U+2212, the minus of text layers, was none, and its number no number of the column."""
    assert doubted("金额", *USUAL, f"{sign}3,681.0") == [f"{sign}3,681.0"]


def test_two_numbers_of_a_column_may_have_lost_a_part() -> None:
    assert doubted(*USUAL, "1.25", "0.0", "3,681.0") == ["0.0", "3,681.0"]


@pytest.mark.parametrize("text", ["无38518", "15.0%111,640", "123.3%901～52", "118→121", "59;914"])
def test_what_is_joined_by_a_lost_wall_or_parted_by_dust_is_unsure(text: str) -> None:
    assert doubted("数量", text, "合计") == [text]


def test_a_share_whose_sign_is_read_as_digits_is_unsure() -> None:
    shares = ("72%", "103%", "95.3%", "52.2%", "9%")
    assert doubted("占比", *shares, "396", "0", "23.0796") == ["396", "23.0796"]
    assert doubted("数量", "72", "103", "9%", "396") == []


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


def test_a_lone_point_among_whole_numbers_is_dust_if_the_ink_was_read_without_it() -> None:
    texts = [*map(str, range(100, 109)), "11.4"]
    boxes = [Box(0, 20.0 * row, 80, 20.0 * row + 20) for row in range(len(texts))]
    cells = tuple(GridCell(row, 0, 1, 1, box) for row, box in enumerate(boxes))
    grid = TableGrid(Box(0, 0, 80, 20.0 * len(texts)), len(texts), 1, cells)
    whole = [CellReading(text, "printed", 0.99, text, 0.99) for text in texts[:-1]]
    pointed = CellReading("11.4", "printed", 0.79, "11.4", 0.76, (Alternative("114", 0.99),))

    (*_, found) = doubt_odd_numbers(grid, [*whole, pointed])
    assert (found.text, found.confidence) == ("114", 0.6)
    (*_, found) = doubt_odd_numbers(grid, [*whole, replace(pointed, alternatives=())])
    assert found.text == "11.4"
    others = [*whole[:-1], replace(whole[-1], text="10.8"), pointed]
    assert doubt_odd_numbers(grid, others)[-1].text == "11.4"
