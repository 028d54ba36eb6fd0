"""From rulings to grids: every ruled table of a page with its merged cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.ruled.broken import mend
from ocrpipe.tables.ruled.edges import column_and_row_edges
from ocrpipe.tables.ruled.groups import groups_of
from ocrpipe.tables.ruled.links import without_links
from ocrpipe.tables.ruled.merge import estimate_shear, merge_straight, straighten
from ocrpipe.tables.ruled.overshoots import without_overshoots
from ocrpipe.tables.ruled.spans import Walls, spans_from_walls, without_unused_edges
from ocrpipe.tables.ruled.straight import straight_boxes, table_grid
from ocrpipe.tables.ruled.streaks import without_streaks
from ocrpipe.tables.ruled.titles import join_title_rows
from ocrpipe.timings import timed

TOUCH = 3.5
"""Points by which a rule may miss another and still meet it (faint corners, thick frames)."""

BREAK = 5.0
"""Points of the longest gap in a rule that does not part two tables side by side."""

_LONGEST_CELL, _WIDEST_LABEL = 100.0, 100.0
"""Points: how high a cell is that goes over many rows, at least, and how wide its column."""

_END_MARGIN = 1.5


@timed("grids")
def find_grids(
    rulings: Sequence[Ruling],
    width: float,
    height: float,
    *,
    marks: Sequence[Box] = (),
    min_cells: int = 2,
) -> tuple[TableGrid, ...]:
    """All ruled tables of a page, from top to bottom.

    Rules that touch or cross belong to one table. Its column and row edges are the positions of
    its rules; where rules run past the outermost crossing rule (a table without outer borders, or
    cut by the page's end) their ends close it. Slots without a wall between them are one cell.
    A table inside a cell of another one is left out.

    Args:
        rulings: Rules of the page, in points; pieces, doubles and a slope up to 1.5 degrees are
            expected.
        width: Of the page, in points.
        height: Of the page, in points.
        marks: The print of the page, in points, which tells notes between tables from title rows.
        min_cells: Grids with fewer cells are left out: one box around text is no table.
    """
    shear = estimate_shear(rulings, width, height)
    lines = without_streaks(straighten(rulings, shear), width, height)
    rules = without_links(mend(merge_straight(without_overshoots(lines))))
    grids = [
        grid
        for component in join_title_rows(_components(rules), straight_boxes(marks, shear))
        if component[1]
        and (grid := _grid(component, shear)) is not None
        and len(grid.cells) >= min_cells
    ]
    outer = [grid for grid in grids if not any(_nested(grid, other) for other in grids)]
    return tuple(sorted(outer, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _components(rules: Sequence[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Connected sets of rules, not of verticals alone, as (horizontal, vertical) lists."""
    horizontal = [rule for rule in rules if rule.horizontal]
    vertical = [rule for rule in rules if not rule.horizontal]
    first = len(horizontal)
    groups = groups_of(first + len(vertical), _joined(horizontal, vertical))
    return [
        (
            [horizontal[i] for i in group if i < first],
            [vertical[i - first] for i in group if i >= first],
        )
        for group in groups
        if group[0] < first
    ]


def _joined(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Iterator[tuple[int, int]]:
    """Pairs of rules of one table by their numbers, those of the verticals behind the others'."""
    first = len(horizontal)
    met: set[int] = set()
    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical):
            if _meet(h, v):
                yield i, first + j
                met.add(j)
    for offset, pieces in ((0, horizontal), (first, vertical)):
        for index, (one, other) in enumerate(pairwise(pieces)):
            if _is_break(one, other):
                yield offset + index, offset + index + 1
    for j, (left, right) in enumerate(pairwise(vertical)):
        if (j in met) != (j + 1 in met) and _are_sides(left, right):
            yield first + j, first + j + 1


def _is_break(one: Ruling, other: Ruling) -> bool:
    """Whether two pieces on one line have no more between them than print or scan lost."""
    if one.horizontal:
        return one.y0 == other.y0 and other.x0 - one.x1 <= BREAK
    return one.x0 == other.x0 and other.y0 - one.y1 <= BREAK


def _are_sides(one: Ruling, other: Ruling) -> bool:
    """Whether two verticals, one beside the other, bound a column of one cell.

    No other rule needs to lead from the one to the other: a label of many rows has none on a page
    that they fill, where the table is not closed above and below.
    """
    length = min(one.y1 - one.y0, other.y1 - other.y0)
    ends = max(abs(one.y0 - other.y0), abs(one.y1 - other.y1))
    return length >= _LONGEST_CELL and ends <= TOUCH and abs(one.x0 - other.x0) <= _WIDEST_LABEL


def _meet(h: Ruling, v: Ruling) -> bool:
    reach_x = TOUCH + v.thickness / 2
    reach_y = TOUCH + h.thickness / 2
    return h.x0 - reach_x <= v.x0 <= h.x1 + reach_x and v.y0 - reach_y <= h.y0 <= v.y1 + reach_y


def _grid(component: tuple[list[Ruling], list[Ruling]], shear: Shear) -> TableGrid | None:
    xs, ys = column_and_row_edges(*component)
    if len(xs) < 2 or len(ys) < 2:
        return None
    horizontal = [(rule.y0, rule.x0, rule.x1) for rule in component[0]]
    vertical = [(rule.x0, rule.y0, rule.y1) for rule in component[1]]
    walls_v = _coverage(vertical, xs, ys)
    walls_h = _coverage(horizontal, ys, xs).T
    spans = spans_from_walls(walls_v, walls_h, np.diff(ys), np.diff(xs))
    return table_grid(*without_unused_edges(spans, xs, ys), shear)


def _coverage(
    segments: list[tuple[float, float, float]],
    across: NDArray[np.float64],
    along: NDArray[np.float64],
) -> Walls:
    """How much of each wall is covered: (slots along, edges across), the outer edges fully.

    `segments` are (position, start, end); each counts for the edge that it is nearest to.
    """
    result = np.zeros((len(along) - 1, len(across)))
    by_edge: dict[int, list[tuple[float, float]]] = {}
    for position, start, end in segments:
        by_edge.setdefault(int(np.abs(across - position).argmin()), []).append((start, end))
    for edge, pieces in by_edge.items():
        for slot in range(len(along) - 1):
            result[slot, edge] = _covered(pieces, float(along[slot]), float(along[slot + 1]))
    result[:, [0, -1]] = 1.0
    return result


def _covered(pieces: list[tuple[float, float]], start: float, end: float) -> float:
    """Share of a wall that `pieces` cover; one that touches neither end counts half.

    A wall runs from rule to rule. What floats between two rules is more likely the stroke of a
    character (the digit 1, or 中 in the middle of a merged heading).
    """
    margin = min(_END_MARGIN, 0.15 * (end - start))
    low, high = start + margin, end - margin
    inside = sorted((max(a, low), min(b, high)) for a, b in pieces if a < high and b > low)
    covered, reached = 0.0, low
    for a, b in inside:
        covered += max(0.0, b - max(a, reached))
        reached = max(reached, b)
    share = covered / (high - low)
    floating = bool(inside) and inside[0][0] > low and reached < high
    return share / 2 if floating else share


def _nested(inner: TableGrid, outer: TableGrid) -> bool:
    return inner is not outer and any(
        inner.box.overlap(cell.box) > 0.95 and inner.box.area < cell.box.area
        for cell in outer.cells
    )
