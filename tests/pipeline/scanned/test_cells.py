"""Tables that stand sideways on a page whose other text is upright."""

import pymupdf
import pytest

from ocrpipe import Options, convert
from ocrpipe.geometry import Box
from ocrpipe.options import OcrOptions
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.pipeline.scanned.cells import _any_reads, _Read

HEAD = ("序号", "项目名称", "预算金额", "执行数")
ROWS = (
    ("1", "办公设备购置", "1205", "1180"),
    ("2", "信息系统维护", "364", "351"),
    ("3", "档案数字化", "87", "90"),
    ("4", "宣传培训费用", "46", "12"),
)
PROSE = "本年度各项工作按照计划有序推进，经费使用情况见下表，表中金额单位为万元。"
LEFT, TOP, ROW, COLUMNS = 150.0, 330.0, 40.0, (60.0, 130.0, 100.0, 90.0)


def page_with_sideways_table(quarters: int) -> bytes:
    """An upright page with a ruled table turned clockwise by 1 or 3 quarter turns."""
    along = [sum(COLUMNS[:index]) for index in range(len(COLUMNS) + 1)]
    length, depth = along[-1], ROW * (1 + len(ROWS))

    def place(x: float, y: float) -> tuple[float, float]:
        """A point of the upright table on the page."""
        if quarters == 1:
            return LEFT + depth - y, TOP + x
        return LEFT + y, TOP + length - x

    with pymupdf.open() as made:
        page = made.new_page()
        for line in range(12):
            text = "第一部分  基本情况说明" if line == 0 else PROSE
            page.insert_text((70, 60 + 20 * line), text, fontname="china-s", fontsize=12)
        for row in range(len(ROWS) + 2):
            page.draw_line(place(0, ROW * row), place(length, ROW * row), width=0.8)
        for edge in along:
            page.draw_line(place(edge, 0), place(edge, depth), width=0.8)
        for row, cells in enumerate((HEAD, *ROWS)):
            for col, text in enumerate(cells):
                page.insert_text(
                    place(along[col] + 8, ROW * row + 25),
                    text,
                    fontname="china-s",
                    fontsize=13,
                    rotate=-90 * quarters % 360,
                )
        page.insert_text((290, 820), "— 3 —", fontname="china-s", fontsize=10)
        return bytes(made.tobytes())


def as_scan(pdf: bytes) -> bytes:
    with pymupdf.open(stream=pdf) as drawn, pymupdf.open() as made:
        page = made.new_page()
        page.insert_image(page.rect, stream=drawn[0].get_pixmap(dpi=200).tobytes("png"))
        return bytes(made.tobytes())


@pytest.mark.parametrize("scanned", [False, True])
@pytest.mark.parametrize("quarters", [1, 3])
def test_a_table_that_stands_sideways_is_given_as_it_is_read(quarters: int, scanned: bool) -> None:
    pdf = page_with_sideways_table(quarters)
    document = convert(as_scan(pdf) if scanned else pdf)
    assert document.pages[0].rotation == 0
    (table,) = document.tables
    assert [[cell.text for cell in table.cells if cell.row == row] for row in range(5)] == [
        list(HEAD),
        *map(list, ROWS),
    ]
    first = table.cells[0].regions[0].bbox
    left = LEFT + ROW * len(ROWS) if quarters == 1 else LEFT
    top = TOP if quarters == 1 else TOP + sum(COLUMNS[1:])
    wanted = (left, top, left + ROW, top + COLUMNS[0])
    assert first == pytest.approx(wanted, abs=1.5)
    assert all(PROSE not in cell.text for cell in table.cells)


def test_a_page_gives_the_same_on_one_thread_as_on_several() -> None:
    scan = as_scan(page_with_sideways_table(1))
    one, several = (
        convert(scan, Options(ocr=OcrOptions(threads=threads)), name="page").model_dump_json()
        for threads in (1, 3)
    )
    assert one == several


@pytest.mark.parametrize(
    ("confidences", "upright"), [((0.95,), True), ((0.8,), False), ((0.8, 0.8), True)]
)
def test_cells_that_are_read_across_the_page_show_that_a_table_stands_upright(
    confidences: tuple[float, ...], upright: bool
) -> None:
    """Print that touches its rules is never read surely, and two such cells are no chance."""
    cells = tuple(GridCell(row, 0, 1, 1, Box(0, 20 * row, 90, 20 * row + 20)) for row in range(2))
    readings = tuple(CellReading("行政复议", "printed", value) for value in confidences)
    grid = TableGrid(Box(0, 0, 90, 40), 2, 1, cells[: len(readings)])
    assert _any_reads(cells, _Read(grid, readings, {}, {}, None)) == upright
