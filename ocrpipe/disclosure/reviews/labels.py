"""Section 四 set otherwise than the form: labels beside the figures, or one table a kind.

The form heads fifteen columns with both, over one row of figures; see `reviews`.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from ocrpipe.disclosure.compare import best_entry
from ocrpipe.disclosure.figures import ABSENT, PlacedFigure, read_cells
from ocrpipe.disclosure.form import REVIEW_GROUPS, REVIEW_OUTCOMES, ReviewKind
from ocrpipe.disclosure.grid import TableView, columns_of, is_label
from ocrpipe.document import Cell

HEAD_THRESHOLD = 0.65
"""A label of three characters with a wrong one is 0.67 like itself; outcomes are 0.5 at most like
each other, kinds 0.71, of which the most alike is taken."""
MIN_HEADS = 4
"""Outcomes of a kind that a table must head to be section 四, or a part of it."""

OUTCOMES = tuple(entry.key for entry in REVIEW_OUTCOMES)

_Key = TypeVar("_Key", bound=str)


def kind_of(text: str) -> ReviewKind | None:
    """The kind of case that a label names; 行政诉讼, which heads two of them, is none."""
    match = best_entry(text, REVIEW_GROUPS, HEAD_THRESHOLD)
    if match is None or ("诉讼" in text and "复议" not in text):
        return None
    return cast(ReviewKind, match[0].key)


def outcome_of(text: str) -> str | None:
    """The outcome that a label names."""
    match = best_entry(text, REVIEW_OUTCOMES, HEAD_THRESHOLD)
    return match[0].key if match is not None else None


def has_labels(view: TableView) -> bool:
    """True for a table with the outcomes, and with kinds beside or above them or as its caption."""
    cells = [cell for cell in view.table.cells if is_label(cell)]
    outcomes = {outcome_of(cell.text) for cell in cells} - {None}
    if len(outcomes) < MIN_HEADS:
        return False
    kinds = {kind_of(cell.text) for cell in cells} - {None}
    return len(kinds) > 1 or _caption_kind(view) is not None


def read_by_labels(view: TableView) -> dict[ReviewKind, dict[str, PlacedFigure]]:
    """The figures by the nearest label of a kind and that of an outcome, above them or beside."""
    placed: dict[tuple[ReviewKind, str], list[Cell]] = {}
    for row in range(len(view.rows)):
        for cell in view.starting(row):
            if is_label(cell):
                continue
            kind: ReviewKind | None = _nearest(view, cell, kind_of)
            kind = kind or _caption_kind(view)
            outcome = _nearest(view, cell, outcome_of)
            if kind is not None and outcome is not None:
                placed.setdefault((kind, outcome), []).append(cell)
    kinds = dict.fromkeys(kind for kind, _ in placed)
    return {
        kind: {
            outcome: read_cells(view.table.id, cells, count=True)
            if (cells := placed.get((kind, outcome)))
            else ABSENT
            for outcome in OUTCOMES
        }
        for kind in kinds
    }


def _caption_kind(view: TableView) -> ReviewKind | None:
    return kind_of(view.table.caption or "")


def _nearest(view: TableView, cell: Cell, name: Callable[[str], _Key | None]) -> _Key | None:
    """What the nearest label names: one on the left in all rows of the cell, or one above it over
    all its columns. A cell that has several such labels in one line belongs to none of them."""
    left = [other for other in view.rows[cell.row] if other.col < cell.col]
    found = _last([other for other in left if _holds_rows(other, cell)], name)
    if found is not None:
        return found
    for row in range(cell.row - 1, -1, -1):
        over = [other for other in view.rows[row] if columns_of(other).overlap(columns_of(cell))]
        names = {key for other in over if (key := name(other.text)) is not None}
        if names:
            whole = (
                len(over) == 1 and columns_of(over[0]).overlap(columns_of(cell)) == cell.col_span
            )
            return names.pop() if whole else None
    return None


def _holds_rows(label: Cell, cell: Cell) -> bool:
    return label.row <= cell.row and cell.row + cell.row_span <= label.row + label.row_span


def _last(cells: Sequence[Cell], name: Callable[[str], _Key | None]) -> _Key | None:
    names = [key for cell in cells if (key := name(cell.text)) is not None]
    return names[-1] if names else None
