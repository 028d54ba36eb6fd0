"""What the steps of a page found, put together as its result."""

from collections.abc import Sequence

from ocrpipe.document import Origin, Page
from ocrpipe.geometry import Box
from ocrpipe.layout import build_blocks
from ocrpipe.page import Region, Ruling, SourcePage, TableGrid, TextLine
from ocrpipe.pipeline.page_issues import line_issues, page_issues, table_region_issues
from ocrpipe.pipeline.result import Enlarged, PageResult, PlacedTable, Placement
from ocrpipe.tables import is_drawing, is_flowchart, is_text_frame


def without_drawings(
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


def page_result(
    page: SourcePage,
    origin: Origin,
    rotation: float,
    size: tuple[float, float],
    lines: Sequence[TextLine],
    regions: Sequence[Region],
    tables: Sequence[PlacedTable],
    placement: Placement | None = None,
) -> PageResult:
    """The page of `size` in points, upright, with its tables and what is to be said of it."""
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
