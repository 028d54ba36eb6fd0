import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.document import Table
from ocrpipe.ingest.web.tables import read_table

Slot = tuple[int, int, int, int, str]


def read(html: str) -> Table:
    table = read_table(lxml.html.fragment_fromstring(html), "t1", None)
    assert table is not None
    return table


def slots(table: Table) -> list[Slot]:
    return [(c.row, c.col, c.row_span, c.col_span, c.text) for c in table.cells]


def test_spans_are_kept() -> None:
    table = read(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr>"
        "</table>"
    )
    assert (table.n_rows, table.n_cols) == (2, 3)
    assert slots(table) == [
        (0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"),
    ]  # fmt: skip


def test_a_blank_cell_is_blank_and_a_zero_is_printed() -> None:
    table = read("<table><tr><td>&nbsp;</td><td>0</td><td><br></td><td>　</td></tr></table>")
    assert [cell.state for cell in table.cells] == ["blank", "printed", "blank", "blank"]
    assert {(cell.origin, cell.regions) for cell in table.cells} == {("digital", ())}


def test_a_raised_digit_is_no_digit_of_the_number_before_it() -> None:
    table = read(
        "<table><tr><td>12<sup>1</sup></td><td><span>12</span><sup>①</sup></td>"
        "<td><sup>12</sup></td><td><p><sup>5</sup>7</p></td></tr></table>"
    )
    assert [cell.text for cell in table.cells] == ["12¹", "12①", "12", "57"]


@pytest.mark.parametrize("struck", ["del", "s", "strike"])
def test_a_number_that_is_struck_out_is_none_of_the_number_beside_it(struck: str) -> None:
    table = read(
        f"<table><tr><td><{struck}>8</{struck}>0</td>"
        "<td><span style='text-decoration: line-through'>3</span>12</td></tr></table>"
    )
    assert [cell.text for cell in table.cells] == ["0", "12"]


def test_a_number_that_is_struck_out_leaves_no_blank() -> None:
    table = read(
        "<table><tr><td><s>8</s></td><td><s>件</s></td><td><s hidden>8</s></td></tr></table>"
    )
    assert [(cell.text, cell.state) for cell in table.cells] == [
        ("", "unread"), ("", "blank"), ("", "blank")
    ]  # fmt: skip


def test_what_a_script_writes_or_a_picture_shows_is_unread_and_not_blank() -> None:
    table = read(
        "<table><tr><td><script>document.write('3')</script></td><td><img src='3.gif'></td>"
        "<td><img src='space.gif' width=1 height=12></td><td>4<img src='x.png'></td>"
        "<td><script>var a = 1;</script></td></tr></table>"
    )
    states = ["unread", "unread", "blank", "printed", "blank"]
    assert [cell.state for cell in table.cells] == states


def test_a_short_row_is_filled_with_blank_cells() -> None:
    table = read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert slots(table)[-1] == (1, 1, 1, 1, "")


def test_a_row_span_ends_with_its_row_group_and_zero_reaches_to_it() -> None:
    table = read(
        "<table><tbody><tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr></tbody>"
        "<tbody><tr><td rowspan=0>d</td><td>e</td></tr><tr><td>f</td></tr></tbody></table>"
    )
    assert (0, 0, 2, 1, "a") in slots(table)
    assert (2, 0, 2, 1, "d") in slots(table)


def test_a_column_span_ends_before_a_cell_from_above() -> None:
    table = read(
        "<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>"
    )
    assert (1, 0, 1, 1, "c") in slots(table)


def test_columns_in_which_nothing_begins_have_no_extent() -> None:
    table = read("<table><tr><td colspan=50>标题</td></tr><tr><td>a</td><td>b</td></tr></table>")
    assert table.n_cols == 2


def test_empty_and_hidden_rows_have_no_extent() -> None:
    table = read(
        "<table><tr></tr><tr style='display: none'><td>x</td></tr><tr><td>a</td></tr></table>"
    )
    assert slots(table) == [(0, 0, 1, 1, "a")]


def test_a_row_that_only_tells_the_widths_of_columns_is_none() -> None:
    table = read(
        "<table><tr><td colspan=2>a</td></tr><tr height=0><td>b</td><td>c</td></tr>"
        "<![if !supportMisalignedColumns]><tr height=0><td width=9></td><td width=7>&nbsp;</td>"
        "<td width=2></td></tr><![endif]></table>"
    )
    assert slots(table) == [(0, 0, 1, 2, "a"), (1, 0, 1, 1, "b"), (1, 1, 1, 1, "c")]


def test_a_footer_stands_last() -> None:
    table = read(
        "<table><tfoot><tr><td>sum</td></tr></tfoot><tbody><tr><td>one</td></tr></tbody></table>"
    )
    assert [cell.text for cell in table.cells] == ["one", "sum"]


def test_lines_of_a_cell_are_joined_without_space_between_chinese() -> None:
    table = read("<table><tr><td>法人或<br>其他<p>组织</p></td><td>New<br>York</td></tr></table>")
    assert [cell.text for cell in table.cells] == ["法人或其他组织", "New York"]


@pytest.mark.parametrize("span", ["x", "-3", "", "0", "1.5", "2px", "9" * 5000, "٣"])
def test_odd_spans_are_read_as_a_browser_does(span: str) -> None:
    table = read(f"<table><tr><td colspan='{span}'>a</td><td>b</td></tr></table>")
    assert [cell.text for cell in table.cells if cell.text] == ["a", "b"]


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, list[Slot]]:
    """A grid and cells that tile it: slots taken in order, each grown at random."""
    n_rows, n_cols = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[Slot] = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in taken:
                continue
            width = draw(st.integers(1, 3))
            while width > 1 and any(
                c >= n_cols or (row, c) in taken for c in range(col, col + width)
            ):
                width -= 1
            height = min(draw(st.integers(1, 3)), n_rows - row)
            taken.update((r, c) for r in range(row, row + height) for c in range(col, col + width))
            cells.append((row, col, height, width, f"c{len(cells)}"))
    return n_rows, cells


@given(tilings())
def test_any_tiling_written_as_html_comes_back(tiling: tuple[int, list[Slot]]) -> None:
    n_rows, cells = tiling
    rows = [
        "".join(
            f"<td rowspan={height} colspan={width}>{text}</td>"
            for row, _, height, width, text in cells
            if row == number
        )
        for number in range(n_rows)
    ]
    table = read("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    # Rows and columns in which no cell begins vanish: those that are left keep their order.
    tops = sorted({cell[0] for cell in cells})
    lefts = sorted({cell[1] for cell in cells})
    expected = [
        (
            tops.index(row),
            lefts.index(col),
            sum(row <= top < row + height for top in tops),
            sum(col <= left < col + width for left in lefts),
            text,
        )
        for row, col, height, width, text in cells
    ]
    assert slots(table) == expected


@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5), max_size=5))
def test_any_markup_tiles(rows: list[list[tuple[int, int]]]) -> None:
    html = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>x</td>" for r, c in row) + "</tr>"
        for row in rows
    )
    table = read_table(lxml.html.fragment_fromstring(f"<table>{html}</table>"), "t1", None)
    # The model itself refuses overlaps and holes; no cell may get lost either.
    count = sum(map(len, rows))
    assert (table is None) == (count == 0)
    if table is not None:
        assert sum(cell.text == "x" for cell in table.cells) == count
