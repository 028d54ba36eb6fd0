import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables import dividable_cells, divide, doubt_wide_numbers

ROW, COLUMN, SIZE = 20.0, 50.0, 8.0


def grid(rows: int, cols: int, *merged: tuple[int, int, int, int]) -> TableGrid:
    """A grid of equal slots; `merged` are cells (row, col, row span, col span)."""
    taken = {
        (r, c)
        for row, col, n_rows, n_cols in merged
        for r in range(row, row + n_rows)
        for c in range(col, col + n_cols)
    }
    single = [(r, c, 1, 1) for r in range(rows) for c in range(cols) if (r, c) not in taken]
    cells = tuple(
        GridCell(r, c, rs, cs, Box(c * COLUMN, r * ROW, (c + cs) * COLUMN, (r + rs) * ROW))
        for r, c, rs, cs in sorted([*single, *merged])
    )
    return TableGrid(Box(0, 0, cols * COLUMN, rows * ROW), rows, cols, cells)


def digits(x: float, y: float, count: int = 2) -> list[Box]:
    """Marks of a number about a point."""
    left = x - count * 2.5
    return [
        Box(left + 5 * index, y - SIZE / 2, left + 5 * index + 4, y + SIZE / 2)
        for index in range(count)
    ]


def read(text: str) -> CellReading:
    return CellReading(text, "printed" if text else "blank", 1.0, text or None, 1.0)


def parted(table: TableGrid, marks: list[Box], texts: list[str]) -> tuple[TableGrid, list[str]]:
    """The table after `divide`, where every piece with print reads as the next of `texts`."""
    pieces = dividable_cells(table, marks)
    rest = iter(texts)
    of_pieces = {
        index: [
            read(next(rest) if any(c.box.contains_point(*m.center) for m in marks) else "")
            for c in cells
        ]
        for index, cells in pieces.items()
    }
    result, readings = divide(
        table, [read("其他")] * len(table.cells), pieces, of_pieces, scanned=False
    )
    return result, [reading.text for reading in readings]


def test_two_numbers_without_a_wall_between_are_parted_where_other_rows_have_it() -> None:
    table = grid(4, 4, (2, 1, 1, 2))
    marks = digits(1.5 * COLUMN, 2.5 * ROW) + digits(2.5 * COLUMN, 2.5 * ROW)
    result, texts = parted(table, marks, ["12", "34"])
    assert len(result.cells) == 16
    (left,) = [cell for cell in result.cells if (cell.row, cell.col) == (2, 1)]
    assert left.box == Box(COLUMN, 2 * ROW, 2 * COLUMN, 3 * ROW)
    assert {"12", "34"} <= set(texts)


@pytest.mark.parametrize("width", [0.8, 1.8])
def test_what_is_left_of_the_wall_between_two_numbers_keeps_them_in_no_one_cell(
    width: float,
) -> None:
    table, edge = grid(4, 4, (2, 1, 1, 2)), 2.0 * COLUMN
    left = Box(edge - width / 2, 2.1 * ROW, edge + width / 2, 2.1 * ROW + 9)
    marks = digits(1.5 * COLUMN, 2.5 * ROW, 1) + digits(2.5 * COLUMN, 2.5 * ROW, 1)
    (found,) = dividable_cells(table, [*marks, left]).values()
    assert [(piece.col, piece.col_span) for piece in found] == [(1, 1), (2, 1)]


def test_slots_without_print_in_such_a_cell_are_blank_cells() -> None:
    table = grid(4, 5, (1, 0, 1, 5))
    marks = digits(0.5 * COLUMN, 1.5 * ROW) + digits(3.5 * COLUMN, 1.5 * ROW)
    result, texts = parted(table, marks, ["12", "34"])
    assert len(result.cells) == 20
    assert texts.count("") == 3


def test_numbers_of_two_rows_are_parted_at_the_row_edge() -> None:
    table = grid(4, 4, (1, 2, 2, 1))
    marks = digits(2.5 * COLUMN, 1.5 * ROW) + digits(2.5 * COLUMN, 2.5 * ROW)
    result, _ = parted(table, marks, ["7", "8"])
    assert len(result.cells) == 16


@pytest.mark.parametrize("length", [12.0, 30.0])
def test_what_is_left_of_a_row_edge_makes_no_dust_of_the_numbers_at_its_sides(
    length: float,
) -> None:
    """A fax lost the first half of the rule between 41 and 126: a part longer than the digits."""
    table, edge = grid(4, 4, (1, 2, 2, 1)), 2.0 * ROW
    left = Box(3 * COLUMN - 2 - length, edge - 0.2, 3 * COLUMN - 2, edge + 0.2)
    marks = digits(2.5 * COLUMN, 1.5 * ROW) + digits(2.5 * COLUMN, 2.5 * ROW, 3)
    (found,) = dividable_cells(table, [*marks, left]).values()
    assert [(piece.row, piece.row_span) for piece in found] == [(1, 1), (2, 1)]


