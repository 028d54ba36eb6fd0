"""Boxes of pages that were read in another frame given back in their own."""

from collections.abc import Mapping, Sequence

from ocrpipe.document import Cell, Page, Table
from ocrpipe.geometry import Box
from ocrpipe.pipeline.result import PageResult, Placement

Placements = Mapping[int, Placement]


def in_page_frames(
    pages: Sequence[Page], tables: Sequence[Table], results: Sequence[PageResult]
) -> tuple[tuple[Page, ...], tuple[Table, ...]]:
    """Pages and tables with all boxes in points of the pages as they are given.

    Only pages that were read in a frame of another size change, or from a flattened photograph.
    """
    placements = {
        result.page.number: result.placement for result in results if result.placement is not None
    }
    if not placements:
        return tuple(pages), tuple(tables)
    return (
        tuple(_placed_page(page, placements) for page in pages),
        tuple(_placed_table(table, placements) for table in tables),
    )


def _placed_page(page: Page, placements: Placements) -> Page:
    placement = placements.get(page.number)
    if placement is None:
        return page
    blocks = tuple(
        block
        if block.bbox is None
        else block.model_copy(update={"bbox": placement.box_to_page(block.bbox).rounded()})
        for block in page.blocks
    )
    width, height = placement.size
    return page.model_copy(
        update={"blocks": blocks, "width": round(width, 2), "height": round(height, 2)}
    )


def _placed_table(table: Table, placements: Placements) -> Table:
    regions = [region for cell in table.cells for region in cell.regions]
    moved: dict[tuple[int, Box], Box] = {}
    for page, placement in placements.items():
        boxes = [region.bbox for region in regions if region.page == page]
        for box, placed in zip(boxes, placement.boxes_to_page(boxes), strict=True):
            moved[page, box] = placed.rounded()
    return table.model_copy(
        update={"cells": tuple(_placed_cell(cell, moved) for cell in table.cells)}
    )


def _placed_cell(cell: Cell, moved: Mapping[tuple[int, Box], Box]) -> Cell:
    """The cell with its boxes where they were `moved` to, by page and box; others stay."""
    regions = tuple(
        region.model_copy(update={"bbox": moved.get((region.page, region.bbox), region.bbox)})
        for region in cell.regions
    )
    return cell.model_copy(update={"regions": regions})
