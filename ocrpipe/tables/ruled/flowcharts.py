"""Boxes that lines join: flowcharts and charts of an organization, which are no tables."""

from collections.abc import Sequence
from itertools import combinations

from ocrpipe.document import Cell, Table
from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid

_FEWEST_BOXES = 3
_LONGEST_BRANCH = 2
"""Characters beside an arrow of a flowchart (是, 否), at most."""

_REACH = 3.0
"""Points from the edge of a cell to the rule that is this edge, at most."""

_WALL = 0.8
"""Share of the edge of a cell that rules cover where it is a wall, at least."""

_OPEN = 0.3
"""Share of the blank paper of a flowchart that no rules close in, at least; a form has none."""


def is_flowchart(grid: TableGrid, table: Table, rulings: Sequence[Ruling]) -> bool:
    """Whether a grid is made of boxes of text of which no two touch, with open paper between them.

    The cells of a table stand wall to wall, and those that are blank have walls as well.

    Args:
        grid: On the page, in points.
        table: What was read from it.
        rulings: Of the page, in points.
    """
    boxes = [cell for cell in table.cells if len(cell.text) > _LONGEST_BRANCH]
    if len(boxes) < _FEWEST_BOXES or any(_touch(*pair) for pair in combinations(boxes, 2)):
        return False
    near = [rule for rule in rulings if _meets(rule, grid.box)]
    written = {(cell.row, cell.col) for cell in boxes}
    blank = [cell.box for cell in grid.cells if (cell.row, cell.col) not in written]
    paper = sum(box.area for box in blank)
    opened = sum(box.area for box in blank if not _is_closed(box, near))
    return paper > 0 and opened >= _OPEN * paper


def _touch(one: Cell, other: Cell) -> bool:
    """Whether two cells have a part of an edge in common."""
    rows = min(one.row + one.row_span, other.row + other.row_span) - max(one.row, other.row)
    cols = min(one.col + one.col_span, other.col + other.col_span) - max(one.col, other.col)
    return rows >= 0 and cols >= 0 and rows + cols > 0


def _meets(rule: Ruling, box: Box) -> bool:
    wide = box.padded(_REACH)
    return rule.x0 <= wide.x1 and rule.x1 >= wide.x0 and rule.y0 <= wide.y1 and rule.y1 >= wide.y0


def _is_closed(box: Box, rulings: Sequence[Ruling]) -> bool:
    sides = [
        [(rule.x0, rule.x1) for rule in rulings if rule.horizontal and abs(rule.y0 - y) <= _REACH]
        for y in (box.y0, box.y1)
    ]
    flanks = [
        [(r.y0, r.y1) for r in rulings if not r.horizontal and abs(r.x0 - x) <= _REACH]
        for x in (box.x0, box.x1)
    ]
    return all(_covered(side, box.x0, box.x1) for side in sides) and all(
        _covered(flank, box.y0, box.y1) for flank in flanks
    )


def _covered(pieces: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    covered, reached = 0.0, start
    for low, high in sorted(pieces):
        covered += max(0.0, min(high, end) - max(low, reached))
        reached = max(reached, min(high, end))
    return covered >= _WALL * (end - start)
