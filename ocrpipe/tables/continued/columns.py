"""The columns that two parts of one table have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from ocrpipe.document import Table
from ocrpipe.geometry import rotate_box

_TOLERANCE = 0.012
"""Share of the table's width within which two column edges are the same."""

_LEAST_SHARED = 0.7
"""Share of the inner edges of the part with fewer ones that the other part must have too."""

ColumnEdges = tuple[float, ...]
"""Ascending column edges of a table, as shares of its width: the first is 0, the last 1."""


@dataclass(frozen=True, slots=True)
class CommonColumns:
    """The edges of both parts together, and for each part the index there of each of its own."""

    edges: ColumnEdges
    of_first: tuple[int, ...]
    of_second: tuple[int, ...]


def relative_edges(table: Table, quarters: int = 0) -> ColumnEdges:
    """Column edges of a table that stands on one page, from the boxes of its cells.

    `quarters`: clockwise quarter turns after which a table that stands sideways is read.

    Edges are relative to the table's own width, since each page of a scan is shifted and scaled
    by itself.
    """
    places: list[list[float]] = [[] for _ in range(table.n_cols + 1)]
    for cell in table.cells:
        box = rotate_box(cell.regions[0].bbox, 0, 0, 90.0 * quarters)
        places[cell.col].append(box.x0)
        places[cell.col + cell.col_span].append(box.x1)
    # Paper shows no edge at which no cell ends; such a one lies between its neighbours.
    known = [index for index, found in enumerate(places) if found]
    middles = [median(places[index]) for index in known]
    edges = np.interp(range(table.n_cols + 1), known, middles)
    left, width = float(edges[0]), float(edges[-1] - edges[0])
    return tuple((float(edge) - left) / width for edge in edges)


def common_columns(first: ColumnEdges, second: ColumnEdges) -> CommonColumns | None:
    """The columns of both parts together, or None where they are not parts of one table.

    A part may lack edges that only cells of the other part have: most of those of the part with
    fewer edges must be edges of the other one as well.
    """
    narrowest = min(right - left for edges in (first, second) for left, right in pairwise(edges))
    tolerance = min(_TOLERANCE, 0.4 * narrowest)
    shared = sum(any(abs(edge - one) <= tolerance for one in second) for edge in first[1:-1])
    fewest = min(len(first), len(second)) - 2
    if shared < _LEAST_SHARED * fewest or (fewest == 0 and len(first) != len(second)):
        return None
    extra = [edge for edge in second if all(abs(edge - one) > tolerance for one in first)]
    merged = tuple(sorted([*first, *extra]))
    return CommonColumns(
        merged,
        tuple(_nearest(merged, edge) for edge in first),
        tuple(_nearest(merged, edge) for edge in second),
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


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))
