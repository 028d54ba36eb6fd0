"""Several filings in one file: where the first of them ends."""

from collections.abc import Sequence

from ocrpipe.disclosure.body import Passage, passages_of
from ocrpipe.disclosure.facts import is_title
from ocrpipe.disclosure.grid import view_table
from ocrpipe.disclosure.rows import known_keys, table_rows
from ocrpipe.disclosure.sections import find_marks
from ocrpipe.document import Page, Table

_FIRST_ROW = "new"
"""The row of section 三 that stands on the page where its table begins."""

_TITLE_LINES = 4
_TOP = 6
"""Lines of a title, and passages from the top of its page down to it (letterhead, number), at most.
"""

_SURE_MARK = 2.0
"""Weight of a heading that has both its number and its words."""


def second_report(pages: Sequence[Page], tables: Sequence[Table]) -> int | None:
    """The number of the page on which another filing begins; None where there is one alone.

    Another one has the table of section 三 again, after a title or the heading of section 一. A
    table that is printed twice in one filing has neither before it. Web pages have no pages.
    """
    starts = [
        table
        for table in tables
        if table.pages and _FIRST_ROW in known_keys(table_rows(view_table(table)))
    ]
    if len(starts) < 2:
        return None
    passages = passages_of(pages)
    for page in pages:
        if starts[0].pages[-1] < page.number <= starts[1].pages[0]:
            own = [passage for passage in passages if passage.page == page.number]
            if _begins(own):
                return page.number
    return None


def _begins(passages: Sequence[Passage]) -> bool:
    """Whether a filing's title or first heading stands among the passages of a page."""
    marks = find_marks(passages)
    if any(mark.number == 1 and mark.weight >= _SURE_MARK for mark in marks):
        return True
    top = passages[: min(marks[0].index if marks else _TOP, _TOP)]
    return any(
        is_title(top[start : start + count])
        for start in range(len(top))
        for count in range(1, _TITLE_LINES + 1)
    )
