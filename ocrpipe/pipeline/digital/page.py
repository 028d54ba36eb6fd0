"""A page with a text layer through the stages: grids, text, regions, blocks."""

from collections.abc import Sequence
from functools import partial

from ocrpipe.geometry import Box
from ocrpipe.layout import find_regions
from ocrpipe.options import Options
from ocrpipe.page import CellReading, SourcePage, TableGrid, TextLine
from ocrpipe.pipeline.bare_rows import with_bare_rows_doubted
from ocrpipe.pipeline.cut_tables import with_cut_tables
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.digital.cells import digital_table
from ocrpipe.pipeline.grids import glyph_marks, page_grids
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.overlays import with_overlays
from ocrpipe.pipeline.page_issues import with_aligned_issues
from ocrpipe.pipeline.page_result import page_result, without_drawings
from ocrpipe.pipeline.result import PageResult, PlacedTable

_PICTURE_SHARE = 0.08
"""A picture on a digital page that takes less of it than this is a logo, not a scan of text."""


class DigitalPageConverter:
    """Converts pages with a text layer one at a time; `models` read what of them has none."""

    def __init__(self, models: Models, options: Options) -> None:
        self._models = models
        self._options = options

    def convert(self, page: SourcePage, debug: DebugFolder) -> PageResult:
        """The blocks and tables of one page.

        Raises:
            UnreadableInputError: a page with pictures of text cannot be rasterized.
            EngineUnavailableError: a model that these need is missing.
        """
        marks = glyph_marks(page.glyphs)
        found_grids = page_grids(
            page.rulings, marks, (), page.width, page.height, glyphs=page.glyphs
        )
        grids = found_grids.every
        size = (page.width, page.height)
        read = partial(self._read_drawn, page)
        tables = [
            digital_table(page.number, grid, page.glyphs, size, page.drawn, read, page.struck)
            for grid in grids
        ]
        grids, tables = without_drawings(
            grids, tables, page.rulings, (), _outside(page.lines, grids)
        )
        lines = _outside(page.lines, grids)
        for picture in _text_pictures(page):
            found = self._picture(page, picture)
            lines += found[0]
            tables += found[1]
            grids += found[2]
        regions = find_regions((), grids, (), page.width, page.height)
        debug.save(page, None, page.rulings, grids, regions, lines)
        result = page_result(page, "digital", page.rotation, size, lines, regions, tables)
        result = with_cut_tables(with_overlays(result, page.overlays), page.rulings)
        result = with_bare_rows_doubted(result)
        return with_aligned_issues(result, found_grids.aligned)

    def _read_drawn(self, page: SourcePage, boxes: Sequence[Box]) -> tuple[CellReading, ...]:
        # Few digital pages have anything to read: imaging and OCR are imported for those alone.
        from ocrpipe.pipeline.scanned.parts import read_part_cells

        return read_part_cells(page, boxes, self._models, self._options)

    def _picture(
        self, page: SourcePage, picture: Box
    ) -> tuple[list[TextLine], list[PlacedTable], list[TableGrid]]:
        from ocrpipe.pipeline.scanned.parts import read_part

        return read_part(page, picture, self._models, self._options)


def _outside(lines: Sequence[TextLine], grids: Sequence[TableGrid]) -> list[TextLine]:
    return [
        line
        for line in lines
        if not any(grid.box.contains_point(*line.box.center) for grid in grids)
    ]


def _text_pictures(page: SourcePage) -> list[Box]:
    """Pictures on a digital page that are large enough for text and have none of it as text."""
    return [
        picture
        for picture in page.pictures
        if picture.area >= _PICTURE_SHARE * page.width * page.height
        and not any(picture.contains_point(*glyph.box.center) for glyph in page.glyphs)
    ]
