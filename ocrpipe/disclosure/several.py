"""Several filings in one file: where the first of them ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.applications.rows import known_keys, table_rows
from ocrpipe.disclosure.grid import TableView
from ocrpipe.disclosure.text.body import Passage, passages_of
from ocrpipe.disclosure.text.facts import is_title
from ocrpipe.disclosure.text.sections import find_marks, is_first_heading
from ocrpipe.document import Page, Table

_FIRST_ROW = "new"
"""The row of section 三 that stands on the page where its table begins."""

_TITLE_LINES = 4
_TOP = 6
"""Lines of a title, and passages from the top of its page down to it (letterhead, number), at most.
"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where another filing begins: the number of the page, and the block's place on it."""

    page: int
    block: int

    def pages_before(self, pages: Sequence[Page]) -> list[Page]:
        """The pages up to here, the last one cut."""
        return [
            page
            if page.number < self.page
            else page.model_copy(update={"blocks": page.blocks[: self.block]})
            for page in pages
            if page.number < self.page or (page.number == self.page and self.block)
        ]

    def tables_before(self, pages: Sequence[Page], tables: Sequence[Table]) -> list[Table]:
        """The tables that begin before it."""
        places = {
            block.table_id: (page.number, index)
            for page in reversed(pages)
            for index, block in reversed(tuple(enumerate(page.blocks)))
            if block.table_id
        }
        here = (self.page, self.block)
        return [
            table
            for table in tables
            if table.pages and places.get(table.id, (table.pages[0], 0)) < here
        ]


def second_report(pages: Sequence[Page], views: Sequence[TableView]) -> Beginning | None:
    """Where another filing begins; None where there is one alone. `views` are upright.

    Another one has the table of section 三 again, after a title or the heading of section 一. A
    table that is printed twice in one filing has neither before it.
    """
    starts = [
        view.table
        for view in views
        if view.table.pages and _FIRST_ROW in known_keys(table_rows(view))
    ]
    if len(starts) < 2:
        return None
    first, second = starts[:2]
    for page in pages:
        if not first.pages[-1] <= page.number <= second.pages[0]:
            continue
        ids = [block.table_id for block in page.blocks]
        start = ids.index(first.id) + 1 if first.id in ids else 0
        end = ids.index(second.id) if second.id in ids else len(ids)
        if page.number == first.pages[-1] and not start:
            continue
        block = _beginning(page, start, end)
        if block is not None:
            return Beginning(page.number, block)
    return None


def _beginning(page: Page, start: int, end: int) -> int | None:
    """The block from `start` to `end` with which a filing begins, by its title or first heading."""
    part = page.model_copy(update={"blocks": page.blocks[start:end]})
    passages = passages_of([part])
    heading = next((i for i, passage in enumerate(passages) if is_first_heading(passage)), None)
    if heading is not None:
        first = _title_above(passages, heading)
        return (
            0
            if not start and first < _TOP and not _ends(passages[:first])
            else _place(page, passages[first])
        )
    marks = find_marks(passages)
    top = passages[: min(marks[0].index if marks else _TOP, _TOP)]
    return 0 if not start and _titles(top) else None


def _title_above(passages: Sequence[Passage], heading: int) -> int:
    """The first passage of the title and letterhead above a heading; the heading without one.

    Of several choices the shortest: the date and signature of the filing before may go before it.
    """
    low = max(0, heading - _TOP)
    titles = _titles(passages[low:heading])
    first = low + min(titles, key=lambda title: (title[1], -title[0]))[0] if titles else heading
    while first and passages[first - 1].block.kind in {"letterhead", "title"}:
        first -= 1
    return first


def _titles(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Where titles may begin among passages, and how many of them each takes."""
    return [
        (start, count)
        for start in range(len(passages))
        for count in range(1, _TITLE_LINES + 1)
        if is_title(passages[start : start + count])
    ]


def _ends(passages: Sequence[Passage]) -> bool:
    """Whether sections of a filing that ends stand among the passages."""
    return bool(find_marks(passages))


def _place(page: Page, passage: Passage) -> int:
    return next(index for index, block in enumerate(page.blocks) if block is passage.block)
