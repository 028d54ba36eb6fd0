"""Tables with horizontal rules alone: rows from the rules, columns from the text between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box, Shear
from ocrpipe.page import OpenRows, Ruling, TableGrid
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, within, words_of
from ocrpipe.tables.ruled.broken import mend
from ocrpipe.tables.ruled.merge import estimate_shear, merge_straight, straighten
from ocrpipe.tables.ruled.straight import straight_boxes
from ocrpipe.tables.unruled.cut_tables import with_cut_rows
from ocrpipe.tables.unruled.head_levels import with_head_levels
from ocrpipe.tables.unruled.head_rules import with_head_rules
from ocrpipe.tables.unruled.open_grid import open_grid, rule_places
from ocrpipe.tables.unruled.struck import without_struck_ends

# Lengths in points.
_SHORTEST = 100.0
_SAME_END = 6.0
_OVERHANG = 4.0
_SHORT_RULE = 12.0

_TALL = 1.6
_RATHER_TALL = 1.25
"""Height in usual rows from which a heading between two rules parts two tables: one in the middle,
as a title row of a table is too, and one that begins at the left."""

_IN_HEADING = 2.6
"""In usual whites: a full-width space stands in a heading behind the number of its table."""

_MOST_IN_COMMON = 0.1
"""Share of a table that another one may cover: outlines of oblique tables overlap a little."""

_FULL_LINE = 0.8
_FEWEST_FULL_LINES = 2
"""Share of the width of a table that lines of prose take, and how many tell that it is prose."""


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
    mended = mend(merge_straight(straighten(free, shear)))
    rules = [rule for rule in mended if rule.horizontal]
    sides = [rule for rule in mended if not rule.horizontal]
    marks = straight_boxes(boxes, shear)
    rules = without_struck_ends(rules, marks, character_height(marks))
    others = straight_boxes([grid.box for grid in taken], shear)
    grids = [
        grid
        for family in _families(rules, sides)
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


def _families(rules: Sequence[Ruling], sides: Sequence[Ruling]) -> list[_Family]:
    """Long rules that begin and end together, with the shorter ones between them."""
    families: list[_Family] = []
    for group in _groups(rules):
        full = with_cut_rows(group, rules, sides)
        short = [
            rule
            for rule in rules
            if rule not in group
            and full[0].y0 < rule.y0 < full[-1].y0
            and full[0].x0 - _OVERHANG <= rule.x0
            and rule.x1 <= full[0].x1 + _OVERHANG
            and rule.x1 - rule.x0 >= _SHORT_RULE
        ]
        if not any(_within(group, other) for other in families):
            families.append(_Family(full, tuple(short)))
    return families


def _groups(rules: Sequence[Ruling]) -> list[list[Ruling]]:
    """Long rules that begin and end together, each group by height, the longest ones first."""
    groups: list[list[Ruling]] = []
    for rule in sorted(rules, key=lambda rule: (rule.x0 - rule.x1, rule.y0)):
        if rule.x1 - rule.x0 < _SHORTEST:
            continue
        group = next((group for group in groups if _together(group[0], rule)), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return [sorted(group, key=lambda rule: rule.y0) for group in groups if len(group) > 1]


def _together(one: Ruling, other: Ruling) -> bool:
    return abs(one.x0 - other.x0) <= _SAME_END and abs(one.x1 - other.x1) <= _SAME_END


def _within(group: Sequence[Ruling], family: _Family) -> bool:
    top, bottom = family.full[0], family.full[-1]
    return all(
        top.y0 <= rule.y0 <= bottom.y0
        and top.x0 - _OVERHANG <= rule.x0
        and rule.x1 <= top.x1 + _OVERHANG
        for rule in group
    )


def _tables(family: _Family, boxes: Sequence[Box], taken: Sequence[Box]) -> list[_Family]:
    """A family cut where the text between two full rules belongs to no table, or to another."""
    bands = list(pairwise(family.full))
    places = rule_places([*family.full, *family.short])
    if len(places) < 2:
        # The edges of sheets that lie on each other are rules with no room for a row.
        return []
    usual = float(np.median(np.diff(places)))
    contents = [_between(boxes, above, below, family) for above, below in bands]
    height = character_height([box for content in contents for box in content])
    rows = [words_of(content, height) for content in contents]
    second = float(np.median([row[1].x0 for row in rows if len(row) > 1] or [family.right]))
    figures = [has_figures(content, height) for content in contents]
    parts: list[list[Ruling]] = [[family.full[0]]]
    for index, ((above, below), content) in enumerate(zip(bands, contents, strict=True)):
        tall = (below.y0 - above.y0) / usual
        # What stands above a row of heads, where rows have figures, is the caption of a table.
        heads = not any(figures[index : index + 2]) and any(figures[index + 2 : index + 4])
        # At the end of a page there may be the heads alone.
        last = not any(figures[index:]) and any(len(row) > 1 for row in rows[index + 1 : index + 2])
        headed = any(figures[:index]) and (heads or (last and tall > _TALL))
        ruled = any(above.y0 < rule.y0 < below.y0 for rule in family.short)
        other = any(above.y0 < box.center[1] < below.y0 for box in taken if _reaches(box, family))
        caption = headed and tall > _RATHER_TALL and len(_heading_words(content, height)) == 1
        if other or caption or (not ruled and _is_break(content, tall, second, family, height)):
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
    lines = [_heading_words(within(boxes, *line), height) for line in lines_of(boxes, height)]
    if tall > _TALL and _is_mostly_prose(lines, family):
        return True
    if tall <= _RATHER_TALL or any(len(line) > 1 for line in lines):
        return False
    middle = (family.left + family.right) / 2
    centered = all(abs(word.center - middle) <= 2 * height for line in lines for word in line)
    return tall > _TALL if centered else any(w.x1 > second + height for line in lines for w in line)


def _heading_words(boxes: Sequence[Box], height: float) -> list[Word]:
    """The words of a line that may be a heading, in print that is higher than that of a table.

    Punctuation leaves a white in a heading that would part two words of a row.
    """
    return words_of(boxes, max(height, character_height(boxes)), white=_IN_HEADING)


def _is_mostly_prose(lines: Sequence[Sequence[Word]], family: _Family) -> bool:
    """Whether most lines are one word, and several of these as wide as a table."""
    single = [line[0] for line in lines if len(line) == 1]
    wide = sum(word.width >= _FULL_LINE * (family.right - family.left) for word in single)
    return wide >= _FEWEST_FULL_LINES and 2 * len(single) > len(lines)


def _grid(family: _Family, boxes: Sequence[Box], shear: Shear) -> TableGrid | None:
    inside = _between(boxes, family.full[0], family.full[-1], family)
    if not inside:
        return None
    table = OpenRows(family.full, family.short, tuple(inside), shear)
    return open_grid(with_head_rules(table) or with_head_levels(table))
