"""Pages to one document: running lines, tables over pages, captions, the report."""

import re
from collections.abc import Sequence

from ocrpipe.disclosure import read_report
from ocrpipe.document import Block, BlockKind, Document, Issue, Page, Source, Table
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import Box, rotate_box
from ocrpipe.layout import mark_running
from ocrpipe.page import PageTable
from ocrpipe.pipeline.alternatives import place_alternatives
from ocrpipe.pipeline.finished import among_finished
from ocrpipe.pipeline.frames import in_page_frames
from ocrpipe.pipeline.pages_left_out import tables_cut_by_pages
from ocrpipe.pipeline.result import PageResult, PlacedTable
from ocrpipe.pipeline.spreads import PagePart, page_parts
from ocrpipe.tables import stitch

_BODY: frozenset[BlockKind] = frozenset({"letterhead", "title", "heading", "text", "figure"})
_CAPTION: frozenset[BlockKind] = frozenset({"title", "heading", "text"})
_CAPTION_LENGTH = 60
_LOWEST_FIGURE = 16.0
"""Points: what the layout model takes for a lower figure is a page number or an ornament."""
_ACROSS = 0.25
"""Share of its height by which a text that lies over the edge of a table is in it, at least: boxes
of lines that stand above or below one touch its rule."""
_MARGIN = 0.15
"""Share of the page's width at either side in which nothing but a stamp across the edges of the
sheets is as narrow as that."""
_STAMPED = 2
"""Characters of such a stamp that are taken for one line: it is round."""
_CONTINUED = re.compile(
    r".{0,30}(?:[（(]续[上前页表\d一二三]*[）)]|续[上前]?[页表]\d*)|续|.{0,4}接上[页表].{0,4}"
)
"""What is printed above a table that goes on from the page before: 续表, 表3（续）, 接上页."""


def assemble(
    source: Source,
    results: Sequence[PageResult],
    issues: Sequence[Issue] = (),
    finished: Document | None = None,
) -> Document:
    """Put the pages of one document together; `issues` are those of pages without a result, and
    `finished` has those of its pages that come with their texts and tables."""
    pages = mark_running([result.page for result in results])
    parts = list(page_parts(pages, results))
    page_tables = [
        _placed(table, part, parts[index - 1].page if index else None)
        for index, part in enumerate(parts)
        for table in sorted(part.tables, key=lambda placed: (placed.box.y0, placed.box.x0))
    ]
    tables, own_pages, own_tables = among_finished(stitch(page_tables), finished)
    alternatives = place_alternatives(tables, results)
    pages = tuple(_with_table_ids(page, tables) for page in pages)
    tables = tuple(_with_caption(table, pages) for table in tables)
    # Columns that go on over a page line up on the flat sheets only: boxes move to the
    # photographs after all that compares them.
    pages, tables = in_page_frames(pages, tables, results)
    numbers = [page.number for page in (*pages, *own_pages)]
    found = [*issues, *(issue for result in results for issue in result.issues)]
    found += tables_cut_by_pages(page_tables, numbers, source.page_count)
    found += [*_cell_issues(tables), *(finished.issues if finished is not None else ())]
    pages = tuple(sorted((*pages, *own_pages), key=lambda page: page.number))
    tables = tuple(sorted((*tables, *own_tables), key=lambda table: int(table.id[1:])))
    report, report_issues = read_report(pages, tables, alternatives)
    found += report_issues
    return Document(
        source=source,
        pages=pages,
        tables=tables,
        issues=tuple(sorted(found, key=lambda issue: issue.page or 0)),
        report=report,
    )


def with_report(document: Document) -> Document:
    """The same document with its report read; for documents that come without pages."""
    report, issues = read_report(document.pages, document.tables)
    return document.model_copy(update={"report": report, "issues": (*document.issues, *issues)})


