"""Alternatives find their cells again after tables were stitched over pages."""

from ocrpipe.document import Page
from ocrpipe.geometry import Box
from ocrpipe.page import Alternative, CellReading, GridCell, PageTable, TableGrid
from ocrpipe.pipeline.alternatives import place_alternatives
from ocrpipe.pipeline.result import PageResult, PlacedTable
from ocrpipe.tables import build_table, stitch

SIZE = (595.0, 842.0)


def page_of_figures(number: int, top: float) -> tuple[PageTable, PageResult]:
    """Three rows of eight figures; that of row r and column c may be 10 r + c as well."""
    cells = [
        GridCell(
            row, col, 1, 1, Box(60 + 60 * col, top + 20 * row, 120 + 60 * col, top + 20 + 20 * row)
        )
        for row in range(3)
        for col in range(8)
    ]
    box = Box(60, top, 540, top + 60)
    grid = TableGrid(box, 3, 8, tuple(cells))
    readings = [
        CellReading("7", "printed", 0.9, alternatives=(Alternative(str(10 * c.row + c.col), 0.1),))
        for c in cells
    ]
    table = build_table(grid, readings, number, "scanned", "t", None)
    alternatives = {
        cell.box.rounded(): reading.alternatives
        for cell, reading in zip(cells, readings, strict=True)
    }
    page = Page(
        number=number, width=SIZE[0], height=SIZE[1], rotation=0, origin="scanned", blocks=()
    )
    result = PageResult(page, (PlacedTable(table, box, alternatives),), ())
    return PageTable(table, box, number, *SIZE, first=True, last=True), result


def test_cells_of_a_table_over_two_pages_keep_their_alternatives() -> None:
    first, second = page_of_figures(1, 700), page_of_figures(2, 60)
    (table,) = stitch([first[0], second[0]])
    assert table.n_rows == 6

    placed = place_alternatives([table], [first[1], second[1]])

    assert {place: readings[0].text for place, readings in placed.items()} == {
        ("t1", row, col): str(10 * (row % 3) + col) for row in range(6) for col in range(8)
    }
