"""Tables that run over pages become one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.document import Table
from ocrpipe.page import PageTable
from ocrpipe.tables.continued.breaks import differ_in_size, in_same_place, runs_over
from ocrpipe.tables.continued.columns import (
    ColumnEdges,
    CommonColumns,
    common_columns,
    relative_edges,
    with_columns,
)
from ocrpipe.tables.continued.joint import join_rows
from ocrpipe.tables.continued.joint_columns import with_joint_columns
from ocrpipe.tables.continued.lost_walls import with_lost_walls
from ocrpipe.tables.continued.repeated import without_repeated_header
from ocrpipe.tables.ruled.drawings import is_empty_frame
from ocrpipe.timings import timed

_LOWEST_END = 0.5
"""A table that ends above this share of its page's height, or lies elsewhere on a page of another
size, runs over the page's end only where the header is repeated or the columns are unmistakable."""

_TELLING_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class _Chain:
    """A table up to the last of the pages that were joined."""

    table: Table
    edges: ColumnEdges
    end: PageTable


@timed("stitching")
def stitch(page_tables: Sequence[PageTable]) -> tuple[Table, ...]:
    """Join each table with its continuation on the next page, in document order.

    A table goes on where it is the last thing on its page, the next one is the first thing on the
    following page, and both have the same columns. Spans that cross the break are closed over it, a
    repeated header is dropped, and every cell keeps its place on each page. Empty frames are left
    out. The tables are named t1, t2, ...

    Args:
        page_tables: By page, and by position on the page.
    """
    chains: list[_Chain] = []
    for part in with_joint_columns(page_tables):
        longer = _extended(chains[-1], part) if chains else None
        if longer is None:
            chains.append(_Chain(part.table, _edges(part), part))
        else:
            chains[-1] = longer
    # A blank row of its own may be the end of a table, and is known to be none only here.
    tables = [chain.table for chain in chains if not is_empty_frame(chain.table)]
    return tuple(
        table.model_copy(update={"id": f"t{number}"}) for number, table in enumerate(tables, 1)
    )


def _extended(chain: _Chain, part: PageTable) -> _Chain | None:
    """The chain with `part` below it, or None where that is another table."""
    if not runs_over(chain.end, part):
        return None
    placed = in_same_place(chain.end, part)
    if not (placed or differ_in_size(chain.end, part)):
        return None
    columns = common_columns(chain.edges, _edges(part))
    columns = columns or common_columns(chain.edges, _edges_below(chain.end, part))
    if columns is None:
        return None
    count = len(columns.edges) - 1
    upper = with_columns(chain.table, columns.of_first, count)
    lower = with_columns(part.table, columns.of_second, count)
    lower = without_repeated_header(upper, lower)
    repeated = lower.n_rows < part.table.n_rows
    doubted = _ends_high(chain.end) or not placed
    if doubted and not (repeated or _same_columns(columns)):
        return None
    if not part.quarters:
        lower = with_lost_walls(upper, lower, columns.edges)
    return _Chain(join_rows(upper, lower), columns.edges, part)


def _edges(part: PageTable) -> ColumnEdges:
    return part.columns or relative_edges(part.table, part.quarters)


def _edges_below(above: PageTable, part: PageTable) -> ColumnEdges:
    """The edges of a part as they lie below the part above it: where an outer rule is lost, its
    own width tells nothing."""
    edges = _edges(part)
    left = (part.box.x0 - above.box.x0) / above.box.width
    width = part.box.width / above.box.width
    return (0.0, *(left + width * edge for edge in edges[1:-1]), 1.0)


def _ends_high(part: PageTable) -> bool:
    return part.box.y1 < _LOWEST_END * part.page_height


def _same_columns(columns: CommonColumns) -> bool:
    """Whether all edges of one part are edges of the other, and so many that it is no accident.

    A part lacks an edge at which none of its cells ends, as the label columns of a form do above
    the rows that use them.
    """
    fewer, more = sorted((columns.of_first, columns.of_second), key=len)
    return set(fewer) <= set(more) and len(fewer) > _TELLING_COLUMNS
