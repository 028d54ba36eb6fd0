"""Tables without rules: rows and columns from the alignment of their text alone.

Prose, lists, tables of contents and signatures are aligned too; what is taken for a table has
several words in each of several rows, and these stand in columns with white between them.
"""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.alignment.words import (
    LOWEST,
    character_height,
    lines_of,
    within,
    words_of,
)
from ocrpipe.tables.alignment.wrapped import (
    without_interleaved,
)
from ocrpipe.tables.ruled.merge import estimate_shear, merge_straight, straighten
from ocrpipe.tables.ruled.straight import straight_boxes
from ocrpipe.tables.unruled.aligned_table import (
    MARGIN,
    AlignedTable,
    aligned_table,
    headed_table,
)
from ocrpipe.tables.unruled.figure_rows import rows_of_figures
from ocrpipe.tables.unruled.notes import FEWEST_COLUMNS
from ocrpipe.tables.unruled.open_grid import open_grid
from ocrpipe.tables.unruled.row_groups import Line, groups_of_rows

_FEWEST_IN_REGION = 2
"""Columns of a table where the layout model sees one."""

_WIDE_WHITE = 1.5
"""In usual whites between words: what parts the cells of a row, and not the words of a sentence."""

_LONG_RULE = 100.0
"""Points from which a rule tells how oblique the page is: strokes of a large title do not."""

_SMALL = 0.65
"""Height of the characters of small print, in those of most print of its page."""

_PROSE_ABOVE = 0.5
"""Share of the columns in which a first line has words at most that is prose: it makes a column of
its own where it begins left of the table. A head names most columns."""

_COVERED = 0.9
"""Share of a table in another one, from which both are the same."""


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


def _outside(marks: Sequence[Box], tables: Sequence[AlignedTable]) -> list[Box]:
    return [
        box for box in marks if not any(table.box.contains_point(*box.center) for table in tables)
    ]


def _beside_regions(
    marks: Sequence[Box], walls: Sequence[Ruling], height: float
) -> list[AlignedTable]:
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
) -> list[AlignedTable]:
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


def _is_wider(wider: AlignedTable, table: AlignedTable) -> bool:
    """Whether a table covers another one, and has more columns, or heads above its rows.

    With the column of its labels come the rows that have nothing but a label.
    """
    rows, columns = len(wider.ys) - len(table.ys), wider.columns - table.columns
    labelled = columns == 1 and wider.xs[1] < table.xs[0] + MARGIN * table.height
    more = rows > 0 <= columns if wider.open_rows is not None else rows == 0 < columns
    more = more or (labelled and rows > 0)
    return more and table.box.overlap(wider.box) > _COVERED


def _tables(boxes: Sequence[Box], walls: Sequence[Ruling], columns: int) -> list[AlignedTable]:
    if all(box.height < LOWEST for box in boxes):
        return []
    height = character_height(boxes)
    lines = [
        Line(top, bottom, tuple(words_of(within(boxes, top, bottom), height, white=_WIDE_WHITE)))
        for top, bottom in without_interleaved(lines_of(boxes, height), boxes, height)
    ]
    found = []
    for group in groups_of_rows(lines, columns, height):
        table = aligned_table(group, boxes, walls, columns, height)
        if table is not None and len(group[0].words) <= _PROSE_ABOVE * table.columns:
            below = aligned_table(group[1:], boxes, walls, columns, height)
            if below is not None and below.columns < table.columns:
                table = below
        table = headed_table(group, boxes, walls, columns, height) or table
        table = _with_rows_of_figures(table, group, boxes, height)
        if table is not None:
            found.append(table)
    return found


def _with_rows_of_figures(
    table: AlignedTable | None, group: Sequence[Line], boxes: Sequence[Box], height: float
) -> AlignedTable | None:
    """The table, or in its place one with more rows, which the figures of a group of lines tell."""
    rows = rows_of_figures(group, boxes, height)
    grid = open_grid(rows) if rows is not None else None
    if rows is None or grid is None:
        return table
    if table is not None and grid.n_cols < table.columns:
        return table
    if table is not None and _rows_of(grid, table) < len(table.ys) - table.head_rows:
        return table
    xs = sorted({grid.box.x1, *(cell.box.x0 for cell in grid.cells)})
    ys = sorted({grid.box.y1, *(cell.box.y0 for cell in grid.cells)})
    return AlignedTable(rows.marks, tuple(xs), tuple(ys), height, rows)


def _rows_of(grid: TableGrid, table: AlignedTable) -> int:
    """The rows of a grid below the known heads of a table."""
    top = table.ys[table.head_rows]
    return len({cell.row for cell in grid.cells if cell.box.center[1] > top})