def _placed(placed: PlacedTable, part: PagePart, before: Page | None) -> PageTable:
    page = part.page
    repeated = _captions(before) if before is not None else frozenset()
    seals = [
        block.bbox
        for block in page.blocks
        if block.kind == "seal" and block.bbox is not None and block.bbox.overlap(placed.box) > 0
    ]
    body = [
        block.bbox
        for block in page.blocks
        if block.kind in _BODY
        and block.bbox is not None
        and (block.bbox.height >= _LOWEST_FIGURE if block.kind == "figure" else block.text)
        # Characters of a seal over the end of a table are no text below it.
        and not any(_inside(block.bbox, box) for box in (placed.box, *seals))
        and not _crosses(block.bbox, placed.box)
        and not _is_in_margin(block, placed.box, page.width)
        and not _is_continued(block.text, repeated)
    ]
    # Another table of the page is body as well: a table can only go on past the last one.
    body += [
        block.bbox
        for block in page.blocks
        if block.kind == "table" and block.bbox is not None and not _same(block.bbox, placed.box)
    ]
    width, height = page.width, page.height
    box, *body = (
        rotate_box(box, width, height, 90.0 * placed.quarters) for box in (placed.box, *body)
    )
    if placed.quarters % 2:
        width, height = height, width
    return PageTable(
        table=placed.table,
        box=box,
        page=page.number,
        page_width=width,
        page_height=height,
        first=not any(other.center[1] < box.y0 for other in body),
        last=not any(other.center[1] > box.y1 for other in body),
        quarters=placed.quarters,
        open_part=placed.open_part,
        half=part.half,
    )


def _captions(page: Page) -> frozenset[str]:
    """The short texts that stand above the last table of a page."""
    last = max((n for n, block in enumerate(page.blocks) if block.kind == "table"), default=0)
    return frozenset(
        _without_spaces(block.text)
        for block in page.blocks[:last]
        if block.kind in _CAPTION and len(block.text) <= _CAPTION_LENGTH
    )


def _is_continued(text: str, repeated: frozenset[str]) -> bool:
    """Whether a text says that a table goes on, or is a caption printed again on the next page."""
    plain = _without_spaces(text)
    return plain in repeated or _CONTINUED.fullmatch(plain) is not None


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _inside(inner: Box, outer: Box) -> bool:
    return inner.overlap(outer) > 0.5


def _crosses(text: Box, table: Box) -> bool:
    """Whether a text reaches well into a table beside which it stands: a stamp over its corner,
    and no line above or below it."""
    inside = min(text.y1, table.y1) - max(text.y0, table.y0)
    return text.overlap(table) > 0 and inside >= _ACROSS * text.height


def _is_in_margin(block: Block, table: Box, width: float) -> bool:
    """Whether a block is what is seen of a stamp across the edges of the sheets (骑缝章).

    It stands beside the table's end of the page, or is one or two characters below the table.
    """
    box = block.bbox
    if box is None or box.width > _MARGIN * width:
        return False
    middle = box.center[0]
    if not min(middle, width - middle) <= _MARGIN * width:
        return False
    return not table.x0 <= middle <= table.x1 or 0 < len(block.text) <= _STAMPED


def _same(first: Box, second: Box) -> bool:
    return first.overlap(second) > 0.5 or second.overlap(first) > 0.5


def _with_table_ids(page: Page, tables: Sequence[Table]) -> Page:
    places = [
        (region.bbox, table.id)
        for table in tables
        for cell in table.cells
        for region in cell.regions
        if region.page == page.number
    ]

    def identified(block: Block) -> Block | None:
        if block.kind != "table" or block.bbox is None:
            return block
        inside = [name for box, name in places if box.overlap(block.bbox) > 0.5]
        if not inside:
            return block if block.text else None
        return block.model_copy(update={"table_id": max(set(inside), key=inside.count)})

    blocks = [found for block in page.blocks if (found := identified(block)) is not None]
    return page.model_copy(update={"blocks": tuple(blocks)})


def _with_caption(table: Table, pages: Sequence[Page]) -> Table:
    """Give a table the short line right above it as its caption."""
    for page in pages:
        previous: Block | None = None
        for block in page.blocks:
            if block.kind == "table" and block.table_id == table.id:
                if previous is not None and _is_caption(previous):
                    return table.model_copy(update={"caption": previous.text})
                return table
            if block.kind in _CAPTION or block.kind == "table":
                previous = block
    return table


def _is_caption(block: Block) -> bool:
    text = block.text
    return (
        block.kind in _CAPTION
        and 0 < len(text) <= _CAPTION_LENGTH
        and not text.endswith(("。", "：", "；", ":", ";"))
    )


def _cell_issues(tables: Sequence[Table]) -> list[Issue]:
    return [
        Issue(
            code=IssueCode.CELL_UNREAD,
            severity="warning",
            message="there is ink in the cell that could not be read",
            page=cell.regions[0].page if cell.regions else None,
            table_id=table.id,
            row=cell.row,
            col=cell.col,
        )
        for table in tables
        for cell in table.cells
        if cell.state == "unread"
    ]
