"""One page through the stages: upright, rulings, grids, regions, text, cells, blocks."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ocrpipe.aside import ALONE, Aside, Step
from ocrpipe.disclosure import WORDINGS
from ocrpipe.document import Origin, Page
from ocrpipe.geometry import Box
from ocrpipe.imaging import (
    Upright,
    grey_if_colourless,
    looked_over,
    positive,
    seal_regions,
    skew_of,
    straighten,
    turn,
    with_dark_hairlines,
    with_dark_rules,
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
from ocrpipe.layout import build_blocks, find_regions
from ocrpipe.ocr import (
    Darkness,
    legibility,
    page_darkness,
    read_cells,
    read_lines,
    reads_better,
)
from ocrpipe.options import Options
from ocrpipe.page import (
    CellReading,
    PageImage,
    Pixels,
    Region,
    Ruling,
    SourcePage,
    TableGrid,
    TextLine,
)
from ocrpipe.pipeline.bare_rows import with_bare_rows_doubted
from ocrpipe.pipeline.cells import digital_table, scanned_table
from ocrpipe.pipeline.cut_tables import with_cut_tables
from ocrpipe.pipeline.debug import DebugFolder
from ocrpipe.pipeline.grids import glyph_marks, page_grids
from ocrpipe.pipeline.models import Models
from ocrpipe.pipeline.orientation import turns_beside
from ocrpipe.pipeline.overlays import with_overlays
from ocrpipe.pipeline.page_issues import (
    line_issues,
    page_issues,
    table_region_issues,
    with_aligned_issues,
)
from ocrpipe.pipeline.result import Enlarged, PageResult, PlacedTable, Placement
from ocrpipe.tables import (
    dark_ink,
    detect_rulings,
    is_drawing,
    is_flowchart,
    is_text_frame,
    print_boxes,
    with_seen_rules,
    without_diagonals,
    without_stamp_strokes,
)

logger = logging.getLogger(__name__)

_MOST_TITLE_ROWS = 3
"""Rows at the top of a table in which the corner of its header may stand, title rows above it."""

_PICTURE_SHARE = 0.08
"""A picture on a digital page that takes less of it than this is a logo, not a scan of text."""


class PageConverter:
    """Converts pages one at a time with the models that it is given."""

    def __init__(self, models: Models, options: Options) -> None:
        self._models = models
        self._options = options

    def convert(self, page: SourcePage, debug: DebugFolder, aside: Aside = ALONE) -> PageResult:
        """The blocks and tables of one page; `aside` may take steps of a scanned one.

        Raises:
            UnreadableInputError: the page cannot be rasterized.
            EngineUnavailableError: a model that it needs is missing.
        """
        if page.origin == "digital" and not self._options.ocr.force_ocr:
            return self._digital(page, debug)
        return self._scanned(page, debug, aside)

    def _digital(self, page: SourcePage, debug: DebugFolder) -> PageResult:
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
        grids, tables = _without_drawings(
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
        result = _result(page, "digital", page.rotation, size, lines, regions, tables)
        result = with_cut_tables(with_overlays(result, page.overlays), page.rulings)
        result = with_bare_rows_doubted(result)
        return with_aligned_issues(result, found_grids.aligned)

    def _picture_of(self, page: SourcePage) -> PageImage:
        """What a digital page shows, as it is given."""
        return without_dark_bands(turn(page.render(self._options.ingest.dpi), page.rotation))

    def _read_drawn(self, page: SourcePage, boxes: Sequence[Box]) -> tuple[CellReading, ...]:
        return read_cells(self._picture_of(page), boxes, self._models.ocr, None, WORDINGS)

    def _picture(
        self, page: SourcePage, picture: Box
    ) -> tuple[list[TextLine], list[PlacedTable], list[TableGrid]]:
        """Text and tables of a picture of text that was put into a digital page."""
        image = self._picture_of(page)
        rulings = [
            ruling
            for ruling in detect_rulings(image)
            if picture.padded(2).contains_point(ruling.x0, ruling.y0)
            and picture.padded(2).contains_point(ruling.x1, ruling.y1)
        ]
        marks = [box for box in print_boxes(image, rulings) if picture.contains_point(*box.center)]
        grids = list(page_grids(rulings, marks, (), page.width, page.height).ruled)
        tables = [self._table(page.number, image, grid, marks) for grid in grids]
        lines = read_lines(
            image,
            self._models.ocr,
            [grid.box for grid in grids],
            tibetan=lambda: self._models.tibetan,
        )
        inside = [line for line in lines if picture.contains_point(*line.box.center)]
        return inside, tables, grids

    def _scanned(self, page: SourcePage, debug: DebugFolder, aside: Aside) -> PageResult:
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
        printed = with_dark_hairlines(printed)

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
        grids, tables = _without_drawings(grids, tables, rulings, figures, ())
        regions = find_regions(detected, grids, seals, *size)
        if len(grids) == len(found_grids.every):
            lines = lines_step.result()
        else:
            lines = self._lines(image, clean, seals, grids)
        debug.save(page, image, rulings, grids, regions, lines)
        result = _result(
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
            aside.start(partial(self._table, page, image, grid, marks, darkness)) for grid in grids
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

    def _table(
        self,
        page: int,
        image: PageImage,
        grid: TableGrid,
        marks: Sequence[Box],
        darkness: Darkness | None = None,
    ) -> PlacedTable:
        return scanned_table(page, image, grid, marks, self._models.ocr, darkness)


def _without_drawings(
    grids: Sequence[TableGrid],
    tables: Sequence[PlacedTable],
    rulings: Sequence[Ruling],
    figures: Sequence[Box],
    lines: Sequence[TextLine],
) -> tuple[list[TableGrid], list[PlacedTable]]:
    """Grids and their tables without those of charts, pictures, flowcharts and boxes of text."""
    kept = [
        (grid, placed)
        for grid, placed in zip(grids, tables, strict=True)
        if not is_drawing(grid, placed.table, figures, lines)
        and not is_flowchart(grid, placed.table, rulings)
        and not is_text_frame(placed.table)
    ]
    return [grid for grid, _ in kept], [placed for _, placed in kept]


def _corners(grids: Sequence[TableGrid]) -> list[Box]:
    """The cells at the left of the heads of tables, above their labels."""
    return [
        cell.box
        for grid in grids
        for cell in grid.cells
        if cell.col == 0 and cell.row < _MOST_TITLE_ROWS
    ]


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


def _result(
    page: SourcePage,
    origin: Origin,
    rotation: float,
    size: tuple[float, float],
    lines: Sequence[TextLine],
    regions: Sequence[Region],
    tables: Sequence[PlacedTable],
    placement: Placement | None = None,
) -> PageResult:
    blocks = build_blocks(lines, regions, page.number, *size)
    converted = Page(
        number=page.number,
        width=round(size[0], 2),
        height=round(size[1], 2),
        rotation=round(rotation, 2) + 0.0,
        origin=origin,
        blocks=blocks,
    )
    if page.unit != 1:
        placement = Enlarged(page.unit, size, placement)
    to_page = placement.box_to_page if placement is not None else _same_place
    issues = [*page_issues(page, converted), *line_issues(page.number, lines, to_page)]
    issues += table_region_issues(page.number, regions, tables, to_page)
    return PageResult(converted, tuple(tables), tuple(issues), placement)


def _same_place(box: Box) -> Box:
    return box
