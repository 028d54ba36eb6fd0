"""The document as one HTML file that needs nothing else and never goes to the network.

Pictures of the pages stand beside the recovered text; a click, or Enter, on a cell or a block
shows where it stands on the paper, and a click on the paper the other way. The text of the
document is escaped by the template, and a content security policy lets only this file's own
style and script work, so that nothing in the document can come alive.
"""

import base64
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from ocrpipe.document import Document, Issue, Page
from ocrpipe.export.figure_tables import figure_tables
from ocrpipe.export.figures import CellAddress, FigureEntry
from ocrpipe.export.text import number_text, one_line
from ocrpipe.export.view import Anchor, BlockView, BoxView, TableView, ViewBuilder
from ocrpipe.report import Check
from ocrpipe.templates import load_assets, load_template

if TYPE_CHECKING:
    import jinja2

_PICTURE_TYPES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class PageView:
    """A page on both sides; `picture` is a data URI, or empty where there is none."""

    page: Page
    picture: str
    boxes: tuple[BoxView, ...]
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    check: Check
    expected: str
    actual: str
    figures: tuple[tuple[str, Anchor | None], ...]


def to_html(document: Document, picture: Callable[[int], bytes | None]) -> str:
    """The document as one self-contained HTML file.

    `picture` gives the PNG or JPEG of an upright page by its number, or None; it is called once
    for every page. Boxes are drawn over it in points, so that its resolution does not matter.

    Raises:
        ValueError: a picture is neither PNG nor JPEG.
    """
    builder = ViewBuilder(document)
    blocks, left_over = _blocks(document, builder)
    figures = figure_tables(builder)
    pages = [
        PageView(
            page,
            _data_uri(picture(page.number)),
            tuple(builder.places.boxes.get(page.number, ())),
            blocks[index],
        )
        for index, page in enumerate(document.pages)
    ]
    checks = document.report.checks if document.report is not None else ()
    return _template().render(
        document=document,
        title=(document.report and document.report.title) or document.source.name,
        pages=pages,
        left_over=left_over,
        with_paper=any(page.width and page.height for page in document.pages),
        figure_tables=figures,
        checks=[_check(check, builder) for check in checks],
        issues=[(issue, _issue_anchor(issue, builder)) for issue in document.issues],
        counts=_counts(document, builder.entries),
        assets=load_assets("ocrpipe.export", "document.css", "document.js"),
    )


def _blocks(
    document: Document, builder: ViewBuilder
) -> tuple[list[tuple[BlockView, ...]], list[TableView]]:
    """The blocks of each page with the tables where they begin, and tables no block shows."""
    waiting = {table.id: table for table in document.tables}
    known = set(waiting)
    pages: list[tuple[BlockView, ...]] = []
    for page in document.pages:
        views: list[BlockView] = []
        for block in page.blocks:
            view = builder.block(block, page.number)
            table = waiting.pop(block.table_id or "", None)
            if table is not None:
                view = replace(view, table=builder.table(table))
            elif block.table_id in known:
                view = replace(view, continues=block.table_id or "")
            views.append(view)
        pages.append(tuple(views))
    return pages, [builder.table(table) for table in waiting.values()]


def _check(check: Check, builder: ViewBuilder) -> CheckView:
    return CheckView(
        check,
        number_text(check.expected) or "—",
        number_text(check.actual) or "—",
        tuple((path, builder.places.figures.get(path)) for path in check.figures),
    )


def _issue_anchor(issue: Issue, builder: ViewBuilder) -> Anchor | None:
    if issue.table_id is None or issue.row is None or issue.col is None:
        return None
    return builder.places.cells.get(CellAddress(issue.table_id, issue.row, issue.col))


def _counts(document: Document, entries: tuple[FigureEntry, ...]) -> dict[str, int]:
    """What the top of the page sums up, by the name that the template uses."""
    checks = Counter(check.state for check in document.report.checks) if document.report else {}
    return {
        "passed": checks.get("pass", 0),
        "failed": checks.get("fail", 0),
        "unassessable": checks.get("unassessable", 0),
        "figures": sum(entry.figure.state == "printed" for entry in entries),
        "doubtful": sum(entry.figure.trust == "doubtful" for entry in entries),
        "unread": sum(cell.state == "unread" for table in document.tables for cell in table.cells),
    }


def _data_uri(picture: bytes | None) -> str:
    if picture is None:
        return ""
    for signature, media_type in _PICTURE_TYPES:
        if picture.startswith(signature):
            return f"data:{media_type};base64,{base64.b64encode(picture).decode('ascii')}"
    raise ValueError("the picture of a page is neither PNG nor JPEG")


@cache
def _template() -> "jinja2.Template":
    return load_template("ocrpipe.export", "document.html", one_line=one_line)
