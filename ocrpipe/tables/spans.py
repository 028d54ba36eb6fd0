"""From walls to cells: grid slots without a wall between them are one cell.

Cells of a table are rectangles. Where a wall was missed or invented, the union of slots is none,
and the change of walls that goes least against the evidence makes it one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Walls = NDArray[np.float64]
"""Share of each wall that is covered by rules, 0 to 1."""

WALL_SHARE = 0.6
"""A wall that is covered by at least this share is there."""


@dataclass(frozen=True, slots=True)
class Span:
    """A rectangle of grid slots."""

    row: int
    col: int
    row_span: int
    col_span: int


def spans_from_walls(
    vertical: Walls, horizontal: Walls, heights: NDArray[np.float64], widths: NDArray[np.float64]
) -> tuple[Span, ...]:
    """Cells as spans, by row and column; they tile the grid exactly once.

    Args:
        vertical: (rows, columns + 1), the wall left of each slot and right of the last.
        horizontal: (rows + 1, columns), the wall above each slot and below the last.
        heights: Of the rows, in points; long walls weigh more in a repair.
        widths: Of the columns, in points.
    """
    walls = _Walls(vertical, horizontal, heights, widths)
    for _ in range(4 * walls.rows * walls.cols + 16):
        labels = walls.label()
        broken = _first_broken(labels)
        if broken is None:
            return _spans(labels)
        walls.repair(labels == broken)
    # Repairs that undo each other: every slot of an odd union becomes a cell of its own.
    while (broken := _first_broken(labels)) is not None:
        rows, cols = np.nonzero(labels == broken)
        labels[rows, cols] = labels.max() + 1 + np.arange(len(rows))
    return _spans(labels)


def without_unused_edges(
    spans: Sequence[Span], xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[tuple[Span, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Spans and ascending edges without the edges at which no cell begins."""
    cols = sorted({span.col for span in spans} | {len(xs) - 1})
    rows = sorted({span.row for span in spans} | {len(ys) - 1})
    col_at = {col: index for index, col in enumerate(cols)}
    row_at = {row: index for index, row in enumerate(rows)}
    kept = tuple(
        Span(
            row_at[span.row],
            col_at[span.col],
            row_at[span.row + span.row_span] - row_at[span.row],
            col_at[span.col + span.col_span] - col_at[span.col],
        )
        for span in spans
    )
    return kept, xs[cols], ys[rows]


class _Walls:
    """Walls of one grid while they are repaired."""

    def __init__(
        self,
        vertical: Walls,
        horizontal: Walls,
        heights: NDArray[np.float64],
        widths: NDArray[np.float64],
    ) -> None:
        self.rows, self.cols = vertical.shape[0], horizontal.shape[1]
        self.evidence_v, self.evidence_h = vertical, horizontal
        self.v = vertical >= WALL_SHARE
        self.h = horizontal >= WALL_SHARE
        self.heights, self.widths = heights, widths

    def label(self) -> NDArray[np.intp]:
        """A number for each slot, equal for slots of one cell."""
        labels = np.full((self.rows, self.cols), -1, dtype=np.intp)
        count = 0
        for row in range(self.rows):
            for col in range(self.cols):
                if labels[row, col] < 0:
                    self._flood(labels, row, col, count)
                    count += 1
        return labels

    def _flood(self, labels: NDArray[np.intp], row: int, col: int, number: int) -> None:
        pending = [(row, col)]
        labels[row, col] = number
        while pending:
            r, c = pending.pop()
            neighbours = (
                (r, c - 1, c > 0 and not self.v[r, c]),
                (r, c + 1, c + 1 < self.cols and not self.v[r, c + 1]),
                (r - 1, c, r > 0 and not self.h[r, c]),
                (r + 1, c, r + 1 < self.rows and not self.h[r + 1, c]),
            )
            for nr, nc, open_ in neighbours:
                if open_ and labels[nr, nc] < 0:
                    labels[nr, nc] = number
                    pending.append((nr, nc))

    def repair(self, member: NDArray[np.bool_]) -> None:
        """Make the union `member` more rectangular by the cheapest change of walls.

        Either a wall that ends in the open goes on (a cut along one grid edge), or the walls
        inside the hull of the union were none. The price is the length of the walls that are
        changed, times how much the evidence says against it.
        """
        rows, cols = np.nonzero(member)
        top, bottom = int(rows.min()), int(rows.max()) + 1
        left, right = int(cols.min()), int(cols.max()) + 1
        price = float(
            (self.v * self.evidence_v * self.heights[:, None])[top:bottom, left + 1 : right].sum()
            + (self.h * self.evidence_h * self.widths[None, :])[top + 1 : bottom, left:right].sum()
        )
        best: tuple[str, int] = ("hull", 0)
        for col in range(left + 1, right):
            inside = member[:, col - 1] & member[:, col]
            if inside.any() and (member[:, col - 1] ^ member[:, col]).any():
                cut = float(((1 - self.evidence_v[:, col]) * self.heights)[inside].sum())
                if cut < price:
                    price, best = cut, ("col", col)
        for row in range(top + 1, bottom):
            inside = member[row - 1] & member[row]
            if inside.any() and (member[row - 1] ^ member[row]).any():
                cut = float(((1 - self.evidence_h[row]) * self.widths)[inside].sum())
                if cut < price:
                    price, best = cut, ("row", row)
        kind, at = best
        if kind == "col":
            self.v[member[:, at - 1] & member[:, at], at] = True
        elif kind == "row":
            self.h[at, member[at - 1] & member[at]] = True
        else:
            self.v[top:bottom, left + 1 : right] = False
            self.h[top + 1 : bottom, left:right] = False


def _first_broken(labels: NDArray[np.intp]) -> int | None:
    for number in range(int(labels.max()) + 1):
        rows, cols = np.nonzero(labels == number)
        if len(rows) == 0:
            continue
        hull = (rows.max() - rows.min() + 1) * (cols.max() - cols.min() + 1)
        if hull != len(rows):
            return number
    return None


def _spans(labels: NDArray[np.intp]) -> tuple[Span, ...]:
    spans = []
    for number in np.unique(labels):
        rows, cols = np.nonzero(labels == number)
        top, left = int(rows.min()), int(cols.min())
        spans.append(Span(top, left, int(rows.max()) - top + 1, int(cols.max()) - left + 1))
    return tuple(sorted(spans, key=lambda span: (span.row, span.col)))
