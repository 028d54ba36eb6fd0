import pytest

from ocrpipe.document import Cell, Table
from ocrpipe.geometry import Box
from ocrpipe.page import PageTable
from ocrpipe.pipeline.pages_left_out import tables_cut_by_pages


def _table(page: int, y0: float, y1: float, *, first: bool = True, last: bool = True) -> PageTable:
    cell = Cell(
        row=0, col=0, row_span=1, col_span=1, text="", state="blank", origin="digital",
        confidence=1.0, regions=(),
    )  # fmt: skip
    table = Table(id="t1", caption=None, n_rows=1, n_cols=1, pages=(page,), cells=(cell,))
    return PageTable(table, Box(60, y0, 535, y1), page, 595, 842, first, last)


def _said(table: PageTable, converted: list[int], count: int = 3) -> list[str]:
    issues = tables_cut_by_pages([table], converted, count)
    return [f"{issue.page}: {issue.message.split(' of a')[0]}" for issue in issues]


def test_a_table_at_the_foot_may_go_on_over_a_page_that_is_left_out() -> None:
    assert _said(_table(2, 400, 780), [1, 2]) == ["2: the end"]


def test_a_table_at_the_head_may_begin_on_a_page_that_is_left_out() -> None:
    assert _said(_table(2, 70, 300), [2, 3]) == ["2: the beginning"]


@pytest.mark.parametrize(
    ("table", "converted"),
    [
        (_table(2, 70, 780), [1, 2, 3]),
        (_table(3, 400, 780), [3]),
        (_table(1, 70, 300), [1]),
        (_table(2, 400, 780, last=False), [1, 2]),
        (_table(2, 70, 300, first=False), [2, 3]),
        (_table(2, 300, 500), [2]),
    ],
)
def test_of_other_tables_nothing_is_said(table: PageTable, converted: list[int]) -> None:
    assert _said(table, converted) == []
