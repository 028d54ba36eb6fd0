"""Tables whose markup is wrong, put right as a browser does, or as their author meant them."""

import re
from collections.abc import Iterator, Sequence

import lxml.html
from lxml.html import HtmlElement

from ocrpipe.ingest.web.dom import BLOCK_TAGS, tag_of
from ocrpipe.ingest.web.tables import own_cells, own_rows
from ocrpipe.ingest.web.text import writable

_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_STRUCTURE = _GROUPS | _CELLS | {"tr", "caption", "colgroup", "col"}
_OPENED_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CLOSED_TABLE = re.compile(r"</table\b", re.IGNORECASE)
_OPENED_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_CLOSED_CELL = re.compile(r"</t[dh]\b", re.IGNORECASE)

_FEWEST_CELLS = 8
"""Cells of a table that holds data; one that places parts of a page has fewer."""


def repair_tables(root: HtmlElement, markup: str) -> None:
    """Put right, in place, the tables of a page that was parsed from `markup`.

    What stands between a table and its rows or cells (<form>, <div>) is no part of the table: a
    browser leaves the rows where they are. Cells without a row get one. Text and other elements in
    a table and in none of its cells stand before the table, as a browser has them, where rows
    follow, and else behind it: there its end tag is missing. So it is where the last cell of a
    table goes on to the end of the page, and cells have no end tags either.
    """
    tables = list(root.iter("table"))
    for table in tables:
        _unwrap(table)
    unclosed = len(_OPENED_TABLE.findall(markup)) > len(_CLOSED_TABLE.findall(markup))
    opened, closed = len(_OPENED_CELL.findall(markup)), len(_CLOSED_CELL.findall(markup))
    for table in reversed(tables):  # what is taken out of an inner one may stand in an outer one
        _take_out(table)
        if unclosed and 2 * closed < opened:
            _cut_last_cell(table)


def _unwrap(table: HtmlElement) -> None:
    """Take away what stands between the table, its rows and its cells."""
    waiting = [table]
    while waiting:
        parent = waiting.pop()
        for child in list(parent):
            tag = tag_of(child)
            if tag in _GROUPS or tag == "tr":
                waiting.append(child)
            elif tag and tag not in _STRUCTURE and tag != "table" and _wraps_structure(child):
                child.drop_tag()
                waiting.append(parent)
                break
    for parent in [table, *(child for child in table if tag_of(child) in _GROUPS)]:
        _give_rows(parent)


def _wraps_structure(element: HtmlElement) -> bool:
    """Whether rows or cells stand in an element, or in others inside it, without a table."""
    for child in element:
        tag = tag_of(child)
        if tag in _STRUCTURE:
            return True
        if tag and tag != "table" and _wraps_structure(child):
            return True
    return False


def _give_rows(parent: HtmlElement) -> None:
    """Put cells that stand in no row into one."""
    row = None
    for child in list(parent):
        if tag_of(child) not in _CELLS:
            row = None
            continue
        if row is None:
            row = lxml.html.Element("tr")
            child.addprevious(row)
        row.append(child)


def _take_out(table: HtmlElement) -> None:
    """Put what is in the table and in none of its cells before or behind it."""
    parts = list(_parts(table))
    last = max((index for index, (_, is_row) in enumerate(parts) if is_row), default=-1)
    behind = []
    for index, (element, is_row) in enumerate(parts):
        if is_row:
            continue
        if index > last or tag_of(element) == "table":
            behind.append(element)
        else:
            table.addprevious(element)
    _put_behind(table, behind)


def _parts(parent: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """The rows of a table, and what is no part of a table, in their order.

    Loose text is put into a paragraph first.
    """
    if (parent.text or "").strip():
        parent.insert(0, _paragraph(parent.text))
        parent.text = None
    for child in list(parent):
        if (child.tail or "").strip():
            text, child.tail = child.tail, None
            child.addnext(_paragraph(text))
    for child in list(parent):
        tag = tag_of(child)
        if tag == "tr":
            yield child, True
        if tag in _GROUPS or tag == "tr":
            yield from _parts(child)
        elif tag and tag not in _STRUCTURE:
            yield child, False


def _paragraph(text: str | None) -> HtmlElement:
    paragraph = lxml.html.Element("p")
    paragraph.text = writable(text)
    return paragraph


def _cut_last_cell(table: HtmlElement) -> None:
    """Put what the last cell of a table holds behind its own text behind the table."""
    cells = [cell for group in own_rows(table) for row in group for cell in own_cells(row)]
    if len(cells) <= _FEWEST_CELLS or any(cell.find(".//table") is not None for cell in cells[:-1]):
        return
    last = cells[-1]
    blocks = [child for child in last if tag_of(child) in BLOCK_TAGS]
    if not blocks:
        return
    children = list(last)
    first = children.index(blocks[0])
    before = [last.text, *(text for child in children[:first] for text in child.itertext())]
    if not any((text or "").strip() for text in before):
        first += 1
    _put_behind(table, children[first:])


def _put_behind(table: HtmlElement, elements: Sequence[HtmlElement]) -> None:
    for element in reversed(elements):
        table.addnext(element)
