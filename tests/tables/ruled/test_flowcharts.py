"""Boxes that lines join are no tables; a form with blank cells between its labels is one."""

from ocrpipe.document import Cell, Table
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables import find_grids, is_flowchart
from tests.tables.drawing import HEIGHT, WIDTH
from tests.tables.ruled.test_frames import ruled

STEPS = ("提出申请", "受理登记", "审查", "答复申请人")


def read(grid: TableGrid, texts: dict[tuple[float, float], str]) -> Table:
    """A table with each text in the cell that holds its point."""
    cells = []
    for cell in grid.cells:
        text = "".join(text for point, text in texts.items() if cell.box.contains_point(*point))
        cells.append(
            Cell(
                row=cell.row, col=cell.col, row_span=cell.row_span, col_span=cell.col_span,
                text=text, state="printed" if text else "blank", origin="digital",
                confidence=1.0, regions=(),
            )
        )  # fmt: skip
    return Table(
        id="t", caption=None, n_rows=grid.n_rows, n_cols=grid.n_cols, pages=(1,),
        cells=tuple(cells),
    )  # fmt: skip


def drawn(rulings: list[Ruling], texts: dict[tuple[float, float], str]) -> bool:
    (grid,) = find_grids(rulings, WIDTH, HEIGHT)
    return is_flowchart(grid, read(grid, texts), rulings)


def test_boxes_one_below_the_other_that_lines_join_are_a_flowchart() -> None:
    rulings: list[Ruling] = []
    texts = {}
    for step, text in enumerate(STEPS):
        top, half = 100.0 + 40 * step, 50.0 + 7 * (step % 3)
        rulings += ruled((300 - half, 300 + half), (top, top + 25))
        rulings += [Ruling(300, top + 25, 300, top + 40)] if step < 3 else []
        texts[298, top + 12] = text + "事项"
    assert drawn(rulings, texts)
    # One that stands beside an arrow is the name of a branch.
    assert drawn(rulings, texts | {(270, 132): "是"})


def test_a_form_with_blank_cells_between_its_labels_is_a_table() -> None:
    rulings = ruled((100, 160, 220, 280, 340, 400, 460), (100, 125))
    texts = {(130.0, 110.0): "姓名栏", (250.0, 110.0): "性别栏", (370.0, 110.0): "籍贯栏"}
    assert not drawn(rulings, texts)


def test_labels_that_stand_wall_to_wall_are_those_of_a_table() -> None:
    rulings = ruled((100, 200, 300, 400), (100, 125, 150, 175))
    texts = {(150.0, 110.0): "信息内容", (250.0, 110.0): "制发件数", (150.0, 135.0): "行政许可"}
    assert not drawn(rulings, texts)
