"""What of a digital page is read as a scan: pictures of text, and cells whose text is drawn."""

from collections.abc import Sequence

from ocrpipe.disclosure import WORDINGS
from ocrpipe.geometry import Box
from ocrpipe.imaging import turn, without_dark_bands
from ocrpipe.ocr import read_cells, read_lines
from ocrpipe.options import Options
from ocrpipe.page import CellReading, PageImage, SourcePage, TableGrid, TextLine
from ocrpipe.pipeline.grids import page_grids
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.result import PlacedTable
from ocrpipe.pipeline.scanned.cells import scanned_table
from ocrpipe.tables.alignment.print_boxes import print_boxes
from ocrpipe.tables.rulings import detect_rulings


def read_part_cells(
    page: SourcePage, boxes: Sequence[Box], models: Models, options: Options
) -> tuple[CellReading, ...]:
    """What the cells in `boxes`, in points of the upright page, show."""
    return read_cells(_shown(page, options), boxes, models.ocr, None, WORDINGS)


def read_part(
    page: SourcePage, picture: Box, models: Models, options: Options
) -> tuple[list[TextLine], list[PlacedTable], list[TableGrid]]:
    """Text, tables and their grids in a picture of text that was put into a digital page."""
    image = _shown(page, options)
    rulings = [
        ruling
        for ruling in detect_rulings(image)
        if picture.padded(2).contains_point(ruling.x0, ruling.y0)
        and picture.padded(2).contains_point(ruling.x1, ruling.y1)
    ]
    marks = [box for box in print_boxes(image, rulings) if picture.contains_point(*box.center)]
    grids = list(page_grids(rulings, marks, (), page.width, page.height).ruled)
    tables = [scanned_table(page.number, image, grid, marks, models.ocr) for grid in grids]
    lines = read_lines(
        image, models.ocr, [grid.box for grid in grids], tibetan=lambda: models.tibetan
    )
    inside = [line for line in lines if picture.contains_point(*line.box.center)]
    return inside, tables, grids


def _shown(page: SourcePage, options: Options) -> PageImage:
    """What a digital page shows, as it is given."""
    return without_dark_bands(turn(page.render(options.ingest.dpi), page.rotation))
