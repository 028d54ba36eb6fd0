"""Which grid columns are which columns of section 三.

The heads decide wherever the grid lines them up with the figures. Where they do not, the form's
order decides if there are seven columns. A filing that prints fewer figures a row than it has heads
says only what its first (自然人) and last (总计) figure is, and that much only if its rows add up:
those in between are then taken in the form's order and are all in doubt.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.applications.rows import TableRow
from ocrpipe.disclosure.compare import likeness, names_two, plain
from ocrpipe.disclosure.figures import ABSENT, PlacedFigure, past_head, read_cells, unattributed
from ocrpipe.disclosure.form import APPLICATION_COLUMNS
from ocrpipe.disclosure.grid import Span, TableView, columns_of, is_empty, is_label
from ocrpipe.document import Cell

HEAD_THRESHOLD = 0.7
"""A head of four characters with a wrong one is 0.75 like itself; two heads are 0.4 at most."""
KEYS = tuple(entry.key for entry in APPLICATION_COLUMNS)

NOT_FOUND = "the column's head was not found"
SHIFTED = "the row's figures do not stand under the heads"
SHORT_ROW = "the row prints fewer figures than the table has heads; the column is uncertain"


@dataclass(frozen=True, slots=True)
class Columns:
    """Grid columns of each key that the filing has; `short` where rows have too few figures.

    `totals_hold`: with `short`, whether the last figure of every row is the sum of the others.
    `others`: columns under heads that the form does not have (小计, 备注); no figure is read there.
    """

    spans: dict[str, Span]
    short: bool = False
    totals_hold: bool = False
    doubtful: frozenset[str] = frozenset()
    others: tuple[Span, ...] = ()


def find_columns(
    view: TableView, rows: Sequence[TableRow], inherited: Columns | None = None
) -> Columns:
    """The columns of one table, given its rows of the form.

    `inherited` are those of the table that this one continues, used where this one has no heads.
    """
    heads = find_heads(view, rows)
    slots = _slots(rows)
    if _is_short(view, rows, heads, slots):
        return Columns(heads, short=True, totals_hold=_totals_hold(rows))
    # What a part with too few columns leaves open, one with all of them does not.
    whole = inherited is not None and inherited.short and len(slots) == len(KEYS)
    if not heads and inherited is not None and not whole and _fits(inherited, slots):
        return inherited
    if len(heads) == len(KEYS):
        return Columns(heads, others=_other_heads(view, rows, heads))
    inked = [slot for slot in slots if _column_has_ink(rows, slot)]
    for shape in (slots, inked):
        if len(shape) == len(KEYS) and _agree(heads, shape):
            return Columns(dict(zip(KEYS, shape, strict=True)))
    if not heads:
        return Columns({}, short=True, totals_hold=_totals_hold(rows))
    missing = frozenset(KEYS) - frozenset(heads)
    joined = _joined_heads(view, rows)
    # A filing may leave out applicants that it did not have, and no filing its totals.
    lost = joined or "total" in missing or len(heads) < len(inked)
    return Columns(heads, doubtful=missing if lost else frozenset(), others=joined)


def _agree(heads: dict[str, Span], slots: Sequence[Span]) -> bool:
    """True where every head that was recognised stands over the slot of its place."""
    return all(span.overlap(slots[KEYS.index(key)]) for key, span in heads.items())


def find_heads(view: TableView, rows: Sequence[TableRow]) -> dict[str, Span]:
    """The heads above the first row of the form, by key."""
    first = min((index for row in rows for index in row.rows), default=len(view.rows))
    found: dict[str, tuple[float, Span]] = {}
    for row in range(first):
        for cell in view.starting(row):
            key, score = _head(cell.text)
            if score >= HEAD_THRESHOLD and _comes_before((score, columns_of(cell)), key, found):
                found[key] = (score, columns_of(cell))
    return {key: found[key][1] for key in KEYS if key in found}


def _comes_before(
    head: tuple[float, Span], key: str, found: Mapping[str, tuple[float, Span]]
) -> bool:
    """Whether a head is more like that of `key` than the one found before; of two totals the one on
    the right counts all applicants, and the other only the 法人或其他组织."""
    if key not in found or head[0] > found[key][0]:
        return True
    return key == "total" and head[0] == found[key][0] and head[1].start > found[key][1].start


def _other_heads(
    view: TableView, rows: Sequence[TableRow], heads: Mapping[str, Span]
) -> tuple[Span, ...]:
    """Columns between or behind those of the form with heads of their own, right above the rows."""
    first = min((index for row in rows for index in row.rows), default=0)
    if first == 0:
        return ()
    left = min(span.start for span in heads.values())
    spans = (columns_of(cell) for cell in view.rows[first - 1] if is_label(cell))
    return tuple(
        span
        for span in spans
        if span.start > left and not any(span.overlap(head) for head in heads.values())
    )


def _joined_heads(view: TableView, rows: Sequence[TableRow]) -> tuple[Span, ...]:
    """Columns under the heads of two in one cell: whose a figure there is cannot be told."""
    first = min((index for row in rows for index in row.rows), default=0)
    return tuple(
        columns_of(cell)
        for row in range(first)
        for cell in view.starting(row)
        if names_two(cell.text, APPLICATION_COLUMNS)
    )


def _head(text: str) -> tuple[str, float]:
    if plain(text) in {"法人或其他组织", "申请人情况"} or names_two(text, APPLICATION_COLUMNS):
        return "", 0.0
    scored = [(likeness(text, entry.names), entry.key) for entry in APPLICATION_COLUMNS]
    score, key = max(scored)
    return key, score


def _slots(rows: Sequence[TableRow]) -> tuple[Span, ...]:
    """The columns right of the labels, as most rows have them."""
    if not rows:
        return ()
    shapes = Counter(tuple(sorted({columns_of(cell) for cell in row.figure_cells})) for row in rows)
    return shapes.most_common(1)[0][0]


def _fits(columns: Columns, slots: Sequence[Span]) -> bool:
    return columns.short or all(
        any(span.overlap(slot) for slot in slots) for span in columns.spans.values()
    )


def _column_has_ink(rows: Sequence[TableRow], slot: Span) -> bool:
    return any(
        not is_empty(cell)
        for row in rows
        for cell in row.figure_cells
        if columns_of(cell).overlap(slot)
    )


def _is_short(
    view: TableView, rows: Sequence[TableRow], heads: dict[str, Span], slots: Sequence[Span]
) -> bool:
    """Fewer figures a row than heads, and not below them.

    On a web page a short row leaves the grid's last columns empty, so that the heads seem to stand
    over figures that are not theirs; nothing but the sums can tell this from cells left blank.
    """
    if len(heads) < len(KEYS) or len(rows) < 2 or any(_is_below(row, heads) for row in rows):
        return False
    if len(slots) < len(KEYS):
        aligned = all(
            sum(1 for head in heads.values() if head.overlap(slot)) == 1 for slot in slots
        )
        if not aligned:
            return _apart(heads, slots)
    inked = [tuple(not is_empty(cell) for cell in row.figure_cells) for row in rows]
    printed = {pattern for pattern in inked if any(pattern)}
    if len(printed) != 1:
        return False
    pattern = printed.pop()
    count = sum(pattern)
    left_aligned = all(pattern[:count]) and 2 <= count < len(KEYS)
    no_paper = all(not cell.regions for cell in view.table.cells)
    return left_aligned and (no_paper or (_totals_hold(rows) and len(slots) < len(KEYS)))


def _is_below(row: TableRow, heads: Mapping[str, Span]) -> bool:
    """Whether a row has a figure of its own below every head: cells of others were merged."""
    inked = {columns_of(cell) for cell in row.figure_cells if not is_empty(cell)}
    return set(heads.values()) <= inked


def _apart(heads: dict[str, Span], slots: Sequence[Span]) -> bool:
    """True unless the first and last figure stand under 自然人 and 总计 alone: merged cells."""
    first, last = heads["natural_person"], heads["total"]
    return not (slots and slots[0] == first and slots[-1] == last)


def _totals_hold(rows: Sequence[TableRow]) -> bool:
    """In every row the last figure is the sum of the others, and not only because all are 0."""
    evidence = False
    for row in rows:
        values = [figure.figure.value for figure in _printed(row)]
        if not values:
            continue
        if any(value is None for value in values):
            return False
        *parts, total = [value for value in values if value is not None]
        if sum(parts) != total:
            return False
        evidence = evidence or total != 0
    return evidence


def _printed(row: TableRow) -> tuple[PlacedFigure, ...]:
    cells = [cell for cell in row.figure_cells if not is_empty(cell)]
    return tuple(read_cells(row.view.table.id, (cell,), count=True) for cell in cells)


def read_row(row: TableRow, columns: Columns) -> dict[str, PlacedFigure]:
    """The figures of one row, for all seven keys in the form's order."""
    if columns.short:
        return _read_short(row, columns)
    stray = _stray(row, columns)
    if stray and len(printed := _printed(row)) == len(KEYS):
        # A cell too few or too many before them has shifted the row's figures.
        return dict(zip(KEYS, printed, strict=True))
    figures = {}
    for key in KEYS:
        span = columns.spans.get(key)
        if span is None:
            figures[key] = ABSENT.doubted(NOT_FOUND if key in columns.doubtful else None)
        else:
            cells = tuple(cell for cell in row.cells if columns_of(cell).overlap(span))
            figures[key] = _read(row, cells, key, columns).doubted(SHIFTED if stray else None)
    return figures


