"""Tables that run over pages become one table."""

from collections.abc import Sequence

from ocrpipe.document import Table
from ocrpipe.page import PageTable
from ocrpipe.tables.columns import common_columns, with_columns
from ocrpipe.tables.joint import join_rows
from ocrpipe.tables.repeated import without_repeated_header


def stitch(page_tables: Sequence[PageTable]) -> tuple[Table, ...]:
    """Join each table with its continuation on the next page, in document order.

    A table goes on where it is the last thing on its page, the next one is the first thing on the
    following page, and both have the same columns. Spans that cross the break are closed over it, a
    repeated header is dropped, and every cell keeps its place on each page. The tables are named
    t1, t2, ...
    """
    chains: list[list[PageTable]] = []
    for table in page_tables:
        if chains and _continues(chains[-1][-1], table):
            chains[-1].append(table)
        else:
            chains.append([table])
    return tuple(
        _joined(chain).model_copy(update={"id": f"t{number}"})
        for number, chain in enumerate(chains, start=1)
    )


def _continues(before: PageTable, after: PageTable) -> bool:
    return (
        after.page == before.page + 1
        and before.last
        and after.first
        and common_columns(before, after) is not None
    )


def _joined(chain: Sequence[PageTable]) -> Table:
    whole = chain[0]
    for part in chain[1:]:
        whole = _join(whole, part)
    return whole.table


def _join(before: PageTable, after: PageTable) -> PageTable:
    """Both as one: it ends where `after` ends, so that a third part can follow."""
    columns = common_columns(before, after)
    if columns is None:
        return before
    upper = with_columns(before.table, columns.of_first, columns.count)
    lower = with_columns(after.table, columns.of_second, columns.count)
    lower = without_repeated_header(upper, lower)
    table = join_rows(upper, lower)
    return PageTable(
        table=table,
        box=after.box,
        page=after.page,
        page_width=after.page_width,
        page_height=after.page_height,
        first=before.first,
        last=after.last,
    )
