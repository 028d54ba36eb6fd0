"""A scanned page through the stages: upright, rulings, grids, regions, text, cells, blocks."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ocrpipe.aside import ALONE, Aside, Step
from ocrpipe.geometry import Box
from ocrpipe.imaging import (
    Upright,
    grey_if_colourless,
    looked_over,
    positive,
    seal_regions,
    skew_of,
    straighten,
    with_dark_hairlines,
    with_dark_rules,
    with_rules_on_fills,
    without_coloured_ink,
    without_dark_bands,
    without_grey_seals,
    without_halftone,
    without_red,
    without_reverse,
    without_seals,
    without_streaks,
    without_watermark,
)
from ocrpipe.layout import find_regions
from ocrpipe.ocr import (
    Darkness,
    legibility,
    page_darkness,
    read_lines,
    reads_better,
)
from ocrpipe.options import Options
from ocrpipe.page import (
    PageImage,
    Pixels,
    Region,
    SourcePage,
    TableGrid,
    TextLine,
)
from ocrpipe.pipeline.bare_rows import with_bare_rows_doubted
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.grids import page_grids
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.page_issues import (
    with_aligned_issues,
)
from ocrpipe.pipeline.page_result import page_result, without_drawings
from ocrpipe.pipeline.result import PageResult, PlacedTable
from ocrpipe.pipeline.scanned.cells import scanned_table
from ocrpipe.pipeline.scanned.orientation import turns_beside
from ocrpipe.tables import without_diagonals
from ocrpipe.tables.alignment.print_boxes import print_boxes
from ocrpipe.tables.rulings import dark_ink, detect_rulings, with_seen_rules, without_stamp_strokes

logger = logging.getLogger(__name__)

_MOST_TITLE_ROWS = 3
"""Rows at the top of a table in which the corner of its header may stand, title rows above it."""


class ScannedPageConverter:
    """Converts scanned pages one at a time with the models that it is given."""

    def __init__(self, models: Models, options: Options) -> None:
        self._models = models
        self._options = options

    def convert(self, page: SourcePage, debug: DebugFolder, aside: Aside = ALONE) -> PageResult:
        """The blocks and tables of one page; `aside` may take steps of it.

        Raises:
            UnreadableInputError: the page cannot be rasterized.
            EngineUnavailableError: a model that it needs is missing.
        """
        upright = self._upright(page, aside)
        overview = looked_over(upright.image)
        seals_step = aside.start(partial(seal_regions, upright.image, overview))
        layout_step = aside.start(partial(self._layout, upright.image))
        image = without_reverse(upright.image, self._reads_better)
        size = (image.width / image.scale, image.height / image.scale)
        if image is upright.image:
            seals = seals_step.result()
        else:
            overview = looked_over(image)
            seals = seal_regions(image, overview)
            layout_step = aside.start(partial(self._layout, image))
        clean = without_grey_seals(without_coloured_ink(without_red(image, seals)), seals)
        printed = with_dark_rules(without_dark_bands(image, clean, overview))
        printed = with_rules_on_fills(with_dark_hairlines(printed), overview)

        dark = dark_ink(printed)
        found = without_stamp_strokes(
            detect_rulings(printed, aside, dark), [seal.box for seal in seals]
        )
        rulings = with_seen_rules(found, printed, lambda: self._models.rulings)
        darkness_step = aside.start(partial(page_darkness, printed))
        marks = print_boxes(printed, rulings, dark)
        detected = layout_step.result()
        found_grids = page_grids(rulings, marks, detected, *size)
        grids = found_grids.every
        lines_step = aside.start(lambda: self._lines(image, clean, seals, found_grids.every))
        tables = self._tables(page.number, printed, grids, marks, darkness_step, aside)
        figures = [region.box for region in detected if region.kind == "figure"]
        grids, tables = without_drawings(grids, tables, rulings, figures, ())
        regions = find_regions(detected, grids, seals, *size)
        if len(grids) == len(found_grids.every):
            lines = lines_step.result()
        else:
            lines = self._lines(image, clean, seals, grids)
        debug.save(page, image, rulings, grids, regions, lines)
        result = page_result(
            page, "scanned", upright.rotation, size, lines, regions, tables, upright.placement
        )
        result = with_bare_rows_doubted(result)
        return with_aligned_issues(result, found_grids.aligned)

    def _upright(self, page: SourcePage, aside: Aside) -> Upright:
        rendered = positive(grey_if_colourless(page.render(self._options.ingest.dpi)))
        # Few pages have what is taken off here, and the skew is not waited for.
        skew = skew_of(rendered, self._options.imaging, aside)
        stored = without_watermark(without_halftone(without_streaks(rendered)))
        upright = straighten(
            stored,
            self._options.imaging,
            lambda: self._models.orientation,
            lambda pixels: legibility(self._models.ocr, pixels),
            lambda: turns_beside(page, self._models.orientation),
            render=page.render,
            aside=aside,
            skew=skew if stored is rendered else None,
        )
        # Streaks run straight down the scan, the folds of a sheet straight down the sheet.
        turned = upright.placement is not None or upright.rotation % 90 != 0
        return replace(upright, image=without_streaks(upright.image)) if turned else upright

    def _tables(
        self,
        page: int,
        printed: PageImage,
        grids: Sequence[TableGrid],
        marks: Sequence[Box],
        darkness_step: Step[Darkness],
        aside: Aside,
    ) -> list[PlacedTable]:
        """The tables of a page; `darkness_step` gives the darkness of `printed`."""
        if not grids:
            return []
        image = without_diagonals(printed, _corners(grids))
        darkness = darkness_step.result() if image is printed else page_darkness(image)
        steps = [
            aside.start(
                partial(scanned_table, page, image, grid, marks, self._models.ocr, darkness)
            )
            for grid in grids
        ]
        return [step.result() for step in steps]

    def _layout(self, image: PageImage) -> tuple[Region, ...]:
        return self._models.layout.find(image) if self._options.layout.layout_model else ()

    def _lines(
        self,
        image: PageImage,
        clean: PageImage,
        seals: Sequence[Region],
        tables: Sequence[TableGrid],
    ) -> tuple[TextLine, ...]:
        """The lines outside the tables; `clean` is `image` itself where nothing was taken off."""
        coloured = clean is not image
        return read_lines(
            without_seals(image, clean, seals) if coloured else image,
            self._models.ocr,
            [grid.box for grid in tables],
            clean=clean if coloured else None,
            tibetan=lambda: self._models.tibetan,
        )

    def _reads_better(self, first: Pixels, second: Pixels) -> bool:
        return reads_better(self._models.ocr, first, second)


def _corners(grids: Sequence[TableGrid]) -> list[Box]:
    """The cells at the left of the heads of tables, above their labels."""
    return [
        cell.box
        for grid in grids
        for cell in grid.cells
        if cell.col == 0 and cell.row < _MOST_TITLE_ROWS
    ]
