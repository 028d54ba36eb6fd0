"""Tables that run out over the paper: a web page that was printed wider than its sheet."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.pipeline.result import PageResult, PlacedTable

_NEAR = 2.0
"""Points from where rules are cut within which a vertical rule is the side of their table."""

_FEWEST_RULES = 2
"""Rules of one table; a single one may be a line of the page that touches it."""

_SIDE = 0.5
"""Share of a table's height under a vertical rule that makes the side of one that is whole."""

_DOUBTED = 0.5
"""Confidence of what stands in a cell of which a part is not on the paper; see
`doubt.LOW_CONFIDENCE`."""


def with_cut_tables(result: PageResult, rulings: Sequence[Ruling]) -> PageResult:
    """The result of a digital page in which tables that the paper cuts are named.

    What their last cells hold, also that they are empty, is doubtful: the rest of it, and of the
    columns beyond, is nowhere. Rules are in the frame of the tables.
    """
    cut = [placed for placed in result.tables if _is_cut(placed.box, rulings)]
    if not cut:
        return result
    tables = tuple(_with_doubts(placed) if placed in cut else placed for placed in result.tables)
    issues = [_issue(placed.box, result.page.number) for placed in cut]
    return replace(result, tables=tables, issues=(*result.issues, *issues))


def _is_cut(box: Box, rulings: Sequence[Ruling]) -> bool:
    """Whether rules of a table are drawn on beyond its right side, where it has no border."""
    ends = [
        rule.x1
        for rule in rulings
        if rule.cut
        and box.y0 - _NEAR <= rule.y0 <= box.y1 + _NEAR
        and min(rule.x1, box.x1) - max(rule.x0, box.x0) > 0
    ]
    return len(ends) >= _FEWEST_RULES and not _has_side(box, rulings, median(ends))


def _has_side(box: Box, rulings: Sequence[Ruling], x: float) -> bool:
    ruled = sum(
        max(0.0, min(rule.y1, box.y1) - max(rule.y0, box.y0))
        for rule in rulings
        if not rule.horizontal and abs(rule.x0 - x) <= _NEAR
    )
    return ruled >= _SIDE * box.height


def _with_doubts(placed: PlacedTable) -> PlacedTable:
    table = placed.table
    cells = tuple(
        cell.model_copy(update={"confidence": min(cell.confidence, _DOUBTED)})
        if cell.col + cell.col_span == table.n_cols
        else cell
        for cell in table.cells
    )
    return replace(placed, table=table.model_copy(update={"cells": cells}))


def _issue(box: Box, page: int) -> Issue:
    place = ", ".join(f"{value:.0f}" for value in box)
    message = (
        f"the table at ({place}) runs out over the right edge of what was printed: what stands "
        "beyond it is missing. Print the page smaller, or convert the web page itself"
    )
    return Issue(code=IssueCode.TABLE_INCOMPLETE, severity="warning", message=message, page=page)
