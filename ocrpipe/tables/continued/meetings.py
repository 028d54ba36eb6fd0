"""Cells of the same columns on both sides of a page break, and whether they are one label."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.document import Cell, Table
from ocrpipe.tables.continued.labels import (
    are_sentences,
    breaks_off,
    goes_on,
    header_rows,
    is_later_item,
    is_numbered,
    is_part,
    is_same,
    is_same_but_for_number,
    label_columns,
)
from ocrpipe.tables.numeric import is_number

_FEWEST_COUNTED = 3
"""Numbers that count up, at least."""

_FEWEST_NUMBERED = 2
"""Labels with numbers from which one without is the rest of another."""

_FEWEST_PRINTED = 3
"""Cells of a column from which a blank one is known to be none of a row of its own."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two cells of the same columns on both sides of a page break."""

    above: Cell
    below: Cell
    is_label: bool
    """Their columns are label columns."""
    leads: bool
    """Further labels stand beside both cells, on their right."""
    groups: bool
    """Other labels of their columns span rows."""
    heads: bool
    """The one above may be a head: the first figures of the table stand beside the one below."""
    parts_heads: bool
    """The one below stands in a row of the head, the heads of parts of heads above the break."""
    sentences: bool
    """All other long texts of their columns end as a sentence does."""
    printed: bool
    """No other cell of their columns is blank."""
    counted: bool
    """All other labels that begin where they do have a number."""

    @property
    def columns(self) -> tuple[int, int]:
        return self.above.col, self.above.col_span

    @property
    def single(self) -> bool:
        return self.above.row_span == 1 and self.below.row_span == 1

    @property
    def has_figure(self) -> bool:
        return is_number(self.above.text) or is_number(self.below.text)


def meetings_of(upper: Table, lower: Table) -> list[Meeting]:
    labels = label_columns(upper, lower)
    leading = int(_is_counted(upper, lower))
    while leading in labels:
        leading += 1
    above = {
        (cell.col, cell.col_span): cell
        for cell in upper.cells
        if cell.row + cell.row_span == upper.n_rows
    }
    below = {(cell.col, cell.col_span): cell for cell in lower.cells if cell.row == 0}

    body = _body_cells(upper, lower)
    first_figures = any(is_number(cell.text) for cell in below.values()) and not any(
        is_number(cell.text) for cell in upper.cells
    )

    parts_heads = _parts_heads(upper, lower)

    def others(columns: tuple[int, int]) -> list[Cell]:
        met = (above[columns], below[columns])
        return [cell for cell in body if (cell.col, cell.col_span) == columns and cell not in met]

    def leads(cell: Cell, row: Sequence[Cell]) -> bool:
        end = cell.col + cell.col_span
        return any(end <= other.col < leading and other.text for other in row)

    return [
        Meeting(
            above[columns],
            cell,
            all(col in labels for col in range(cell.col, cell.col + cell.col_span)),
            leads(above[columns], list(above.values())) and leads(cell, list(below.values())),
            any(other.row_span > 1 and (other.col, other.col_span) == columns for other in body),
            first_figures,
            parts_heads,
            are_sentences([other.text for other in others(columns)]),
            _are_printed(others(columns)),
            _are_counted(
                [other for other in body if other not in (above[columns], cell)], cell.col
            ),
        )
        for columns, cell in below.items()
        if columns in above
    ]


def _is_counted(upper: Table, lower: Table) -> bool:
    """Whether the first column holds the numbers of the rows, or of groups of them."""
    numbers = [
        cell.text for table in (upper, lower) for cell in table.cells if cell.col == 0 and cell.text
    ]
    numbers = [text for text in numbers if is_number(text)]
    return len(numbers) >= _FEWEST_COUNTED and all(
        _is_next(text, later) for text, later in pairwise(numbers)
    )


def _is_next(number: str, later: str) -> bool:
    """Whether the second of two texts is the number that follows the first."""
    return number.isdecimal() and later.isdecimal() and int(later) == int(number) + 1


def _parts_heads(upper: Table, lower: Table) -> bool:
    """Whether the break runs through the head: all texts of the row below it stand under wider
    heads, and it does not begin with one, as rows of the body do."""
    last = [cell for cell in upper.cells if cell.row + cell.row_span == upper.n_rows]
    texts = [cell for cell in lower.cells if cell.row == 0 and cell.text]
    if not texts or texts[0].col == 0:
        return False
    if any(is_number(cell.text) for cell in (*upper.cells, *texts)):
        return False
    return all(any(_is_part_of(cell, above) for above in last) for cell in texts)


def _is_part_of(cell: Cell, above: Cell) -> bool:
    """Whether a cell stands under a wider one that has text."""
    return (
        bool(above.text)
        and above.col_span > cell.col_span
        and above.col <= cell.col
        and cell.col + cell.col_span <= above.col + above.col_span
    )


