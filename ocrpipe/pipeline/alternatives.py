"""Other readings of a cell's ink, from the pages they were read on to the cells of the document."""

from collections.abc import Sequence

from ocrpipe.document import Table
from ocrpipe.page import Alternatives
from ocrpipe.pipeline.result import PageResult


def place_alternatives(tables: Sequence[Table], results: Sequence[PageResult]) -> Alternatives:
    """The alternatives of each cell by its table's id, its row and its column.

    `tables` are those of the document with boxes still in the frames that `results` have them in:
    stitching gives cells new rows and columns, and leaves them their boxes. A cell that was put
    together over a page break has none, as its parts were read apart.
    """
    found = {
        (result.page.number, box): alternatives
        for result in results
        for placed in result.tables
        for box, alternatives in placed.alternatives.items()
    }
    return {
        (table.id, cell.row, cell.col): found[region.page, region.bbox]
        for table in tables
        for cell in table.cells
        if len(cell.regions) == 1
        for region in cell.regions
        if (region.page, region.bbox) in found
    }