def _stray(row: TableRow, columns: Columns) -> bool:
    """A figure stands under no column."""
    spans = (*columns.spans.values(), *columns.others)
    return any(
        not is_empty(cell) and not any(columns_of(cell).overlap(span) for span in spans)
        for cell in row.figure_cells
    )


def _read(row: TableRow, cells: Sequence[Cell], key: str, columns: Columns) -> PlacedFigure:
    placed = read_cells(row.view.table.id, cells, count=True)
    inked = [cell for cell in cells if not is_empty(cell)]
    if len(inked) != 1:
        return placed
    neighbours = [other for other in columns.spans if other != key]
    if any(columns_of(inked[0]).overlap(columns.spans[other]) for other in neighbours):
        return unattributed(placed, "one number stands under several columns")
    if inked[0].row not in row.rows or inked[0].row_span > len(row.rows):
        return unattributed(placed, "one number stands beside several rows")
    return placed.doubted(past_head(inked, columns.spans[key]))


def _read_short(row: TableRow, columns: Columns) -> dict[str, PlacedFigure]:
    printed = _printed(row)
    figures = dict.fromkeys(KEYS, ABSENT.doubted(SHORT_ROW))
    if len(printed) > len(KEYS):
        return figures
    for key, figure in zip(KEYS, printed[:-1], strict=False):
        figures[key] = figure.doubted(SHORT_ROW)
    if printed:
        figures["total"] = printed[-1].doubted(None if columns.totals_hold else SHORT_ROW)
    if len(printed) > 1:
        sure = columns.totals_hold
        figures["natural_person"] = printed[0].doubted(None if sure else SHORT_ROW)
    return figures
