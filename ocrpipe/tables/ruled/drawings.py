"""Grids that are no tables: charts, pictures, frames and the swatches of a legend."""

from collections.abc import Sequence

from ocrpipe.document import Table
from ocrpipe.geometry import Box
from ocrpipe.page import TableGrid, TextLine
from ocrpipe.tables.numeric import is_number

_SURE = 0.8
_WORDED_SHARE = 0.03
"""Share of the cells of a chart or picture that may read as text, as a gridline reads as 一."""

_FEWEST_MARKS = 3
_FEWEST_LABELS = 5
_BESIDE_AXIS = 40.0
_AT_EDGE = 4.0
_WITHIN = 0.8


def is_empty_frame(table: Table) -> bool:
    """Whether a table is one row or column of blank cells: empty boxes, a legend's swatches.

    A form that was not filled in has heads, or several rows and columns.
    """
    strip = table.n_rows == 1 or table.n_cols == 1
    return strip and all(cell.state == "blank" for cell in table.cells)


def is_drawing(
    grid: TableGrid, table: Table, figures: Sequence[Box], lines: Sequence[TextLine]
) -> bool:
    """Whether a grid is that of a chart, by its axis, or without text that of a picture.

    Args:
        grid: On the page, in points.
        table: What was read from it.
        figures: Where a layout model sees figures.
        lines: Of the page outside the grid; the numbers of an axis stand at the gridlines.
    """
    if any(_is_axis(cell.text) for cell in table.cells if cell.row_span == table.n_rows):
        return True
    worded = sum(
        cell.confidence >= _SURE and any(char.isalnum() for char in cell.text)
        for cell in table.cells
    )
    if worded > _WORDED_SHARE * len(table.cells):
        return False
    return any(grid.box.overlap(figure) >= _WITHIN for figure in figures) or _has_axis(grid, lines)


def _is_axis(text: str) -> bool:
    """Whether a text is the numbers of an axis, one below the other: even steps down to 0."""
    text = "".join(text.split())
    if not text.isdigit() or len(text) < _FEWEST_LABELS or text[-1] != "0":
        return False
    for first in range(1, len(text) // 2 + 1):
        for second in range(1, first + 1):
            highest, next_one = int(text[:first]), int(text[first : first + second])
            step = highest - next_one
            if step > 0 and highest % step == 0 and highest // step + 1 >= _FEWEST_LABELS:
                labels = range(highest, -1, -step)
                if len(labels) <= len(text) and "".join(map(str, labels)) == text:
                    return True
    return False


def _has_axis(grid: TableGrid, lines: Sequence[TextLine]) -> bool:
    edges = {cell.box.y0 for cell in grid.cells} | {cell.box.y1 for cell in grid.cells}
    left, right = grid.box.x0, grid.box.x1
    marked = set()
    for line in lines:
        near = min(abs(line.box.x1 - left), abs(line.box.x0 - right)) <= _BESIDE_AXIS
        outside = line.box.x1 <= left + 1 or line.box.x0 >= right - 1
        if near and outside and is_number(line.text):
            middle = line.box.center[1]
            nearest = min(edges, key=lambda edge: abs(edge - middle))
            if abs(nearest - middle) <= _AT_EDGE:
                marked.add(nearest)
    return len(marked) >= _FEWEST_MARKS
