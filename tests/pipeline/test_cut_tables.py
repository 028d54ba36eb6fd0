"""A web page that was printed wider than its sheet: the last column is not on the paper."""

import pytest

from ocrpipe.document import Cell, Page, Table
from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.pipeline.cut_tables import with_cut_tables
from ocrpipe.pipeline.result import PageResult, PlacedTable

WIDTH = 612.0


def _result(x1: float) -> PageResult:
    """A table of one row and three columns that ends at `x1`; its last cell is empty."""
    cells = tuple(
        Cell(
            row=0, col=col, row_span=1, col_span=1, text=text,
            state="printed" if text else "blank", origin="digital", confidence=1.0, regions=(),
        )
        for col, text in enumerate(("规章", "4", ""))
    )  # fmt: skip
    table = Table(id="t1", caption=None, n_rows=1, n_cols=3, pages=(2,), cells=cells)
    page = Page(number=2, width=WIDTH, height=792, rotation=0, origin="digital", blocks=())
    return PageResult(page, (PlacedTable(table, Box(150, 100, x1, 120)),), ())


def _rules(x1: float, *, cut: bool = True) -> tuple[Ruling, ...]:
    return tuple(Ruling(150, y, x1, y, cut=cut) for y in (100, 120))


@pytest.mark.parametrize("x1", [WIDTH, 552.0])
def test_a_table_whose_rules_are_cut_goes_on_beyond_the_paper(x1: float) -> None:
    """Its grid may end at the last border that is on the paper, with a column less."""
    found = with_cut_tables(_result(x1), _rules(WIDTH))

    assert [cell.confidence for cell in found.tables[0].table.cells] == [1.0, 1.0, 0.5]
    (issue,) = found.issues
    assert (issue.code, issue.page) == ("table.incomplete", 2)
    assert "right edge" in issue.message


@pytest.mark.parametrize(
    "rules",
    [
        (*_rules(WIDTH), Ruling(WIDTH - 0.5, 100, WIDTH - 0.5, 120)),
        _rules(WIDTH, cut=False),
        _rules(WIDTH)[:1],
    ],
)
def test_a_table_with_its_side_or_with_whole_rules_is_whole(rules: tuple[Ruling, ...]) -> None:
    result = _result(WIDTH)
    assert with_cut_tables(result, rules) is result
