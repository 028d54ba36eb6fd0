"""Cells that a rule which is wholly gone made one: two numbers are never one number.

Where the print of a cell leaves the edges clear that other rows (or columns) of the table have,
the cell may be several. Only numbers are parted so, and on a scan the items of a list that stand
each in a row, and a label and the numbers beside it that stand in columns of labels and of numbers:
a head or a label that is set wide over the cells below it stays one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, GridCell, TableGrid
from ocrpipe.tables.numeric import is_number
from ocrpipe.tables.refinement.headed import head_and_first
from ocrpipe.tables.refinement.remains import REMAINS, THIN

_GAP_ACROSS = 1.0
"""In heights of the print: white beside a column edge from which on it parts two numbers."""

_GAP_DOWN = 0.35
"""In heights of the print: white between two lines from which on a row edge may part them."""

_AGREEING = 0.25
"""Share of the other rows that have an edge inside the cell, at least."""

_CLEAR = 0.3
_DUST = 0.35
_POINT = 0.1
"""Size of a decimal point in that of the digits, at least."""

_THICK, _FLAT, _DOT = 4.0, 4.0, 1.0
"""Thickness of a rule on a coarse fax in points, at most; the length in that, at least, of what is
left of it, and in points of a dot."""

_AT_FOOT = 0.3
"""How far from the foot of the digits one ends, in their heights, at most."""

_TWO_NUMBERS = 0.5
"""Confidence that is left to a number with such a gap in it that it may be two."""

_LEAST_CONFIDENCE = 0.5
"""Of a numeric reading that is to part a cell: words, too, have one, of no confidence."""

_NUMBERS, _LABELS, _FEWEST_NUMBERS = 0.75, 0.25, 3
"""Share of the printed cells of a column that are numbers, at least in one of numbers and at most
in one of labels; and how many a column of numbers has at least."""

_NUMERALS = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"\s*(?:(?P<digits>[0-9]{{1,2}})\s*[.．、](?![0-9])|[（(]\s*(?P<numeral>[{_NUMERALS}])\s*[）)])"
)
"""What items of a list begin with, in a table: 1. or （一）."""

_Marks = NDArray[np.float64]
"""(count, 4): boxes."""

_Cells = tuple[GridCell, ...]
Pieces = Mapping[int, _Cells]
"""By the index of a cell of a grid, the cells that it may be."""


def dividable_cells(grid: TableGrid, marks: Sequence[Box]) -> Pieces:
    """What cells over several rows or columns are where all edges that are clear of print part.

    `marks`: boxes of the print, or of the characters of a text layer, in points. Cells without
    two stretches of print are left out. Whether they hold numbers is for `divide` to say.
    """
    boxes = np.array(marks, np.float64).reshape(-1, 4)
    found = _dividable(grid, grid, boxes)
    if not found:
        return {}
    # An edge that is lost in several columns is one that print leaves clear in each of them.
    cells = [piece for n, cell in enumerate(grid.cells) for piece in found.get(n, (cell,))]
    return _dividable(grid, replace(grid, cells=tuple(cells)), boxes)


def _dividable(grid: TableGrid, company: TableGrid, boxes: _Marks) -> dict[int, _Cells]:
    """The pieces of the cells of a grid by the edges that those of `company` have."""
    found = {}
    for index, cell in enumerate(grid.cells):
        if cell.row_span == cell.col_span == 1:
            continue
        print_ = _inside(boxes, cell.box)
        across = _edges(company, cell, print_, down=False)
        below = _edges(company, cell, _without_walls(print_, across), down=True)
        pieces = _pieces(cell, across, below)
        if sum(len(_inside(print_, piece.box)) > 0 for piece in pieces) > 1:
            found[index] = pieces
    return found


def divide(
    grid: TableGrid,
    readings: Sequence[CellReading],
    pieces: Pieces,
    of_pieces: Mapping[int, Sequence[CellReading]],
    *,
    scanned: bool,
) -> tuple[TableGrid, tuple[CellReading, ...]]:
    """The grid and its readings with those cells parted whose pieces are numbers or blank.

    `of_pieces` are the readings of `pieces`, in their order. `scanned`: rules may be lost, and
    pieces that are numbered as the items of one list, or are a label and the numbers of its
    row, or a head and the first cell below it, are parted, too.
    """
    shares = _shares_of_numbers(grid, readings) if scanned else ({}, {})
    cells: list[GridCell] = []
    kept: list[CellReading] = []
    for index, (cell, reading) in enumerate(zip(grid.cells, readings, strict=True)):
        own = of_pieces.get(index, ())
        labelled = _with_whole_label(pieces.get(index, ()), own)
        headed = (
            head_and_first(grid, readings, cell, pieces.get(index, ()), own) if scanned else None
        )
        if _are_numbers(own) or (scanned and _are_items(own)):
            cells += pieces[index]
            kept += own
        elif scanned and _are_label_and_numbers(*labelled, *shares):
            cells += labelled[0]
            kept += labelled[1]
        elif headed is not None:
            cells += headed[0]
            kept += headed[1]
        else:
            cells.append(cell)
            kept.append(reading)
    return replace(grid, cells=tuple(cells)), tuple(kept)


def doubt_wide_numbers(
    grid: TableGrid, readings: Sequence[CellReading], marks: Sequence[Box]
) -> tuple[CellReading, ...]:
    """Readings with a low confidence where a number has a gap in it as wide as between two."""
    boxes = np.array(marks, np.float64).reshape(-1, 4)
    return tuple(
        reading.at_most(_TWO_NUMBERS)
        if is_number(reading.text) and _has_gap(_inside(boxes, cell.box))
        else reading
        for cell, reading in zip(grid.cells, readings, strict=True)
    )


def _has_gap(print_: _Marks) -> bool:
    if len(print_) < 2:
        return False
    height = float((print_[:, 3] - print_[:, 1]).max())
    gaps = [after[0] - before[1] for before, after in pairwise(_stretches(print_, down=False))]
    widest = max(gaps, default=0.0)
    # Figures that are all set wide apart are one number.
    evenly = len(gaps) > 1 and min(gaps) > 0.6 * widest
    return widest > _GAP_ACROSS * height and not evenly


def _inside(marks: _Marks, box: Box) -> _Marks:
    """The marks with their middle in a box, without dust and what a rule left along its sides.

    What stands at the foot of the digits may be a decimal point, and is no gap between two numbers.
    """
    x, y = (marks[:, 0] + marks[:, 2]) / 2, (marks[:, 1] + marks[:, 3]) / 2
    within = marks[(box.x0 < x) & (x < box.x1) & (box.y0 < y) & (y < box.y1)]
    if len(within) < 2:
        return within
    sides = within[:, 2:] - within[:, :2]
    size = sides.max(axis=1)
    # What a rule left may be longer than any digit is high: digits beside it were taken for dust.
    solid = sides.min(axis=1) > THIN
    largest = float(size[solid].max() if solid.any() else size.max())
    large = size >= _DUST * largest
    foot, height = float(within[large, 3].max()), float(np.ptp(within[large][:, [1, 3]]))
    at_foot = np.abs(within[:, 3] - foot) <= _AT_FOOT * height
    return np.asarray(within[large | (at_foot & (size >= _POINT * largest))])


def _stretches(marks: _Marks, *, down: bool) -> list[tuple[float, float]]:
    """Where print stands along one axis: ascending stretches with white between."""
    low, high = (1, 3) if down else (0, 2)
    joined: list[tuple[float, float]] = []
    for start, end in sorted(zip(marks[:, low], marks[:, high], strict=True)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], float(end)))
        else:
            joined.append((float(start), float(end)))
    return joined


def _edges(grid: TableGrid, cell: GridCell, print_: _Marks, *, down: bool) -> dict[int, float]:
    """Index and place of the edges inside a cell that others have and its print leaves clear."""
    if not len(print_):
        return {}
    first, count = (cell.row, cell.row_span) if down else (cell.col, cell.col_span)
    edges = {}
    for edge in range(first + 1, first + count):
        place = _agreed_place(grid, cell, edge, down=down)
        if place is None:
            continue
        text = _without_remains(print_, place, down=down)
        if not len(text):
            continue
        least = (_GAP_DOWN if down else _GAP_ACROSS) * float((text[:, 3] - text[:, 1]).max())
        stretches = _stretches(text, down=down)
        before = max((end for start, end in stretches if start < place), default=-np.inf)
        after = min((start for start, _ in stretches if start >= place), default=np.inf)
        if before + _CLEAR <= place <= after - _CLEAR and after - before >= least:
            edges[edge] = place
    return edges


def _without_remains(print_: _Marks, place: float, *, down: bool) -> _Marks:
    """The marks but for what is left of a rule at an edge: thin ones and dots about it, and flat
    ones on its line."""
    low, high = (print_[:, 1], print_[:, 3]) if down else (print_[:, 0], print_[:, 2])
    sides = print_[:, 2:] - print_[:, :2]
    length, thickness = (sides[:, 0], sides[:, 1]) if down else (sides[:, 1], sides[:, 0])
    thin = (thickness <= THIN) | ((length <= _DOT) & (thickness <= _THICK))
    near = np.abs((low + high) / 2 - place) <= REMAINS
    flat = (thickness <= _THICK) & (length >= _FLAT * thickness) & (low <= place) & (place <= high)
    return np.asarray(print_[~((near & thin) | flat)])


def _without_walls(print_: _Marks, across: Mapping[int, float]) -> _Marks:
    """The marks but for what is left of the walls at column edges, which joins rows of print."""
    for place in across.values():
        print_ = _without_remains(print_, place, down=False)
    return print_


def _agreed_place(grid: TableGrid, cell: GridCell, edge: int, *, down: bool) -> float | None:
    """Where an edge lies that enough rows (columns) beside a cell have, nearest to the cell.

    Those with a cell that is longer than this one are not counted: a label of all rows of a group
    says nothing of the rows themselves.
    """
    having: set[int] = set()
    longer: set[int] = set()
    places: list[tuple[int, float]] = []
    own_span = cell.row_span if down else cell.col_span
    for other in grid.cells:
        start, span = (other.row, other.row_span) if down else (other.col, other.col_span)
        lane, lanes = (other.col, other.col_span) if down else (other.row, other.row_span)
        own = cell.col if down else cell.row
        if other is cell:
            continue
        if start < edge < start + span and span > own_span:
            longer.update(range(lane, lane + lanes))
        if edge not in (start, start + span):
            continue
        box = (other.box.y0, other.box.y1) if down else (other.box.x0, other.box.x1)
        having.update(range(lane, lane + lanes))
        places.append((abs(lane - own), box[0] if start == edge else box[1]))
    own_lanes = (
        range(cell.col, cell.col + cell.col_span)
        if down
        else range(cell.row, cell.row + cell.row_span)
    )
    others = (grid.n_cols if down else grid.n_rows) - len(longer.union(own_lanes))
    agreeing = len(having.difference(own_lanes))
    if agreeing < max(1.0, _AGREEING * others):
        return None
    return min(places)[1]


def _pieces(
    cell: GridCell, across: Mapping[int, float], below: Mapping[int, float]
) -> tuple[GridCell, ...]:
    cols = [(cell.col, cell.box.x0), *across.items(), (cell.col + cell.col_span, cell.box.x1)]
    rows = [(cell.row, cell.box.y0), *below.items(), (cell.row + cell.row_span, cell.box.y1)]
    return tuple(
        GridCell(top, left, bottom - top, right - left, Box(x0, y0, x1, y1))
        for (top, y0), (bottom, y1) in pairwise(rows)
        for (left, x0), (right, x1) in pairwise(cols)
    )


def _are_items(readings: Sequence[CellReading]) -> bool:
    """Whether every piece begins with a number, each one more than the last or again the first."""
    found = [_ITEM.match(reading.text) for reading in readings]
    items = [match for match in found if match is not None]
    if len(items) < max(2, len(found)):
        return False
    values = [_value(match) for match in items]
    return all(after in (before + 1, 1) for before, after in pairwise(values))


def _value(item: re.Match[str]) -> int:
    text = item["digits"] or item["numeral"]
    return int(text) if text.isascii() else 1 + _NUMERALS.index(text)


def _are_numbers(readings: Sequence[CellReading]) -> bool:
    printed = [reading for reading in readings if reading.state != "blank"]
    return len(printed) > 1 and all(_is_number(reading) for reading in printed)


def _is_number(reading: CellReading) -> bool:
    return is_number(reading.text) or (
        reading.numeric_confidence >= _LEAST_CONFIDENCE and is_number(reading.numeric_text or "")
    )


def _shares_of_numbers(
    grid: TableGrid, readings: Sequence[CellReading]
) -> tuple[dict[int, float], dict[int, float]]:
    """The share of numbers among the printed cells of columns that have some, and among those of
    one column or more that end at the same edge."""
    printed: dict[int, list[bool]] = {}
    ending: dict[int, list[bool]] = {}
    for cell, reading in zip(grid.cells, readings, strict=True):
        if reading.state != "printed":
            continue
        ending.setdefault(cell.col + cell.col_span, []).append(is_number(reading.text))
        if cell.col_span == 1:
            printed.setdefault(cell.col, []).append(is_number(reading.text))
    return _shares(printed), _shares(ending)


def _shares(numbers: Mapping[int, Sequence[bool]]) -> dict[int, float]:
    return {
        place: sum(found) / len(found)
        for place, found in numbers.items()
        if len(found) >= _FEWEST_NUMBERS
    }


def _with_whole_label(
    pieces: Sequence[GridCell], readings: Sequence[CellReading]
) -> tuple[Sequence[GridCell], Sequence[CellReading]]:
    """Pieces of one row with the blank ones at its left as part of the first one with print: a
    label in the middle of several columns leaves their edges clear."""
    first = next((at for at, reading in enumerate(readings) if reading.state != "blank"), 0)
    if first == 0 or any(piece.row != pieces[0].row for piece in pieces):
        return pieces, readings
    start, label = pieces[0], pieces[first]
    whole = GridCell(
        start.row,
        start.col,
        start.row_span,
        label.col + label.col_span - start.col,
        Box(start.box.x0, start.box.y0, label.box.x1, label.box.y1),
    )
    return (whole, *pieces[first + 1 :]), readings[first:]


def _are_label_and_numbers(
    pieces: Sequence[GridCell],
    readings: Sequence[CellReading],
    of_columns: Mapping[int, float],
    of_ends: Mapping[int, float],
) -> bool:
    """Whether pieces of one row are a label that ends where labels do and numbers in columns of
    numbers, one in each; `of_columns` and `of_ends` are the `_shares_of_numbers`."""
    if len(pieces) < 2 or any(piece.row != pieces[0].row for piece in pieces):
        return False
    edge = pieces[0].col + pieces[0].col_span
    if of_ends.get(edge, 1.0) > _LABELS or is_number(readings[0].text):
        return False
    return all(reading.state == "printed" for reading in readings) and all(
        piece.col_span == 1 and of_columns.get(piece.col, 0.0) >= _NUMBERS and _is_number(reading)
        for piece, reading in zip(pieces[1:], readings[1:], strict=True)
    )
