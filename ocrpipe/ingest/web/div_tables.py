"""Tables of a web page that are made without <table>: by roles, or by what a style sheet says.

Each becomes a table element, with the spans that were meant, before tables are read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import lxml.html
from lxml.html import HtmlElement

from ocrpipe.ingest.web.dom import is_hidden, tag_of
from ocrpipe.ingest.web.stylesheets import StyleSheets

_FEWEST_CELLS, _FEWEST_COLUMNS = 8, 3
"""Cells and columns of what holds data; what places the parts of a page has fewer."""

_LONGEST_TEXT = 300
"""Characters in a cell; the longest label of the form has a quarter of it, and a column of a page
more."""

_FEWEST_ROWS = 3
"""Rows, one like the other, that make a table without a word that they are one."""

_MOST_SLOTS = 200_000

_REPEAT = re.compile(r"repeat\(\s*(\d+)\s*,((?:[^()]|\([^()]*\))*)\)")
_TRACK = re.compile(r"[^\s()]+(?:\((?:[^()]|\([^()]*\))*\))?")
_LINE_NAMES = re.compile(r"\[[^\]]*\]")

Placed = tuple[int, int, int, int, HtmlElement]
"""Row, column, and how many of each an element spans; rows and columns count from 0."""


def make_tables(root: HtmlElement, styles: StyleSheets) -> None:
    """Put a table element, in place, for each element that is laid out as a table of data."""
    for element in list(root.iter()):  # outer ones first
        tag = tag_of(element)
        if not tag or tag in ("table", "body", "html", "td", "tr", "tbody") or is_hidden(element):
            continue
        if element.getroottree().getroot() is not root:
            continue  # in one that was put in a table already
        rows = _rows(element, styles)
        if rows and _is_data(rows):
            _replace(element, rows)


def _rows(element: HtmlElement, styles: StyleSheets) -> list[list[Placed]]:
    style = styles.of(element)
    display = style.get("display", "")
    if element.get("role") in ("table", "grid", "treegrid") or display.endswith("table"):
        return _by_rows(list(_row_elements(element, styles)))
    if display.endswith("grid"):
        return _by_places(element, style, styles)
    lines = _shown(element)
    flexed = len(lines) >= _FEWEST_ROWS and all(
        styles.of(line).get("display", "").endswith("flex") for line in lines
    )
    if flexed and len({len(_shown(line)) for line in lines}) == 1:
        return _by_rows(lines)
    return []


def _shown(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if tag_of(child) and not is_hidden(child)]


def _row_elements(element: HtmlElement, styles: StyleSheets) -> Iterator[HtmlElement]:
    """The rows in an element, those of its groups of rows with them."""
    for child in _shown(element):
        display = styles.of(child).get("display", "")
        if child.get("role") == "row" or display == "table-row":
            yield child
        elif child.get("role") == "rowgroup" or display.endswith("-group"):
            yield from _row_elements(child, styles)


def _by_rows(rows: Sequence[HtmlElement]) -> list[list[Placed]]:
    return [
        [
            (
                place, 0, _number(cell.get("aria-rowspan"), 1),
                _number(cell.get("aria-colspan"), 1), cell,
            )
            for cell in _shown(row)
        ]
        for place, row in enumerate(rows)
    ]  # fmt: skip


def _by_places(
    grid: HtmlElement, style: Mapping[str, str], styles: StyleSheets
) -> list[list[Placed]]:
    """The cells of a CSS grid, those without a place one after another (CSS Grid, 8.5)."""
    asked = [(cell, _place(styles.of(cell))) for cell in _shown(grid)]
    columns = _tracks(style.get("grid-template-columns", ""))
    columns = max([columns, *(col + width for _, (_, col, _, width) in asked if col >= 0)])
    taken: set[tuple[int, int]] = set()
    placed: list[Placed] = []
    cursor = 0
    for cell, (top, left, height, width) in asked:
        row, col = top, left
        if row < 0 or col < 0:
            if not columns or width > columns:
                return []
            while not _is_free(divmod(cursor, columns), (height, width), columns, taken):
                cursor += 1
            row, col = divmod(cursor, columns)
        if len(taken) + height * width > _MOST_SLOTS:
            return []
        slots = {(row + y, col + x) for y in range(height) for x in range(width)}
        if slots & taken:
            return []
        taken |= slots
        placed.append((row, col, height, width, cell))
    rows = sorted({row for row, *_ in placed})
    return [
        sorted((one for one in placed if one[0] == row), key=lambda one: one[1]) for row in rows
    ]


def _is_free(
    place: tuple[int, int], size: tuple[int, int], columns: int, taken: set[tuple[int, int]]
) -> bool:
    (row, col), (height, width) = place, size
    return col + width <= columns and not any(
        (row + y, col + x) in taken for y in range(height) for x in range(width)
    )


def _place(style: Mapping[str, str]) -> tuple[int, int, int, int]:
    """Row and column, -1 where they are left to the browser, and how many of each are spanned."""
    area = [part.strip() for part in style.get("grid-area", "").split("/")]
    ends = []
    for at, name in enumerate(("grid-row", "grid-column")):
        begin, _, end = style.get(name, "").partition("/")
        if len(area) > at and area[at]:
            begin, end = area[at], area[at + 2] if len(area) > at + 2 else ""
        begin = style.get(f"{name}-start", begin).strip()
        ends.append(_extent(begin, style.get(f"{name}-end", end).strip()))
    (row, height), (col, width) = ends
    return row, col, height, width


def _extent(begin: str, end: str) -> tuple[int, int]:
    """Where the lines of a grid put an element, from 0 (-1: nowhere), and how far it spans."""
    span = next((_number(one[4:], 1) for one in (begin, end) if one.startswith("span")), 1)
    first, last = _number(begin, 0), _number(end, 0)
    if first and last > first:
        span = last - first
    elif last and not first:
        first = max(1, last - span)
    return first - 1, span


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return min(int(text), 1000) if text.isdecimal() and len(text) < 6 and int(text) else default


def _tracks(template: str) -> int:
    template = _LINE_NAMES.sub(" ", template)
    repeated = sum(
        min(int(match[1][:4]), 1000) * len(_TRACK.findall(match[2]))
        for match in _REPEAT.finditer(template)
    )
    rest = _REPEAT.sub(" ", template)
    return 0 if "repeat" in rest else repeated + len(_TRACK.findall(rest)) * (rest != "none")


def _is_data(rows: Sequence[Sequence[Placed]]) -> bool:
    cells = [cell for row in rows for *_, cell in row]
    columns = max(sum(width for *_, width, _ in row) for row in rows)
    return (
        len(cells) >= _FEWEST_CELLS
        and columns >= _FEWEST_COLUMNS
        and len(rows) > 1
        and all(len(cell.text_content()) <= _LONGEST_TEXT for cell in cells)
        and not any(next(cell.iter("table", "h1", "h2", "h3"), None) is not None for cell in cells)
    )


def _replace(element: HtmlElement, rows: Sequence[Sequence[Placed]]) -> None:
    """Put a table of these cells in the place of an element."""
    table = lxml.html.Element("table")
    for row in rows:
        line = lxml.html.Element("tr")
        for _, _, height, width, cell in row:
            slot = lxml.html.Element("td", rowspan=str(height), colspan=str(width))
            cell.tail = None
            slot.append(cell)
            line.append(slot)
        table.append(line)
    table.tail = element.tail
    element.tail = None
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, table)
