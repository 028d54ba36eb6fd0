"""The order in which the parts of a page are read.

A recursive XY-cut (G. Nagy and S. Seth, "Hierarchical representation of optically scanned
documents", ICPR 1984) that looks for gutters before it cuts across: strips of the page that share
a gutter are read column by column, whatever stands above and below them over the full width.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ocrpipe.geometry import Box, union

_GUTTER, _NARROW_GUTTER = 1.4, 0.7
"""Narrowest gutter, in heights of a text line, and the narrowest between long columns."""

_DETECTED_MARGIN = 0.25
"""What text detection adds to a line left and right, in its heights."""

_COLUMN_WIDTH = 6.0
"""Narrowest column of running text, in heights of a text line: figures in columns are none."""

_LONG_COLUMN = 6
"""Lines, of both columns together, from which a narrow gutter parts them."""

_NEW_PART = 1.7
"""Distance of two lines, in their usual distance, at which columns may have ended."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows that are read one after another; each row has its boxes' indices from left to right.

    `column` tells a column beside others from text over the full width of the page.
    """

    rows: tuple[tuple[int, ...], ...]
    column: bool


def reading_flows(boxes: Sequence[Box], solid: frozenset[int] = frozenset()) -> tuple[Flow, ...]:
    """All boxes in reading order, as flows. The order of `boxes` does not matter.

    `solid` are the indices of tables and figures; the other boxes are lines of text.
    """
    page = _Page(boxes, solid)
    everything = sorted(range(len(boxes)), key=lambda index: (boxes[index].y0, boxes[index]))
    return tuple(page.flows(everything, column=False)) if boxes else ()


class _Page:
    def __init__(self, boxes: Sequence[Box], solid: frozenset[int]) -> None:
        self._boxes = boxes
        self._solid = solid
        heights = [box.height for index, box in enumerate(boxes) if index not in solid]
        self._height = median(heights) if heights else 12.0
        self._known_gutters: dict[tuple[int, ...], float | None] = {}
        # Looked up for every run of strips and every gutter in it, hundreds of times for a box.
        self._centers = [box.center for box in boxes]
        self._extents = [self._extent(index) for index in range(len(boxes))]
        downwards = sorted(
            range(len(boxes)), key=lambda index: (self._centers[index][1], boxes[index])
        )
        self._ranks = {index: rank for rank, index in enumerate(downwards)}

    def flows(self, items: list[int], column: bool) -> list[Flow]:
        gutter = self._gutter(items)
        if gutter is not None:
            left = [index for index in items if self._centers[index][0] < gutter]
            right = [index for index in items if self._centers[index][0] >= gutter]
            return self.flows(left, True) + self.flows(right, True)
        strips = self._strips(items)
        if len(strips) == 1:
            return [Flow(self._rows(items), column)]
        found: list[Flow] = []
        pending: list[tuple[int, ...]] = []
        start = 0
        while start < len(strips):
            end = self._columns_end(strips, start)
            if end > start:
                found += [Flow(tuple(pending), column)] if pending else []
                pending = []
                found += self.flows(_merged(strips[start:end]), True)
                start = end
            else:
                pending += self._rows(strips[start])
                start += 1
        return found + ([Flow(tuple(pending), column)] if pending else [])

    def _strips(self, items: list[int]) -> list[list[int]]:
        """Items parted wherever a horizontal line crosses none of them."""
        strips: list[list[int]] = []
        bottom = float("-inf")
        for index in sorted(items, key=lambda index: (self._core(index).y0, self._boxes[index])):
            core = self._core(index)
            if core.y0 >= bottom:
                strips.append([])
            strips[-1].append(index)
            bottom = max(bottom, core.y1)
        return strips

    def _core(self, index: int) -> Box:
        """The box without the margin that text detection adds, so that close lines part."""
        box = self._boxes[index]
        return box.padded(0, -min(1.0, box.height / 4) if index in self._solid else -box.height / 4)

    def _rows(self, items: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Lines grouped by what stands side by side; a solid box is a row of its own."""
        rows: list[list[int]] = []
        for index in sorted(items, key=self._ranks.__getitem__):
            box = self._boxes[index]
            last = self._boxes[rows[-1][-1]] if rows else None
            beside = (
                last is not None
                and index not in self._solid
                and rows[-1][-1] not in self._solid
                and abs(self._centers[index][1] - self._centers[rows[-1][-1]][1])
                < 0.4 * min(box.height, last.height)
            )
            if beside:
                rows[-1].append(index)
            else:
                rows.append([index])
        return tuple(
            tuple(sorted(row, key=lambda index: (self._boxes[index].x0, self._boxes[index])))
            for row in rows
        )

    def _columns_end(self, strips: list[list[int]], start: int) -> int:
        """The end of the longest run of strips from `start` that one gutter parts, or `start`."""
        if not self._raw_gutters(strips[start]):
            return start
        end, items = start, list(strips[start])
        pitch = self._pitch(strips)
        for stop in range(start + 1, len(strips) + 1):
            if self._gutter(items) is not None:
                end = stop
            if stop == len(strips):
                break
            ended = self._top(strips[stop]) - self._top(strips[stop - 1]) > _NEW_PART * pitch
            if ended and not self._raw_gutters(strips[stop]):
                break
            items += strips[stop]
            if not self._raw_gutters(items):
                break
        return end

    def _top(self, strip: list[int]) -> float:
        return min(self._boxes[index].y0 for index in strip)

    def _pitch(self, strips: list[list[int]]) -> float:
        tops = [self._top(strip) for strip in strips]
        steps = [below - above for above, below in pairwise(tops)]
        return median(steps) if steps else self._height

    def _raw_gutters(self, items: Sequence[int]) -> list[tuple[float, float]]:
        """Vertical bands (x0, x1) inside the items that none of them reaches into."""
        gutters = []
        right: float | None = None
        for x0, x1 in sorted(self._extents[index] for index in items):
            if right is not None and x0 - right >= _NARROW_GUTTER * self._height:
                gutters.append((right, x0))
            right = x1 if right is None else max(right, x1)
        return gutters

    def _extent(self, index: int) -> tuple[float, float]:
        box = self._boxes[index]
        inside = 0.0 if index in self._solid else _DETECTED_MARGIN * min(box.height, self._height)
        return min(box.x0 + inside, box.center[0]), max(box.x1 - inside, box.center[0])

    def _gutter(self, items: Sequence[int]) -> float | None:
        """Where to part the items into columns of text; None where they are no columns."""
        # Without this, every run of a table's columns is looked at once for every way to come to
        # it: 3 to the power of the columns.
        key = tuple(sorted(items))
        if key not in self._known_gutters:
            self._known_gutters[key] = self._find_gutter(items)
        return self._known_gutters[key]

    def _find_gutter(self, items: Sequence[int]) -> float | None:
        gutters = sorted(self._raw_gutters(items), key=lambda band: (band[0] - band[1], band))
        for x0, x1 in gutters:
            middle = (x0 + x1) / 2
            left = [index for index in items if self._centers[index][0] < middle]
            right = [index for index in items if self._centers[index][0] >= middle]
            if self._is_columns(left, right, x1 - x0 >= _GUTTER * self._height):
                return middle
        return None

    def _is_columns(self, left: list[int], right: list[int], wide: bool) -> bool:
        """Whether both sides are columns of text, or one is and the other has lines of its own."""
        first, second = (union(self._boxes[index] for index in side) for side in (left, right))
        common = min(first.y1, second.y1) - max(first.y0, second.y0)
        if common < 0.5 * min(first.height, second.height):
            return False
        lines = [self._text_lines(side) for side in (left, right)]
        # Beside a table's column of labels the figures stand in the same rows.
        if wide and max(lines) >= _LONG_COLUMN and self._aligned(left, right) < 0.5:
            return True
        smaller, larger = sorted((left, right), key=len)
        rows = self._column_rows(smaller)
        if rows < 2:
            return False
        fewer, more = sorted((rows, self._column_rows(larger)))
        return fewer >= 2 and more >= 3 and (wide or fewer + more >= _LONG_COLUMN)

    def _column_rows(self, side: list[int]) -> int:
        """How many lines of running text a column has; many for a figure or table; else none."""
        if any(index in self._solid for index in side):
            return 3
        lines = self._text_lines(side)
        if lines:
            return lines
        return 3 if self._gutter(side) is not None else 0

    def _text_lines(self, side: list[int]) -> int:
        """How many lines a column of nothing but running text has; 0 where it is none."""
        if any(index in self._solid for index in side):
            return 0
        extent = union(self._boxes[index] for index in side).width
        usual = median(self._boxes[index].width for index in side)
        is_text = extent >= _COLUMN_WIDTH * self._height and usual >= 0.5 * extent
        return len(self._rows(side)) if is_text else 0

    def _aligned(self, left: list[int], right: list[int]) -> float:
        """The share of the rows of the side with fewer of them that are rows of the other too."""
        fewer, more = sorted((self._levels(side) for side in (left, right)), key=len)
        near = 0.25 * self._height
        return sum(_has_near(more, y, near) for y in fewer) / len(fewer)

    def _levels(self, side: list[int]) -> list[float]:
        return sorted(self._centers[row[0]][1] for row in self._rows(side))


def _has_near(ordered: Sequence[float], value: float, distance: float) -> bool:
    """Whether one of the ascending numbers is nearer to the value than the distance."""
    after = bisect_left(ordered, value)
    return any(abs(value - other) < distance for other in ordered[max(0, after - 1) : after + 1])


def _merged(strips: Sequence[Sequence[int]]) -> list[int]:
    return [index for strip in strips for index in strip]
