"""A grid and the readings of its cells to a table of the contract."""

from collections.abc import Sequence

from ocrpipe.document import Cell, CellRegion, Origin, Table
from ocrpipe.page import CellReading, GridCell, TableGrid


def build_table(
    grid: TableGrid,
    readings: Sequence[CellReading],
    page: int,
    origin: Origin,
    table_id: str,
    caption: str | None,
) -> Table:
    """The table of one page; `readings` stand in the order of `grid.cells`.

    Raises:
        ValueError: there is not one reading a cell.
    """
    pairs = sorted(
        zip(grid.cells, readings, strict=True), key=lambda pair: (pair[0].row, pair[0].col)
    )
    return Table(
        id=table_id,
        caption=caption,
        n_rows=grid.n_rows,
        n_cols=grid.n_cols,
        pages=(page,),
        cells=tuple(_cell(cell, reading, page, origin) for cell, reading in pairs),
    )


def _cell(cell: GridCell, reading: CellReading, page: int, origin: Origin) -> Cell:
    return Cell(
        row=cell.row,
        col=cell.col,
        row_span=cell.row_span,
        col_span=cell.col_span,
        text=reading.text,
        state=reading.state,
        origin=origin,
        confidence=round(reading.confidence, 4),
        regions=(CellRegion(page=page, bbox=cell.box.rounded()),),
    )