def test_one_number_in_a_wide_cell_keeps_it_whole() -> None:
    table = grid(4, 4, (2, 1, 1, 2))
    for x in (1.5, 2.0, 2.5):
        assert dividable_cells(table, digits(x * COLUMN, 2.5 * ROW, 3)) == {}


def test_a_decimal_point_at_a_column_edge_is_no_gap_between_two_numbers() -> None:
    """141.33 whose point is set as wide as a digit, with white on both sides of it."""
    table = grid(4, 4, (2, 1, 1, 2))
    x, y = 2 * COLUMN, 2.5 * ROW
    marks = digits(x - 7.5, y, 2) + digits(x + 11, y, 2)
    point = Box(x + 1.4, y + SIZE / 2 - 1.2, x + 2.6, y + SIZE / 2)
    dust = Box(x + 1.4, y - SIZE / 2, x + 2.6, y - SIZE / 2 + 1.2)
    assert dividable_cells(table, [*marks, dust])
    assert not dividable_cells(table, [*marks, point])


def test_words_set_wide_over_two_columns_are_one_head() -> None:
    table = grid(4, 4, (0, 1, 1, 2))
    marks = digits(1.5 * COLUMN, 0.5 * ROW, 1) + digits(2.5 * COLUMN, 0.5 * ROW, 1)
    result, _ = parted(table, marks, ["合", "计"])
    assert result == table


def test_an_edge_that_few_rows_have_parts_nothing() -> None:
    wide = [(row, 1, 1, 2) for row in range(1, 6)]
    table = grid(6, 4, *wide)
    marks = digits(1.5 * COLUMN, 2.5 * ROW) + digits(2.5 * COLUMN, 2.5 * ROW)
    assert dividable_cells(table, marks) == {}


def test_two_numbers_are_parted_where_two_of_eight_rows_have_the_wall() -> None:
    lost = range(2, 8)
    table = grid(8, 4, *((row, 1, 1, 2) for row in lost))
    marks = [
        mark
        for row in lost
        for col in (1, 2)
        for mark in digits((col + 0.5) * COLUMN, (row + 0.5) * ROW)
    ]
    result, texts = parted(table, marks, ["12", "34"] * len(lost))
    assert len(result.cells) == 32
    assert texts.count("12") == texts.count("34") == len(lost)


def test_a_label_of_a_group_of_rows_says_nothing_of_their_edges() -> None:
    """The label column spans all rows; of the others most have lost their parts of a rule."""
    lost = [(1, col, 2, 1) for col in (2, 3, 4, 5)]
    table = grid(4, 7, (0, 0, 4, 1), *lost)
    marks = [
        mark
        for col in (2, 3, 4, 5)
        for row in (1, 2)
        for mark in digits((col + 0.5) * COLUMN, (row + 0.5) * ROW)
    ]
    assert len(dividable_cells(table, marks)) == len(lost)


@given(x=st.floats(0.6, 2.4), count=st.integers(2, 6))
def test_close_digits_are_never_parted(x: float, count: int) -> None:
    table = grid(4, 3, (1, 0, 1, 3))
    assert dividable_cells(table, digits(x * COLUMN, 1.5 * ROW, count)) == {}


def test_a_number_with_a_gap_as_between_two_is_doubted() -> None:
    table = grid(1, 2)
    marks = digits(0.3 * COLUMN, 10) + digits(0.8 * COLUMN, 10) + digits(1.5 * COLUMN, 10, 4)
    wide, close = doubt_wide_numbers(table, [read("1234"), read("1234")], marks)
    assert wide.confidence <= 0.5
    assert close.confidence == 1.0


def test_words_are_not_parted_for_a_number_that_nobody_believes() -> None:
    table = grid(4, 4, (1, 0, 3, 1))
    words = [Box(20, y, 30, y + 10) for y in (25, 45, 65)]
    pieces = dividable_cells(table, words)
    assert pieces
    unbelieved = CellReading("三", "printed", 1.0, "1", 0.0)
    of_pieces = {index: [unbelieved] * len(cells) for index, cells in pieces.items()}
    result, _ = divide(table, [read("三、本")] * len(table.cells), pieces, of_pieces, scanned=False)
    assert result.cells == table.cells


@pytest.mark.parametrize(
    ("texts", "several"),
    [
        (["1.国家秘密", "2.第三方", "3.其他"], True),
        (["7.执法案卷", "8.查询事项", "1.不掌握"], True),
        (["（一）予以公开", "（二）部分公开", "（三）不予公开"], True),
        (["1.国家秘密", "和商业秘密", "2.其他"], False),
        (["3.国家秘密", "2.第三方", "5.其他"], False),
        (["1.5", "2.5", "3.5万元"], False),
    ],
)
def test_the_items_of_a_list_are_parted_on_scans_alone(texts: list[str], several: bool) -> None:
    table = grid(4, 4, (1, 0, 3, 1))
    words = [Box(20, y, 30, y + 10) for y in (25, 45, 65)]
    pieces = dividable_cells(table, words)
    labels = [CellReading(text, "printed", 1.0) for text in texts]
    of_pieces = dict.fromkeys(pieces, labels)
    whole = [read("其他")] * len(table.cells)
    scan, readings = divide(table, whole, pieces, of_pieces, scanned=True)
    assert (len(scan.cells) == len(table.cells) + 2) is several
    assert all(text in {reading.text for reading in readings} for text in texts) is several
    assert divide(table, whole, pieces, of_pieces, scanned=False)[0].cells == table.cells


