"""Tables that may go on over a page which has no result, because it was not asked for or failed."""

from collections.abc import Collection, Sequence

from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.page import PageTable

_FOOT, _HEAD = 0.75, 0.25
"""Shares of a page's height: a table that goes on ends below the one, or begins above the other."""


def tables_cut_by_pages(
    tables: Sequence[PageTable], converted: Collection[int], page_count: int
) -> list[Issue]:
    """An issue for each table of which a part may stand on a page beside its own that is not among
    the `converted` ones; `page_count` is that of the file."""
    missing = set(range(1, page_count + 1)) - set(converted)
    issues = []
    for table in tables:
        below, above = table.page + 1, table.page - 1
        if table.last and table.half != 1 and below in missing and _ends_at_foot(table):
            issues.append(_issue(table.page, "end", below))
        if table.first and table.half != 2 and above in missing and _begins_at_head(table):
            issues.append(_issue(table.page, "beginning", above))
    return issues


def _ends_at_foot(table: PageTable) -> bool:
    return table.box.y1 >= _FOOT * table.page_height


def _begins_at_head(table: PageTable) -> bool:
    return table.box.y0 <= _HEAD * table.page_height


def _issue(page: int, side: str, other: int) -> Issue:
    return Issue(
        code=IssueCode.TABLE_INCOMPLETE,
        severity="warning",
        message=f"the {side} of a table may stand on page {other}, which has no result: convert "
        "both pages together",
        page=page,
    )
