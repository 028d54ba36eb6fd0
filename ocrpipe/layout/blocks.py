"""Lines and regions of one page made blocks in reading order."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.document import Block, BlockKind
from ocrpipe.geometry import Box
from ocrpipe.layout.kinds import paragraph_kinds
from ocrpipe.layout.margins import running_kinds
from ocrpipe.layout.paragraphs import Column, Paragraph, Typography, joined_row, paragraphs
from ocrpipe.layout.reading_order import Flow, reading_flows
from ocrpipe.layout.text import block_confidence, block_language, join_lines
from ocrpipe.page import Region, TextLine
from ocrpipe.timings import timed

logger = logging.getLogger(__name__)

_TEXT_IN_FIGURE = 0.15
"""Share of a figure's area under lines from which on it is text that was taken for a figure."""

_WHOLE_PAGE = 0.5
"""Share of a page from which on a figure with lines in it is a sparse page, not a figure."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block before it has its place: lines, or a region without text."""

    kind: BlockKind
    lines: tuple[TextLine, ...]
    box: Box
    level: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class _Island:
    """A region that is read as one: a table or figure with the lines in it that are kept."""

    region: Region
    lines: tuple[TextLine, ...]


@timed("layout")
def build_blocks(
    lines: Sequence[TextLine],
    regions: Sequence[Region],
    page_number: int,
    width: float,
    height: float,
) -> tuple[Block, ...]:
    """The blocks of one page, all in points, with ids p1-b1, p1-b2, ... in reading order.

    Lines inside a table that was found by its rulings are not expected here. Lines of a table
    without rulings come out row by row. A line that was not read (its text is empty) keeps its
    place and its language with a confidence of 0.
    """
    ordered = sorted(lines, key=lambda line: (line.box.y0, line.box, line.text))
    running: list[tuple[BlockKind, TextLine]] = []
    body: list[TextLine] = []
    kinds = running_kinds(ordered, regions, width, height)
    for line, kind in zip(ordered, kinds, strict=True):
        if kind is None:
            body.append(line)
        else:
            running.append((kind, line))
    above = [item for item in running if item[1].box.center[1] < height / 2]
    below = [item for item in running if item[1].box.center[1] >= height / 2]
    parts = [
        *(_Part(kind, (line,), line.box) for kind, line in above),
        *_body_parts(body, regions, page_number, width, height),
        *(_Part(kind, (line,), line.box) for kind, line in below),
    ]
    return tuple(
        _block(part, f"p{page_number}-b{count}") for count, part in enumerate(parts, start=1)
    )


def _block(part: _Part, name: str) -> Block:
    confidence = part.confidence
    return Block(
        id=name,
        kind=part.kind,
        bbox=part.box.rounded(),
        text=join_lines([line.text for line in part.lines]),
        language=block_language(part.lines),
        confidence=block_confidence(part.lines) if confidence is None else confidence,
        level=part.level,
    )


def _body_parts(
    lines: Sequence[TextLine],
    regions: Sequence[Region],
    page_number: int,
    width: float,
    height: float,
) -> list[_Part]:
    islands, free = _islands(lines, regions, width * height)
    sizes = Typography.of(lines)
    boxes = [island.region.box for island in islands] + [line.box for line in free]
    flows = reading_flows(boxes, frozenset(range(len(islands))))
    text: list[Paragraph] = []
    order: list[_Island | Paragraph] = []
    wide = [
        free[index - len(islands)]
        for flow in flows if not flow.column
        for row in flow.rows
        for index in row if index >= len(islands)
    ]  # fmt: skip
    for flow in flows:
        for piece in _pieces(flow, islands, free):
            if isinstance(piece, _Island):
                order.append(piece)
                continue
            own = [line for row in piece for line in row]
            column = Column.of(own, sizes, None) if flow.column else Column.of(wide, sizes, width)
            made = paragraphs(piece, column, sizes)
            text += made
            order += made
    kinds = iter(paragraph_kinds(text, sizes, page_number, height))
    parts: list[_Part] = []
    for item in order:
        if isinstance(item, _Island):
            parts += _island_parts(item, sizes)
        else:
            kind, level = next(kinds)
            parts.append(_Part(kind, item.lines, item.box, level))
    return _with_seals(parts, regions)


def _pieces(
    flow: Flow, islands: Sequence[_Island], free: Sequence[TextLine]
) -> list[_Island | list[list[TextLine]]]:
    """A flow parted into its islands and the rows of lines between them."""
    pieces: list[_Island | list[list[TextLine]]] = []
    for row in flow.rows:
        if row[0] < len(islands):
            pieces.append(islands[row[0]])
            continue
        if not pieces or isinstance(pieces[-1], _Island):
            pieces.append([])
        rows = pieces[-1]
        assert isinstance(rows, list)
        rows.append([free[index - len(islands)] for index in row])
    return pieces


def _islands(
    lines: Sequence[TextLine], regions: Sequence[Region], page_area: float
) -> tuple[list[_Island], list[TextLine]]:
    """Tables and figures with the lines in them, and the lines outside."""
    islands: list[_Island] = []
    free = list(lines)
    for region in regions:
        if region.kind not in {"table", "figure"}:
            continue
        inside = [line for line in free if region.box.contains_point(*line.box.center)]
        if inside and region.kind == "figure" and region.box.area > _WHOLE_PAGE * page_area:
            continue
        ruled = region.kind == "table" and region.confidence == 1.0
        if ruled or _is_island(region, inside):
            islands.append(_Island(region, tuple(inside)))
            free = [line for line in free if line not in inside]
    return islands, free


def _is_island(region: Region, inside: Sequence[TextLine]) -> bool:
    """Whether the lines in a region leave it what the layout model took it for."""
    if not inside:
        return True
    if region.kind == "figure":
        covered = sum(line.box.area for line in inside)
        return covered < _TEXT_IN_FIGURE * region.box.area
    rows = _rows(inside)
    return sum(len(row) > 1 for row in rows) >= max(2, len(rows) / 2)


def _island_parts(island: _Island, sizes: Typography) -> list[_Part]:
    """The block of a region, and the lines in it; those alone where the table has no rulings."""
    region = island.region
    parts = [_Part(region.kind, (), region.box, confidence=region.confidence)]
    if region.kind == "table" and region.confidence < 1.0 and island.lines:
        parts = []
    for row in _rows(island.lines):
        parts += [_Part("text", (line,), line.box) for line in joined_row(row, sizes.body)]
    return parts


def _rows(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines grouped by what stands side by side, from left to right."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.box.center[1], line.box)):
        last = rows[-1][-1].box if rows else None
        if last is not None and line.box.center[1] - last.center[1] < 0.5 * last.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box) for row in rows]


def _with_seals(parts: Sequence[_Part], regions: Sequence[Region]) -> list[_Part]:
    """Seals put behind the last block that they cover, or that begins above their middle."""
    placed = list(parts)
    for region in regions:
        if region.kind != "seal":
            continue
        covered = [
            index
            for index, part in enumerate(placed)
            if part.kind != "table" and part.box.overlap(region.box) > 0.1
        ]
        above = [index for index, part in enumerate(placed) if part.box.y0 < region.box.center[1]]
        at = max(covered or above, default=-1) + 1
        placed.insert(at, _Part("seal", (), region.box, confidence=region.confidence))
    return placed
