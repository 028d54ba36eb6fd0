"""From walls to cells: grid slots without a wall between them are one cell.

Cells of a table are rectangles. Where a wall was missed or invented, the union of slots is none,
and the change of walls that goes least against the evidence makes it one. A union may be one where
a whole wall was missed; then the rules that ended at it end inside of a cell.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Walls = NDArray[np.float64]
"""Share of each wall that is covered by rules, 0 to 1."""

WALL_SHARE = 0.6
"""A wall that is covered by at least this share is there."""

_FEWEST_ENDS = 2
"""Walls inside a cell that end at one edge of it, where another one is missed: a single stroke of a
pen, or of a character, ends there by chance."""

_MOST_OPTIONS = 8
_MOST_REPAIRS = 12

_Option = tuple[str, int]
"""What is changed: "hull", "col" or "row", and the edge that is cut along."""


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
        if broken is not None:
            walls.repair(labels == broken)
        elif not walls.close_ends(labels):
            return _spans(labels)
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
        changed, times how much the evidence says against it, and that of all changes which the
        slots of the union then still need.
        """
        options = sorted(self._options(member))
        if len(options) > 1:
            options = [
                (price + rest, option)
                for price, option in options[:_MOST_OPTIONS]
                if (rest := self._changed(member, option).price_of_rest(member)) is not None
            ] or options
        self._change(member, min(options)[1])

    def close_ends(self, labels: NDArray[np.intp]) -> bool:
        """Add the first wall at which others inside of a cell end, if there is any.

        It costs less than to take those for none, priced as `repair` does.
        """
        inside_h = self.h[1:-1] & (labels[:-1] == labels[1:])
        inside_v = self.v[:, 1:-1] & (labels[:, :-1] == labels[:, 1:])
        numbers = np.unique(np.append(labels[1:][inside_h], labels[:, 1:][inside_v]))
        if not len(numbers):
            return False
        _, first, last = _places(labels)
        for (top, left), (bottom, right) in zip(first[numbers], last[numbers] + 1, strict=True):
            rows, cols = np.s_[top:bottom], np.s_[left:right]
            evidence = np.where(self.h, self.evidence_h, 0.0)[top + 1 : bottom, cols]
            against = (1 - self.evidence_v)[rows, left + 1 : right]
            edge = _edge_at_ends(evidence, self.widths[cols], against.T @ self.heights[rows])
            if edge is not None:
                self.v[rows, left + edge] = True
                return True
            evidence = np.where(self.v, self.evidence_v, 0.0)[rows, left + 1 : right].T
            against = (1 - self.evidence_h)[top + 1 : bottom, cols]
            edge = _edge_at_ends(evidence, self.heights[rows], against @ self.widths[cols])
            if edge is not None:
                self.h[top + edge, cols] = True
                return True
        return False

    def price_of_rest(self, member: NDArray[np.bool_]) -> float | None:
        """The price of making all unions in the hull of `member` rectangles, one cheap change
        after the other; None where that does not end."""
        total = 0.0
        top, bottom, left, right = _hull(member)
        for _ in range(_MOST_REPAIRS):
            labels = self.label()
            concerned = np.unique(labels[top:bottom, left:right])
            labels = np.where(np.isin(labels, concerned), labels, -1)
            broken = _first_broken(labels)
            if broken is None:
                return total
            price, option = min(self._options(labels == broken))
            total += price
            self._change(labels == broken, option)
        return None

    def _changed(self, member: NDArray[np.bool_], option: _Option) -> "_Walls":
        other = copy(self)
        other.v, other.h = self.v.copy(), self.h.copy()
        other._change(member, option)
        return other

    def _options(self, member: NDArray[np.bool_]) -> Iterator[tuple[float, _Option]]:
        """The changes that make a union of slots more rectangular, and their prices."""
        top, bottom, left, right = _hull(member)
        yield (
            float(
                (self.v * self.evidence_v * self.heights[:, None])[
                    top:bottom, left + 1 : right
                ].sum()
                + (self.h * self.evidence_h * self.widths[None, :])[
                    top + 1 : bottom, left:right
                ].sum()
            ),
            ("hull", 0),
        )
        for col in range(left + 1, right):
            inside = member[:, col - 1] & member[:, col]
            if inside.any() and (member[:, col - 1] ^ member[:, col]).any():
                against = (1 - self.evidence_v[:, col]) * self.heights
                yield float(against[inside].sum()), ("col", col)
        for row in range(top + 1, bottom):
            inside = member[row - 1] & member[row]
            if inside.any() and (member[row - 1] ^ member[row]).any():
                against = (1 - self.evidence_h[row]) * self.widths
                yield float(against[inside].sum()), ("row", row)

    def _change(self, member: NDArray[np.bool_], option: _Option) -> None:
        kind, at = option
        if kind == "col":
            self.v[member[:, at - 1] & member[:, at], at] = True
        elif kind == "row":
            self.h[at, member[at - 1] & member[at]] = True
        else:
            top, bottom, left, right = _hull(member)
            self.v[top:bottom, left + 1 : right] = False
            self.h[top + 1 : bottom, left:right] = False


def _edge_at_ends(
    evidence: Walls, lengths: NDArray[np.float64], prices: NDArray[np.float64]
) -> int | None:
    """The edge inside a cell at which enough walls end that lead to one side of the cell.

    Args:
        evidence: (m, n), of walls inside the cell along its n slots, 0 where none is there.
        lengths: (n,), of the slots.
        prices: (n - 1,), of the walls at the edges between them.
    """
    there = evidence > 0
    for edge in range(1, len(lengths)):
        for near, far in ((there[:, :edge], there[:, edge:]), (there[:, edge:], there[:, :edge])):
            ending = near.all(axis=1) & ~far.any(axis=1)
            worth = float((evidence[ending] @ lengths).sum())
            if ending.sum() >= _FEWEST_ENDS and worth > prices[edge - 1]:
                return edge
    return None


def _hull(member: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """First row and the row after the last, first column and the column after the last."""
    rows, cols = np.nonzero(member)
    return int(rows.min()), int(rows.max()) + 1, int(cols.min()), int(cols.max()) + 1


def _first_broken(labels: NDArray[np.intp]) -> int | None:
    """The first number whose slots are no rectangle; None where all are."""
    sizes, first, last = _places(labels)
    broken = (sizes > 0) & ((last - first + 1).prod(axis=1) != sizes)
    return int(broken.argmax()) if broken.any() else None


def _spans(labels: NDArray[np.intp]) -> tuple[Span, ...]:
    sizes, first, last = _places(labels)
    rectangles = np.hstack([first, last - first + 1])[sizes > 0].tolist()
    return tuple(sorted((Span(*one) for one in rectangles), key=lambda span: (span.row, span.col)))


def _places(
    labels: NDArray[np.intp],
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """How many slots each number has (n,), and their first and last row and column, (n, 2) each;
    slots of a number below 0 do not count."""
    rows, cols = np.nonzero(labels >= 0)
    numbers, places = labels[rows, cols], np.column_stack([rows, cols])
    count = int(labels.max()) + 1
    first, last = np.full((count, 2), max(labels.shape)), np.full((count, 2), -1)
    np.minimum.at(first, numbers, places)
    np.maximum.at(last, numbers, places)
    return np.bincount(numbers, minlength=count), first, last
