"""Tables that run out over the paper: a web page that was printed wider than its sheet."""

from collections.abc import Sequence
from dataclasses import replace

from ocrpipe.document import Cell, Issue
from ocrpipe.errors import IssueCode
from ocrpipe.geometry import Box
from ocrpipe.page import Ruling
from ocrpipe.pipeline.result import PageResult, PlacedTable

_AT_EDGE = 2.0
"""Points from the edge of the paper within which a rule goes on beyond it: printers leave more."""

_FEWEST_RULES = 2
"""Rules of one table; a single one may be a line of the page that touches it."""

_SIDE = 0.5
"""Share of a table's height under a vertical rule that makes the side of one that is whole."""

_DOUBTED = 0.5
"""Confidence of what stands in a cell of which a part is not on the paper; see LOW_CONFIDENCE."""


def with_cut_tables(result: PageResult, rulings: Sequence[Ruling]) -> PageResult:
    """The result of a digital page in which tables that the paper cuts are named.

    What their cells at the edge hold, also that they are empty, is doubtful: the rest of it, and of
    the columns beyond, is nowhere. Rules are in the frame of the tables.
    """
    tables, issues = [], []
    for placed in result.tables:
        sides = _cut_sides(placed, rulings, result.page.width)
        tables.append(_with_doubts(placed, sides) if sides else placed)
        if sides:
            issues.append(_issue(placed, sides, result.page.number))
    if not issues:
        return result
    return replace(result, tables=tuple(tables), issues=(*result.issues, *issues))


def _cut_sides(placed: PlacedTable, rulings: Sequence[Ruling], width: float) -> tuple[str, ...]:
    """The sides at which rules of a table run to the edge of the paper, where it has no border."""
    box = placed.box
    own = [
        rule
        for rule in rulings
        if rule.horizontal
        and box.y0 - _AT_EDGE <= rule.y0 <= box.y1 + _AT_EDGE
        and min(rule.x1, box.x1) - max(rule.x0, box.x0) > 0
    ]
    ends = {
        "left": (0.0, [rule for rule in own if rule.x0 < _AT_EDGE]),
        "right": (width, [rule for rule in own if rule.x1 > width - _AT_EDGE]),
    }
    return tuple(
        side
        for side, (x, reaching) in ends.items()
        if len(reaching) >= _FEWEST_RULES and not _has_side(box, rulings, x)
    )


def _has_side(box: Box, rulings: Sequence[Ruling], x: float) -> bool:
    ruled = sum(
        max(0.0, min(rule.y1, box.y1) - max(rule.y0, box.y0))
        for rule in rulings
        if not rule.horizontal and abs(rule.x0 - x) <= _AT_EDGE
    )
    return ruled >= _SIDE * box.height


def _with_doubts(placed: PlacedTable, sides: Sequence[str]) -> PlacedTable:
    cells = tuple(_doubted(cell, placed, sides) for cell in placed.table.cells)
    return replace(placed, table=placed.table.model_copy(update={"cells": cells}))


def _doubted(cell: Cell, placed: PlacedTable, sides: Sequence[str]) -> Cell:
    first, last = cell.col == 0, cell.col + cell.col_span == placed.table.n_cols
    if ("left" in sides and first) or ("right" in sides and last):
        return cell.model_copy(update={"confidence": min(cell.confidence, _DOUBTED)})
    return cell


def _issue(placed: PlacedTable, sides: Sequence[str], page: int) -> Issue:
    place = ", ".join(f"{value:.0f}" for value in placed.box)
    edges = " and the ".join(f"{side} edge" for side in sides)
    message = (
        f"the table at ({place}) runs out over the {edges} of the paper: what stands beyond it is "
        "missing. Print the page smaller, or convert the web page itself"
    )
    return Issue(code=IssueCode.TABLE_INCOMPLETE, severity="warning", message=message, page=page)
