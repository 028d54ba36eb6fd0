"""Cells of a digital page whose print is no text: it is drawn, or a picture."""

from collections.abc import Callable, Sequence

import numpy as np

from ocrpipe.document import Table
from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, TableGrid
from ocrpipe.tables import choose_numeric

_OVER_CELL = 1.0
"""Points by which a shape may reach over its cell; what is larger is behind it."""


def drawn_cells(
    grid: TableGrid, readings: Sequence[CellReading], drawn: Sequence[Box]
) -> list[int]:
    """Places of the cells without text that something drawn stands in, in points of one frame."""
    blank = [index for index, reading in enumerate(readings) if reading.state == "blank"]
    if not blank or not drawn:
        return []
    shapes = np.array(drawn, np.float64).reshape(-1, 4)
    found = []
    for index in blank:
        x0, y0, x1, y1 = grid.cells[index].box.padded(_OVER_CELL)
        inside = (shapes[:, 0] >= x0) & (shapes[:, 1] >= y0)
        inside &= (shapes[:, 2] <= x1) & (shapes[:, 3] <= y1)
        if inside.any():
            found.append(index)
    return found


def with_drawn_cells(
    grid: TableGrid,
    readings: Sequence[CellReading],
    places: Sequence[int],
    read: Callable[[Sequence[Box]], Sequence[CellReading]] | None,
) -> tuple[CellReading, ...]:
    """The readings with those of the cells at `places` from the page's picture.

    Args:
        grid: Whose cells the readings are of, in their order.
        readings: From the text layer.
        places: Of the cells whose print is drawn.
        read: Reads boxes of `grid`'s frame; None where they cannot be read: they are unread then.
    """
    found = list(readings)
    if read is None:
        for place in places:
            found[place] = CellReading("", "unread", 0.0)
        return tuple(found)
    for place, reading in zip(places, read([grid.cells[at].box for at in places]), strict=True):
        found[place] = reading
    chosen = choose_numeric(grid, found)
    for place in places:
        found[place] = chosen[place]
    return tuple(found)


def as_scanned(table: Table, grid: TableGrid, places: Sequence[int]) -> Table:
    """The table with the cells at `places` of its grid marked as read from a picture."""
    slots = {(grid.cells[place].row, grid.cells[place].col) for place in places}
    cells = tuple(
        cell.model_copy(update={"origin": "scanned"}) if (cell.row, cell.col) in slots else cell
        for cell in table.cells
    )
    return table.model_copy(update={"cells": cells})
