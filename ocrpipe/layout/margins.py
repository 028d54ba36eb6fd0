"""Lines in the margins of one page: running lines and page numbers, or the end of its text."""

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.document import BlockKind
from ocrpipe.layout.headings import heading_level
from ocrpipe.layout.kinds import is_page_number
from ocrpipe.page import Region, TextLine

_TALLEST_SHEET = 1.7
"""Height of a sheet in its width, at most. A taller page is the picture of many screens, which has
the margins of one sheet."""

_MARGIN_SHARE = 0.11
"""Part of a sheet's height, at top and bottom, in which page numbers stand."""

_EDGE_SHARE = 0.055
"""Part in which no text of the body stands (GB/T 9704-2012 begins it at 12 percent)."""

_LARGEST_RUNNING = 1.5
"""Height of a running line in that of most lines of its page, at most."""

_NEVER_RUNNING = 3
"""Levels of headings (一、, （一） and 1.) that no running header has."""

_SAME_SIZE = 1.25
"""Height of a line in that of another of its size, at most: a line is found as high as its tallest
and lowest characters are."""

_TEXT_GAP = 1.0
"""Widest gap between the lines of one text, in heights of a line."""


def running_kinds(
    lines: Sequence[TextLine], regions: Sequence[Region], width: float, height: float
) -> list[BlockKind | None]:
    """The kinds of the lines outside the body by their place on one page; None for the body.

    `lines` are all lines of the page. Running lines are not larger than most of them, have no
    number of a section, and stand apart from the text: a model that takes the first line of a
    title or the heading of a table for a header is overruled, and so is the edge of a page that
    was printed with next to no margin.
    """
    from_edge = [_from_edge(line, width, height) for line in lines]
    kinds: list[BlockKind | None] = [None] * len(lines)
    if min(from_edge, default=1.0) >= _MARGIN_SHARE:
        return kinds
    usual = median(line.box.height for line in lines)
    body = _Body(lines, from_edge)
    for index, line in enumerate(lines):
        if from_edge[index] >= _MARGIN_SHARE:
            continue
        if is_page_number(line.text):
            kinds[index] = "page_number"
            continue
        level = heading_level(line.text)
        large = line.box.height > _LARGEST_RUNNING * usual
        if large or (level is not None and level <= _NEVER_RUNNING):
            continue
        kind: BlockKind = "header" if line.box.center[1] < height / 2 else "footer"
        seen = any(region.kind == kind and line.box.overlap(region.box) > 0.6 for region in regions)
        at_edge = from_edge[index] < _EDGE_SHARE
        if not body.holds(index) or not (at_edge or not seen or body.goes_on_at(index)):
            kinds[index] = kind
    return kinds


def _from_edge(line: TextLine, width: float, height: float) -> float:
    """How far the middle of a line is from the top or the bottom, in heights of a sheet."""
    middle = line.box.center[1]
    return min(middle, height - middle) / min(height, _TALLEST_SHEET * width)


class _Body:
    """The lines of the body of a page: those inside the edges, and those that go on from them."""

    def __init__(self, lines: Sequence[TextLine], from_edge: Sequence[float]) -> None:
        self._lines = lines
        self._x0, self._y0, self._x1, self._y1 = np.array([tuple(line.box) for line in lines]).T
        self._heights = self._y1 - self._y0
        edge = np.asarray(from_edge)
        # The place of a line in the body, in the order in which its lines were taken into it.
        self._rank: NDArray[np.float64] = np.where(
            edge >= _EDGE_SHARE, np.arange(len(lines), dtype=np.float64), np.inf
        )
        # From the body outwards: a line in the margin is of the text where those inside it are.
        for taken, index in enumerate(np.argsort(-edge, kind="stable"), start=len(lines)):
            if not self.holds(int(index)) and self.goes_on_at(int(index)):
                self._rank[index] = taken

    def holds(self, index: int) -> bool:
        return bool(np.isfinite(self._rank[index]))

    def goes_on_at(self, index: int) -> bool:
        """Whether the text goes on from a line, or to it: another line of the body, of the same
        size, stands as near below or above as in one text."""
        height = self._heights[index]
        if height <= 0:
            return False
        ratio = self._heights / height
        alike = (ratio > 1 / _SAME_SIZE) & (ratio < _SAME_SIZE) & np.isfinite(self._rank)
        alike &= np.minimum(self._x1, self._x1[index]) > np.maximum(self._x0, self._x0[index])
        alike[index] = False
        return self._is_text(alike, self._y0 - self._y1[index], height) or self._is_text(
            alike, self._y0[index] - self._y1, height
        )

    def _is_text(self, alike: NDArray[np.bool_], gaps: NDArray[np.float64], height: float) -> bool:
        near = np.flatnonzero(alike & (-0.3 * height < gaps) & (gaps < _TEXT_GAP * height))
        if not near.size:
            return False
        first = near[self._rank[near].argmin()]
        return not is_page_number(self._lines[first].text)
