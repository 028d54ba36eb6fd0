"""The table of lines of text that are its rows, without any rules: columns, rows, and heads.

Points of the straight frame.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import OpenRows, Ruling, TableGrid
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.head_tree import HeadLevels
from ocrpipe.tables.alignment.text_cells import items_of
from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import Word, rows_of, within
from ocrpipe.tables.alignment.wrapped import lines_about_a_row, lines_that_go_on
from ocrpipe.tables.ruled.spans import without_unused_edges
from ocrpipe.tables.ruled.straight import table_grid
from ocrpipe.tables.unruled.heads_above import heads_above, shared_edges, with_heads
from ocrpipe.tables.unruled.notes import without_notes, without_prose
from ocrpipe.tables.unruled.open_grid import open_grid
from ocrpipe.tables.unruled.row_groups import FEWEST_ROWS, Line
from ocrpipe.tables.unruled.text_grid import spans_of_text

MARGIN = 0.5
"""From the outermost text to the border that is given to a table, in heights of a character."""

_FULL_LINE = 12.0
_FULL_SHARE = 0.7
"""In heights of a character and as a share of a column: lines of prose take so much."""

_CROSSING_SHARE = 0.2
_SHORTEST_WALL = 1.5
"""In heights of a character."""

_FIGURES = 0.7
"""Share of the words of a line right of the first one that are figures: labels of groups may stand
beside that of the row."""

_ROWS_ABOVE = 8
"""Lines above the first one that surely is of figures that may be rows, too."""

_FIGURES_ABOVE = 1.0
"""What a line costs that seems one of figures and is above the rows, as heads that do not fit."""

_SURE = (4, 3)
"""Lines from one of figures on, and how many of them are of figures where it surely is one."""

_CLOSEST_ROWS = 0.2
"""The usual white between the lines of a table in heights of a character, at least: the characters
of vertical writing, one below the other, are closer."""

_WRAPPED = 0.5
"""White above a line in the usual one of its table, under which it goes on with a fuller one."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Marks with the edges between them, in the straight frame."""

    boxes: tuple[Box, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    height: float
    open_rows: OpenRows | None = None
    """What parts its rows where only the figures in them tell."""
    heads: HeadLevels | None = None
    """Those of its first rows, where they are known."""

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def head_rows(self) -> int:
        """Rows of heads that are known."""
        return len(self.heads.ys) - 1 if self.heads is not None else 0

    def grid(self, shear: Shear) -> TableGrid:
        if self.open_rows is not None:
            found = open_grid(replace(self.open_rows, shear=shear))
            if found is not None:
                return found
        walls = np.ones((len(self.ys), len(self.xs) - 1), bool)
        spans = spans_of_text(self.boxes, self.xs, self.ys, walls, self.height)
        if self.heads is not None:
            spans = with_heads(spans, self.heads)
        return table_grid(*without_unused_edges(spans, np.array(self.xs), np.array(self.ys)), shear)


def headed_table(
    group: Sequence[Line],
    boxes: Sequence[Box],
    walls: Sequence[Ruling],
    columns: int,
    height: float,
) -> AlignedTable | None:
    """The table of the rows of figures of a group of lines, with the heads above them; None where
    these are not understood."""
    figures = [
        len(line.words) >= columns and has_figures(within(boxes, line.top, line.bottom), height)
        for line in group
    ]
    of, fewest = _SURE
    start = next(
        (at for at, own in enumerate(figures) if own and sum(figures[at : at + of]) >= fewest),
        len(group),
    )
    if start == len(group):
        return None
    # The shape of print may deceive: a line above may be a row, too, or this one a head.
    found = [
        (table.heads.cost + _FIGURES_ABOVE * sum(figures[:first]), first, table)
        for first in range(max(0, start - _ROWS_ABOVE), start + 2)
        if (table := _headed(group[first:], boxes, walls, columns, height)) and table.heads
    ]
    return min(found)[2] if found else None


def _headed(
    rows: Sequence[Line],
    boxes: Sequence[Box],
    walls: Sequence[Ruling],
    columns: int,
    height: float,
) -> AlignedTable | None:
    """The table of some rows with the heads above them, None where these are not understood."""
    if len(rows) < FEWEST_ROWS:
        return None
    body = aligned_table(rows, boxes, walls, columns, height)
    if body is None or abs(body.ys[0] - rows[0].top) > height:
        return None
    levels = heads_above(body.boxes, body.xs, body.ys, boxes, height)
    if levels is None:
        return None
    words = rows_of(body.boxes, body.ys, height)
    top, *inner, bottom = levels.ys
    ys = (top - MARGIN * height, *inner, (bottom + rows[0].top) / 2, *body.ys[1:])
    ends = _free_walls(walls, [levels.leaves, *words], ys, height)
    xs = shared_edges(words, levels, ends, Word(body.xs[0], body.xs[-1]), height)
    if len(xs) != len(body.xs):
        return None
    heads = within(boxes, ys[0], body.ys[0])
    inside = [box for box in heads if xs[0] <= box.center[0] <= xs[-1]]
    return AlignedTable((*inside, *body.boxes), tuple(xs), ys, height, heads=levels)


def aligned_table(
    lines: Sequence[Line],
    boxes: Sequence[Box],
    walls: Sequence[Ruling],
    columns: int,
    height: float,
) -> AlignedTable | None:
    boxes = within(boxes, lines[0].top, lines[-1].bottom)
    going_on = lines_that_go_on([(line.top, line.bottom) for line in lines], boxes, height)
    whites = [below.top - above.bottom for above, below in pairwise(lines)]
    going_on |= lines_about_a_row([line.words for line in lines], whites)
    numbers = {
        number
        for number, line in enumerate(lines)
        if len(line.words) > columns
        and has_figures(within(boxes, line.top, line.bottom), height, share=_FIGURES)
    }
    ys = _row_edges(lines, going_on, numbers, height)
    rows = rows_of(boxes, ys, height)
    words = [word for row in rows for word in row]
    left = min(word.x0 for word in words) - MARGIN * height
    right = max(word.x1 for word in words) + MARGIN * height
    xs = column_edges(rows, _free_walls(walls, rows, ys, height), left, right, height)
    if len(xs) <= columns or _is_dense(lines, height):
        return None
    if not _is_aligned(rows, xs, columns, height) or _is_prose(rows, xs, height):
        return None
    first, last = without_notes(rows, xs, height)
    last = without_prose(rows, [within(boxes, *edges) for edges in pairwise(ys)], xs, last, height)
    if last - first < FEWEST_ROWS:
        return None
    inside = within(boxes, ys[first], ys[last])
    return AlignedTable(tuple(inside), tuple(xs), tuple(ys[first : last + 1]), height)


def _free_walls(
    walls: Sequence[Ruling], rows: Sequence[Sequence[Word]], ys: Sequence[float], height: float
) -> list[float]:
    """Where rules between columns stand that only some rows have, such as those of a head on a
    dark ground; none that goes through a word."""
    return [
        wall.x0
        for wall in walls
        if wall.y1 - wall.y0 > _SHORTEST_WALL * height
        and min(wall.y1, ys[-1]) - max(wall.y0, ys[0]) > 0.5 * (wall.y1 - wall.y0)
        and not any(word.x0 < wall.x0 < word.x1 for row in rows for word in row)
    ]


def _row_edges(
    lines: Sequence[Line], going_on: Collection[int], numbers: Collection[int], height: float
) -> list[float]:
    """Middles of the whites between rows; a line close below a fuller one goes on with it, as do
    numbers that are `going_on`. Two lines of `numbers` are rows of their own, however close the
    lines of a label over several rows make them."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines)]
    usual = median(gaps)
    edges = [lines[0].top - MARGIN * height]
    for number, ((above, below), gap) in enumerate(zip(pairwise(lines), gaps, strict=True)):
        if number in going_on:
            continue
        both = number in numbers and number + 1 in numbers
        if both or gap >= _WRAPPED * usual or len(above.words) == len(below.words):
            edges.append((above.bottom + below.top) / 2)
    return [*edges, lines[-1].bottom + MARGIN * height]


def _is_dense(lines: Sequence[Line], height: float) -> bool:
    """Whether lines are as close as the characters of vertical writing."""
    return median(b.top - a.bottom for a, b in pairwise(lines)) < _CLOSEST_ROWS * height


def _is_aligned(
    rows: Sequence[Sequence[Word]], xs: Sequence[float], columns: int, height: float
) -> bool:
    """Whether enough rows have words in enough columns, and few words are in several."""
    filled = crossing = 0
    for row in rows:
        items = items_of(row, xs, height)
        filled += len(items) >= columns
        crossing += any(item.last > item.first for item in items)
    return filled >= max(FEWEST_ROWS, len(rows) / 2) and crossing <= _CROSSING_SHARE * len(rows)


def _is_prose(rows: Sequence[Sequence[Word]], xs: Sequence[float], height: float) -> bool:
    """Whether lines of prose stand beside each other: two columns or more are full of text."""
    full = 0
    # Between the words of justified lines there are whites as between those of a table.
    items = [item for row in rows for item in items_of(row, xs, height)]
    for column in range(len(xs) - 1):
        widths = [item.word.width for item in items if item.first == item.last == column]
        if widths and median(widths) >= max(_FULL_LINE * height, _FULL_SHARE * max(widths)):
            full += 1
    return full > 1
