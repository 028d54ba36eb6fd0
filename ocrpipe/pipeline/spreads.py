"""Sheets that show two pages side by side, as open books and prints of two pages a sheet do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocrpipe.document import Block, Page
from ocrpipe.geometry import Box
from ocrpipe.pipeline.result import PageResult, PlacedTable

_WIDEST_PAGE = 1.15
"""Width in heights from which a sheet may show two pages."""

_GUTTER = 0.01
"""Share of the width to either side of the middle that the pages leave blank between them."""

_SAME_SIZE = 0.02
_TEXT = frozenset({"title", "heading", "text"})


@dataclass(frozen=True, slots=True)
class PagePart:
    """What stands on a page, or on one of two that share a sheet; boxes are relative to it.

    `half`: 0 for a page of its own, 1 and 2 for the left and the right one of a sheet.
    """

    page: Page
    tables: tuple[PlacedTable, ...]
    half: int = 0


def page_parts(pages: Sequence[Page], results: Sequence[PageResult]) -> Iterator[PagePart]:
    """The pages in reading order, sheets of two in halves.

    A sheet shows two pages where nothing stands over its middle and both halves have a page
    number, or text beside tables; and one of the same size, too, if nothing stands over its middle.

    Args:
        pages: With their running lines marked.
        results: Of the same pages, with their tables.
    """
    sheets = [page for page in pages if _shows_two(page)]
    for page, result in zip(pages, results, strict=True):
        if _is_parted(page) and any(_same_size(page, sheet) for sheet in sheets):
            yield from (_half(page, result, half) for half in (1, 2))
        else:
            yield PagePart(page, result.tables)


def _is_parted(page: Page) -> bool:
    boxes = [block.bbox for block in page.blocks if block.bbox is not None]
    low, high = (page.width * (0.5 + side * _GUTTER) for side in (-1, 1))
    wide = page.width > _WIDEST_PAGE * page.height
    return wide and not any(box.x0 < high and box.x1 > low for box in boxes)


def _shows_two(page: Page) -> bool:
    if not _is_parted(page):
        return False
    kinds = [{block.kind for block in _blocks(page, half)} for half in (1, 2)]
    return all("page_number" in found for found in kinds) or all(found & _TEXT for found in kinds)


def _same_size(one: Page, other: Page) -> bool:
    return (
        abs(one.width - other.width) <= _SAME_SIZE * one.width
        and abs(one.height - other.height) <= _SAME_SIZE * one.height
    )


def _half(page: Page, result: PageResult, half: int) -> PagePart:
    left = page.width / 2 * (half - 1)
    blocks = tuple(
        block.model_copy(update={"bbox": block.bbox.shifted(-left, 0)})
        for block in _blocks(page, half)
        if block.bbox is not None
    )
    tables = tuple(
        # What other pages show of the columns of an open table is in their frames.
        replace(table, box=table.box.shifted(-left, 0), open_part=None)
        for table in result.tables
        if _is_in(table.box, page, half)
    )
    part = page.model_copy(update={"width": page.width / 2, "blocks": blocks})
    return PagePart(part, tables, half)


def _blocks(page: Page, half: int) -> list[Block]:
    return [
        block for block in page.blocks if block.bbox is not None and _is_in(block.bbox, page, half)
    ]


def _is_in(box: Box, page: Page, half: int) -> bool:
    return (box.center[0] < page.width / 2) == (half == 1)
