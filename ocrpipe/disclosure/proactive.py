"""Section 二: the items of 第二十条, each with heads of its own."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ocrpipe.disclosure.compare import best_entry, likeness, plain
from ocrpipe.disclosure.figures import PlacedFigure, past_head, read_cells, unattributed
from ocrpipe.disclosure.form import ARTICLES, ITEM_HEADING, Article, Entry
from ocrpipe.disclosure.grid import (
    Span,
    TableView,
    columns_of,
    is_empty,
    is_figure,
    split_row,
)
from ocrpipe.document import Cell, Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Edition

ITEM_THRESHOLD = 0.7
HEAD_THRESHOLD = 0.65
LEAST_LIKENESS = 0.4
"""Of a label to the item in whose place it stands."""

MIN_SIGNS = 3
"""Articles, heads and items that a table must print to be section 二, or a part of it."""

_NO_SUCH_ROW = "the form has no such row"
_ARTICLE = re.compile(r"第?二十条第?(?P<number>[一五六八九])项?")
_ANY_ARTICLE = re.compile(r"第?二十条第.{0,2}项")
"""An article whose number was not read; what stands under it tells which it is."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    article: str
    item: str
    figures: dict[str, PlacedFigure]
    doubt: str | None


@dataclass(frozen=True, slots=True)
class ReadProactive:
    rows: tuple[ReadItem, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """An item and the row of a table that prints it."""

    view: TableView
    number: int
    item: ReadItem


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    span: Span
    edition: Edition


@dataclass(frozen=True, slots=True)
class _Place:
    """Where reading stands: the article printed last, the heads and the columns under it."""

    article: Article | None = None
    article_text: str = ""
    columns: tuple[_Column, ...] = ()
    heads: tuple[Cell, ...] = ()


def choose_tables(views: Sequence[TableView]) -> tuple[TableView, ...]:
    """The tables that print section 二: one, or one an item, or the parts a page break left."""
    chosen: list[TableView] = []
    follows = False
    for view in views:
        signs = _signs(view)
        follows = signs >= (1 if follows else MIN_SIGNS)
        if follows:
            chosen.append(view)
    return tuple(chosen)


def _signs(view: TableView) -> int:
    found = set()
    for cell in view.table.cells:
        article = _article(cell.text)
        if article is not None:
            found.add(article.name)
        elif likeness(cell.text, (ITEM_HEADING,)) >= 0.85:
            found.add(ITEM_HEADING)
        else:
            for known in ARTICLES:
                match = best_entry(cell.text, (*known.items, *known.columns), 0.85)
                if match is not None:
                    found.add(match[0].names[0])
    return len(found)


def _article(text: str) -> Article | None:
    match = _ARTICLE.fullmatch(plain(text))
    if match is None:
        return None
    return next((known for known in ARTICLES if known.number == match["number"]), None)


def read_proactive(views: Sequence[TableView]) -> ReadProactive:
    """Read section 二 from its tables, in order; a table goes on where the one before it ended."""
    rows: list[_Row] = []
    issues: list[Issue] = []
    place = _Place()
    editions: set[Edition] = set()
    for view in views:
        for number in range(len(view.rows)):
            place, item = _read_row(view, number, place)
            editions |= {column.edition for column in place.columns}
            if item is None:
                continue
            row = _Row(view, number, item)
            if any((item.article, item.item) == (old.item.article, old.item.item) for old in rows):
                # One path names one figure; which of the two rows counts is not for us to say.
                issues.append(_unknown(row, "is printed twice; the first is kept"))
            else:
                rows.append(row)
    edition: Edition = "2021" if "2021" in editions else "2019"
    rows = _named_by_place(rows, edition)
    issues += [_unknown(row, row.item.doubt) for row in rows if row.item.doubt]
    items = tuple(row.item for row in rows)
    if views:
        issues += _missing(items, edition, views[0].table.id)
    return ReadProactive(items, tuple(issues))


def _named_by_place(rows: Sequence[_Row], edition: Edition) -> list[_Row]:
    """The rows, with one whose label was misread taken for the item that stands in its place.

    That is told where an article has as many rows as the form, and the others are its own.
    """
    named = list(rows)
    for article in ARTICLES:
        places = [i for i, row in enumerate(rows) if row.item.article == article.name]
        items = [entry for entry in article.items if edition in entry.editions]
        if edition not in article.editions or len(places) != len(items):
            continue
        likely = [likeness(rows[i].item.item, e.names) for i, e in zip(places, items, strict=True)]
        if min(likely) < LEAST_LIKENESS:
            continue
        for index, entry, score in zip(places, items, likely, strict=True):
            if score < ITEM_THRESHOLD:
                named[index] = replace(rows[index], item=_taken_for(rows[index].item, entry))
    return named


def _taken_for(item: ReadItem, entry: Entry) -> ReadItem:
    doubt = f"its label was read as {item.item!r}; by its place it is {entry.names[0]}"
    figures = {
        key: replace(figure, doubt=doubt) if figure.doubt == _NO_SUCH_ROW else figure
        for key, figure in item.figures.items()
    }
    return replace(item, item=entry.names[0], figures=figures, doubt=doubt)


def _read_row(view: TableView, row: int, place: _Place) -> tuple[_Place, ReadItem | None]:
    cells = view.starting(row)
    for cell in cells:
        article = _article(cell.text)
        if article is not None:
            return _Place(article, article.name), None
        if _ANY_ARTICLE.fullmatch(plain(cell.text)):
            return _Place(), None
    labels, figures = split_row(view.rows[row])
    if not labels:
        return place, None
    heads = [cell for cell in cells[1:] if cell.text.strip()]
    if _is_heading(labels[0], heads):
        return _under_heads(heads, place), None
    return place, _read_item(view, labels[-1], figures, place)


def _is_heading(label: Cell, heads: Sequence[Cell]) -> bool:
    if likeness(label.text, (ITEM_HEADING,)) >= 0.7:
        return True
    columns = [column for article in ARTICLES for column in article.columns]
    known = [best_entry(cell.text, columns, HEAD_THRESHOLD) is not None for cell in heads]
    return bool(known) and all(known)


def _under_heads(heads: Sequence[Cell], place: _Place) -> _Place:
    """The columns that `heads` name; they may show that an article's own row was not recognised."""
    score = {known.number: _fit(heads, known) for known in ARTICLES}
    best = max(ARTICLES, key=lambda known: score[known.number])
    article = place.article
    if article is not None and score[article.number] >= score[best.number] - 0.15:
        return _Place(article, place.article_text, _columns(heads, article), tuple(heads))
    return _Place(None, "", _columns(heads, best), tuple(heads))


def _fit(heads: Sequence[Cell], article: Article) -> float:
    scores = [
        max(likeness(cell.text, column.names) for column in article.columns) for cell in heads
    ]
    return sum(scores) / len(scores) if scores else 0.0


def _read_item(
    view: TableView, label_cell: Cell, figures: Sequence[Cell], place: _Place
) -> ReadItem | None:
    label = label_cell.text
    if len(figures) == 0:
        return None
    article, text = place.article, place.article_text
    known = article is not None and best_entry(label, article.items, ITEM_THRESHOLD) is not None
    if not known:
        by_item = _article_of_item(label)
        known = by_item is not None
        article, text = (by_item, by_item.name) if by_item is not None else (article, text)
    if article is None or not _may_be_figures(figures, known=known):
        return None
    columns = place.columns
    doubt = None if known else _NO_SUCH_ROW
    if place.article not in (None, article):
        # One number of the two was misread, and the heads were named for the other article.
        columns = _columns(place.heads, article)
        doubt = f"it stands under {place.article_text}, which has no such item"
    if not _belong(columns, article):
        columns = _by_place(figures, article)
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


def _belong(columns: Sequence[_Column], article: Article) -> bool:
    keys = {entry.key for entry in article.columns}
    return bool(columns) and all(column.key in keys for column in columns)


def _read_figure(
    view: TableView, figures: Sequence[Cell], column: _Column, columns: Sequence[_Column]
) -> PlacedFigure:
    cells = [cell for cell in figures if columns_of(cell).overlap(column.span)]
    placed = read_cells(view.table.id, cells, count=column.key not in _NO_COUNTS)
    others = [other.span for other in columns if other is not column]
    inked = [cell for cell in cells if not is_empty(cell)]
    shared = any(columns_of(cell).overlap(span) for cell in inked for span in others)
    if shared:
        return unattributed(placed, "one number stands under several columns")
    return placed.doubted(past_head(cells, column.span))


def _shared_with_rows(figures: Sequence[Cell], column: _Column, label: Cell) -> str | None:
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


_NO_COUNTS = frozenset({"change", "fee_amount", "procurement_amount"})


def _article_of_item(label: str) -> Article | None:
    for article in ARTICLES:
        if best_entry(label, article.items, 0.85) is not None:
            return article
    return None


def _columns(heads: Sequence[Cell], article: Article) -> tuple[_Column, ...]:
    """By name; a head that was not recognised by its place among those that were."""
    named = _named(heads, article)
    if len(named) == len(heads):
        return named
    placed = _by_place(heads, article, {column.edition for column in named})
    return placed if all(column in placed for column in named) else named


def _named(heads: Sequence[Cell], article: Article) -> tuple[_Column, ...]:
    found: dict[str, _Column] = {}
    for cell in heads:
        match = best_entry(cell.text, article.columns, HEAD_THRESHOLD)
        if match is not None:
            entry = match[0]
            found.setdefault(entry.key, _Column(entry.key, columns_of(cell), entry.editions[0]))
    return tuple(found.values())


def _by_place(
    cells: Sequence[Cell], article: Article, editions: Collection[Edition] = ()
) -> tuple[_Column, ...]:
    """The columns of the one edition of `article` that has as many as there are cells."""
    fitting = []
    for edition in editions or article.editions:
        keys = list(dict.fromkeys(e.key for e in article.columns if edition in e.editions))
        if len(keys) == len(cells):
            pairs = zip(keys, cells, strict=True)
            fitting.append(tuple(_Column(key, columns_of(cell), edition) for key, cell in pairs))
    return fitting[0] if len(fitting) == 1 else ()


def _unknown(row: _Row, reason: str) -> Issue:
    return Issue(
        code=IssueCode.REPORT_ROW_UNKNOWN,
        severity="warning",
        message=f"section 二, {row.item.article}, {row.item.item!r}: {reason}",
        page=min(row.view.pages(row.number), default=None),
        table_id=row.view.table.id,
        row=row.number,
    )


def _missing(rows: Sequence[ReadItem], edition: Edition, table_id: str) -> Iterator[Issue]:
    for article in ARTICLES:
        if edition not in article.editions:
            continue
        for entry in article.items:
            printed = any(likeness(row.item, entry.names) >= ITEM_THRESHOLD for row in rows)
            if edition in entry.editions and not printed:
                yield Issue(
                    code=IssueCode.REPORT_ROW_MISSING,
                    severity="warning",
                    message=f"section 二 has no row {entry.key} under {article.name}",
                    table_id=table_id,
                )
