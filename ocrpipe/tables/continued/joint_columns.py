"""Columns of a table without vertical rules that runs over pages, from the text of all of them.

A page on which most cells are blank shows few of the columns; another page of the same table shows
the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, OpenPart, OpenRows, PageTable, ReadCell, TableGrid
from ocrpipe.tables.alignment.text_cells import items_of
from ocrpipe.tables.alignment.words import Word
from ocrpipe.tables.build import build_table
from ocrpipe.tables.continued.breaks import in_same_place, runs_over
from ocrpipe.tables.numeric import choose_numeric, is_number
from ocrpipe.tables.unruled.label_columns import widest_labels
from ocrpipe.tables.unruled.open_grid import RowWords, columns_of, grid_on, label_columns, row_words
from ocrpipe.tables.unruled.strips import LabelColumns

_SHARED = 0.7
"""Share of the columns' edges of the part with most columns that all parts together must have."""

_SAME_EDGE = 0.02
"""Share of the table's width."""

_TWO_NUMBERS = 0.5
"""Confidence that is left where two numbers stand in one cell."""

_SINGLE = 0.5
_ALIKE = 0.6
"""In heights of a character: how far apart words stand that are set alike."""

_Place = tuple[float, float, float]

_BLANK = CellReading("", "blank", 0.99)


