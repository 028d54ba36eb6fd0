"""A table without vertical rules that runs over pages has the columns of all its pages."""

from itertools import accumulate

import pymupdf
import pytest

from ocrpipe import convert

WIDTHS = (90, 120, 70, 70, 70, 70)
ROW = 24
HEAD = ("序号", "项目名称", "一季度", "二季度", "三季度", "合计")
FULL = (
    ("1", "办公设备购置", "1205", "380", "55", "1640"),
    ("2", "会议费", "36", "12", "7", "55"),
    ("3", "培训费", "17", "24", "130", "171"),
)
SPARSE = (
    ("4", "公务接待费支出", "", "", "8", "8"),
    ("5", "差旅费", "21", "", "", "21"),
    ("6", "维修（护）费等各项", "", "", "3", "3"),
)


def pdf(*pages: tuple[tuple[str, ...], ...], widths: tuple[int, ...] = WIDTHS) -> bytes:
    """A table at the end of the first page and at the beginning of the others, whose columns have
    other `widths` perhaps."""
    with pymupdf.open() as made:
        for number, rows in enumerate(pages):
            page = made.new_page()
            xs = tuple(accumulate(widths if number else WIDTHS, initial=50))
            top = 780 - ROW * len(rows) if number == 0 else 70
            for line in range(len(rows) + 1):
                page.draw_line((xs[0], top + ROW * line), (xs[-1], top + ROW * line), width=0.8)
            for row, texts in enumerate(rows):
                for col, text in enumerate(texts):
                    font = "helv" if text.isascii() else "china-s"
                    length = pymupdf.get_text_length(text, fontname=font, fontsize=11)
                    place = ((xs[col] + xs[col + 1] - length) / 2, top + ROW * row + 16)
                    page.insert_text(place, text, fontname=font, fontsize=11)
        return bytes(made.tobytes())


def as_scan(drawn: bytes) -> bytes:
    with pymupdf.open(stream=drawn) as source, pymupdf.open() as made:
        for page in source:
            scan = made.new_page()
            scan.insert_image(scan.rect, stream=page.get_pixmap(dpi=150).tobytes("png"))
        return bytes(made.tobytes())


@pytest.mark.parametrize("scanned", [False, True])
def test_a_sparse_page_has_the_columns_of_the_others(scanned: bool) -> None:
    drawn = pdf((HEAD, *FULL), SPARSE)
    document = convert(as_scan(drawn) if scanned else drawn)
    (table,) = document.tables
    assert [[c.text for c in table.cells if c.row == row] for row in range(7)] == [
        list(texts) for texts in (HEAD, *FULL, *SPARSE)
    ]
    assert {region.page for cell in table.cells for region in cell.regions} == {1, 2}


def test_another_table_at_the_top_of_the_next_page_keeps_its_columns() -> None:
    other = (
        ("单位名称", "负责人姓名和职务", "备注事项"),
        ("长安县卫健委", "王某某主任", "已经报送"),
        ("清水区教育局", "李某某局长", "没有报送"),
    )
    document = convert(pdf((HEAD, *FULL), other, widths=(180, 170, 140)))
    assert [(table.n_rows, table.n_cols) for table in document.tables] == [(4, 6), (3, 3)]
    last = document.tables[-1]
    assert [[c.text for c in last.cells if c.row == row] for row in range(3)] == [
        list(texts) for texts in other
    ]


EDGES = (50, 90, 160, 290, 350, 410, 470)


def write(page: pymupdf.Page, text: str, first: int, last: int, y: float) -> None:
    """Text in the middle of the columns from `first` to `last`."""
    font = "helv" if text.isascii() else "china-s"
    length = pymupdf.get_text_length(text, fontname=font, fontsize=10)
    page.insert_text(
        ((EDGES[first] + EDGES[last + 1] - length) / 2, y), text, fontname=font, fontsize=10
    )


def rule(page: pymupdf.Page, first: int, y: float) -> None:
    page.draw_line((EDGES[first], y), (EDGES[-1], y), width=0.8)


def test_a_label_at_the_end_of_a_page_leaves_room_for_the_one_of_the_next_page() -> None:
    with pymupdf.open() as made:
        page = made.new_page()
        for row, label in enumerate(
            ("项目名称", "一、本年新收申请", "二、上年结转申请", "（一）公开")
        ):
            y = 680 + 24 * row
            rule(page, 0, y)
            write(page, label, 1 if row == 3 else 0, 2, y + 16)
            for col in (3, 4, 5):
                write(page, "合计" if row == 0 else str(7 * row + col), col, col, y + 16)
        rule(page, 0, 776)
        page = made.new_page()
        labels = ("（二）部分公开", "属于国家秘密", "法律行政法规禁止", "保护第三方", "不掌握信息")
        for row, label in enumerate(labels):
            y = 70 + 24 * row
            rule(page, 0 if row == 0 else 1 if row in (1, 4) else 2, y)
            write(page, label, 2 if 0 < row < 4 else 1, 2, y + 16)
            for col in (3, 4, 5):
                write(page, str(5 * row + col), col, col, y + 16)
        rule(page, 0, 70 + 24 * len(labels))
        write(page, "结果", 0, 0, 70 + 12 * len(labels) + 4)
        write(page, "不予公开", 1, 1, 70 + 24 * 2.5 + 4)
        drawn = bytes(made.tobytes())
    (table,) = convert(drawn).tables
    spans = {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in table.cells}
    assert spans["（一）公开"] == (3, 1, 1, 2)
    assert spans["结果"] == (3, 0, 6, 1)
    assert spans["一、本年新收申请"] == (1, 0, 1, 3)
    assert spans["不予公开"] == (5, 1, 3, 1)


@pytest.mark.parametrize(
    ("above", "again", "count"),
    [
        ("单位：万元", "单位：万元", 1),
        ("单位：万元", "续表", 1),
        ("表3 支出情况", "表3 支出情况（续）", 1),
        ("表3 支出情况", "表4 收入情况", 2),
        ("办理情况", "办理手续", 2),
    ],
)
def test_what_says_that_a_table_goes_on_does_not_stand_between_its_parts(
    above: str, again: str, count: int
) -> None:
    with pymupdf.open(stream=pdf((HEAD, *FULL), (HEAD, *SPARSE))) as made:
        places = ((50, 780 - ROW * 4 - 8), (50, 58))
        for page, place, text in zip(made, places, (above, again), strict=True):
            page.insert_text(place, text, fontname="china-s", fontsize=11)
        tables = convert(bytes(made.tobytes())).tables
    assert len(tables) == count
    assert sum(table.n_rows for table in tables) == (7 if count == 1 else 8)
