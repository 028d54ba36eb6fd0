"""Tables without rules: rows and columns from the alignment of their text alone.

Prose, lists, tables of contents and signatures are aligned too; what is taken for a table has
several words in each of several rows, and these stand in columns with white between them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import OpenRows, Ruling, TableGrid
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.text_cells import items_of
from ocrpipe.tables.alignment.text_columns import column_edges
from ocrpipe.tables.alignment.words import (
    LOWEST,
    Word,
    character_height,
    lines_of,
    rows_of,
    within,
    words_of,
)
from ocrpipe.tables.alignment.wrapped import (
    lines_about_a_row,
    lines_that_go_on,
    without_interleaved,
)
from ocrpipe.tables.ruled.merge import estimate_shear, merge_straight, straighten
from ocrpipe.tables.ruled.spans import without_unused_edges
from ocrpipe.tables.ruled.straight import straight_boxes, table_grid
from ocrpipe.tables.unruled.figure_rows import rows_of_figures
from ocrpipe.tables.unruled.notes import FEWEST_COLUMNS, without_notes, without_prose
from ocrpipe.tables.unruled.open_grid import open_grid
from ocrpipe.tables.unruled.row_groups import FEWEST_ROWS, Line, groups_of_rows
from ocrpipe.tables.unruled.text_grid import spans_of_text

_FEWEST_IN_REGION = 2
"""Columns of a table where the layout model sees one."""

_WIDE_WHITE = 1.5
"""In usual whites between words: what parts the cells of a row, and not the words of a sentence."""

_LONG_RULE = 100.0
"""Points from which a rule tells how oblique the page is: strokes of a large title do not."""

_SMALL = 0.65
"""Height of the characters of small print, in those of most print of its page."""

_FULL_LINE = 12.0
_FULL_SHARE = 0.7
"""In heights of a character and as a share of a column: lines of prose take so much."""

_CROSSING_SHARE = 0.2
_SHORTEST_WALL = 1.5
"""In heights of a character."""

_FIGURES = 0.7
"""Share of the words of a line right of the first one that are figures: labels of groups may stand
beside that of the row."""

_PROSE_ABOVE = 0.5
"""Share of the columns in which a first line has words at most that is prose: it makes a column of
its own where it begins left of the table. A head names most columns."""

_CLOSEST_ROWS = 0.2
"""The usual white between the lines of a table in heights of a character, at least: the characters
of vertical writing, one below the other, are closer."""

_WRAPPED = 0.5
"""White above a line in the usual one of its table, under which it goes on with a fuller one."""

_MARGIN = 0.5
"""From the outermost text to the border that is given to a table, in heights of a character."""

_COVERED = 0.9
"""Share of a table in another one, from which both are the same."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Marks with the edges between them, in the straight frame."""

    boxes: tuple[Box, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    height: float
    open_rows: OpenRows | None = None
    """What parts its rows where only the figures in them tell."""

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def grid(self, shear: Shear) -> TableGrid:
        if self.open_rows is not None:
            found = open_grid(replace(self.open_rows, shear=shear))
            if found is not None:
                return found
        walls = np.ones((len(self.ys), len(self.xs) - 1), bool)
        spans = spans_of_text(self.boxes, self.xs, self.ys, walls, self.height)
        return table_grid(*without_unused_edges(spans, np.array(self.xs), np.array(self.ys)), shear)


def find_aligned_grids(
    boxes: Sequence[Box],
    rulings: Sequence[Ruling],
    taken: Sequence[Box],
    regions: Sequence[Box],
    width: float,
    height: float,
) -> tuple[TableGrid, ...]:
    """Tables of a page that no rules show, from top to bottom.

    Args:
        boxes: Marks of the page (`print_boxes`, or the characters of a text layer), in points.
        rulings: Rules of the page, in points; they tell how oblique it is.
        taken: Where nothing is looked for, in points: tables with rules, figures.
        regions: Where a layout model sees tables, in points; two columns are enough there.
        width: Of the page, in points.
        height: Of the page, in points.
    """
    long = [rule for rule in rulings if max(rule.x1 - rule.x0, rule.y1 - rule.y0) >= _LONG_RULE]
    shear = estimate_shear(long, width, height)
    free = [box for box in boxes if not any(area.contains_point(*box.center) for area in taken)]
    marks = straight_boxes(free, shear)
    walls = [rule for rule in merge_straight(straighten(rulings, shear)) if not rule.horizontal]
    found = _in_regions(
        marks,
        walls,
        [
            region
            for region in regions
            if not any(region.overlap(area) > 0.5 or area.overlap(region) > 0.5 for area in taken)
        ],
    )
    found += _beside_regions(_outside(marks, found), walls, character_height(marks))
    grids = [table.grid(shear) for table in found]
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _outside(marks: Sequence[Box], tables: Sequence[_Table]) -> list[Box]:
    return [
        box for box in marks if not any(table.box.contains_point(*box.center) for table in tables)
    ]


def _beside_regions(marks: Sequence[Box], walls: Sequence[Ruling], height: float) -> list[_Table]:
    """The tables among marks; `height` is that of most characters of their page.

    A table of small print may have more rows measured by its own characters, or a larger head that
    is none of these.
    """
    found = _tables(marks, walls, FEWEST_COLUMNS)
    small = [table for table in found if character_height(table.boxes) <= _SMALL * height]
    found = [table for table in found if table not in small]
    other = [
        table
        for lines in _small_print(_outside(marks, found), height)
        for table in _tables(lines, walls, FEWEST_COLUMNS)
    ]
    for table in small:
        same = [one for one in other if one.box.overlap(table.box) > 0]
        if not any(len(one.ys) >= len(table.ys) and one.columns >= table.columns for one in same):
            found.append(table)
            other = [one for one in other if one not in same]
    return [*found, *other]


def _small_print(marks: Sequence[Box], height: float) -> list[list[Box]]:
    """The marks of each stretch of lines whose characters are low beside those of the page, which
    are `height` high: measured by those, the figures of a small table are dust."""
    stretches: list[list[Box]] = []
    follows = False
    for top, bottom in lines_of(marks, _SMALL * height):
        line = within(marks, top, bottom)
        if all(mark.height < LOWEST for mark in line):
            continue
        small = character_height(line) <= _SMALL * height
        if small and follows:
            stretches[-1] += line
        elif small:
            stretches.append(line)
        follows = small
    return stretches


def _in_regions(
    marks: Sequence[Box], walls: Sequence[Ruling], regions: Sequence[Box]
) -> list[_Table]:
    """The tables of regions; where a region leaves out a column, the table with that as well."""
    lines = lines_of(marks, character_height(marks)) if regions else []
    found = [
        table
        for region in regions
        for table in _tables(_in_region(region, marks, lines), walls, _FEWEST_IN_REGION)
    ]
    whole = _tables(marks, walls, FEWEST_COLUMNS) if found else []
    wider = [next((other for other in whole if _is_wider(other, table)), table) for table in found]
    return list(dict.fromkeys(wider))


def _in_region(
    region: Box, marks: Sequence[Box], lines: Sequence[tuple[float, float]]
) -> list[Box]:
    """The marks in a region, without those of lines most of which is above or below it: its edge
    may go through a line of prose, and leaves pieces of characters there that look like words."""
    cut = [line for line in lines if not region.y0 <= sum(line) / 2 < region.y1]
    return [
        box
        for box in marks
        if region.contains_point(*box.center)
        and not any(top <= box.center[1] < bottom for top, bottom in cut)
    ]


def _is_wider(wider: _Table, table: _Table) -> bool:
    """Whether a table covers another one, and has more columns, or heads above its rows.

    With the column of its labels come the rows that have nothing but a label.
    """
    rows, columns = len(wider.ys) - len(table.ys), wider.columns - table.columns
    labelled = columns == 1 and wider.xs[1] < table.xs[0] + _MARGIN * table.height
    more = rows > 0 <= columns if wider.open_rows is not None else rows == 0 < columns
    more = more or (labelled and rows > 0)
    return more and table.box.overlap(wider.box) > _COVERED


def _tables(boxes: Sequence[Box], walls: Sequence[Ruling], columns: int) -> list[_Table]:
    if all(box.height < LOWEST for box in boxes):
        return []
    height = character_height(boxes)
    lines = [
        Line(top, bottom, tuple(words_of(within(boxes, top, bottom), height, white=_WIDE_WHITE)))
        for top, bottom in without_interleaved(lines_of(boxes, height), boxes, height)
    ]
    found = []
    for group in groups_of_rows(lines, columns, height):
        table = _table(group, boxes, walls, columns, height)
        if table is not None and len(group[0].words) <= _PROSE_ABOVE * table.columns:
            below = _table(group[1:], boxes, walls, columns, height)
            if below is not None and below.columns < table.columns:
                table = below
        table = _with_rows_of_figures(table, group, boxes, height)
        if table is not None:
            found.append(table)
    return found


def _with_rows_of_figures(
    table: _Table | None, group: Sequence[Line], boxes: Sequence[Box], height: float
) -> _Table | None:
    """The table, or in its place one with more rows, which the figures of a group of lines tell."""
    rows = rows_of_figures(group, boxes, height)
    grid = open_grid(rows) if rows is not None else None
    if rows is None or grid is None:
        return table
    if table is not None and (grid.n_rows < len(table.ys) or grid.n_cols < table.columns):
        return table
    xs = sorted({grid.box.x1, *(cell.box.x0 for cell in grid.cells)})
    ys = sorted({grid.box.y1, *(cell.box.y0 for cell in grid.cells)})
    return _Table(rows.marks, tuple(xs), tuple(ys), height, rows)


def _table(
    lines: Sequence[Line],
    boxes: Sequence[Box],
    walls: Sequence[Ruling],
    columns: int,
    height: float,
) -> _Table | None:
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
    left = min(word.x0 for word in words) - _MARGIN * height
    right = max(word.x1 for word in words) + _MARGIN * height
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
    return _Table(tuple(inside), tuple(xs), tuple(ys[first : last + 1]), height)


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
    edges = [lines[0].top - _MARGIN * height]
    for number, ((above, below), gap) in enumerate(zip(pairwise(lines), gaps, strict=True)):
        if number in going_on:
            continue
        both = number in numbers and number + 1 in numbers
        if both or gap >= _WRAPPED * usual or len(above.words) == len(below.words):
            edges.append((above.bottom + below.top) / 2)
    return [*edges, lines[-1].bottom + _MARGIN * height]


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
