"""One item: its figures by the columns under its article, and why they may be another's."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.compare import best_entry, likeness
from ocrpipe.disclosure.figures import (
    ABSENT,
    PlacedFigure,
    past_head,
    read_cells,
    unattributed,
)
from ocrpipe.disclosure.form import Article
from ocrpipe.disclosure.grid import TableView, columns_of, is_empty, is_figure, split_row
from ocrpipe.disclosure.proactive.articles import article_of_item
from ocrpipe.disclosure.proactive.columns import Column, belong, columns_by_place, columns_under
from ocrpipe.document import Cell

ITEM_THRESHOLD = 0.7
"""Of the likeness of a label to the form's wording, under the article that has the item."""

NO_SUCH_ROW = "the form has no such row"
_NO_COUNTS = frozenset({"change", "fee_amount", "procurement_amount"})


@dataclass(frozen=True, slots=True)
class ReadItem:
    article: str
    item: str
    figures: dict[str, PlacedFigure]
    doubt: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading stands: the article printed last, the heads and the columns under it."""

    article: Article | None = None
    article_text: str = ""
    columns: tuple[Column, ...] = ()
    heads: tuple[Cell, ...] = ()


def read_item(
    view: TableView, label_cell: Cell, figures: Sequence[Cell], place: Place
) -> ReadItem | None:
    """The item of a row, or None where its label or its cells are none of section 二's."""
    label = label_cell.text
    if len(figures) == 0:
        return None
    article, text = place.article, place.article_text
    known = article is not None and best_entry(label, article.items, ITEM_THRESHOLD) is not None
    if not known:
        by_item = article_of_item(label)
        known = by_item is not None
        article, text = (by_item, by_item.name) if by_item is not None else (article, text)
    if article is None or not _may_be_figures(figures, known=known):
        return None
    columns = place.columns
    doubt = None if known else NO_SUCH_ROW
    if place.article not in (None, article):
        # One number of the two was misread, and the heads were named for the other article.
        columns = columns_under(place.heads, article)
        doubt = f"it stands under {place.article_text}, which has no such item"
    if not belong(columns, article):
        columns = columns_by_place(figures, article)
    if not columns:
        doubt = "its columns were not recognised"
    read = {
        column.key: _read_figure(view, figures, column, columns).doubted(
            doubt
            or _shared_with_rows(figures, column, label_cell)
            or _rows_beside(view, label_cell)
            or _going_on_below(view, label_cell.row + label_cell.row_span)
        )
        for column in columns
    }
    return ReadItem(text, _item_name(label, article), read, doubt)


def _may_be_figures(cells: Sequence[Cell], *, known: bool) -> bool:
    """Whether cells are a row's figures; beside a `known` label one misread does not undo all."""
    inked = [cell for cell in cells if not is_empty(cell)]
    if known:
        return not inked or any(is_figure(cell) for cell in inked)
    return bool(inked) and all(is_figure(cell) for cell in inked)


def _item_name(label: str, article: Article) -> str:
    """The form's own wording of a row where it is one of the form's: a key must not hold dust."""
    match = best_entry(label, article.items, ITEM_THRESHOLD)
    if match is None:
        return label
    return max(match[0].names, key=lambda name: likeness(label, (name,)))


def _read_figure(
    view: TableView, figures: Sequence[Cell], column: Column, columns: Sequence[Column]
) -> PlacedFigure:
    cells = [cell for cell in figures if columns_of(cell).overlap(column.span)]
    if not cells:
        return ABSENT.doubted("it has no cell under its head")
    placed = read_cells(view.table.id, cells, count=column.key not in _NO_COUNTS)
    others = [other.span for other in columns if other is not column]
    inked = [cell for cell in cells if not is_empty(cell)]
    shared = any(columns_of(cell).overlap(span) for cell in inked for span in others)
    if shared:
        return unattributed(placed, "one number stands under several columns")
    return placed.doubted(past_head(cells, column.span))


def _shared_with_rows(figures: Sequence[Cell], column: Column, label: Cell) -> str | None:
    """Why a figure may be another item's: its cell goes on beside the labels of other rows."""
    high = any(
        cell.row_span > label.row_span and not is_empty(cell)
        for cell in figures
        if columns_of(cell).overlap(column.span)
    )
    return "its cell stands beside several rows" if high else None


def _rows_beside(view: TableView, label: Cell) -> str | None:
    """Why figures may be another item's: several rows of them start beside the one label."""
    below = range(label.row + 1, label.row + label.row_span)
    started = [cell for row in below for cell in view.starting(row) if is_figure(cell)]
    inked = any(not is_empty(cell) for cell in started)
    return "several rows of figures stand beside its label" if inked else None


def _going_on_below(view: TableView, below: int) -> str | None:
    """Why figures may be cut: those of the row below them have no label, as after a page break."""
    if below == len(view.rows):
        return None
    labels, figures = split_row(view.rows[below])
    own = [cell for cell in labels if not is_empty(cell)]
    inked = [cell for cell in figures if cell.row == below and not is_empty(cell)]
    return "figures without a label stand below it" if inked and not own else None
