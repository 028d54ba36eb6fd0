"""Tables with horizontal rules alone: rows from the rules, columns from the text between them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import Ruling, TableGrid
from ocrpipe.tables.broken import mend
from ocrpipe.tables.edges import THINNEST_SLOT
from ocrpipe.tables.merge import Shear, estimate_shear, merge_straight, straighten
from ocrpipe.tables.spans import without_unused_edges
from ocrpipe.tables.straight import straight_boxes, table_grid
from ocrpipe.tables.text_columns import column_edges, without_empty_columns
from ocrpipe.tables.text_grid import Walls, spans_of_text
from ocrpipe.tables.words import Word, character_height, lines_of, rows_of, within, words_of

# Lengths in points.
_SHORTEST = 100.0
_SAME_END = 6.0
_OVERHANG = 4.0
_SHORT_RULE = 12.0
_BREAK = 15.0

_TALL = 1.6
_RATHER_TALL = 1.25
"""Height in usual rows from which a heading between two rules parts two tables: one in the middle,
as a title row of a table is too, and one that begins at the left."""

_IN_HEADING = 2.0
_ROW_ALONE = 5
"""Words that the only row between two rules must have to be what goes on from another page."""

_MOST_IN_COMMON = 0.1
"""Share of a table that another one may cover: outlines of oblique tables overlap a little."""

_FULL_LINE = 0.8
_FEWEST_FULL_LINES = 2
"""Share of the width of a table that lines of prose take, and how many tell that it is prose."""

_COVERED = 0.6
_FEW_RULES = 5
"""Heights of rules up to which the rows between them may be without rules."""


@dataclass(frozen=True, slots=True)
class _Family:
    """Rules of one table: `full` ones over its width by height, and shorter ones between them."""

    full: tuple[Ruling, ...]
    short: tuple[Ruling, ...]

    @property
    def left(self) -> float:
        return float(np.median([rule.x0 for rule in self.full]))

    @property
    def right(self) -> float:
        return float(np.median([rule.x1 for rule in self.full]))


def find_open_grids(
    rulings: Sequence[Ruling],
    boxes: Sequence[Box],
    taken: Sequence[TableGrid],
    width: float,
    height: float,
) -> tuple[TableGrid, ...]:
    """Tables of a page that have horizontal rules and no vertical ones, from top to bottom.

    Long rules that begin and end together are those of one table. Shorter ones between them leave
    a cell over several rows where they are not. A table has two columns in two rows at least.

    Args:
        rulings: Rules of the page, in points.
        boxes: Marks of the page (`print_boxes`, or the characters of a text layer), in points.
        taken: Tables that were found by their rules alone; nothing is looked for in them.
        width: Of the page, in points.
        height: Of the page, in points.
    """
    shear = estimate_shear(rulings, width, height)
    free = [rule for rule in rulings if not any(_inside(rule, grid.box) for grid in taken)]
    rules = [rule for rule in mend(merge_straight(straighten(free, shear))) if rule.horizontal]
    marks = straight_boxes(boxes, shear)
    others = straight_boxes([grid.box for grid in taken], shear)
    grids = [
        grid
        for family in _families(rules)
        for part in _tables(family, marks, others)
        if (grid := _grid(part, marks, shear)) is not None
        and not any(_overlap(grid.box, other.box) for other in taken)
    ]
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _inside(rule: Ruling, box: Box) -> bool:
    near = box.padded(_OVERHANG)
    return near.contains_point(rule.x0, rule.y0) and near.contains_point(rule.x1, rule.y1)


def _overlap(one: Box, other: Box) -> bool:
    return max(one.overlap(other), other.overlap(one)) > _MOST_IN_COMMON


def _families(rules: Sequence[Ruling]) -> list[_Family]:
    """Long rules that begin and end together, with the shorter ones between them."""
    groups: list[list[Ruling]] = []
    for rule in sorted(rules, key=lambda rule: (rule.x0 - rule.x1, rule.y0)):
        if rule.x1 - rule.x0 < _SHORTEST:
            continue
        group = next((group for group in groups if _together(group[0], rule)), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    families = []
    for group in groups:
        full = sorted(group, key=lambda rule: rule.y0)
        if len(full) < 2:
            continue
        short = [
            rule
            for rule in rules
            if rule not in group
            and full[0].y0 < rule.y0 < full[-1].y0
            and full[0].x0 - _OVERHANG <= rule.x0
            and rule.x1 <= full[0].x1 + _OVERHANG
            and rule.x1 - rule.x0 >= _SHORT_RULE
        ]
        families.append(_Family(tuple(full), tuple(short)))
    return [family for family in families if not any(_within(family, other) for other in families)]


def _together(one: Ruling, other: Ruling) -> bool:
    return abs(one.x0 - other.x0) <= _SAME_END and abs(one.x1 - other.x1) <= _SAME_END


def _within(family: _Family, other: _Family) -> bool:
    return other is not family and all(rule in other.short for rule in family.full)


def _tables(family: _Family, boxes: Sequence[Box], taken: Sequence[Box]) -> list[_Family]:
    """A family cut where the text between two full rules belongs to no table, or to another."""
    bands = list(pairwise(family.full))
    usual = float(np.median(np.diff(_rule_places(family))))
    contents = [_between(boxes, above, below, family) for above, below in bands]
    height = character_height([box for content in contents for box in content])
    rows = [words_of(content, height) for content in contents]
    second = float(np.median([row[1].x0 for row in rows if len(row) > 1] or [family.right]))
    parts: list[list[Ruling]] = [[family.full[0]]]
    for (above, below), content in zip(bands, contents, strict=True):
        tall = (below.y0 - above.y0) / usual
        ruled = any(above.y0 < rule.y0 < below.y0 for rule in family.short)
        other = any(above.y0 < box.center[1] < below.y0 for box in taken if _reaches(box, family))
        if other or (not ruled and _is_break(content, tall, second, family, height)):
            parts.append([])
        parts[-1].append(below)
    return [
        _Family(
            tuple(part),
            tuple(rule for rule in family.short if part[0].y0 < rule.y0 < part[-1].y0),
        )
        for part in parts
        if len(part) > 1
    ]


def _reaches(box: Box, family: _Family) -> bool:
    return box.x0 < family.right and box.x1 > family.left


def _between(boxes: Sequence[Box], above: Ruling, below: Ruling, family: _Family) -> list[Box]:
    return [
        box
        for box in within(boxes, above.y0, below.y0)
        if family.left - _OVERHANG <= box.center[0] <= family.right + _OVERHANG
    ]


def _is_break(
    boxes: Sequence[Box], tall: float, second: float, family: _Family, height: float
) -> bool:
    """Whether all that stands between two rules is headings and prose, or nothing.

    `tall`: the way between the rules, in usual ones. `second`: where the second words of rows
    begin, which a label does not reach.
    """
    # Punctuation leaves a white in a heading that would part two words of a row.
    lines = [
        words_of(within(boxes, *line), height, white=_IN_HEADING)
        for line in lines_of(boxes, height)
    ]
    if tall > _TALL and _is_mostly_prose(lines, family):
        return True
    if tall <= _RATHER_TALL or any(len(line) > 1 for line in lines):
        return False
    middle = (family.left + family.right) / 2
    centered = all(abs(word.center - middle) <= 2 * height for line in lines for word in line)
    return tall > _TALL if centered else any(w.x1 > second + height for line in lines for w in line)


def _is_mostly_prose(lines: Sequence[Sequence[Word]], family: _Family) -> bool:
    """Whether most lines are one word, and several of these as wide as a table."""
    single = [line[0] for line in lines if len(line) == 1]
    wide = sum(word.width >= _FULL_LINE * (family.right - family.left) for word in single)
    return wide >= _FEWEST_FULL_LINES and 2 * len(single) > len(lines)


def _grid(family: _Family, boxes: Sequence[Box], shear: Shear) -> TableGrid | None:
    inside = _between(boxes, family.full[0], family.full[-1], family)
    if not inside:
        return None
    height = character_height(inside)
    ys = _row_edges(family, inside, height)
    ends = _ends(family, inside, height)
    rows = rows_of(_levelled(inside, family, ends, ys), ys, height)
    words = [word for row in rows for word in row]
    if sum(len(row) > 1 for row in rows) < 2 and len(words) < _ROW_ALONE:
        return None
    left = min(family.left, min(word.x0 for word in words) - 1.0)
    right = max(family.right, max(word.x1 for word in words) + 1.0)
    xs = without_empty_columns(column_edges(rows, ends, left, right, height), words, height)
    if len(xs) < 3:
        return None
    walls = _walls(family, xs, ys)
    spans = spans_of_text(inside, xs, ys, walls, height)
    return table_grid(*without_unused_edges(spans, np.array(xs), np.array(ys)), shear)


def _levelled(
    boxes: Sequence[Box], family: _Family, ends: Sequence[float], ys: Sequence[float]
) -> list[Box]:
    """Marks of cells over several rows moved to the first of them, where they are one text."""
    xs = [family.left, *ends, family.right]
    walls = _walls(family, xs, ys)
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


def _row_edges(family: _Family, boxes: Sequence[Box], height: float) -> list[float]:
    """Heights of the rules, and of the whites between rows that no rule parts."""
    places = _rule_places(family)
    if len(places) > _FEW_RULES:
        return places
    full = [rule.y0 for rule in family.full]
    added = [
        edge
        for number, (top, bottom) in enumerate(pairwise(places))
        if (number > 0 or len(places) == 2)
        and all(any(abs(y - end) < THINNEST_SLOT for y in full) for end in (top, bottom))
        for edge in _white_edges(within(boxes, top, bottom), height, last=bottom == places[-1])
    ]
    return sorted([*places, *added])


def _rule_places(family: _Family) -> list[float]:
    places: list[float] = []
    for rule in sorted([*family.full, *family.short], key=lambda rule: rule.y0):
        if not places or rule.y0 - places[-1] >= THINNEST_SLOT:
            places.append(rule.y0)
    return places


def _white_edges(boxes: Sequence[Box], height: float, *, last: bool) -> list[float]:
    """Where the lines between two rules are rows of their own: several of them have several
    words. Two such lines are rows in the last band only: heads may have two lines."""
    lines = lines_of(boxes, height)
    wide = [len(words_of(within(boxes, *line), height)) > 1 for line in lines]
    if sum(wide) < (2 if last else 3):
        return []
    return [(above[1] + below[0]) / 2 for above, below in pairwise(lines)]


def _ends(family: _Family, boxes: Sequence[Box], height: float) -> list[float]:
    """Where short rules begin or end inside the table and no word beside them goes on, each place
    once."""
    found = sorted(
        end
        for rule in family.short
        for end, outwards in ((rule.x0, -1), (rule.x1, 1))
        if family.left + _SHORT_RULE < end < family.right - _SHORT_RULE
        and not _goes_on(family, rule, end, outwards)
        and not _crossed(family, rule, end, boxes, height)
    )
    groups: list[list[float]] = []
    for end in found:
        if groups and end - groups[-1][-1] <= _SAME_END:
            groups[-1].append(end)
        else:
            groups.append([end])
    return [float(np.median(group)) for group in groups]


def _goes_on(family: _Family, rule: Ruling, end: float, outwards: int) -> bool:
    """Whether another piece follows soon: the rule is broken, or parts two groups of columns."""
    return any(
        other is not rule
        and abs(other.y0 - rule.y0) < THINNEST_SLOT
        and 0 <= outwards * ((other.x0 if outwards > 0 else other.x1) - end) <= _BREAK
        for other in family.short
    )


def _crossed(
    family: _Family, rule: Ruling, end: float, boxes: Sequence[Box], height: float
) -> bool:
    """Whether words both above and below a rule lie across the line of its end."""
    places = _rule_places(family)
    above = max((y for y in places if y < rule.y0 - THINNEST_SLOT), default=rule.y0)
    below = min((y for y in places if y > rule.y0 + THINNEST_SLOT), default=rule.y0)
    return all(
        any(
            word.x0 < end - 0.4 * height and word.x1 > end + 0.4 * height
            for word in words_of(within(boxes, *band), height)
        )
        for band in ((above, rule.y0), (rule.y0, below))
    )


def _walls(family: _Family, xs: Sequence[float], ys: Sequence[float]) -> Walls:
    """Rows without a rule between them are parted in every column."""
    walls = np.ones((len(ys), len(xs) - 1), bool)
    rules = [*family.full, *family.short]
    for row, y in enumerate(ys):
        near = [rule for rule in rules if abs(rule.y0 - y) < THINNEST_SLOT]
        if not near:
            continue
        for column, (start, end) in enumerate(pairwise(xs)):
            slot = Word(start, end)
            covered = sum(max(0.0, slot.common(Word(rule.x0, rule.x1))) for rule in near)
            walls[row, column] = covered >= _COVERED * (end - start)
    return walls
