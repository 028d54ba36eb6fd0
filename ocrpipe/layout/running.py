"""Headers, footers and page numbers told from the body by what repeats over the pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocrpipe.document import Block, BlockKind, Page
from ocrpipe.ideographs import has_ideograph
from ocrpipe.layout.kinds import is_page_number

_ZONE = 0.12
"""Part of the page's height, at top and bottom, in which running lines stand."""

_SAME_PLACE = 0.025
"""Share of the page's height by which a line stands higher or lower on another page, at most."""

_SAME_ROW = 0.006
"""The same of lines that stand beside each other on one page."""

_SAME_MIDDLE = 0.015
"""Share of the page's width, and of its height, that misread numbers are off the others' place."""

_LONGEST_MISREAD = 3
"""Characters that a number which is none of its text is read as, at most."""

_FEWEST_NUMBERED = 2
"""Pages numbered alike that make what stands at the place of their numbers one as well."""

_ALIKE = 65.0
"""Least similarity of a misread number to the one that is due, in percent (normalised indel)."""

_LONGEST = 60
"""Characters of a running line, at most."""

_CHANGEABLE: frozenset[BlockKind] = frozenset(
    {"text", "heading", "title", "header", "footer", "page_number"}
)
_DIGITS = re.compile(r"\d+")
_SET_OFF = re.compile(r"[-—–－―]\d{1,4}[-—–－―]|第\d{1,4}页")
"""A number that its form alone tells for that of a page: between dashes (GB/T 9704-2012, 7.5)."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """An outermost block of a page; `at` is its middle as a share of the page's height."""

    page: int
    block: int
    top: bool
    at: float
    text: str
    """Without spaces; empty where a line was found and not read."""
    number: int | None
    across: float
    """Its middle as a share of the page's width."""


def mark_running(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with their running lines marked as header, footer or page_number.

    A line at the edge of a page is a running one when the same text, but for its digits, stands
    at the same place of another page; and a page number when it is a bare number that counts up
    with the pages, at the same place or between dashes, or a mark where several other pages have
    theirs. Nothing stands further out
    than a running line but other running lines.
    """
    edges = [edge for index, page in enumerate(pages) for edge in _edges(index, page)]
    kinds: dict[tuple[int, int], BlockKind] = {}
    body: dict[tuple[int, bool], float] = {}
    for edge in edges:
        side = (edge.page, edge.top)
        if abs(body.get(side, edge.at) - edge.at) > _SAME_ROW:
            continue
        kind = _kind(edge, edges)
        if kind is not None:
            kinds[edge.page, edge.block] = kind
        elif side not in body:
            body[side] = edge.at
    return tuple(
        page.model_copy(
            update={
                "blocks": tuple(
                    _marked(block, kinds.get((index, place)))
                    for place, block in enumerate(page.blocks)
                )
            }
        )
        for index, page in enumerate(pages)
    )


def _marked(block: Block, kind: BlockKind | None) -> Block:
    if kind is None or kind == block.kind:
        return block
    return block.model_copy(update={"kind": kind, "level": None})


def _edges(index: int, page: Page) -> list[_Edge]:
    """The blocks in the zones at the edges of a page, from outside inwards."""
    if page.height <= 0:
        return []
    placed = [
        (block.bbox.center[1] / page.height, place, block)
        for place, block in enumerate(page.blocks)
        if block.bbox is not None
    ]
    found = []
    for top in (True, False):
        ordered = sorted(placed, key=lambda item: item[0], reverse=not top)
        for at, place, block in ordered:
            inside = at < _ZONE if top else at > 1 - _ZONE
            if not top and place == ordered[0][1]:
                # A sheet that is smaller than its scan ends above the edge of the page.
                inside |= _is_set_off(block.text)
            if not inside or block.kind not in _CHANGEABLE or len(block.text) > _LONGEST:
                break
            across = block.bbox.center[0] / page.width if block.bbox is not None else 0.0
            text = "".join(block.text.split())
            found.append(_Edge(index, place, top, at, text, _number(block.text), across))
    return found


def _is_set_off(text: str) -> bool:
    return _SET_OFF.fullmatch("".join(text.split())) is not None


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", text)


def _number(text: str) -> int | None:
    digits = _DIGITS.search(text)
    return int(digits.group()) if digits is not None and is_page_number(text) else None


def _kind(edge: _Edge, edges: Sequence[_Edge]) -> BlockKind | None:
    same_side = [other for other in edges if other.page != edge.page and other.top == edge.top]
    others = [other for other in same_side if abs(other.at - edge.at) < _SAME_PLACE]
    numbered = others
    if _is_set_off(edge.text):
        numbered = others + [other for other in same_side if _is_set_off(other.text)]
    if edge.number is not None and any(
        other.number is not None and other.number - edge.number == other.page - edge.page
        for other in numbered
    ):
        return "page_number"
    if edge.number is None and _is_misread_number(edge, others):
        return "page_number"
    pattern = _pattern(edge.text)
    if pattern and edge.number is None and any(_pattern(one.text) == pattern for one in others):
        return "header" if edge.top else "footer"
    return None


def _is_misread_number(edge: _Edge, others: Sequence[_Edge]) -> bool:
    """Whether a line stands at the very place of other pages' numbers, and may be one.

    It reads much like the number that is due there (弟2页 beside 第1页); or it is nothing but a
    mark or two, or was not read, and several other pages are numbered there.
    """
    numbered = [
        other
        for other in others
        if other.number is not None
        and abs(other.across - edge.across) < _SAME_MIDDLE
        and abs(other.at - edge.at) < _SAME_MIDDLE
    ]
    if any(fuzz.ratio(edge.text, _due(other, edge.page)) >= _ALIKE for other in numbered):
        return True
    if len(edge.text) > _LONGEST_MISREAD or has_ideograph(edge.text):
        return False
    starts = [other.number - other.page for other in numbered if other.number is not None]
    return any(starts.count(start) >= _FEWEST_NUMBERED for start in set(starts))


def _due(numbered: _Edge, page: int) -> str:
    """The number of a page, as that of another one is set."""
    number = (numbered.number or 0) + page - numbered.page
    return _DIGITS.sub(str(number), numbered.text, count=1)