def _body_cells(upper: Table, lower: Table) -> list[Cell]:
    """The cells of both parts without those of the head."""
    header = header_rows(upper)
    # The first rows of a part without a head have figures.
    if any(is_number(cell.text) for cell in upper.cells if cell.row < header):
        header = 0
    return [*(cell for cell in upper.cells if cell.row >= header), *lower.cells]


def _are_printed(cells: Sequence[Cell]) -> bool:
    return len(cells) >= _FEWEST_PRINTED and all(cell.text for cell in cells)


def _are_counted(cells: Sequence[Cell], col: int) -> bool:
    """Whether the labels among some cells that begin in a column have numbers, all of them."""
    texts = [cell.text for cell in cells if cell.col == col and cell.text]
    return len(texts) >= _FEWEST_NUMBERED and all(is_numbered(text) for text in texts)


def one_labels(upper: Table, lower: Table, met: Sequence[Meeting]) -> list[Meeting]:
    """The meetings of `upper` and `lower` whose cells are one label that spans rows on both sides
    of the break: a row that begins anew has labels of its own on the right, too."""
    found: list[Meeting] = []
    anew = counted = False
    for meeting in met:
        stays = is_one_label(meeting) and not (anew and _is_told_by_order(meeting))
        stays = stays or _is_never_blank(meeting)
        if stays and not (counted and is_same(meeting.above.text, meeting.below.text)):
            found.append(meeting)
        elif meeting.above.text and meeting.below.text:
            anew = True
            first = meeting.above.col == 0
            counted = counted or (first and _is_next(meeting.above.text, meeting.below.text))
    return [*found, *_alongside(upper, lower, met, found)]


def _is_never_blank(meeting: Meeting) -> bool:
    """Whether one of two cells is blank, as no other is, in columns of cells that span rows."""
    blank = bool(meeting.above.text) != bool(meeting.below.text)
    return blank and meeting.groups and meeting.printed and not meeting.heads


def _is_told_by_order(meeting: Meeting) -> bool:
    """Whether nothing but the labels beside them tells that two cells are one."""
    texts = meeting.above.text, meeting.below.text
    return meeting.single and not all(texts) and not (meeting.groups or meeting.parts_heads)


def _alongside(
    upper: Table, lower: Table, met: Sequence[Meeting], found: Sequence[Meeting]
) -> list[Meeting]:
    """Further meetings beside labels that are one: a number on their left that stands above the
    break alone, and columns that span the same rows as those of such a label all the way down."""
    grouped = [_rows_of(label, upper, lower) for label in found]
    known = {rows for rows in grouped if any(span > 1 for _, span in rows)}
    last = max((label.above.col for label in found), default=0)
    return [
        meeting
        for meeting in met
        if meeting not in found
        and (not (meeting.above.text and meeting.below.text) or is_continued(meeting))
        and (
            (meeting.above.col < last and meeting.has_figure and not meeting.below.text)
            or _rows_of(meeting, upper, lower) in known
        )
    ]


def _rows_of(meeting: Meeting, upper: Table, lower: Table) -> tuple[tuple[int, int], ...]:
    """First rows and row spans of the cells of the columns of a meeting, below the head."""
    header = header_rows(upper)
    return tuple(
        (cell.row + offset, cell.row_span)
        for table, offset in ((upper, 0), (lower, upper.n_rows))
        for cell in table.cells
        if (cell.col, cell.col_span) == meeting.columns and cell.row + offset >= header
    )


def is_one_label(meeting: Meeting) -> bool:
    """Whether two cells may be one label that spans rows on both sides of the break."""
    above, below = meeting.above.text, meeting.below.text
    if meeting.has_figure or (meeting.heads and not meeting.leads and not below):
        return False
    if above and below:
        if not meeting.single:
            return is_repeated(above, below) or is_continued(meeting)
        return meeting.leads and _is_one_group(meeting)
    is_label = meeting.is_label or meeting.parts_heads
    if not is_label or (below and is_numbered(below) and not meeting.leads):
        return False
    if not above and not below:
        return meeting.leads and (meeting.groups or not meeting.single)
    return meeting.leads or meeting.parts_heads or not meeting.single


def is_continued(meeting: Meeting) -> bool:
    """Whether the text below the break reads as the rest of the one above it."""
    above, below = meeting.above.text, meeting.below.text
    if goes_on(above, below, counted=meeting.counted) or is_later_item(above, below):
        return True
    return meeting.sentences and not is_numbered(below) and breaks_off(above)


def _is_one_group(meeting: Meeting) -> bool:
    """Whether labels of single rows, both with others on their right, are that of one group."""
    above, below = meeting.above.text, meeting.below.text
    if is_same(above, below):
        return is_numbered(below) or meeting.groups
    return meeting.groups and is_numbered(above) and goes_on(above, below)


def is_repeated(above: str, below: str) -> bool:
    """Whether a label that spans rows on both sides of the break was printed on both pages."""
    return is_same(above, below) or is_part(above, below) or is_same_but_for_number(above, below)
