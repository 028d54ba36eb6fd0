"""The rules that would part the heads of a table with few of them: from where the heads stand.

Points of the straight frame.
"""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.geometry import Box
from ocrpipe.page import OpenRows, Ruling
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.head_tree import HeadLevels
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, within
from ocrpipe.tables.unruled.heads_above import heads_above, shared_edges
from ocrpipe.tables.unruled.open_grid import columns_of, row_words

_SET_IN = 1.5
"""Points by which the rule below a group is shorter than its columns at both ends, so that those of
two groups are not one."""

_ABOVE = 0.5
"""Between a rule and the print below it, in heights of a character."""

_THICKNESS = 0.5
_FEWEST_ROWS, _ROWS_ABOVE = 3, 2


def with_head_rules(table: OpenRows) -> OpenRows | None:
    """The table with rules below its heads and the groups of these, None where the heads are not
    understood, or have rules of their own."""
    if len(table.full) < 2 or any(rule.y0 < table.full[1].y0 for rule in table.short):
        return None
    height = character_height(table.marks)
    if len(table.full) > 2:
        found = _headed(table, table.full[1].y0, height)
        return found and found[1]
    lines = lines_of(table.marks, height)
    start = next(
        (at for at, line in enumerate(lines) if has_figures(within(table.marks, *line), height)),
        len(lines),
    )
    tables = []
    for at in range(max(1, start - _ROWS_ABOVE), min(start + 2, len(lines) - _FEWEST_ROWS + 1)):
        y = (lines[at - 1][1] + lines[at][0]) / 2
        rule = Ruling(table.left, y, table.right, y, _THICKNESS)
        parted = replace(table, full=(table.full[0], rule, *table.full[1:]))
        tables += [_headed(parted, y, height)]
    return min((one for one in tables if one), key=lambda one: one[0], default=(0.0, None))[1]


def _headed(table: OpenRows, y: float, height: float) -> tuple[float, OpenRows] | None:
    """The table whose heads end at a height, with what their reading costs."""
    body = replace(
        table,
        full=tuple(rule for rule in table.full if rule.y0 >= y),
        short=tuple(rule for rule in table.short if rule.y0 > y),
        marks=tuple(mark for mark in table.marks if mark.center[1] > y),
    )
    heads = [mark for mark in table.marks if mark.center[1] < y]
    read = _heads_of(body, heads, height) if heads and body.marks else None
    if read is None or read[0].ys[0] > min(mark.y0 for mark in heads) + height:
        return None
    levels, rules = read
    return levels.cost, replace(table, short=(*rules, *table.short))


def with_heads_above(body: OpenRows, marks: Sequence[Box], height: float) -> OpenRows | None:
    """Rows with the heads that stand above them, None where these are not understood.

    Args:
        body: The rows.
        marks: Of the page.
        height: Of a character.
    """
    read = _heads_of(body, marks, height)
    if read is None:
        return None
    levels, rules = read
    y = body.full[0].y0
    words = [mark for mark in marks if levels.ys[0] <= mark.center[1] < y]
    heads = [mark for mark in words if body.left <= mark.center[0] <= body.right]
    top = replace(
        body.full[0], y0=levels.ys[0] - _ABOVE * height, y1=levels.ys[0] - _ABOVE * height
    )
    return replace(
        body,
        full=(top, *body.full),
        short=(*rules, *body.short),
        marks=(*heads, *body.marks),
    )


def _heads_of(
    body: OpenRows, marks: Sequence[Box], height: float
) -> tuple[HeadLevels, list[Ruling]] | None:
    """The heads above rows, and the rules below their groups."""
    found = row_words(body)
    if sum(len(row) > 1 for row in found.rows) < 2:
        return None
    xs = columns_of([found], body.left, body.right)
    levels = heads_above(body.marks, xs, found.ys, marks, height)
    if levels is None:
        return None
    xs = shared_edges(found.rows, levels, found.ends, Word(body.left, body.right), height)
    return levels, _group_rules(levels, xs)


def _group_rules(levels: HeadLevels, xs: Sequence[float]) -> list[Ruling]:
    return [
        Ruling(x0 + _SET_IN, y, x1 - _SET_IN, y, _THICKNESS)
        for cell in levels.cells
        if cell.bottom + 2 < len(levels.ys)
        for y in [levels.ys[cell.bottom + 1]]
        for x0, x1 in [(xs[cell.first], xs[cell.last + 1])]
    ]
