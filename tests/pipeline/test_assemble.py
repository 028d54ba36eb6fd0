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


def sheet(number: int, *blocks: Block) -> PageResult:
    """Two pages side by side: a table down the left one, and its other part at the right's top."""
    parts = page_with_table(number, 120, 560), page_with_table(number, 60, 300)
    tables = []
    for left, part in zip((0, WIDTH), parts, strict=True):
        (placed,) = part.tables
        cells = tuple(
            cell.model_copy(
                update={
                    "regions": tuple(
                        CellRegion(page=number, bbox=moved(region.bbox, left))
                        for region in cell.regions
                    )
                }
            )
            for cell in placed.table.cells
        )
        table = placed.table.model_copy(update={"cells": cells})
        tables.append(PlacedTable(table, moved(placed.box, left)))
    of_tables = [block(number, "table", placed.box) for placed in tables]
    page = parts[0].page.model_copy(update={"width": 2 * WIDTH, "blocks": (*of_tables, *blocks)})
    return PageResult(page, tuple(tables), ())


def moved(box: Box, right: float) -> Box:
    return Box(box.x0 + right, box.y0, box.x1 + right, box.y1)


def assembled(*results: PageResult) -> list[tuple[int, tuple[int, ...]]]:
    """The rows and the pages of each table."""
    source = Source(
        name="a.pdf", sha256="0" * 64, media_type="application/pdf", page_count=len(results)
    )
    tables = assemble(source, results).tables
    return [(table.n_rows, table.pages) for table in tables]


NUMBERS = [block(1, "page_number", Box(x, 790, x + 20, 802)) for x in (290, 885)]
TITLE = block(1, "title", Box(90, 70, 500, 100))


def test_a_table_goes_on_on_the_other_page_of_a_sheet() -> None:
    assert assembled(sheet(1, TITLE, *NUMBERS)) == [(4, (1,))]


def test_a_sheet_without_page_numbers_is_as_the_others_of_its_size() -> None:
    assert assembled(sheet(1, *NUMBERS), sheet(2)) == [(4, (1,)), (4, (2,))]


@pytest.mark.parametrize(
    "blocks",
    [(), (block(1, "title", Box(400, 40, 800, 58)), *NUMBERS), (NUMBERS[0],)],
    ids=["nothing", "title over both", "one page number"],
)
def test_tables_side_by_side_on_one_page_stay_apart(blocks: tuple[Block, ...]) -> None:
    assert assembled(sheet(1, *blocks)) == [(2, (1,)), (2, (1,))]


def test_a_mark_below_a_table_that_was_not_read_is_nothing_that_ends_it() -> None:
    """The page number 1 of a copy: too blurred to be read."""
    first, second = page_with_table(1, 120, 560), page_with_table(2, 60, 300)
    for text, tables in (("", [(4, (1, 2))]), ("附注", [(2, (1,)), (2, (2,))])):
        below = block(1, "text", Box(290, 781, 296, 790)).model_copy(update={"text": text})
        page = first.page.model_copy(update={"blocks": (*first.page.blocks, below)})
        assert assembled(PageResult(page, first.tables, ()), second) == tables


@pytest.mark.parametrize(("top", "tables"), [(560, [(4, (1, 2))]), (640, [(2, (1,)), (2, (2,))])])
def test_characters_of_a_seal_over_the_end_of_a_table_are_no_text_below_it(
    top: float, tables: list[tuple[int, tuple[int, ...]]]
) -> None:
    """A signature stands below the seal that lies on it alone."""
    first, second = page_with_table(1, 120, 600), page_with_table(2, 60, 300)
    seal = block(1, "seal", Box(300, top, 400, top + 100))
    below = block(1, "text", Box(330, top + 70, 350, top + 85))
    below = below.model_copy(update={"text": "专用"})
    page = first.page.model_copy(update={"blocks": (*first.page.blocks, seal, below)})
    assert assembled(PageResult(page, first.tables, ()), second) == tables


@pytest.mark.parametrize(("top", "tables"), [(580, [(4, (1, 2))]), (597, [(2, (1,)), (2, (2,))])])
def test_a_text_across_the_end_of_a_table_is_no_text_below_it(
    top: float, tables: list[tuple[int, tuple[int, ...]]]
) -> None:
    """A stamp that was not seen as one lies over the corner; a line below may touch the rule."""
    first, second = page_with_table(1, 120, 600), page_with_table(2, 60, 300)
    stamped = block(1, "text", Box(10, top, 110, top + 45)).model_copy(update={"text": "2024.1"})
    page = first.page.model_copy(update={"blocks": (*first.page.blocks, stamped)})
    assert assembled(PageResult(page, first.tables, ()), second) == tables


@pytest.mark.parametrize(
    ("x0", "x1", "text", "tables"),
    [
        (536, 590, "人民政", [(4, (1, 2))]),
        (512, 530, "江", [(4, (1, 2))]),
        (470, 530, "附注：无", [(2, (1,)), (2, (2,))]),
        (90, 590, "附注：无", [(2, (1,)), (2, (2,))]),
    ],
    ids=["beside the table", "a character below it", "a note", "a line"],
)
def test_a_stamp_across_the_edge_of_a_page_is_no_text_below_its_table(
    x0: float, x1: float, text: str, tables: list[tuple[int, tuple[int, ...]]]
) -> None:
    first, second = page_with_table(1, 120, 560), page_with_table(2, 60, 300)
    stamped = block(1, "text", Box(x0, 600, x1, 640)).model_copy(update={"text": text})
    page = first.page.model_copy(update={"blocks": (*first.page.blocks, stamped)})
    assert assembled(PageResult(page, first.tables, ()), second) == tables
