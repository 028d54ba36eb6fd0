"""Section 二 from its tables, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocrpipe.disclosure.compare import best_entry, likeness
from ocrpipe.disclosure.figures import doubted_by
from ocrpipe.disclosure.form import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS,
    ARTICLES,
    ITEM_HEADING,
    SECTION_HEADINGS,
    Entry,
)
from ocrpipe.disclosure.grid import TableView, columns_of, is_empty, split_row
from ocrpipe.disclosure.numbers import looks_like_figure
from ocrpipe.disclosure.proactive.articles import SURE_LIKENESS, is_any_article, named_article
from ocrpipe.disclosure.proactive.columns import HEAD_THRESHOLD, columns_under, fit
from ocrpipe.disclosure.proactive.items import (
    ITEM_THRESHOLD,
    NO_SUCH_ROW,
    Place,
    ReadItem,
    read_item,
)
from ocrpipe.document import Cell, Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Edition

_OTHERS = tuple(names for number, names in SECTION_HEADINGS.items() if number != 2)
_LONG_LABELS = tuple(entry for entry in APPLICATION_ROWS if entry.key != "other.other")
"""Labels of section 三 but for 其他, which says nothing by itself."""

_LEAST_HEADS = 3
"""Heads of section 三 that a row must have to begin it."""

_LEAST_LIKENESS = 0.4
"""Of a label to the item in whose place it stands."""


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
    heads: tuple[Cell, ...]


def read_proactive(views: Sequence[TableView]) -> ReadProactive:
    """Read section 二 from its tables, in order; a table goes on where the one before it ended."""
    rows: list[_Row] = []
    issues: list[Issue] = []
    place = Place()
    editions: set[Edition] = set()
    for view in views:
        for number in range(len(view.rows)):
            place, item = _read_row(view, number, place)
            editions |= {column.edition for column in place.columns}
            if item is None:
                continue
            row = _Row(view, number, item, place.heads)
            first = next((old for old in rows if _is_same_item(old.item, item)), None)
            if first is None:
                rows.append(row)
            else:
                # One path names one figure; which of the two rows counts is not for us to say.
                issues.append(_unknown(row, "is printed twice; the first is kept"))
                both = doubted_by(first.item.figures, item.figures)
                rows[rows.index(first)] = replace(first, item=replace(first.item, figures=both))
    edition: Edition = "2021" if "2021" in editions else "2019"
    rows = _doubted_beside_strays(_doubted_under_two_names(_named_by_place(rows, edition)))
    issues += [_unknown(row, row.item.doubt) for row in rows if row.item.doubt]
    items = tuple(row.item for row in rows)
    if views:
        issues += _missing(items, edition, views[0].table.id)
    return ReadProactive(items, tuple(issues))


def _is_same_item(one: ReadItem, other: ReadItem) -> bool:
    return (one.article, one.item) == (other.article, other.item)


def _doubted_under_two_names(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, with those in doubt that print one item under its names in two editions: one of
    them is of another year."""
    return [
        replace(row, item=_doubted(row.item, "the item is printed twice, under two names"))
        if any(_names_same(row.item, other.item) for other in rows)
        else row
        for row in rows
    ]


def _doubted_beside_strays(rows: Sequence[_Row]) -> list[_Row]:
    """The rows, with those in doubt under whose heads a scan has a number that stands under none:
    the columns of all of them may be others than those of the heads."""
    shifted = [row.heads for row in rows if _has_stray(row)]
    doubt = "a number under these heads stands in the column of none of them"
    return [
        replace(row, item=_doubted(row.item, doubt)) if row.heads in shifted else row
        for row in rows
    ]


def _has_stray(row: _Row) -> bool:
    _, figures = split_row(row.view.rows[row.number])
    return bool(row.heads) and any(
        cell.origin == "scanned"
        and not is_empty(cell)
        and looks_like_figure(cell.text)
        and not any(columns_of(cell).overlap(columns_of(head)) for head in row.heads)
        for cell in figures
    )


def _names_same(one: ReadItem, other: ReadItem) -> bool:
    return one.item != other.item and any(
        named_article(item.article) is article and {one.item, other.item} <= set(entry.names)
        for article in ARTICLES
        for item in (one, other)
        for entry in article.items
    )


def _doubted(item: ReadItem, doubt: str) -> ReadItem:
    return replace(item, figures={key: of.doubted(doubt) for key, of in item.figures.items()})


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
        if min(likely) < _LEAST_LIKENESS:
            continue
        for index, entry, score in zip(places, items, likely, strict=True):
            if score < ITEM_THRESHOLD:
                named[index] = replace(rows[index], item=_taken_for(rows[index].item, entry))
    return named


def _taken_for(item: ReadItem, entry: Entry) -> ReadItem:
    doubt = f"its label was read as {item.item!r}; by its place it is {entry.names[0]}"
    figures = {
        key: replace(figure, doubt=doubt) if figure.doubt == NO_SUCH_ROW else figure
        for key, figure in item.figures.items()
    }
    return replace(item, item=entry.names[0], figures=figures, doubt=doubt)


def _read_row(view: TableView, row: int, place: Place) -> tuple[Place, ReadItem | None]:
    cells = view.starting(row)
    for cell in cells:
        article = named_article(cell.text)
        if article is not None:
            return Place(article, article.name), None
        if is_any_article(cell.text):
            return Place(), None
    if _begins_another_section(cells):
        return Place(), None
    labels, figures = split_row(view.rows[row])
    if not labels:
        return place, None
    # A column of 序号 may stand before that of the items.
    first = next((label for label in labels if _is_item_heading(label)), labels[0])
    heads = [cell for cell in cells if cell.col > first.col and cell.text.strip()]
    if _is_heading(first, heads):
        return _under_heads(heads, place), None
    return place, read_item(view, labels[-1], figures, place)


def _begins_another_section(cells: Sequence[Cell]) -> bool:
    """Whether a row is the heading of another section, or has the heads or a label of section 三:
    where nothing parts them, the tables of two sections are one grid."""
    heads = {entry.key for cell in cells for entry in _named(cell, APPLICATION_COLUMNS)}
    return (
        len(heads) >= _LEAST_HEADS
        or any(_named(cell, _LONG_LABELS) for cell in cells)
        or any(likeness(cell.text, names) >= SURE_LIKENESS for cell in cells for names in _OTHERS)
    )


def _named(cell: Cell, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    match = best_entry(cell.text, entries, SURE_LIKENESS)
    return (match[0],) if match is not None else ()


def _is_heading(label: Cell, heads: Sequence[Cell]) -> bool:
    if _is_item_heading(label):
        return True
    columns = [column for article in ARTICLES for column in article.columns]
    known = [best_entry(cell.text, columns, HEAD_THRESHOLD) is not None for cell in heads]
    return bool(known) and all(known)


def _is_item_heading(label: Cell) -> bool:
    return likeness(label.text, (ITEM_HEADING,)) >= 0.7


def _under_heads(heads: Sequence[Cell], place: Place) -> Place:
    """The columns that `heads` name; they may show that an article's own row was not recognised."""
    score = {known.number: fit(heads, known) for known in ARTICLES}
    best = max(ARTICLES, key=lambda known: score[known.number])
    article = place.article
    if article is not None and score[article.number] >= score[best.number] - 0.15:
        return Place(article, place.article_text, columns_under(heads, article), tuple(heads))
    return Place(None, "", columns_under(heads, best), tuple(heads))


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
