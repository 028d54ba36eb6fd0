"""Stretches of text with wide whites between, of which each may be a cell of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ocrpipe.geometry import Box, union
from ocrpipe.page import TableGrid
from ocrpipe.tables.alignment.words import Word, character_height, lines_of, within, words_of

_MARGIN = 0.4
"""In heights of a character: white about a stretch that the edge of its cell runs through."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The ink of a stretch, and the part of its cell that has no other ink; points of the page.

    Where the edge of the cell runs through the ink, the part reaches over it.
    """

    ink: Box
    room: Box


def stretches_of(grid: TableGrid, marks: Sequence[Box]) -> tuple[tuple[Stretch, ...], ...]:
    """The stretches of each cell from the left; none where a cell has no ink.

    `marks`: boxes of the print, or of the characters of a text layer, in points of the page.
    """
    inside = [mark for mark in marks if grid.box.contains_point(*mark.center)]
    height = character_height(inside)
    return tuple(_stretches(cell.box, inside, height) for cell in grid.cells)


def _stretches(cell: Box, marks: Sequence[Box], height: float) -> tuple[Stretch, ...]:
    own = [mark for mark in marks if cell.contains_point(*mark.center)]
    words = sorted(
        word for line in lines_of(own, height) for word in words_of(within(own, *line), height)
    )
    joined: list[Word] = []
    for word in words:
        if joined and word.x0 <= joined[-1].x1:
            joined[-1] = Word(joined[-1].x0, max(joined[-1].x1, word.x1))
        else:
            joined.append(word)
    if not joined:
        return ()
    whites = [(one.x1 + other.x0) / 2 for one, other in pairwise(joined)]
    left = min(cell.x0, joined[0].x0 - _MARGIN * height)
    right = max(cell.x1, joined[-1].x1 + _MARGIN * height)
    edges = [left, *whites, right]
    return tuple(
        Stretch(
            union(mark for mark in own if word.x0 <= mark.center[0] <= word.x1),
            Box(start, cell.y0, end, cell.y1),
        )
        for word, (start, end) in zip(joined, pairwise(edges), strict=True)
    )


def read_apart(cell: Box, stretches: Sequence[Stretch]) -> bool:
    """Whether a cell has several stretches, or one that its edge runs through."""
    return any(stretch.room != cell for stretch in stretches)
