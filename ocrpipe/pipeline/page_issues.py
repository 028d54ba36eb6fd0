"""What a page's result has to say of itself: unread lines, unruled tables, rejected text layers."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ocrpipe.document import Issue, Page
from ocrpipe.errors import IssueCode, Severity
from ocrpipe.geometry import Box
from ocrpipe.page import Region, SourcePage, TableGrid, TextLine
from ocrpipe.pipeline.result import PageResult, PlacedTable


def page_issues(page: SourcePage, converted: Page) -> list[Issue]:
    """What to know of the page as a whole."""
    issues = []
    if page.rejected_text_layer is not None:
        message = f"the text layer was not used: {page.rejected_text_layer}"
        issues.append(_issue(IssueCode.TEXT_LAYER_REJECTED, "info", message, page.number))
    if not converted.blocks:
        issues.append(_issue(IssueCode.PAGE_BLANK, "info", "the page is blank", page.number))
    return issues


def line_issues(page: int, lines: Sequence[TextLine], to_page: Callable[[Box], Box]) -> list[Issue]:
    """Lines that were found and not read; `to_page` maps their boxes to the page's frame."""
    issues = []
    for line in lines:
        if not line.text:
            kind = "a Tibetan line" if line.language == "bo" else "a line"
            message = f"{kind} at ({_place(to_page(line.box))}) was found and could not be read"
            issues.append(_issue(IssueCode.TEXT_UNREAD, "warning", message, page))
    return issues


def table_region_issues(
    page: int,
    regions: Sequence[Region],
    tables: Sequence[PlacedTable],
    to_page: Callable[[Box], Box],
) -> list[Issue]:
    """A region that looks like a table and has no grid is given as text: say so."""
    issues = []
    for region in regions:
        if region.kind != "table":
            continue
        if not any(region.box.intersection(table.box) for table in tables):
            place = _place(to_page(region.box))
            message = f"what looks like a table at ({place}) has no rulings; its text is kept"
            issues.append(_issue(IssueCode.TABLE_INCOMPLETE, "warning", message, page))
    return issues


def with_aligned_issues(result: PageResult, grids: Sequence[TableGrid]) -> PageResult:
    """The result with an issue for each table whose grid its text alone shows (`grids`)."""
    to_page = result.placement.box_to_page if result.placement is not None else Box.rounded
    issues = []
    for grid in grids:
        place = _place(to_page(grid.box))
        message = f"the table at ({place}) has no rulings; its grid is that of its aligned text"
        issues.append(_issue(IssueCode.TABLE_ALIGNED, "info", message, result.page.number))
    return replace(result, issues=(*result.issues, *issues))


def _issue(code: IssueCode, severity: Severity, message: str, page: int) -> Issue:
    return Issue(code=code, severity=severity, message=message, page=page)


def _place(box: Box) -> str:
    """A box as messages name it, in whole points."""
    return ", ".join(f"{value:.0f}" for value in box)
