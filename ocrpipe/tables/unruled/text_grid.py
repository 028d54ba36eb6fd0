"""The grid of a table whose rows are known and whose columns only its text shows.

Points of the straight frame. What rules part is given; between rules the words decide.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.figure_lines import has_figures
from ocrpipe.tables.alignment.text_cells import Item, Part, centered_parts, plain_parts
from ocrpipe.tables.alignment.words import Word, within, words_of
from ocrpipe.tables.ruled.spans import Span
from ocrpipe.tables.unruled.label_columns import labelled_parts, labels_of, widest_labels
from ocrpipe.tables.unruled.strips import NO_LABELS, LabelColumns, Strip, Walls, strips_of

_MOST_HEADER_ROWS = 4
_CENTERED = 0.03
"""Share of the table's width by which a title may stand aside of the middle."""


def spans_of_text(
    boxes: Sequence[Box],
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Walls,
    height: float,
    known: LabelColumns = NO_LABELS,
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
        known: The columns of labels, where other pages show them.
    """
    found = labels_of(strips_of(boxes, xs, ys, walls, height, known), xs, height)
    labels = widest_labels([known, found])
    strips = [
        _with_whole_title(strip, xs, height)
        for strip in strips_of(boxes, xs, ys, walls, height, labels)
    ]
    last_label = xs[max(0, labels.count - 1)]
    figures = _figure_rows([box for box in boxes if box.center[0] >= last_label], ys, height)
    spans = []
    for section in _sections(strips, xs, height):
        header = _header_rows(section, len(xs) - 1, xs)
        if _goes_on_below(section, header) or section[0].top in figures:
            header = section[0].top
        # Which columns a label takes is for the label to say.
        shared = [part for part in _shared_columns(section, header, xs) if part[1] >= labels.count]
        for strip in section:
            # Only beside a page break may the label left of one in the last column be missing.
            outer = strip.top == header or strip.bottom == len(ys) - 2
            own = labels if outer else LabelColumns(labels.count)
            spans += [
                Span(strip.top, first, strip.bottom - strip.top + 1, last - first + 1)
                for first, last in _parts(strip, header, shared, own, xs, height)
            ]
    return tuple(sorted(spans, key=lambda span: (span.row, span.col)))


def label_columns_of(
    boxes: Sequence[Box], xs: Sequence[float], ys: Sequence[float], walls: Walls, height: float
) -> LabelColumns:
    """The columns of labels that the text of one page shows; arguments as above."""
    return labels_of(strips_of(boxes, xs, ys, walls, height, NO_LABELS), xs, height)


def _sections(strips: Sequence[Strip], xs: Sequence[float], height: float) -> list[list[Strip]]:
    """Strips from each title row to the next one."""
    sections: list[list[Strip]] = [[]]
    for strip in strips:
        if sections[-1] and _is_title(strip, xs, height):
            sections.append([])
        sections[-1].append(strip)
    return sections


def _with_whole_title(strip: Strip, xs: Sequence[float], height: float) -> Strip:
    """The strip, its title in one where the edge of a column in the white of a bracket parts it."""
    near = all(-one.word.common(other.word) < height for one, other in pairwise(strip.items))
    if len(strip.items) < 2 or strip.items[0].first == 0 or not near:
        return strip
    first, last = strip.items[0], strip.items[-1]
    title = Item(Word(first.word.x0, last.word.x1), first.first, last.last)
    whole = replace(strip, items=(title,))
    return whole if _is_title(whole, xs, height) else strip


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


def _figure_rows(boxes: Sequence[Box], ys: Sequence[float], height: float) -> set[int]:
    """The rows of figures that have no row of words below: years, too, may be heads.

    `boxes`: marks of the table from its last column of labels on.
    """
    rows = [within(boxes, *edges) for edges in pairwise(ys)]
    figures = [has_figures(row, height, share=1.0) for row in rows]
    return {
        number
        for number in range(len(rows))
        if figures[number]
        and (all(figures[number : number + 2]) or len(words_of(rows[number + 1], height)) < 2)
    }


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
    labels: LabelColumns,
    xs: Sequence[float],
    height: float,
) -> list[Part]:
    """The cells of a strip, as columns."""
    if strip.is_corner and not strip.items and strip.top >= header and strip.last < labels.count:
        # Labels of several levels that all have their text on another page.
        return [(column, column) for column in range(strip.first, strip.last + 1)]
    if _is_title(strip, xs, height) or strip.is_corner:
        return [(strip.first, strip.last)]
    if strip.bottom < header or (strip.first == 0 and strip.bottom > strip.top):
        return centered_parts(strip.items, strip.first, strip.last, xs)
    parts = plain_parts(strip.items, strip.first, strip.last)
    if strip.first < labels.count:
        parts = labelled_parts(strip, parts, labels, xs, height)
    for first, last in shared:
        if all(part[0] >= first and part[1] <= last for part in parts if _meets(part, first, last)):
            kept = [part for part in parts if not _meets(part, first, last)]
            if strip.first <= first and last <= strip.last:
                parts = sorted([*kept, (first, last)])
    return parts


def _meets(part: Part, first: int, last: int) -> bool:
    return part[0] <= last and first <= part[1]
