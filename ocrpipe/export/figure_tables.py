"""The figures of a report as tables to look at."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from ocrpipe.export.figures import SECTION_LABELS, FigureEntry
from ocrpipe.export.view import FigureView, ViewBuilder

_Row: TypeAlias = tuple[FigureEntry, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    label: str
    key: str
    cells: tuple[FigureView | None, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that share their columns; `columns` are keys with labels, and `cells` of a row
    are None where it has no such figure. `title` is empty where it would repeat the table before.
    """

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[FigureRow, ...]


def figure_tables(builder: ViewBuilder) -> list[FigureTable]:
    """A table for each of sections 三 and 四, and for rows of section 二 with the same columns."""
    rows = [
        tuple(group)
        for _, group in groupby(builder.entries, lambda entry: entry.path.rpartition("/")[0])
    ]
    tables = [_table(tuple(group), builder) for _, group in groupby(rows, _belongs_to)]
    before = ("", *(table.title for table in tables))
    return [
        replace(table, title="") if table.title == title else table
        for table, title in zip(tables, before, strict=False)
    ]


def _belongs_to(row: _Row) -> tuple[int, tuple[str, ...]]:
    section = row[0].section
    return section, tuple(entry.column for entry in row) if section == 2 else ()


def _table(rows: tuple[_Row, ...], builder: ViewBuilder) -> FigureTable:
    columns = {entry.column: entry.column_label for row in rows for entry in row}
    return FigureTable(
        SECTION_LABELS[rows[0][0].section],
        tuple(columns.items()),
        tuple(_row(row, tuple(columns), builder) for row in rows),
    )


def _row(row: _Row, columns: tuple[str, ...], builder: ViewBuilder) -> FigureRow:
    views = {entry.column: builder.figure(entry) for entry in row}
    return FigureRow(row[0].row_label, row[0].row_key, tuple(map(views.get, columns)))
