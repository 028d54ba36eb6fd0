"""The grid of a table with horizontal rules alone: rows from the rules, columns from the text.

Points of the straight frame (`geometry.Shear`).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import OpenRows, Ruling, TableGrid
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.text_columns import column_edges, without_empty_columns
from ocrpipe.tables.alignment.words import (
    Rows,
    Word,
    character_height,
    lines_of,
    rows_of,
    within,
    words_of,
)
from ocrpipe.tables.alignment.wrapped import (
    cells_that_go_on,
    lines_that_go_on,
    without_interleaved,
)
from ocrpipe.tables.ruled.edges import THINNEST_SLOT
from ocrpipe.tables.ruled.spans import without_unused_edges
from ocrpipe.tables.ruled.straight import table_grid
from ocrpipe.tables.unruled.strips import NO_LABELS, LabelColumns, Walls
from ocrpipe.tables.unruled.text_grid import label_columns_of, spans_of_text

# Lengths in points.
_SAME_END = 6.0
_SHORT_RULE = 12.0
_BREAK = 15.0

_ROW_ALONE = 5
_FIGURES_ALONE = 3
"""Words that the only row between two rules must have to be what goes on from another page, and
how many are enough where all but the first one are figures."""

# In heights of a character.
_SHORTEST_TITLE = 4.0
_IN_TITLE = 1.6
_ASIDE = 1.0

_WRAPPED = 0.5
"""Share of the usual white between lines that the lines of one cell have between them."""

_COVERED = 0.6
_FEW_RULES = 5
"""Heights of rules up to which the rows between them may be without rules, whatever they hold."""

_FEWEST_ROWS, _MOST = 3, 0.5
"""Of figures between two of more rules: how many, and their share of the lines."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of each row of a table, and where rules that are shorter than it end."""

    rows: tuple[tuple[Word, ...], ...]
    ends: tuple[float, ...]
    ys: tuple[float, ...]
    height: float

    @property
    def words(self) -> list[Word]:
        return [word for row in self.rows for word in row]


def open_grid(table: OpenRows) -> TableGrid | None:
    """The grid of a table, None where its text shows less than two columns in two rows."""
    found = row_words(table)
    alone = len(found.rows) == 1 and has_figures(table.marks, found.height, share=1.0)
    fewest = _FIGURES_ALONE if alone else _ROW_ALONE
    if sum(len(row) > 1 for row in found.rows) < 2 and len(found.words) < fewest:
        return None
    left = min(table.left, min(word.x0 for word in found.words) - 1.0)
    right = max(table.right, max(word.x1 for word in found.words) + 1.0)
    xs = columns_of([found], left, right)
    return grid_on(table, xs)[0] if len(xs) > 2 else None


def row_words(table: OpenRows) -> RowWords:
    """The words of a table's rows, those of a cell over several rows in the first of them."""
    height = character_height(table.marks)
    ys = _row_edges(table, table.marks, height)
    ends = _ends(table, table.marks, height)
    rows = rows_of(_levelled(table.marks, table, ends, ys), ys, height)
    middle = (table.left + table.right) / 2
    whole = [[_title(row)] if _is_title(row, middle, height) else row for row in rows]
    return RowWords(tuple(map(tuple, whole)), tuple(ends), tuple(ys), height)


def _title(row: Sequence[Word]) -> Word:
    return Word(row[0].x0, row[-1].x1)


def _is_title(row: Sequence[Word], middle: float, height: float) -> bool:
    """Whether words in the middle of the table are one title: brackets leave whites in it."""
    if len(row) < 2 or _title(row).width < _SHORTEST_TITLE * height:
        return False
    close = all(other.x0 - one.x1 <= _IN_TITLE * height for one, other in pairwise(row))
    return close and abs(_title(row).center - middle) <= _ASIDE * height


def columns_of(parts: Sequence[RowWords], left: float, right: float) -> list[float]:
    """Ascending column edges that the rows of all parts of a table have in common."""
    rows = [row for part in parts for row in _without_repeated_heads(part.rows, parts[0].rows)]
    words = [word for row in rows for word in row]
    height = float(np.median([part.height for part in parts]))
    ends = _each_once([end for part in parts for end in part.ends])
    return without_empty_columns(column_edges(rows, ends, left, right, height), words, height)


