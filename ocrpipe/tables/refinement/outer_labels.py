"""Labels of the rows of a ruled table that stand left of its frame, without rules."""

from collections.abc import Sequence

from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.words import character_height, lines_of
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_FEWEST_ROWS = 3
_FIGURE_SHARE = 0.6
"""Share of the rows whose first cell is a figure: such a table has its labels elsewhere."""

_MATCHED = 0.8
"""Share of the lines beside the table that stand on the line of a row, and of the rows."""

# In heights of a character.
_SAME_LINE = 0.4
_FARTHEST = 6.0

_WIDEST = 0.8
"""Share of the width of the table that labels take at most."""


def with_outer_labels(
    grid: StraightGrid, inside: Sequence[Mark], outside: Sequence[Mark]
) -> StraightGrid:
    """The grid with one more column where its rows have their labels left of its frame.

    Args:
        grid: A table.
        inside: Its marks, in its frame.
        outside: The marks of the page that no table has, in its frame.
    """
    if len(grid.ys) <= _FEWEST_ROWS:
        return grid
    left, top, _, bottom = grid.box
    beside = [
        mark for mark in outside if mark.box.x1 <= left + 1 and top < mark.box.center[1] < bottom
    ]
    if not beside:
        return grid
    height = character_height([mark.box for mark in inside])
    start = min(mark.box.x0 for mark in beside)
    end = max(mark.box.x1 for mark in beside)
    near = left - end <= _FARTHEST * height
    if not near or left - start > _WIDEST * grid.box.width:
        return grid
    rows = _row_lines(grid, inside, height)
    lines = [(y0 + y1) / 2 for y0, y1 in lines_of([mark.box for mark in beside], height)]
    if not _are_labels(lines, rows, grid, height):
        return grid
    first = min(
        row
        for row, place in enumerate(rows)
        if place is not None and any(abs(line - place) <= _SAME_LINE * height for line in lines)
    )
    return _widened(grid, start - 1.0, first)


def _row_lines(grid: StraightGrid, inside: Sequence[Mark], height: float) -> list[float | None]:
    """Where the line of each row stands, None for rows of several lines or none."""
    first = {span.row: span for span in grid.spans if span.col == 0 and span.row_span == 1}
    figures = 0
    places: list[float | None] = []
    for row in range(len(grid.ys) - 1):
        marks = [mark for mark in inside if grid.ys[row] < mark.box.center[1] < grid.ys[row + 1]]
        lines = lines_of([mark.box for mark in marks], height)
        places.append(sum(lines[0]) / 2 if len(lines) == 1 else None)
        if row in first:
            cell = grid.box_of(first[row])
            figures += is_figures([m for m in marks if cell.contains_point(*m.box.center)])
    known = sum(place is not None for place in places)
    return places if figures >= _FIGURE_SHARE * max(known, 1) else []


def _are_labels(
    lines: Sequence[float], rows: Sequence[float | None], grid: StraightGrid, height: float
) -> bool:
    """Whether nearly every line stands on the line of a row, and nearly every row has one."""
    known = [(row, place) for row, place in enumerate(rows) if place is not None]
    matched = [
        row
        for row, place in known
        if any(abs(line - place) <= _SAME_LINE * height for line in lines)
    ]
    if len(matched) < _FEWEST_ROWS:
        return False
    header = grid.ys[matched[0]]
    body = [line for line in lines if line >= header]
    own = [row for row, _ in known if row >= matched[0]]
    return len(matched) >= _MATCHED * max(len(body), len(own))


def _widened(grid: StraightGrid, start: float, first: int) -> StraightGrid:
    """One more column at the left; the rows above the row `first` have one cell there."""
    rows = len(grid.ys) - 1
    corner = [Span(0, 0, first, 1)] if first else []
    labels = [Span(row, 0, 1, 1) for row in range(first, rows)]
    moved = [Span(span.row, span.col + 1, span.row_span, span.col_span) for span in grid.spans]
    return StraightGrid((start, *grid.xs), grid.ys, (*corner, *labels, *moved))
