"""The cells of a grid read from the page: upright, or sideways on an upright page."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from ocrpipe.disclosure import WORDINGS
from ocrpipe.geometry import Box, rotate_box
from ocrpipe.imaging import turn
from ocrpipe.ocr import Darkness, page_darkness, read_cells
from ocrpipe.page import (
    CellReading,
    GridCell,
    OpenPart,
    OpenRows,
    PageImage,
    TableGrid,
)
from ocrpipe.pipeline.placed_tables import open_part, placed_table, rooms_of
from ocrpipe.pipeline.result import PlacedTable
from ocrpipe.tables import (
    choose_numeric,
    choose_separators,
    dividable_cells,
    divide,
    doubt_colons,
    doubt_odd_numbers,
    doubt_wide_numbers,
    sideways_cells,
    stretches_of,
    turn_grid,
    with_turned_boxes,
)

if TYPE_CHECKING:
    from ocrpipe.ocr.port import OcrEngine

logger = logging.getLogger(__name__)

_SAMPLE = 12
"""Cells that are read in each way to turn a table, about."""

_READS_WELL, _LEAD = 0.8, 0.15
"""Mean confidence of the cells after the turn that is taken, and by how much it exceeds that after
the opposite one."""

_FEW_CHARACTERS = 3
"""Fewer in a cell do not show whether it is read as it stands."""

_READS_SURELY, _READ, _FEWEST_READ = 0.9, 0.75, 2
"""Confidence of one cell that is read as it stands, or of each of several, and of how many."""

_TIE = 0.05
"""A column of characters is read by turning it, too: turned print reads upright no better."""


def scanned_table(
    page: int,
    image: PageImage,
    grid: TableGrid,
    marks: Sequence[Box],
    engine: "OcrEngine",
    darkness: Darkness | None = None,
) -> PlacedTable:
    """The table of a grid with its text read from the page; `marks` is the print of the page, and
    `darkness` that of `image`, where it is known."""
    size = (image.width / image.scale, image.height / image.scale)
    upright = with_turned_boxes(turn_grid(grid, 0), *size, 0)
    read = _read(image, upright, grid.open_rows, marks, engine, darkness or page_darkness(image))
    down, across = sideways_cells(upright, marks)
    quarters = 0
    if down and not _any_reads(across, read):
        quarters = _reading_turn(image, down, size, engine)
    if quarters:
        image = turn(image, 90.0 * quarters)
        marks = [rotate_box(mark, *size, 90.0 * quarters) for mark in marks]
        turned = with_turned_boxes(turn_grid(grid, quarters), *size, quarters)
        read = _read(image, turned, None, marks, engine, page_darkness(image))
    parted, readings = divide(read.grid, read.readings, read.pieces, read.of_pieces, scanned=True)
    readings = choose_separators(parted, choose_numeric(parted, readings))
    readings = doubt_wide_numbers(parted, readings, marks)
    readings = doubt_odd_numbers(parted, doubt_colons(parted, readings))
    placed = placed_table(page, "scanned", parted, readings, size, quarters)
    return replace(placed, open_part=read.opened)


@dataclass(frozen=True, slots=True)
class _Read:
    """A grid and what is read in its cells, and in the pieces that some may be parted into, by
    the places of these cells."""

    grid: TableGrid
    readings: tuple[CellReading, ...]
    pieces: Mapping[int, tuple[GridCell, ...]]
    of_pieces: Mapping[int, tuple[CellReading, ...]]
    opened: OpenPart | None


def _read(
    image: PageImage,
    grid: TableGrid,
    open_rows: OpenRows | None,
    marks: Sequence[Box],
    engine: "OcrEngine",
    darkness: Darkness,
) -> _Read:
    pieces = dividable_cells(grid, marks)
    stretches = stretches_of(grid, marks) if open_rows is not None else ()
    rooms = rooms_of(grid, stretches) if stretches else []
    # Cells and what they may be in one call, as readings are weighed among those of their table.
    boxes = [cell.box for cells in (grid.cells, *pieces.values(), rooms) for cell in cells]
    found = iter(read_cells(image, boxes, engine, darkness, WORDINGS))
    readings = tuple(islice(found, len(grid.cells)))
    of_pieces = {index: tuple(islice(found, len(cells))) for index, cells in pieces.items()}
    opened = None
    if open_rows is not None:
        opened = open_part(open_rows, grid, readings, stretches, tuple(found))
    return _Read(grid, readings, pieces, of_pieces, opened)


def _reading_turn(
    image: PageImage, cells: Sequence[GridCell], size: tuple[float, float], engine: "OcrEngine"
) -> int:
    """Clockwise quarter turns (0, 1 or 3) that a few of the cells read best after."""
    sample = cells[:: max(1, len(cells) // _SAMPLE)][:_SAMPLE]
    sure = {}
    for quarters in (0, 1, 3):
        boxes = [rotate_box(cell.box, *size, 90.0 * quarters) for cell in sample]
        picture = turn(image, 90.0 * quarters) if quarters else image
        sure[quarters] = _mean_confidence(read_cells(picture, boxes, engine))
    logger.debug("cells that stand sideways read with %s by quarter turns", sure)
    best, other = (1, 3) if sure[1] >= sure[3] else (3, 1)
    clear = sure[best] >= _READS_WELL and sure[best] >= sure[other] + _LEAD
    return best if clear and sure[best] >= sure[0] - _TIE else 0


def _any_reads(across: Collection[GridCell], read: _Read) -> bool:
    """Whether cells whose print runs across the page are read as they stand: such a table is
    upright, however many of its heads are set in columns."""
    sure = [
        reading.confidence
        for cell, reading in zip(read.grid.cells, read.readings, strict=True)
        if cell in across and len(reading.text) >= _FEW_CHARACTERS
    ]
    return (
        max(sure, default=0.0) >= _READS_SURELY
        or sum(confidence >= _READ for confidence in sure) >= _FEWEST_READ
    )


def _mean_confidence(readings: Sequence[CellReading]) -> float:
    printed = [reading for reading in readings if reading.state != "blank"]
    return sum(reading.confidence * bool(reading.text) for reading in printed) / max(
        1, len(printed)
    )
