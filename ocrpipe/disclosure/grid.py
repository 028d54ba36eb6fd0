"""A table seen by its rows and columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from ocrpipe.disclosure.numbers import looks_like_figure
from ocrpipe.document import Cell, Table
from ocrpipe.ideographs import has_ideograph


class Span(NamedTuple):
    """Grid columns `start` to `end`, `end` not included."""

    start: int
    end: int

    def overlap(self, other: "Span") -> int:
        """How many columns both have."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def columns_of(cell: Cell) -> Span:
    return Span(cell.col, cell.col + cell.col_span)


_SAME_LABELS = 0.8
"""Share of the labels of a table that the same one of another year has, at least."""


@dataclass(frozen=True, eq=False)
class TableView:
    """A table whose rows can be looked up; a cell that spans rows stands in each of them.

    `transposed`: the rows are the columns of the printed table, and the places of its cells with
    them.
    """

    table: Table
    rows: tuple[tuple[Cell, ...], ...]
    transposed: bool = False

    def starting(self, row: int) -> tuple[Cell, ...]:
        """The cells whose first row is `row`, left to right."""
        return tuple(cell for cell in self.rows[row] if cell.row == row)

    def pages(self, row: int) -> frozenset[int]:
        return frozenset(region.page for cell in self.starting(row) for region in cell.regions[:1])


def view_table(table: Table) -> TableView:
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda cell: (cell.col, cell.row)):
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row].append(cell)
    return TableView(table, tuple(tuple(row) for row in rows))


def transpose(view: TableView) -> TableView:
    """The table with its columns for rows."""
    cells = tuple(
        cell.model_copy(
            update={
                "row": cell.col,
                "col": cell.row,
                "row_span": cell.col_span,
                "col_span": cell.row_span,
            }
        )
        for cell in view.table.cells
    )
    size = {"n_rows": view.table.n_cols, "n_cols": view.table.n_rows}
    turned = view_table(view.table.model_copy(update={"cells": cells, **size}))
    return replace(turned, transposed=not view.transposed)


def part_of(view: TableView, columns: Span) -> TableView:
    """What of a table begins in `columns`, as a table of its own."""
    rows = (
        tuple(cell for cell in row if columns.start <= cell.col < columns.end) for row in view.rows
    )
    return replace(view, rows=tuple(rows))


_LAST_YEAR = re.compile(r"上一?年(?:度|同期|数)|上一年|去年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


def of_this_year(tables: Sequence[Table]) -> list[Table]:
    """The tables but for those printed for comparison: their caption says that they are of last
    year, or names a year before that of another table with the same labels."""
    return [
        table
        for table in tables
        if not _is_of_last_year(table)
        and not (_year(table) and any(_is_later(other, table) for other in tables))
    ]


def _is_later(other: Table, table: Table) -> bool:
    if _year(other) <= _year(table):
        return False
    own, others = ({cell.text for cell in each.cells if is_label(cell)} for each in (table, other))
    return len(own & others) >= _SAME_LABELS * len(own)


def _is_of_last_year(table: Table) -> bool:
    caption = table.caption or ""
    return _LAST_YEAR.search(caption) is not None and "本年" not in caption


def _year(table: Table) -> int:
    """The last year that the caption names; 0 without one."""
    return max(map(int, _YEAR.findall(table.caption or "")), default=0)


def is_empty(cell: Cell) -> bool:
    """No ink: blank, or printed with nothing but spaces (as web pages do)."""
    return cell.state == "blank" or (cell.state == "printed" and not cell.text.strip())


# What recognisers make of a lone digit or stroke; none of them is a label by itself.
_DIGIT_LOOK_ALIKES = frozenset("一二十丨丿口〇零工上卜了人八入")

_MOST_KEPT = 4096
"""Texts of which it is kept whether they are labels: each cell of a report is asked 14 times."""


def is_label(cell: Cell) -> bool:
    """Chinese text that is not itself a figure such as 无 or 3件."""
    return _is_label(cell.text)


@lru_cache(_MOST_KEPT)
def _is_label(printed: str) -> bool:
    text = printed.strip()
    if not has_ideograph(text) or text in _DIGIT_LOOK_ALIKES:
        return False
    return not looks_like_figure(text)


def is_figure(cell: Cell) -> bool:
    """What may stand in a figure's cell, unread ink included."""
    return is_empty(cell) or cell.state == "unread" or not is_label(cell)


def split_row(cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """A row's label cells and the cells right of them; labels end where the first figure stands."""
    last = -1
    for index, cell in enumerate(cells):
        if is_label(cell):
            last = index
        elif _is_printed_figure(cell) and last >= 0:
            break
    return tuple(cell for cell in cells[: last + 1] if is_label(cell)), tuple(cells[last + 1 :])


def _is_printed_figure(cell: Cell) -> bool:
    # Ink over several rows that nobody could read is the label of a group under a stamp.
    if cell.state == "unread" and cell.row_span > 1:
        return False
    return looks_like_figure(cell.text) and not is_empty(cell)


def has_ink(cells: Iterable[Cell]) -> bool:
    return any(not is_empty(cell) for cell in cells)
