"""Blank cells whose numbers may stand in the row beside."""

import pytest

from ocrpipe.document import Cell, Page, Table
from ocrpipe.geometry import Box
from ocrpipe.pipeline.bare_rows import with_bare_rows_doubted
from ocrpipe.pipeline.result import PageResult, PlacedTable

PAGE = Page(number=1, width=595, height=842, rotation=0, origin="digital", blocks=())


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        ((("予以公开", "1", "2"), ("部分公开（不计", "", ""), ("", "33", "4")), [1]),
        ((("", "33", "4"), ("其他情形）", "", ""), ("不予公开", "1", "2")), [1]),
        ((("予以公开", "1", "2"), ("部分公开", "", ""), ("不予公开", "33", "4")), []),
        ((("予以公开", "1", ""), ("", "33", "4"), ("不予公开", "1", "2")), []),
    ],
)
def test_a_label_without_numbers_beside_numbers_without_a_label(
    rows: tuple[tuple[str, ...], ...], doubted: list[int]
) -> None:
    cells = tuple(
        Cell(
            row=row, col=col, row_span=1, col_span=1, text=text,
            state="printed" if text else "blank", origin="digital", confidence=1.0, regions=(),
        )
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )  # fmt: skip
    table = Table(id="t", caption=None, n_rows=3, n_cols=3, pages=(1,), cells=cells)
    result = PageResult(PAGE, (PlacedTable(table, Box(0, 0, 9, 9)),), ())
    (placed,) = with_bare_rows_doubted(result).tables
    assert sorted({c.row for c in placed.table.cells if c.confidence < 0.9}) == doubted
