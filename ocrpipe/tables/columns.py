"""The columns that two parts of one table have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ocrpipe.document import Table
from ocrpipe.page import PageTable

_TOLERANCE = 0.012
"""Share of the table's width within which two column edges are the same."""

_WIDTH_TOLERANCE = 0.06
_LEAST_SHARED = 0.7


@dataclass(frozen=True, slots=True)
class CommonColumns:
    """For each part the new index of each of its column edges, and the new number of columns."""

    of_first: tuple[int, ...]
    of_second: tuple[int, ...]
    count: int


def common_columns(first: PageTable, second: PageTable) -> CommonColumns | None:
    """The columns of both parts together, or None where they are not parts of one table.

    Edges are compared relative to the table's own width, since each page of a scan is shifted and
    scaled by itself. A part may lack edges that only cells of the other part have.
    """
    if abs(first.box.width - second.box.width) > _WIDTH_TOLERANCE * first.box.width:
        return None
    own, other = _relative_edges(first), _relative_edges(second)
    shared = _shared_edges(own[1:-1], other[1:-1])
    fewest = min(len(own), len(other)) - 2
    if shared < _LEAST_SHARED * fewest or (fewest == 0 and len(own) != len(other)):
        return None
    merged = _merged(own, other)
    return CommonColumns(
        tuple(_nearest(merged, edge) for edge in own),
        tuple(_nearest(merged, edge) for edge in other),
        len(merged) - 1,
    )


def with_columns(table: Table, edges: Sequence[int], count: int) -> Table:
    """The same table on `count` columns, column edge i becoming edge `edges[i]`."""
    cells = tuple(
        cell.model_copy(
            update={
                "col": edges[cell.col],
                "col_span": edges[cell.col + cell.col_span] - edges[cell.col],
            }
        )
        for cell in table.cells
    )
    return table.model_copy(update={"n_cols": count, "cells": cells})


def _relative_edges(part: PageTable) -> list[float]:
    places: list[list[float]] = [[] for _ in range(part.table.n_cols + 1)]
    for cell in part.table.cells:
        box = cell.regions[-1].bbox
        places[cell.col].append(box.x0)
        places[cell.col + cell.col_span].append(box.x1)
    edges = [median(found) for found in places]
    left, width = edges[0], edges[-1] - edges[0]
    return [(edge - left) / width for edge in edges]


def _shared_edges(first: Sequence[float], second: Sequence[float]) -> int:
    return sum(any(abs(edge - one) <= _TOLERANCE for one in second) for edge in first)


def _merged(first: Sequence[float], second: Sequence[float]) -> list[float]:
    extra = [edge for edge in second if all(abs(edge - one) > _TOLERANCE for one in first)]
    return sorted([*first, *extra])


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))
