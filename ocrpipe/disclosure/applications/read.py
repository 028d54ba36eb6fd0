"""Section 三: its rows, from the tables that print it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ocrpipe.disclosure.applications.columns import KEYS, Columns, find_columns, read_row
from ocrpipe.disclosure.applications.rows import (
    FormRow,
    TableRow,
    join_cut_rows,
    match_rows,
    table_rows,
)
from ocrpipe.disclosure.figures import PlacedFigure, doubted_by
from ocrpipe.disclosure.form import APPLICATION_ROWS
from ocrpipe.disclosure.grid import TableView, has_ink
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Edition


@dataclass(frozen=True, slots=True)
class ReadRow:
    key: str
    label: str
    figures: dict[str, PlacedFigure]


@dataclass(frozen=True, slots=True)
class ReadApplications:
    edition: Edition | None
    rows: tuple[ReadRow, ...]
    issues: tuple[Issue, ...]


def read_applications(
    views: Sequence[TableView],
    beside: Sequence[TableView] = (),
    twins: Sequence[TableView] = (),
) -> ReadApplications:
    """Read section 三 from its tables, as `choose_tables` gives them.

    `beside` are tables of the same rows with other columns, as `choose_beside` gives them, and
    `twins` those with the same columns, as `choose_twins` does: what differs there is doubtful.
    """
    rows = [row for view in views for row in join_cut_rows(table_rows(view))]
    matched = match_rows(rows)
    columns = _columns(views, matched)
    read = tuple(
        ReadRow(row.key, row.row.labels[0] if row.row.labels else "", _figures(row, columns))
        for row in matched
    )
    read = tuple(_printed_places(row, views) for row in read)
    for view in beside:
        read = _with_columns_of(read, read_applications((view,)).rows)
    for view in twins:
        read = _doubted_by(read, read_applications((view,)).rows)
    edition = edition_of({row.key for row in matched})
    issues = (
        *_short_row_issues(views, columns),
        *_lost_column_issues(columns),
        *_row_issues(matched),
        *_unknown_rows(rows, matched),
        *_missing_rows(views, matched, edition),
    )
    return ReadApplications(edition, read, issues)


def _printed_places(row: ReadRow, views: Sequence[TableView]) -> ReadRow:
    """The row with the places that its figures have in the printed table."""
    turned = {view.table.id for view in views if view.transposed}
    figures = {
        key: replace(placed, row=placed.col, col=placed.row)
        if placed.table_id in turned
        else placed
        for key, placed in row.figures.items()
    }
    return replace(row, figures=figures)


def _with_columns_of(rows: Sequence[ReadRow], others: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The rows with the figures of columns that only the other table prints."""
    printed = {row.key: row.figures for row in others}

    def whole(row: ReadRow) -> ReadRow:
        other = printed.get(row.key, {})
        figures = {
            key: other[key] if placed.figure.state == "absent" and key in other else placed
            for key, placed in row.figures.items()
        }
        return replace(row, figures=figures)

    return tuple(whole(row) for row in rows)


def _doubted_by(rows: Sequence[ReadRow], others: Sequence[ReadRow]) -> tuple[ReadRow, ...]:
    """The rows with those figures in doubt of which another table says otherwise."""
    own, printed = (
        {(row.key, key): placed for row in of for key, placed in row.figures.items()}
        for of in (rows, others)
    )
    doubted = doubted_by(own, printed)
    return tuple(
        replace(row, figures={key: doubted[row.key, key] for key in row.figures}) for row in rows
    )


def edition_of(keys: set[str]) -> Edition | None:
    """By （六）其他处理: one row in the form of 2019, three in that of 2021."""
    if "other" in keys:
        return "2019"
    return "2021" if any(key.startswith("other.") for key in keys) else None


def _columns(views: Sequence[TableView], matched: Sequence[FormRow]) -> dict[TableView, Columns]:
    columns: dict[TableView, Columns] = {}
    previous: Columns | None = None
    for view in views:
        own = [row.row for row in matched if row.row.view is view]
        previous = find_columns(view, own, previous)
        columns[view] = previous
    return columns


def _figures(row: FormRow, columns: Mapping[TableView, Columns]) -> dict[str, PlacedFigure]:
    figures = read_row(row.row, columns[row.row.view])
    return {key: figure.doubted(row.doubt) for key, figure in figures.items()}


def _issue(code: IssueCode, message: str, row: TableRow | None = None) -> Issue:
    if row is None:
        return Issue(code=code, severity="warning", message=message)
    place = row.rows[0]
    return Issue(
        code=code,
        severity="warning",
        message=message,
        page=min(row.view.pages(place), default=None),
        table_id=row.view.table.id,
        row=None if row.view.transposed else place,
        col=place if row.view.transposed else None,
    )


def _short_row_issues(
    views: Sequence[TableView], columns: Mapping[TableView, Columns]
) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            code=IssueCode.TABLE_INCOMPLETE,
            severity="warning",
            message="section 三 prints fewer figures a row than the form has columns: only the "
            "first and the last column are certain",
            table_id=view.table.id,
        )
        for view in views
        if columns[view].short
    )


def _lost_column_issues(columns: Mapping[TableView, Columns]) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            code=IssueCode.TABLE_INCOMPLETE,
            severity="warning",
            message=f"no head of the column {key} was found in section 三",
            table_id=view.table.id,
        )
        for view, found in columns.items()
        for key in KEYS
        if key in found.doubtful
    )


def _row_issues(matched: Sequence[FormRow]) -> tuple[Issue, ...]:
    return tuple(
        _issue(
            IssueCode.REPORT_ROW_UNKNOWN, f"section 三, taken for {row.key}: {row.doubt}", row.row
        )
        for row in matched
        if row.doubt is not None
    )


def _unknown_rows(rows: Sequence[TableRow], matched: Sequence[FormRow]) -> tuple[Issue, ...]:
    taken = {(row.row.view, row.row.rows) for row in matched}
    return tuple(
        _issue(
            IssueCode.REPORT_ROW_UNKNOWN,
            f"section 三 has a row that the form does not know: {''.join(row.labels[:1])!r}",
            row,
        )
        for row in rows
        if (row.view, row.rows) not in taken and row.has_figures and has_ink(row.figure_cells)
    )


def _missing_rows(
    views: Sequence[TableView], matched: Sequence[FormRow], edition: Edition | None
) -> tuple[Issue, ...]:
    if not views:
        return ()
    keys = {row.key for row in matched}
    return tuple(
        Issue(
            code=IssueCode.REPORT_ROW_MISSING,
            severity="warning",
            message=f"section 三 has no row {entry.key} ({entry.names[0]})",
            table_id=views[0].table.id,
        )
        for entry in APPLICATION_ROWS
        if entry.key not in keys and (edition or "2019") in entry.editions
    )
