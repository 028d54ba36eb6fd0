"""Rows of a scanned table that lines of a pen below figures, or above them, cut in two.

Such a line leads from wall to wall below one figure or a few, as a rule does. What it cuts off is
blank, and the figures stand where those of the whole row do: in its middle, on the line of the
print in the cells that no line cuts. Below cells without a figure both sides of it are blank.
"""

from collections.abc import Sequence
from statistics import median

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.alignment.words import character_height, lines_of
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_MOST_CUT = 0.5
"""Share of a table's width that a line across blank cells takes at most: blank rows beside a label
of them all are cut over the rest of the width."""

_FEW_ROWS = 3
"""Rows that the cells of one row go over where lines of a pen cut others, at most; a label beside
several rows goes over more, or has figures beside it."""

_SAME_LEVEL = 0.4
"""Heights of a character by which print of one line is aside."""


def without_underlines(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid without row edges that are underlines.

    Args:
        grid: A ruled grid.
        marks: The print inside it, in its frame.
    """
    boxes = [mark.box for mark in marks]
    height = character_height(boxes)
    for edge in range(len(grid.ys) - 2, 0, -1):
        if _is_underline(grid, edge, boxes, height):
            grid = _joined(grid, edge)
    return grid


def _is_underline(grid: StraightGrid, edge: int, boxes: Sequence[Box], height: float) -> bool:
    upper = [span for span in grid.spans if span.row + span.row_span == edge]
    lower = [span for span in grid.spans if span.row == edge]
    across = [span for span in grid.spans if span.row < edge < span.row + span.row_span]
    whole = [span for span in across if (span.row, span.row_span) == (edge - 1, 2)]
    columns = [[(span.col, span.col_span) for span in sorted(side, key=_column)] for side in
               (upper, lower)]  # fmt: skip
    if columns[0] != columns[1] or any(span.row_span > 1 for span in (*upper, *lower)):
        return False
    is_short = sum(grid.box_of(span).width for span in upper) <= _MOST_CUT * (
        grid.xs[-1] - grid.xs[0]
    )
    if not (whole or is_short):
        return False
    above, below = (
        [level for span in side for level in _levels(grid.box_of(span), boxes, height)]
        for side in (upper, lower)
    )
    if not above and not below:
        return is_short and _cuts_blank_cells(grid, across, boxes, height)
    if not whole or bool(above) == bool(below):
        return False
    level = median(above or below)
    row = (edge - 1, edge) if above else (edge, edge + 1)
    own = (grid.ys[row[0]] + grid.ys[row[1]]) / 2
    middle = (grid.ys[edge - 1] + grid.ys[edge + 1]) / 2
    if abs(level - middle) >= abs(level - own):
        return False
    single = [
        levels[0] for span in whole if len(levels := _levels(grid.box_of(span), boxes, height)) == 1
    ]
    return bool(single) and all(abs(one - level) <= _SAME_LEVEL * height for one in single)


def _cuts_blank_cells(
    grid: StraightGrid, across: Sequence[Span], boxes: Sequence[Box], height: float
) -> bool:
    """Whether some of the cells that an edge between blank ones leaves whole are of the same row,
    with print in its middle."""
    for cell in (grid.box_of(span) for span in across if span.row_span <= _FEW_ROWS):
        levels = _levels(cell, boxes, height)
        if levels and abs(levels[0] + levels[-1] - cell.y0 - cell.y1) / 2 <= _SAME_LEVEL * height:
            return True
    return False


def _column(span: Span) -> int:
    return span.col


def _levels(cell: Box, boxes: Sequence[Box], height: float) -> list[float]:
    """The middles of the lines of print in a cell."""
    inside = [box for box in boxes if cell.contains_point(*box.center)]
    return [(top + bottom) / 2 for top, bottom in lines_of(inside, height)]


def _joined(grid: StraightGrid, edge: int) -> StraightGrid:
    """The grid without a row edge at which cells of one row end and others of one row begin."""
    spans = []
    for span in grid.spans:
        start, end = span.row, span.row + span.row_span
        if start == edge:
            continue
        end += end == edge
        start, end = (at - (at > edge) for at in (start, end))
        spans.append(Span(start, span.col, end - start, span.col_span))
    return StraightGrid(grid.xs, (*grid.ys[:edge], *grid.ys[edge + 1 :]), tuple(spans))
