"""A grid by its edges in the straight frame (`geometry.Shear`), where lines of text are level."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import GridCell, TableGrid
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight import table_grid


@dataclass(frozen=True, slots=True)
class StraightGrid:
    """Ascending edges in points of the straight frame; `spans` tile the grid exactly once."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, span: Span) -> Box:
        return Box(
            self.xs[span.col],
            self.ys[span.row],
            self.xs[span.col + span.col_span],
            self.ys[span.row + span.row_span],
        )


def straight_grid(grid: TableGrid, shear: Shear) -> StraightGrid:
    """A grid of the page in the straight frame; every edge must be the side of a cell."""
    xs: list[list[float]] = [[] for _ in range(grid.n_cols + 1)]
    ys: list[list[float]] = [[] for _ in range(grid.n_rows + 1)]
    for cell in grid.cells:
        box = _straight_box(cell, shear)
        xs[cell.col].append(box.x0)
        xs[cell.col + cell.col_span].append(box.x1)
        ys[cell.row].append(box.y0)
        ys[cell.row + cell.row_span].append(box.y1)
    spans = tuple(Span(cell.row, cell.col, cell.row_span, cell.col_span) for cell in grid.cells)
    return StraightGrid(_middles(xs), _middles(ys), spans)


def page_grid(grid: StraightGrid, shear: Shear) -> TableGrid:
    """Back from the straight frame to the page."""
    spans = sorted(grid.spans, key=lambda span: (span.row, span.col))
    return table_grid(spans, np.array(grid.xs), np.array(grid.ys), shear)


def _straight_box(cell: GridCell, shear: Shear) -> Box:
    x, y = cell.box.center
    return Box(
        shear.straight(cell.box.x0, y)[0],
        shear.straight(x, cell.box.y0)[1],
        shear.straight(cell.box.x1, y)[0],
        shear.straight(x, cell.box.y1)[1],
    )


def _middles(edges: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(median(values) for values in edges)