@pytest.mark.parametrize(
    ("label", "number", "above", "several"),
    [
        ("1.国家秘密", "0", "12", True),
        ("1.国家秘密", "/", "—", True),
        ("1.国家秘密", "0", "其他", False),
        ("1.国家秘密", "份", "12", False),
        ("17", "份", "12", False),
    ],
)
def test_a_label_and_its_number_are_parted_on_scans_where_both_stand_in_such_columns(
    label: str, number: str, above: str, several: bool
) -> None:
    table = grid(5, 3, (2, 0, 1, 2))
    marks = [Box(5, 45, 15, 55), Box(70, 45, 75, 55)]
    pieces = dividable_cells(table, marks)
    of_pieces = {index: [read(label), read(number)] for index in pieces}
    column = {0: "其他", 1: above, 2: "3"}
    whole = [read("1.国家秘密0" if cell.col_span > 1 else column[cell.col]) for cell in table.cells]
    scan, readings = divide(table, whole, pieces, of_pieces, scanned=True)
    assert len(scan.cells) == len(table.cells) + several
    assert (number in [reading.text for reading in readings]) is several
    assert divide(table, whole, pieces, of_pieces, scanned=False)[0].cells == table.cells


def test_a_label_in_the_middle_of_several_columns_parts_from_the_number_beside_it() -> None:
    """The labels above take both columns of labels, and the edge between is clear of this one."""
    table = grid(5, 4, (0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 3))
    marks = [Box(55, 45, 90, 55), Box(120, 45, 125, 55)]
    pieces = dividable_cells(table, marks)
    of_pieces = {index: [read(text) for text in ("", "结转", "/")] for index in pieces}
    numbers = {2: "/", 3: "3"}
    whole = [
        read("结转/" if cell.col_span == 3 else numbers.get(cell.col, "合计"))
        for cell in table.cells
    ]
    scan, readings = divide(table, whole, pieces, of_pieces, scanned=True)
    spans = {(cell.col, cell.col_span) for cell in scan.cells if cell.row == 2}
    assert spans == {(0, 2), (2, 1), (3, 1)}
    assert "结转" in [reading.text for reading in readings]


@pytest.mark.parametrize(
    ("head", "first", "above", "several"),
    [
        ("总计", "623", "其他", True),
        ("总计", "/", "其他", True),
        ("（勾稽关系）", "一、本年新收", "其他", True),
        ("总计", "623", "12", False),
        ("总计", "合计", "其他", False),
        ("12", "一、本年新收", "其他", False),
    ],
)
def test_a_head_and_what_stands_below_it_are_parted_on_scans_where_the_heads_beside_it_end(
    head: str, first: str, above: str, several: bool
) -> None:
    """A coarse fax left one dot of the rule between."""
    table = grid(3, 5, (0, 4, 2, 1))
    dot = Box(4.2 * COLUMN, ROW - 1.2, 4.2 * COLUMN + 0.4, ROW + 1.3)
    marks = [Box(210, 5, 240, 13), Box(220, 27, 235, 35), dot]
    pieces = dividable_cells(table, marks)
    of_pieces = {index: [read(head), read(first)] for index in pieces}
    rows = {0: above, 1: "3", 2: "4"}
    whole = [
        read(f"{head}{first}" if cell.row_span == 2 else rows[cell.row]) for cell in table.cells
    ]
    scan, readings = divide(table, whole, pieces, of_pieces, scanned=True)
    assert len(scan.cells) == len(table.cells) + several
    assert ({head, first} <= {reading.text for reading in readings}) is several
    assert divide(table, whole, pieces, of_pieces, scanned=False)[0].cells == table.cells


def test_numbers_are_parted_where_those_beside_them_stand_on_both_sides_of_the_edge_too() -> None:
    """The rule is gone in most columns, and in one the next rule, too."""
    table = grid(4, 7, (0, 2, 3, 1), *((0, col, 2, 1) for col in range(3, 7)))
    marks = [
        mark
        for col in range(2, 7)
        for row in (0, 1, 2)
        for mark in digits((col + 0.5) * COLUMN, (row + 0.5) * ROW)
    ]
    result, _ = parted(table, marks, [str(number) for number in range(10, 21)])
    assert len(result.cells) == 28


def test_what_is_left_of_a_wall_does_not_join_the_rows_beside_it() -> None:
    table, edge = grid(4, 4, (1, 1, 2, 2)), 2.0 * COLUMN
    wall = Box(edge - 0.4, ROW + 1, edge + 0.4, 3 * ROW - 1)
    numbers = [(x * COLUMN, y * ROW) for y in (1.5, 2.5) for x in (1.5, 2.5)]
    marks = [mark for x, y in numbers for mark in digits(x, y)]
    result, _ = parted(table, [*marks, wall], ["10", "11", "12", "13"])
    assert len(result.cells) == 16
