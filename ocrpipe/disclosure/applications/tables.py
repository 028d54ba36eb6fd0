"""Which tables print section 三: whole, in parts one below the other, or in parts side by side.

A table may print the form's rows as its columns; it is then read transposed.
"""

from collections import Counter
from collections.abc import Sequence

from ocrpipe.disclosure.applications.columns import find_heads
from ocrpipe.disclosure.applications.rows import known_keys, match_rows, table_rows
from ocrpipe.disclosure.form import APPLICATION_ROWS
from ocrpipe.disclosure.grid import Span, TableView, is_empty, is_label, part_of, transpose

MIN_ROWS = 4
"""Rows of the form that a table must print to be section 三 by itself."""

_FEWEST_ROWS = 2
_FEWEST_HEADS = 5
"""The same where it heads its columns with so many of the seven applicants: the page break after
一 and 二 leaves no more rows, and what is below may be no table."""

_MIN_COLUMNS = 3
"""The same for a table that prints them as its columns, beside two applicants or more at least."""

_LEAST_FIGURES = 3
"""Figures before the labels of the right half of a table that is set in two, at least."""

_SAME_ROWS = 0.8
"""Share of the rows of the form that two tables have in common which part its columns."""

_ORDER = {entry.key: index for index, entry in enumerate(APPLICATION_ROWS)}


def choose_tables(views: Sequence[TableView]) -> tuple[TableView, ...]:
    """The table that prints section 三, with those before and after it that go on with its rows.

    `views` are `upright` here and below.
    """
    views = [half for view in views for half in _halves(view)]
    keys = [known_keys(table_rows(view)) for view in views]
    best = max(range(len(views)), key=lambda index: len(keys[index]), default=None)
    if best is None or not _is_enough(views[best], len(keys[best])):
        return ()
    chosen = [best]
    low, high = _ORDER[keys[best][0]], _ORDER[keys[best][-1]]
    for index in range(best + 1, len(views)):
        if keys[index] and _ORDER[keys[index][0]] > high:
            chosen.append(index)
            high = _ORDER[keys[index][-1]]
    for index in range(best - 1, -1, -1):
        if keys[index] and _ORDER[keys[index][-1]] < low:
            chosen.insert(0, index)
            low = _ORDER[keys[index][0]]
    return tuple(views[index] for index in chosen)


def _is_enough(view: TableView, rows: int) -> bool:
    return rows >= MIN_ROWS or (rows >= _FEWEST_ROWS and len(_heads(view)) >= _FEWEST_HEADS)


def upright(view: TableView) -> TableView:
    """The table as the form has it: transposed where its rows are the applicants."""
    if view.table.n_cols <= _MIN_COLUMNS:
        return view
    own = known_keys(table_rows(view))
    # Transposed, it has no more rows of the form than it has columns now.
    if len(own) >= view.table.n_cols:
        return view
    turned = transpose(view)
    keys = known_keys(table_rows(turned))
    if len(keys) < _MIN_COLUMNS or len(keys) <= len(own) or len(_heads(turned)) < 2:
        return view
    return turned


def choose_beside(views: Sequence[TableView], chosen: Sequence[TableView]) -> tuple[TableView, ...]:
    """Tables that print the rows of the one that is chosen under its other heads.

    A matrix too wide for its page is set as two tables, each with a part of the columns.
    """
    if len(chosen) != 1:
        return ()
    heads = set(_heads(chosen[0]))
    if not heads:
        return ()
    own = set(known_keys(table_rows(chosen[0])))
    beside: list[TableView] = []
    for view in views:
        if view.table.id == chosen[0].table.id:
            continue
        keys = set(known_keys(table_rows(view)))
        if len(own & keys) < _SAME_ROWS * max(len(own), len(keys)):
            continue
        others = set(_heads(view))
        if others and not heads & others:
            beside.append(view)
            heads |= others
    return tuple(beside)


def choose_twins(views: Sequence[TableView], chosen: Sequence[TableView]) -> tuple[TableView, ...]:
    """Other tables with rows and heads of the one that is chosen: of another year, perhaps."""
    ids = {view.table.id for view in chosen}
    own = {key for view in chosen for key in known_keys(table_rows(view))}
    return tuple(
        view
        for view in views
        if view.table.id not in ids
        and len(own & set(known_keys(table_rows(view)))) >= MIN_ROWS
        and any(set(_heads(view)) & set(_heads(other)) for other in chosen)
    )


def _heads(view: TableView) -> dict[str, Span]:
    return find_heads(view, [found.row for found in match_rows(table_rows(view))])


def _halves(view: TableView) -> tuple[TableView, ...]:
    """The two halves of a table that prints the first rows of the form on the left and the others
    beside them on the right; other tables as they are."""
    starts = Counter(start for row in range(len(view.rows)) if (start := _right_half(view, row)))
    if not starts:
        return (view,)
    start, count = starts.most_common(1)[0]
    halves = tuple(
        part_of(view, columns) for columns in (Span(0, start), Span(start, view.table.n_cols))
    )
    left, right = (known_keys(table_rows(half)) for half in halves)
    if count < MIN_ROWS or len(left) < MIN_ROWS or len(right) < MIN_ROWS:
        return (view,)
    return halves if _ORDER[left[-1]] < _ORDER[right[0]] else (view,)


def _right_half(view: TableView, row: int) -> int:
    """The column of the first label right of a row's figures; 0 where there is none."""
    figures = 0
    for cell in view.starting(row):
        if is_label(cell) and figures >= _LEAST_FIGURES:
            return cell.col
        figures += not is_label(cell) and not is_empty(cell)
    return 0
