"""Tables that go on over a page, and what stands between their parts."""

import pytest

from ocrpipe.document import Block, Cell, CellRegion, Page, Source, Table
from ocrpipe.geometry import Box
from ocrpipe.pipeline.assemble import assemble
from ocrpipe.pipeline.result import PageResult, PlacedTable

WIDTH, HEIGHT = 595.0, 842.0


def block(number: int, kind: str, bbox: Box) -> Block:
    fields = {"kind": kind, "text": "", "language": None, "confidence": 1.0}
    return Block.model_validate({"id": f"p{number}-{kind}", "bbox": bbox, **fields})


def page_with_table(number: int, top: float, bottom: float, *below: Block) -> PageResult:
    """A page with a table of 2 x 2 cells from `top` to `bottom`."""
    box = Box(60, top, 540, bottom)
    cells = tuple(
        Cell(
            row=row, col=col, row_span=1, col_span=1, text=f"{number}{row}{col}", state="printed",
            origin="scanned", confidence=1.0,
            regions=(
                CellRegion(
                    page=number,
                    bbox=Box(
                        60 + 240 * col, top + (bottom - top) / 2 * row,
                        300 + 240 * col, top + (bottom - top) / 2 * (row + 1),
                    ),
                ),
            ),
        )
        for row in range(2)
        for col in range(2)
    )  # fmt: skip
    table = Table(id="t", caption=None, n_rows=2, n_cols=2, pages=(number,), cells=cells)
    page = Page(
        number=number,
        width=WIDTH,
        height=HEIGHT,
        rotation=0,
        origin="scanned",
        blocks=(block(number, "table", box), *below),
    )
    return PageResult(page, (PlacedTable(table, box),), ())


@pytest.mark.parametrize(("height", "tables"), [(9, 1), (120, 2)])
def test_a_mark_at_the_foot_of_a_page_does_not_end_a_table_and_a_picture_does(
    height: float, tables: int
) -> None:
    """The layout model takes a page number for a figure now and then."""
    figure = block(1, "figure", Box(280, 640, 310, 640 + height))
    source = Source(name="a.pdf", sha256="0" * 64, media_type="application/pdf", page_count=2)
    results = [page_with_table(1, 80, 600, figure), page_with_table(2, 60, 400)]
    assert len(assemble(source, results).tables) == tables
