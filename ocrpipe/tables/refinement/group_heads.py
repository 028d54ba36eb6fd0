"""Heads above groups of columns that no rule parts: each stands in the middle of its group."""

from collections.abc import Sequence

from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, words_of
from ocrpipe.tables.refinement.remains import without_remains
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.ruled.straight_grid import StraightGrid

_MOST_HEADER_ROWS = 3
_WHITE = 2.0
"""In usual whites between words: what parts two heads."""

# In heights of a character.
_NARROWEST = 1.5
_ASIDE = 0.6
_MARGIN = 0.2


def part_group_heads(grid: StraightGrid, marks: Sequence[Mark]) -> StraightGrid:
    """The grid with those cells of the header parted that hold one head for each group of columns.

    Every head must stand in the middle of a group of columns that the row below parts, and the
    groups fill the cell; so a title set wide stays whole. `marks` of the table, in its frame.
    """
    height = character_height([mark.box for mark in marks])
    spans: list[Span] = []
    for span in grid.spans:
        wide = span.col_span > 2 and span.row_span == 1 and span.row < _MOST_HEADER_ROWS
        parts = _parts(grid, span, marks, height) if wide else None
        if parts is None:
            spans.append(span)
        else:
            spans += [Span(span.row, first, 1, last - first) for first, last in parts]
    return StraightGrid(grid.xs, grid.ys, tuple(spans))


def _parts(
    grid: StraightGrid, span: Span, marks: Sequence[Mark], height: float
) -> list[tuple[int, int]] | None:
    """First column and the one after the last of each head, None where they are not several."""
    cell = grid.box_of(span)
    inside = [mark.box for mark in marks if cell.contains_point(*mark.box.center)]
    boxes = without_remains(inside, grid.xs[span.col + 1 : span.col + span.col_span])
    words = words_of(boxes, height, white=_WHITE)
    if len(words) < 2 or len(lines_of(boxes, height)) != 1:
        return None
    if any(word.width < _NARROWEST * height for word in words):
        return None
    below = {one.col for one in grid.spans if one.row == span.row + 1}
    last = span.col + span.col_span
    ends = [col for col in range(span.col + 1, last) if col in below]
    groups = _groups(words, span.col, last, [*ends, last], grid.xs, height)
    return groups if groups and any(end - start > 1 for start, end in groups) else None


def _groups(
    words: Sequence[Word],
    start: int,
    last: int,
    ends: Sequence[int],
    xs: Sequence[float],
    height: float,
) -> list[tuple[int, int]] | None:
    """Groups from column `start` to `last`, one a word, with each word in the middle of its own."""
    if not words:
        return [] if start == last else None
    for end in ends:
        if end <= start or not _is_in_middle(words[0], xs[start], xs[end], height):
            continue
        rest = _groups(words[1:], end, last, ends, xs, height)
        if rest is not None:
            return [(start, end), *rest]
    return None


def _is_in_middle(word: Word, left: float, right: float, height: float) -> bool:
    inside = left + _MARGIN * height <= word.x0 and word.x1 <= right - _MARGIN * height
    return inside and abs(word.center - (left + right) / 2) <= _ASIDE * height