def with_joint_columns(parts: Sequence[PageTable]) -> list[PageTable]:
    """The tables of a document's pages, those that run over pages on the columns of all parts.

    `parts` by page, and by position on the page. Tables with vertical rules stay as they are.
    """
    groups: list[list[PageTable]] = []
    for part in parts:
        last = groups[-1][-1] if groups else None
        opened = last and last.open_part and part.open_part
        if last and opened and runs_over(last, part) and in_same_place(last, part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [part for group in groups for part in _on_joint_columns(group)]


def _on_joint_columns(group: Sequence[PageTable]) -> Sequence[PageTable]:
    opened = [part.open_part for part in group if part.open_part]
    if len(opened) < 2:
        return group
    width = opened[0].rows.right - opened[0].rows.left
    words = [_on_width(row_words(part.rows), part.rows, width) for part in opened]
    joint = columns_of(words, 0.0, width)
    if not _has_columns_of(joint, words, width):
        return group
    edges = [_off_width(joint, part.rows, width) for part in opened]
    labels = widest_labels(
        [label_columns(part.rows, xs) for part, xs in zip(opened, edges, strict=True)]
    )
    return [
        _on_columns(table, part, xs, labels)
        for table, part, xs in zip(group, opened, edges, strict=True)
    ]


def _on_width(found: RowWords, table: OpenRows, width: float) -> RowWords:
    """Words and ends counted from the left of the table, as if it were `width` wide."""
    scale = width / (table.right - table.left)

    def moved(place: float) -> float:
        return (place - table.left) * scale

    rows = tuple(tuple(Word(moved(word.x0), moved(word.x1)) for word in row) for row in found.rows)
    return replace(found, rows=rows, ends=tuple(moved(end) for end in found.ends))


def _off_width(xs: Sequence[float], table: OpenRows, width: float) -> list[float]:
    scale = (table.right - table.left) / width
    return [table.left + x * scale for x in xs]


def _has_columns_of(joint: Sequence[float], words: Sequence[RowWords], width: float) -> bool:
    """Whether the joint columns are those of the part that shows most, and all parts stand in
    them alike: it is one table."""
    own = [columns_of([part], 0.0, width) for part in words]
    richest = max(range(len(own)), key=lambda index: len(own[index]))
    inner = own[richest][1:-1]
    shared = sum(any(abs(edge - one) <= _SAME_EDGE * width for one in joint) for edge in inner)
    if len(joint) <= 2 or shared < _SHARED * len(inner):
        return False
    if not all(_stands_in(part, joint) for part in words):
        return False
    places = [_places_in(part, joint) for part in words]
    near = _ALIKE * words[richest].height
    return all(_is_alike(places[richest], other, near) for other in places)


def _stands_in(part: RowWords, xs: Sequence[float]) -> bool:
    """Whether most words stand in one column; heads of groups and some labels go over several."""
    items = [item for row in part.rows for item in items_of(row, xs, part.height)]
    return sum(item.first == item.last for item in items) >= _SINGLE * len(items)


def _places_in(part: RowWords, xs: Sequence[float]) -> dict[int, _Place]:
    """Where the words of a column begin, have their middle and end, on the median."""
    inside: dict[int, list[Word]] = {}
    for row in part.rows:
        for item in items_of(row, xs, part.height):
            if item.first == item.last:
                inside.setdefault(item.first, []).append(item.word)
    return {
        column: (
            median(word.x0 for word in found),
            median(word.center for word in found),
            median(word.x1 for word in found),
        )
        for column, found in inside.items()
    }


def _is_alike(places: Mapping[int, _Place], others: Mapping[int, _Place], near: float) -> bool:
    """Whether the words of most columns of both are set alike: from the left, to the right or in
    the middle."""
    common = [(places[column], others[column]) for column in places.keys() & others.keys()]
    alike = sum(
        any(abs(one - other) <= near for one, other in zip(*pair, strict=True)) for pair in common
    )
    return alike >= _SHARED * len(common)


def _on_columns(
    table: PageTable, part: OpenPart, xs: Sequence[float], labels: LabelColumns
) -> PageTable:
    """The part of a table on other columns, its cells put together of what was read."""
    grid, used = grid_on(part.rows, xs, labels)
    table = replace(table, columns=tuple((x - used[0]) / (used[-1] - used[0]) for x in used))
    if _places(grid) == {(c.row, c.col, c.row_span, c.col_span) for c in table.table.cells}:
        return table
    cells, readings = _filled(grid, part.cells)
    grid = replace(grid, cells=cells)
    readings = choose_numeric(grid, readings)
    origin = table.table.cells[0].origin
    rebuilt = build_table(grid, readings, table.page, origin, table.table.id, table.table.caption)
    return replace(table, table=rebuilt)


def _places(grid: TableGrid) -> set[tuple[int, int, int, int]]:
    return {(cell.row, cell.col, cell.row_span, cell.col_span) for cell in grid.cells}


def _filled(
    grid: TableGrid, read: Sequence[ReadCell]
) -> tuple[tuple[GridCell, ...], tuple[CellReading, ...]]:
    """Cells and their readings: those of a cell that stays, and pieces put together else."""
    of_cell: dict[int, list[tuple[ReadCell, ReadCell]]] = {}
    for cell in read:
        for piece in cell.pieces:
            of_cell.setdefault(_cell_of(piece.box, grid.cells), []).append((cell, piece))
    cells, readings = [], []
    for index, new in enumerate(grid.cells):
        own = of_cell.get(index, [])
        pieces = [piece for _, piece in own]
        if own and _stays(own[0][0], pieces):
            # Its box leads to the alternatives of its reading.
            cells.append(replace(new, box=own[0][0].box))
            readings.append(own[0][0].reading)
        else:
            cells.append(new)
            readings.append(_together([piece.reading for piece in pieces]))
    return tuple(cells), tuple(readings)


def _stays(cell: ReadCell, pieces: Sequence[ReadCell]) -> bool:
    """Whether `pieces` are all that a cell holds, and its edges ran through none of them."""
    single = len(pieces) == 1 and pieces[0].reading != cell.reading
    return not single and tuple(pieces) == cell.pieces


def _cell_of(ink: Box, cells: Sequence[GridCell]) -> int:
    return max(range(len(cells)), key=lambda index: ink.overlap(cells[index].box))


def _together(readings: Sequence[CellReading]) -> CellReading:
    """Readings of the pieces of one cell as one, from the left."""
    if not readings:
        return _BLANK
    if len(readings) == 1:
        return readings[0]
    text = ""
    for reading in readings:
        gap = " " if text[-1:].isascii() and reading.text[:1].isascii() else ""
        text = (text + gap + reading.text).strip()
    confidence = min(reading.confidence for reading in readings)
    if any(is_number(reading.text) for reading in readings):
        confidence = min(confidence, _TWO_NUMBERS)
    unread = any(reading.state == "unread" for reading in readings)
    return CellReading(text, "unread" if unread or not text else "printed", confidence)
