import pytest

from ocrpipe.document import Cell, CellRegion, Table
from ocrpipe.geometry import Box
from ocrpipe.page import GridCell, PageTable, TableGrid, TextLine
from ocrpipe.tables import is_drawing, is_empty_frame, stitch


def grid(rows: int, cols: int) -> TableGrid:
    cells = tuple(
        GridCell(r, c, 1, 1, Box(100 + 50 * c, 100 + 30 * r, 150 + 50 * c, 130 + 30 * r))
        for r in range(rows)
        for c in range(cols)
    )
    return TableGrid(Box(100, 100, 100 + 50 * cols, 100 + 30 * rows), rows, cols, cells)


def table(drawn: TableGrid, **texts: str) -> Table:
    """A table that is blank but for `texts` by place, as r0c1."""
    cells = []
    for cell in drawn.cells:
        text = texts.get(f"r{cell.row}c{cell.col}", "")
        cells.append(
            Cell(
                row=cell.row,
                col=cell.col,
                row_span=1,
                col_span=1,
                text=text,
                state="printed" if text else "blank",
                origin="digital",
                confidence=1.0,
                regions=(CellRegion(page=1, bbox=cell.box),),
            )
        )
    return Table(
        id="t",
        caption=None,
        n_rows=drawn.n_rows,
        n_cols=drawn.n_cols,
        pages=(1,),
        cells=tuple(cells),
    )


def line(text: str, x0: float, x1: float, middle: float) -> TextLine:
    return TextLine(text, Box(x0, middle - 5, x1, middle + 5), 1.0, "zh-Hans")


@pytest.mark.parametrize(("rows", "cols", "empty"), [(4, 1, True), (1, 5, True), (4, 3, False)])
def test_blank_boxes_in_one_row_or_column_are_no_table(rows: int, cols: int, empty: bool) -> None:
    drawn = grid(rows, cols)
    assert is_empty_frame(table(drawn)) == empty
    assert not is_empty_frame(table(drawn, r0c0="项目"))
    part = PageTable(table(drawn), drawn.box, 1, 595, 842, first=True, last=False)
    assert len(stitch([part])) == (not empty)


def test_a_blank_last_row_on_the_next_page_stays_with_its_table() -> None:
    upper, lower = grid(20, 5), grid(1, 5)
    heads = {f"r0c{col}": "项目" for col in range(5)}
    first = PageTable(table(upper, **heads), upper.box, 1, 595, 842, first=False, last=True)
    second = PageTable(table(lower), lower.box, 2, 595, 842, first=True, last=False)
    (joined,) = stitch([first, second])
    assert joined.n_rows == 21


def test_a_blank_grid_with_an_axis_or_in_a_figure_is_a_drawing() -> None:
    drawn = grid(4, 6)
    axis = [line(str(100 - 25 * row), 75, 92, 100 + 30 * row) for row in range(5)]
    months = [line(f"{col}月", 115 + 50 * col, 135 + 50 * col, 230) for col in range(6)]
    assert is_drawing(drawn, table(drawn), (), [*axis, *months])
    assert is_drawing(drawn, table(drawn), [drawn.box.padded(10)], ())


def test_a_form_is_no_drawing() -> None:
    drawn = grid(4, 6)
    numbered = [line(str(row), 80, 92, 115 + 30 * row) for row in range(4)]
    assert not is_drawing(drawn, table(drawn), (), numbered)
    heads = table(drawn, r0c0="姓名", r0c1="单位")
    assert not is_drawing(drawn, heads, [drawn.box], ())


@pytest.mark.parametrize(
    ("text", "chart"),
    [("6050403020100", True), ("40 30 20 10 0", True), ("43210", True), ("200150100500", True),
     ("2018", False), ("3210", False), ("20232022202120202019", False), ("100", False),
     ("6050403020", False)],
)  # fmt: skip
def test_a_column_of_even_steps_is_the_axis_of_a_framed_chart(text: str, chart: bool) -> None:
    drawn = grid(4, 6)
    cells = [
        cell.model_copy(update={"text": text, "row_span": 4}) if cell.row == cell.col == 0 else cell
        for cell in table(drawn, r1c1="网站", r1c2="微博", r2c3="其他").cells
        if cell.row == 0 or cell.col > 0
    ]

    assert (
        is_drawing(drawn, table(drawn).model_copy(update={"cells": tuple(cells)}), [], []) == chart
    )
