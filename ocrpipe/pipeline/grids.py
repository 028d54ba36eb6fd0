"""The grids of the tables of a page: from rulings, and from text where rulings do not decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.geometry import Box
from ocrpipe.page import Glyph, Region, Ruling, TableGrid
from ocrpipe.tables import (
    find_aligned_grids,
    find_grids,
    find_leaders,
    find_open_grids,
    is_crowded,
    refine_grids,
    replaces,
    without_frames,
    without_leaning,
    without_margins,
)
from ocrpipe.timings import timed

_UNLIKE_TABLES = frozenset({"seal", "header", "footer"})
_COVERED = 0.75
"""Share of a row that lies in the grid which it is the head of."""

_LOWEST_ROW = 0.3
"""Height of the rows below a head, in heights of the head, at least."""

_SAME_EDGE = 6.0
"""Points between a wall and the middle of the paper between the words beside it, at most."""

_LINE = 15.0
"""Points above and below a leader that its line of a table of contents takes, at most."""

_FLAT = 0.2
"""Share of the height of a character's box that is left out above and below: boxes of a text layer
touch those of the next line."""


@dataclass(frozen=True, slots=True)
class PageGrids:
    """Grids from top to bottom: those that rules show, and those that only their text shows."""

    ruled: tuple[TableGrid, ...]
    aligned: tuple[TableGrid, ...]

    @property
    def every(self) -> list[TableGrid]:
        return sorted([*self.ruled, *self.aligned], key=lambda grid: (grid.box.y0, grid.box.x0))


@timed("grids")
def page_grids(
    rulings: Sequence[Ruling],
    marks: Sequence[Box],
    regions: Sequence[Region],
    width: float,
    height: float,
    *,
    glyphs: Sequence[Glyph] = (),
) -> PageGrids:
    """The grids of a page.

    Args:
        rulings: Rules of the page, in points.
        marks: Boxes of its print, or of the characters of its text layer, in points.
        regions: What a layout model sees; nothing is looked for in seals and running lines.
        width: Of the page, in points.
        height: Of the page, in points.
        glyphs: The characters of a text layer, one for each of `marks`.
    """
    rulings = without_leaning(rulings, width, height)
    leaders = find_leaders(rulings, marks)
    rulings = [rule for rule in rulings if rule not in leaders]
    closed = find_grids(rulings, width, height, marks=marks)
    unframed = without_frames(rulings, closed, width, height)
    if len(unframed) < len(rulings):
        rulings = list(unframed)
        closed = find_grids(rulings, width, height, marks=marks)
    peeled = (without_margins(grid, marks) for grid in closed)
    # What is left of a box beside a narrow column is a box around text.
    closed = tuple(grid for grid in peeled if len(grid.cells) > 1)
    ruled = _ruled_grids(closed, rulings, marks, glyphs, width, height)
    other = [region.box for region in regions if region.kind in _UNLIKE_TABLES]
    other += [Box(0, rule.y0 - _LINE, width, rule.y0 + _LINE) for rule in leaders]
    seen = [region.box for region in regions if region.kind == "table"]

    def aligned_beside(taken: Sequence[TableGrid]) -> tuple[TableGrid, ...]:
        boxes = [*(grid.box for grid in taken), *other]
        return find_aligned_grids(marks, rulings, boxes, seen, width, height)

    longer = [grid for grid in ruled if grid.n_rows > 1]
    aligned = aligned_beside(longer)
    # A row of heads on a band, or between two rules, belongs to the rows without rules below it.
    single = [grid for grid in ruled if grid.n_rows == 1 and not _heads_any(grid, aligned)]
    if single:
        aligned = aligned_beside([*longer, *single])
    ruled = sorted([*longer, *single], key=lambda grid: (grid.box.y0, grid.box.x0))
    return PageGrids(tuple(ruled), aligned)


def _ruled_grids(
    closed: Sequence[TableGrid],
    rulings: Sequence[Ruling],
    marks: Sequence[Box],
    glyphs: Sequence[Glyph],
    width: float,
    height: float,
) -> list[TableGrid]:
    """The grids that rules show, `closed` ones and others whose columns are those of their text."""
    digits = [_is_digit(glyph) for glyph in glyphs] or None
    closed = refine_grids(closed, marks, digits, rulings, width, height)
    # A frame without inner verticals has one column for its rules, and more for its text.
    walled = [grid for grid in closed if grid.n_cols > 1]
    # The frame of a band of heads must not keep its rules from the rows below it.
    heads = [grid for grid in walled if grid.n_rows == 1]
    walled = [grid for grid in walled if grid.n_rows > 1]
    walled = _without_replaced(walled, rulings, marks, width, height)
    opened = find_open_grids(rulings, marks, walled, width, height)
    heads = [
        grid
        for grid in heads
        if not _heads_any(grid, opened) and not any(_divides(other, grid) for other in opened)
    ]
    if heads:
        walled += heads
        opened = find_open_grids(rulings, marks, walled, width, height)
    framed = [grid for grid in closed if grid.n_cols == 1 and not _is_over_any(grid, opened)]
    return [*walled, *framed, *opened]


def _without_replaced(
    walled: Sequence[TableGrid],
    rulings: Sequence[Ruling],
    marks: Sequence[Box],
    width: float,
    height: float,
) -> list[TableGrid]:
    """The grids but for those of few walls whose text shows the columns that they lack."""
    crowded = [grid for grid in walled if is_crowded(grid, marks)]
    others = [grid for grid in walled if grid not in crowded]
    opened = find_open_grids(rulings, marks, others, width, height) if crowded else ()
    return [
        grid
        for grid in walled
        if grid not in crowded or not any(replaces(one, grid, marks) for one in opened)
    ]


def _heads_any(row: TableGrid, others: Sequence[TableGrid]) -> bool:
    """Whether a single row stands at the head of another grid, which goes on below it."""
    return any(
        row.box.overlap(grid.box) > _COVERED
        and row.box.center[1] < grid.box.y0 + 2 * row.box.height
        and grid.box.y1 > row.box.y1 + _LOWEST_ROW * row.box.height
        for grid in others
    )


def _divides(grid: TableGrid, row: TableGrid) -> bool:
    """Whether a grid of one row has all columns of another, and more: worn walls leave few."""
    if grid.n_rows > 1 or grid.n_cols <= row.n_cols or row.box.overlap(grid.box) < _COVERED:
        return False
    edges = [cell.box.x0 for cell in grid.cells]
    return all(min(abs(edge - cell.box.x0) for edge in edges) <= _SAME_EDGE for cell in row.cells)


def _is_over_any(grid: TableGrid, others: Sequence[TableGrid]) -> bool:
    return any(max(grid.box.overlap(one.box), one.box.overlap(grid.box)) > 0 for one in others)


def glyph_marks(glyphs: Sequence[Glyph]) -> list[Box]:
    """Boxes of characters, in points, as high as their print is about."""
    return [glyph.box.padded(0, -_FLAT * glyph.box.height) for glyph in glyphs]


def _is_digit(glyph: Glyph) -> bool | None:
    """None for what is neither a digit nor a letter."""
    return True if glyph.text.isdigit() else False if glyph.text.isalpha() else None
