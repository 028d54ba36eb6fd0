"""The grid of a table whose rows are known and whose columns only its text shows.

Points of the straight frame. What rules part is given; between rules the words decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.text_cells import Item, Part, centered_parts, items_of, plain_parts
from ocrpipe.tables.alignment.words import Word, within, words_of
from ocrpipe.tables.ruled.spans import Span

Walls = NDArray[np.bool_]
"""(rows + 1, columns): whether a rule, or the white between rows, is above or below a slot."""

_MOST_HEADER_ROWS = 4
# In heights of a character.
_IN_MIDDLE = 0.5
"""How far a label stands aside of the middle of its cell."""

_INDENT = 1.0
"""By how much a label that begins where its column does is set in, at most."""

_CENTERED = 0.03
"""Share of the table's width by which a title may stand aside of the middle."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Columns `first` to `last` that have the same rows `top` to `bottom` between two walls."""

    top: int
    bottom: int
    first: int
    last: int
    items: tuple[Item, ...]

    @property
    def is_corner(self) -> bool:
        """Whether it is one cell over several rows at the left."""
        return self.first == 0 and self.bottom > self.top and len(self.items) < 2


def spans_of_text(
    boxes: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Walls,
    height: float,
    labels: int = 0,
) -> tuple[Span, ...]:
    """Cells as spans, by row and column; they tile the grid exactly once.

    A word over several columns is a cell of them all. In the header, and below a title row, words
    stand in the middle of their cells, which shows how many columns they take.

    Args:
        boxes: Marks of the table.
        xs: Ascending column edges.
        ys: Ascending row edges.
        walls: What parts the rows, column by column.
        height: Of a character.
        labels: Columns from the left that are known to be labels of several levels.
    """
    strips = _strips(boxes, xs, ys, walls, height, labels)
    label_columns = max(labels, _label_columns(strips))
    spans = []
    for section in _sections(strips, xs, height):
        header = _header_rows(section, len(xs) - 1, xs)
        if _goes_on_below(section, header):
            header = section[0].top
        # Which columns a label takes is for the label to say.
        shared = [part for part in _shared_columns(section, header, xs) if part[1] >= label_columns]
        for strip in section:
            spans += [
                Span(strip.top, first, strip.bottom - strip.top + 1, last - first + 1)
                for first, last in _parts(strip, header, shared, label_columns, xs, height)
            ]
    return tuple(sorted(spans, key=lambda span: (span.row, span.col)))


def label_columns_of(
    boxes: Sequence[Box], xs: Sequence[float], ys: Sequence[float], walls: Walls, height: float
) -> int:
    """How many columns from the left are labels of several levels; arguments as above."""
    return _label_columns(_strips(boxes, xs, ys, walls, height, 0))


def _strips(
    boxes: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Walls,
    height: float,
    labels: int,
) -> list[Strip]:
    strips = _empty_strips(walls)
    rows = [within(boxes, top, bottom) for top, bottom in pairwise(ys)]
    whole = [_filled(strip, rows, xs, len(xs), height) for strip in strips]
    # A label may have a white where others have an edge.
    labels = max(labels, _label_columns(whole))
    return [_filled(strip, rows, xs, labels, height) for strip in strips]


def _filled(
    strip: Strip,
    rows: Sequence[Sequence[Box]],
    xs: Sequence[float],
    labels: int,
    height: float,
) -> Strip:
    """The strip with its items; right of the columns of labels close heads are parted.

    `rows` are the marks of each row of the table.
    """
    first, last = strip.first, strip.last
    inside = [
        box
        for row in rows[strip.top : strip.bottom + 1]
        for box in row
        if xs[first] <= box.center[0] < xs[last + 1]
    ]
    seams = xs[max(first + 1, labels) : last + 1]
    items = [
        Item(item.word, item.first + first, item.last + first)
        for item in _items(inside, xs[first : last + 2], seams, height)
    ]
    return replace(strip, items=tuple(items))


def _empty_strips(walls: Walls) -> list[Strip]:
    runs = [_runs(walls[:, column]) for column in range(walls.shape[1])]
    strips = []
    for top, bottom in sorted({run for column in runs for run in column}):
        columns = [column for column, found in enumerate(runs) if (top, bottom) in found]
        strips += [Strip(top, bottom, first, last, ()) for first, last in _neighbours(columns)]
    return sorted(strips, key=lambda strip: (strip.top, strip.first))


