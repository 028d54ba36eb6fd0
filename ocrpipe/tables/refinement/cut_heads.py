"""Heads that a stroke of their own cuts in two: it stands on the line of a wall of the cells below.

A head in the middle of several columns has a character where two of them meet. If an upright
stroke of that is on the line of their wall, the wall seems to go on through the head.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ocrpipe.geometry import union
from ocrpipe.tables.alignment.figure_lines import Mark, is_figures
from ocrpipe.tables.alignment.words import character_height
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

# In heights of a character.
_BESIDE = 0.4
"""From the wall to the print on either side, at most: the rest of the character, or the next one. A
head that begins at its wall is as near."""

_IN_MIDDLE, _ASIDE = 0.35, 1.0
"""Between the middle of the head and that of both cells, at most, and of the one cell with its
print, at least."""

_SHORTEST = 2.0
"""Width of a head that stands over several columns, at least."""


def with_whole_heads(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with those cells joined whose head stands in the middle of both, on the wall between
    them, which leaves off above.

    Args:
        grid: A table of a scan.
        marks: Its print, in its frame.
    """
    pairs = list(_below_no_wall(grid))
    if not pairs:
        return grid
    height = character_height([mark.box for mark in marks])
    top = min(grid.ys[left.row] for left, _ in pairs)
    bottom = max(grid.ys[left.row + left.row_span] for left, _ in pairs)
    heads = [mark for mark in marks if mark.box.y1 > top and mark.box.y0 < bottom]
    spans = set(grid.spans)
    for left, right in pairs:
        if (
            {left, right} <= spans
            and _is_one_head(grid, left, right, heads, height)
            and not _is_beside_figures(grid, right, heads)
        ):
            width = left.col_span + right.col_span
            spans = spans - {left, right} | {Span(left.row, left.col, left.row_span, width)}
    if len(spans) == len(grid.spans):
        return grid
    ordered = sorted(spans, key=lambda span: (span.row, span.col))
    return StraightGrid(grid.xs, grid.ys, tuple(ordered))


def _below_no_wall(grid: StraightGrid) -> Iterator[tuple[Span, Span]]:
    """Cells side by side of the same rows whose wall goes on below them, and not above."""
    starts = {(span.row, span.col): span for span in grid.spans}
    walls = _walls(grid)
    for left in grid.spans:
        right = starts.get((left.row, left.col + left.col_span))
        if right is not None and right.row_span == left.row_span and _ends_at(walls, right):
            yield left, right


def _walls(grid: StraightGrid) -> dict[int, set[int]]:
    """The rows in which a cell begins at an edge, by edge."""
    walls: dict[int, set[int]] = {}
    for span in grid.spans:
        walls.setdefault(span.col, set()).update(range(span.row, span.row + span.row_span))
    return walls


def _ends_at(walls: Mapping[int, Collection[int]], right: Span) -> bool:
    """Whether the wall left of a cell goes on below it, and not above."""
    rows = walls[right.col]
    return right.row + right.row_span in rows and right.row - 1 not in rows


def _is_beside_figures(grid: StraightGrid, cell: Span, marks: Sequence[Mark]) -> bool:
    """Whether most cells with print right of one are figures: no head is, but the label of the row
    that a table goes on with on the next page, below nothing."""
    boxes = [
        grid.box_of(span) for span in grid.spans if span.row == cell.row and span.col > cell.col
    ]
    prints = [[mark for mark in marks if box.contains_point(*mark.box.center)] for box in boxes]
    figures = [is_figures(print_) for print_ in prints if print_]
    return sum(figures) > len(figures) / 2


def _is_one_head(
    grid: StraightGrid, left: Span, right: Span, marks: Sequence[Mark], height: float
) -> bool:
    place = grid.xs[right.col]
    cells = [grid.box_of(span) for span in (left, right)]
    both = union(cells)
    inside = [mark for mark in marks if both.contains_point(*mark.box.center)]
    if not inside or is_figures(inside):
        return False
    # The stroke itself was taken for a wall, and is no print.
    ends = [mark.box.x1 for mark in inside if mark.box.center[0] < place]
    starts = [mark.box.x0 for mark in inside if mark.box.center[0] >= place]
    before, after = max(ends, default=place), min(starts, default=place)
    first = min(place, *(mark.box.x0 for mark in inside))
    last = max(place, *(mark.box.x1 for mark in inside))
    if max(place - before, after - place) > _BESIDE * height:
        return False
    alone = [
        abs((start + end) / 2 - cell.center[0])
        for (start, end), cell in zip(((first, place), (place, last)), cells, strict=True)
        if end > start
    ]
    aside = abs((first + last) / 2 - both.center[0])
    return (
        last - first >= _SHORTEST * height
        and aside <= _IN_MIDDLE * height
        and all(off >= _ASIDE * height for off in alone)
    )