def _without_repeated_heads(rows: Rows, first: Rows) -> Rows:
    """The rows of a part but for those at its top that have words where the first rows of the
    table have them: heads are above all figures of their column, on every page."""
    if rows is first:
        return rows
    repeated = 0
    for row, head in zip(rows, first, strict=False):
        same = len(row) == len(head)
        if not same or any(one.common(other) <= 0 for one, other in zip(row, head, strict=True)):
            break
        repeated += 1
    return rows[repeated:]


def grid_on(
    table: OpenRows, xs: Sequence[float], labels: LabelColumns = NO_LABELS
) -> tuple[TableGrid, tuple[float, ...]]:
    """The grid of a table with the column edges `xs`, and those of them at which its cells end.

    `labels`: the columns of labels of several levels, where other pages show them.
    """
    height = character_height(table.marks)
    ys = _row_edges(table, table.marks, height)
    spans = spans_of_text(
        table.marks, xs, ys, _walls(table, xs, ys), height, labels or LabelColumns()
    )
    spans, used, heights = without_unused_edges(spans, np.array(xs), np.array(ys))
    grid = table_grid(spans, used, heights, table.shear)
    return replace(grid, open_rows=table), tuple(used.tolist())


def label_columns(table: OpenRows, xs: Sequence[float]) -> LabelColumns:
    """The columns from the left that are labels of several levels."""
    height = character_height(table.marks)
    ys = _row_edges(table, table.marks, height)
    return label_columns_of(table.marks, xs, ys, _walls(table, xs, ys), height)


def rule_places(rules: Sequence[Ruling]) -> list[float]:
    """Heights of rules, ascending, one for those with no room for a row between them."""
    places: list[float] = []
    for rule in sorted(rules, key=lambda rule: rule.y0):
        if not places or rule.y0 - places[-1] >= THINNEST_SLOT:
            places.append(rule.y0)
    return places


def _levelled(
    boxes: Sequence[Box], table: OpenRows, ends: Sequence[float], ys: Sequence[float]
) -> list[Box]:
    """Marks of cells over several rows moved to the first of them, where they are one text."""
    xs = [table.left, *ends, table.right]
    walls = _walls(table, xs, ys)
    moved = []
    for box in boxes:
        x, y = box.center
        column = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
        row = min(max(bisect_right(ys, y) - 1, 0), len(ys) - 2)
        top = row
        while top > 0 and not walls[top, column]:
            top -= 1
        moved.append(box if top == row else box.shifted(0, (ys[top] + ys[top + 1]) / 2 - y))
    return moved


def _row_edges(table: OpenRows, boxes: Sequence[Box], height: float) -> list[float]:
    """Heights of the rules, and of the whites between rows that no rule parts."""
    places = rule_places([*table.full, *table.short])
    few = len(places) <= _FEW_RULES
    full = [rule.y0 for rule in table.full]
    added = [
        edge
        for number, (top, bottom) in enumerate(pairwise(places))
        if (number > 0 or len(places) == 2)
        and all(any(abs(y - end) < THINNEST_SLOT for y in full) for end in (top, bottom))
        and (few or _has_rows(within(boxes, top, bottom), height))
        for edge in _white_edges(within(boxes, top, bottom), height, last=bottom == places[-1])
    ]
    return sorted([*places, *added])


def _has_rows(boxes: Sequence[Box], height: float) -> bool:
    """Whether most lines between two rules are figures in several columns: where many rules part
    the rows, several lines are those of wrapped text."""
    lines = [within(boxes, *line) for line in lines_of(boxes, height)]
    rows = [line for line in lines if len(words_of(line, height)) >= _FIGURES_ALONE]
    return len(rows) >= _FEWEST_ROWS and sum(
        has_figures(line, height) for line in rows
    ) >= _MOST * len(lines)


