"""The columns under an article: what each of its heads counts, and where it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.compare import best_entry, likeness
from ocrpipe.disclosure.form import Article
from ocrpipe.disclosure.grid import Span, columns_of
from ocrpipe.document import Cell
from ocrpipe.report import Edition

HEAD_THRESHOLD = 0.65
"""Likeness of a head to the form's wording: of three characters with a wrong one it is 0.67. Heads
of one article are 0.86 at most like each other, of which the most alike is taken."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    span: Span
    edition: Edition


def fit(heads: Sequence[Cell], article: Article) -> float:
    """How like the heads of `article` these are, 0 to 1."""
    scores = [
        max(likeness(cell.text, column.names) for column in article.columns) for cell in heads
    ]
    return sum(scores) / len(scores) if scores else 0.0


def belong(columns: Sequence[Column], article: Article) -> bool:
    """Whether there are columns, and `article` has them all."""
    keys = {entry.key for entry in article.columns}
    return bool(columns) and all(column.key in keys for column in columns)


def columns_under(heads: Sequence[Cell], article: Article) -> tuple[Column, ...]:
    """The columns by the names of their heads.

    A head that was not recognised is named by its place among those that were.
    """
    named = _named(heads, article)
    if len(named) == len(heads):
        return named
    placed = columns_by_place(heads, article, {column.edition for column in named})
    return placed if all(column in placed for column in named) else named


def _named(heads: Sequence[Cell], article: Article) -> tuple[Column, ...]:
    found: dict[str, Column] = {}
    for cell in heads:
        match = best_entry(cell.text, article.columns, HEAD_THRESHOLD)
        if match is not None:
            entry = match[0]
            found.setdefault(entry.key, Column(entry.key, columns_of(cell), entry.editions[0]))
    return tuple(found.values())


def columns_by_place(
    cells: Sequence[Cell], article: Article, editions: Collection[Edition] = ()
) -> tuple[Column, ...]:
    """The columns of the one edition of `article` that has as many as there are cells."""
    fitting = []
    for edition in editions or article.editions:
        keys = list(dict.fromkeys(e.key for e in article.columns if edition in e.editions))
        if len(keys) == len(cells):
            pairs = zip(keys, cells, strict=True)
            fitting.append(tuple(Column(key, columns_of(cell), edition) for key, cell in pairs))
    return fitting[0] if len(fitting) == 1 else ()