def _items(
    boxes: Sequence[Box], edges: Sequence[float], seams: Sequence[float], height: float
) -> list[Item]:
    """What stands in the columns between `edges`; close heads are parted at the `seams`."""
    whole = words_of(boxes, height)
    if len(whole) == 1 and abs(whole[0].center - (edges[0] + edges[-1]) / 2) <= height:
        return items_of(whole, edges, height)
    parted = words_of(boxes, height, seams)
    words: list[Word] = []
    for word in whole:
        pieces = [piece for piece in parted if piece.common(word) > 0]
        single = all(item.first == item.last for item in items_of(pieces, edges, height))
        words += pieces if single else [word]
    return items_of(words, edges, height)


def _runs(walls: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Rows from wall to wall of one column; the outer walls count as being there."""
    edges = [0, *(int(row) for row in np.flatnonzero(walls[1:-1]) + 1), len(walls) - 1]
    return [(top, bottom - 1) for top, bottom in pairwise(edges)]


def _neighbours(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of columns that follow each other."""
    stretches = []
    for _, group in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        members = [column for _, column in group]
        stretches.append((members[0], members[-1]))
    return stretches


def _label_columns(strips: Sequence[Strip]) -> int:
    """How many columns from the left are labels of several levels.

    A rule between two rows that begins inside the table leaves a label over both rows beside it.
    Left of that label are others over several rows, and no head of one row.
    """
    last = max(strip.last for strip in strips)
    # Heads over several rows are several words, or the corner above the labels.
    over_rows = [one for one in strips if 0 < one.top < one.bottom and len(one.items) <= 1]
    rows: dict[int, set[int]] = {}
    for strip in strips:
        beside = any(
            one.last == strip.first - 1 and one.top <= strip.top <= one.bottom for one in over_rows
        ) and not any(
            one.top == one.bottom == strip.top and one.last < strip.first for one in strips
        )
        if strip.last == last and strip.top == strip.bottom and beside:
            rows.setdefault(strip.first, set()).add(strip.top)
    return max((first + 1 for first, found in rows.items() if len(found) > 1), default=0)


def _sections(strips: Sequence[Strip], xs: Sequence[float], height: float) -> list[list[Strip]]:
    """Strips from each title row to the next one."""
    sections: list[list[Strip]] = [[]]
    for strip in strips:
        if sections[-1] and _is_title(strip, xs, height):
            sections.append([])
        sections[-1].append(strip)
    return sections


def _is_title(strip: Strip, xs: Sequence[float], height: float) -> bool:
    if (strip.first, strip.last) != (0, len(xs) - 2) or len(strip.items) != 1 or len(xs) < 3:
        return False
    aside = abs(strip.items[0].word.center - (xs[0] + xs[-1]) / 2)
    return aside <= max(height, _CENTERED * (xs[-1] - xs[0])) and strip.items[0].last > 0


def _header_rows(section: Sequence[Strip], columns: int, xs: Sequence[float]) -> int:
    """The row below the header of a section; the rows of its title are part of it.

    A header ends where every column has had a head of its own, and has no blank cell but in the
    columns of labels. Without such a header the first row is one if it has no blank cell.
    """
    first = section[0].top
    covered: set[int] = set()
    for row in range(first, min(first + _MOST_HEADER_ROWS, section[-1].bottom + 1)):
        for strip in section:
            if strip.bottom == row:
                covered |= _headed(strip)
        if covered >= set(range(1, columns)):
            above = [strip for strip in section if strip.bottom <= row]
            return row + 1 if all(_is_full(strip, xs) for strip in above) else first
    count = 2 if _covers_all(section[0], columns) and len(section[0].items) == 1 else 1
    head = [strip for strip in section if strip.bottom < first + count]
    return first + count if head and all(_is_full(strip, xs) for strip in head) else first


def _goes_on_below(section: Sequence[Strip], header: int) -> bool:
    """Whether a cell at the left is of rows on both sides of the edge below a header: it is the
    label of a group that began on another page, and the rows beside it are no heads."""
    return any(strip.first == 0 and strip.top < header <= strip.bottom for strip in section)


def _covers_all(strip: Strip, columns: int) -> bool:
    return strip.first == 0 and strip.last == columns - 1


def _headed(strip: Strip) -> set[int]:
    if strip.is_corner:
        return set(range(strip.first, strip.last + 1))
    return {item.first for item in strip.items if item.first == item.last}


def _is_full(strip: Strip, xs: Sequence[float]) -> bool:
    """Whether no column of a header strip is blank, but for the one above the labels."""
    if strip.is_corner:
        return True
    parts = centered_parts(strip.items, strip.first, strip.last, xs)
    taken = {item.first for item in strip.items}
    return all(first == 0 or any(first <= at <= last for at in taken) for first, last in parts)


def _shared_columns(section: Sequence[Strip], header: int, xs: Sequence[float]) -> list[Part]:
    """Columns that have one head together and nowhere in the section two words."""
    heads = [strip for strip in section if strip.bottom == header - 1]
    below = [strip for strip in section if strip.top >= header]
    parts = [
        part
        for strip in heads
        for part in centered_parts(strip.items, strip.first, strip.last, xs)
        if part[1] > part[0]
    ]
    return [
        part
        for part in parts
        if not any(
            sum(part[0] <= item.first and item.last <= part[1] for item in strip.items) > 1
            for strip in below
        )
    ]


def _parts(
    strip: Strip,
    header: int,
    shared: Sequence[Part],
    label_columns: int,
    xs: Sequence[float],
    height: float,
) -> list[Part]:
    """The cells of a strip, as columns."""
    if _is_title(strip, xs, height) or strip.is_corner:
        return [(strip.first, strip.last)]
    if strip.bottom < header or (strip.first == 0 and strip.bottom > strip.top):
        return centered_parts(strip.items, strip.first, strip.last, xs)
    parts = plain_parts(strip.items, strip.first, strip.last)
    if strip.first < label_columns:
        parts = _labelled(strip, parts, label_columns, xs, height)
    for first, last in shared:
        if all(part[0] >= first and part[1] <= last for part in parts if _meets(part, first, last)):
            kept = [part for part in parts if not _meets(part, first, last)]
            if strip.first <= first and last <= strip.last:
                parts = sorted([*kept, (first, last)])
    return parts


def _meets(part: Part, first: int, last: int) -> bool:
    return part[0] <= last and first <= part[1]


def _labelled(
    strip: Strip, parts: Sequence[Part], label_columns: int, xs: Sequence[float], height: float
) -> list[Part]:
    """Parts with the blank columns among those of labels joined to the label beside them."""
    labels = [item for item in strip.items if item.first < label_columns]
    if not labels:
        return list(parts)
    last = min(max(label_columns - 1, labels[-1].last), strip.last)
    rest = [part for part in parts if part[0] > last]
    inner = centered_parts(labels, strip.first, last, xs)
    if len(labels) == 1 and not _is_beside_a_label(labels[0], inner, strip.first, xs, height):
        inner = [(strip.first, last)]
        if _is_left_aligned(labels[0], strip.first, last, xs, height):
            own = labels[0].first
            inner = [*((blank, blank) for blank in range(strip.first, own)), (own, last)]
    return [*inner, *rest]


def _is_left_aligned(item: Item, first: int, last: int, xs: Sequence[float], height: float) -> bool:
    """Whether a label begins where its own column does, and is in the middle of no wider cell."""
    aside = abs(item.word.center - (xs[first] + xs[last + 1]) / 2)
    indent = item.word.x0 - xs[item.first]
    return item.first > first and indent <= _INDENT * height and aside > _IN_MIDDLE * height


def _is_beside_a_label(
    item: Item, parts: Sequence[Part], first: int, xs: Sequence[float], height: float
) -> bool:
    """Whether a label leaves out the first column: it is in the middle of the others alone.

    The label over many rows that stands there has its text on another page.
    """
    left, right = next(part for part in parts if part[0] <= item.first <= part[1])
    aside = abs(item.word.center - (xs[left] + xs[right + 1]) / 2)
    of_all = abs(item.word.center - (xs[first] + xs[right + 1]) / 2)
    return left > first and aside <= _IN_MIDDLE * height and of_all >= 2 * _IN_MIDDLE * height