def _white_edges(boxes: Sequence[Box], height: float, *, last: bool) -> list[float]:
    """Where the lines between two rules are rows of their own: several of them have several
    words. Two such lines are rows in the last band only: heads may have two lines."""
    lines = without_interleaved(lines_of(boxes, height), boxes, height)
    words = [words_of(within(boxes, *line), height) for line in lines]
    if sum(len(found) > 1 for found in words) < (2 if last else 3):
        return []
    going_on = lines_that_go_on(lines, boxes, height) | cells_that_go_on(lines, boxes, height)
    return [
        (above[1] + below[0]) / 2
        for number, (above, below) in enumerate(pairwise(lines))
        if number not in going_on and not _is_wrapped(number, lines, words)
    ]


def _is_wrapped(
    number: int, lines: Sequence[tuple[float, float]], words: Sequence[Sequence[Word]]
) -> bool:
    """Whether the line `number` and the next one are of one row, whose label is wrapped.

    Figures in the middle beside it stand between its lines, or in the middle one of three, which
    are closer to each other than rows are.
    """
    second = min((found[1].x0 for found in words if len(found) > 1), default=inf)
    gaps = [below[0] - above[1] for above, below in pairwise(lines)]
    for middle in (number, number + 1):
        if not 0 < middle < len(lines) - 1 or not words[middle]:
            continue
        beside = [words[middle - 1], words[middle + 1]]
        if any(len(found) != 1 or found[0].x1 > second for found in beside):
            continue
        close = max(gaps[middle - 1], gaps[middle]) <= _WRAPPED * float(np.median(gaps))
        if words[middle][0].x0 >= second or close:
            return True
    return False


def _ends(table: OpenRows, boxes: Sequence[Box], height: float) -> list[float]:
    """Where short rules begin or end inside the table and no word beside them goes on, each place
    once."""
    found = [
        end
        for rule in table.short
        for end, outwards in ((rule.x0, -1), (rule.x1, 1))
        if table.left + _SHORT_RULE < end < table.right - _SHORT_RULE
        and not _goes_on(table, rule, end, outwards)
        and not _crossed(table, rule, end, boxes, height)
    ]
    return _each_once(found)


def _each_once(places: Sequence[float]) -> list[float]:
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _SAME_END:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [float(np.median(group)) for group in groups]


def _goes_on(table: OpenRows, rule: Ruling, end: float, outwards: int) -> bool:
    """Whether another piece follows soon: the rule is broken, or parts two groups of columns."""
    return any(
        other is not rule
        and abs(other.y0 - rule.y0) < THINNEST_SLOT
        and 0 <= outwards * ((other.x0 if outwards > 0 else other.x1) - end) <= _BREAK
        for other in table.short
    )


def _crossed(
    table: OpenRows, rule: Ruling, end: float, boxes: Sequence[Box], height: float
) -> bool:
    """Whether words both above and below a rule lie across the line of its end."""
    places = rule_places([*table.full, *table.short])
    above = max((y for y in places if y < rule.y0 - THINNEST_SLOT), default=rule.y0)
    below = min((y for y in places if y > rule.y0 + THINNEST_SLOT), default=rule.y0)
    return all(
        any(
            word.x0 < end - 0.4 * height and word.x1 > end + 0.4 * height
            for word in words_of(within(boxes, *band), height)
        )
        for band in ((above, rule.y0), (rule.y0, below))
    )


def _walls(table: OpenRows, xs: Sequence[float], ys: Sequence[float]) -> Walls:
    """Rows without a rule between them are parted in every column."""
    walls = np.ones((len(ys), len(xs) - 1), bool)
    rules = [*table.full, *table.short]
    for row, y in enumerate(ys):
        near = [rule for rule in rules if abs(rule.y0 - y) < THINNEST_SLOT]
        if not near:
            continue
        for column, (start, end) in enumerate(pairwise(xs)):
            slot = Word(start, end)
            covered = sum(max(0.0, slot.common(Word(rule.x0, rule.x1))) for rule in near)
            walls[row, column] = covered >= _COVERED * (end - start)
    return walls
