"""Tables whose cells have been read, placed on their page."""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.document import Origin
from ocrpipe.page import CellReading, GridCell, OpenPart, OpenRows, ReadCell, TableGrid
from ocrpipe.pipeline.result import PlacedTable
from ocrpipe.tables import Stretch, build_table, read_apart, with_turned_boxes


def rooms_of(grid: TableGrid, stretches: Sequence[Sequence[Stretch]]) -> list[GridCell]:
    """Where the stretches that are read apart stand, as cells."""
    return [
        replace(cell, box=stretch.room)
        for cell, own in zip(grid.cells, stretches, strict=True)
        if read_apart(cell.box, own)
        for stretch in own
    ]


def open_part(
    rows: OpenRows,
    grid: TableGrid,
    readings: Sequence[CellReading],
    stretches: Sequence[Sequence[Stretch]],
    of_rooms: Sequence[CellReading],
) -> OpenPart:
    """What is read in a table without vertical rules; `of_rooms` are the readings of `rooms_of`."""
    rest = iter(of_rooms)
    cells = []
    for cell, reading, own in zip(grid.cells, readings, stretches, strict=True):
        apart = read_apart(cell.box, own)
        pieces = tuple(ReadCell(stretch.ink, next(rest) if apart else reading) for stretch in own)
        if not pieces and reading.state != "blank":
            pieces = (ReadCell(cell.box, reading),)
        cells.append(ReadCell(cell.box.rounded(), reading, pieces))
    return OpenPart(rows, tuple(cells))


def placed_table(
    page: int,
    origin: Origin,
    turned: TableGrid,
    readings: Sequence[CellReading],
    size: tuple[float, float],
    quarters: int,
) -> PlacedTable:
    """The table on its page, whose size is `size` before it is turned by `quarters`."""
    grid = with_turned_boxes(turned, *(size[::-1] if quarters % 2 else size), -quarters)
    return PlacedTable(
        build_table(grid, readings, page, origin, "t", None),
        grid.box,
        {
            cell.box.rounded(): reading.alternatives
            for cell, reading in zip(grid.cells, readings, strict=True)
            if reading.alternatives
        },
        quarters,
    )
