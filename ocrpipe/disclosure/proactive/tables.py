"""Which tables of a document print section 二."""

from collections.abc import Sequence

from ocrpipe.disclosure.compare import best_entry, likeness
from ocrpipe.disclosure.form import ARTICLES, ITEM_HEADING
from ocrpipe.disclosure.grid import TableView
from ocrpipe.disclosure.proactive.articles import SURE_LIKENESS, named_article

_LEAST_SIGNS = 3
"""Articles, heads and items that a table must print to be section 二, or a part of it."""


def choose_tables(views: Sequence[TableView]) -> tuple[TableView, ...]:
    """The tables that print section 二: one, or one an item, or the parts a page break left."""
    chosen: list[TableView] = []
    follows = False
    for view in views:
        signs = _signs(view)
        follows = signs >= (1 if follows else _LEAST_SIGNS)
        if follows:
            chosen.append(view)
    return tuple(chosen)


def _signs(view: TableView) -> int:
    found = set()
    for cell in view.table.cells:
        article = named_article(cell.text)
        if article is not None:
            found.add(article.name)
        elif likeness(cell.text, (ITEM_HEADING,)) >= SURE_LIKENESS:
            found.add(ITEM_HEADING)
        else:
            for known in ARTICLES:
                match = best_entry(cell.text, (*known.items, *known.columns), SURE_LIKENESS)
                if match is not None:
                    found.add(match[0].names[0])
    return len(found)
