"""The cells of a grid filled from the text layer: upright, or sideways on an upright page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.page import CellReading, Glyph, TableGrid
from ocrpipe.pipeline.drawn_cells import as_scanned, drawn_cells, with_drawn_cells
from ocrpipe.pipeline.placed_tables import open_part, placed_table, rooms_of
from ocrpipe.pipeline.result import PlacedTable
from ocrpipe.tables import (
    dividable_cells,
    divide,
    doubt_broken_numbers,
    doubt_wide_numbers,
    fill_from_glyphs,
    glyph_turn,
    stretches_of,
    turn_grid,
    with_turned_boxes,
)


def digital_table(
    page: int,
    grid: TableGrid,
    glyphs: Sequence[Glyph],
    size: tuple[float, float],
    drawn: Sequence[Box] = (),
    read: Callable[[Sequence[Box]], Sequence[CellReading]] | None = None,
    struck: Sequence[Box] = (),
) -> PlacedTable:
    """The table of a grid with the text of a text layer; `size` of the page, in points.

    Cells without text in which something of `drawn` stands are what `read` finds in their boxes,
    and those with digits that are `struck` out are unread.
    """
    quarters = glyph_turn(grid, glyphs)
    turned = with_turned_boxes(turn_grid(grid, quarters), *size, quarters)
    if quarters:
        glyphs = [_turned(glyph, size, quarters) for glyph in glyphs]
    marks = [glyph.box for glyph in glyphs]
    pieces = dividable_cells(turned, marks)
    of_pieces = {
        index: fill_from_glyphs(replace(turned, cells=cells), glyphs)
        for index, cells in pieces.items()
    }
    whole = fill_from_glyphs(turned, glyphs)
    opened = None
    if grid.open_rows is not None and not quarters:
        stretches = stretches_of(turned, marks)
        rooms = replace(turned, cells=tuple(rooms_of(turned, stretches)))
        of_rooms = fill_from_glyphs(rooms, glyphs)
        opened = open_part(grid.open_rows, turned, whole, stretches, of_rooms)
    parted, readings = divide(turned, whole, pieces, of_pieces, scanned=False)
    readings = doubt_broken_numbers(parted, doubt_wide_numbers(parted, readings, marks))
    places: list[int] = []
    if struck:
        crossed = [rotate_box(box, *size, 90.0 * quarters) for box in struck]
        corrected = drawn_cells(parted, readings, crossed)
        readings = with_drawn_cells(parted, readings, corrected, None)
    if drawn:
        around = [rotate_box(box, *size, 90.0 * quarters) for box in drawn]
        places = drawn_cells(parted, readings, around)
    if places:
        readings = with_drawn_cells(parted, readings, places, None if quarters else read)
    placed = replace(
        placed_table(page, "digital", parted, readings, size, quarters), open_part=opened
    )
    return replace(placed, table=as_scanned(placed.table, parted, places)) if places else placed


def _turned(glyph: Glyph, size: tuple[float, float], quarters: int) -> Glyph:
    box = rotate_box(glyph.box, *size, 90.0 * quarters)
    return Glyph(glyph.text, box, (glyph.quarters + quarters) % 4)
