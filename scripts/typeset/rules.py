"""The rules of a table: solid, dotted or doubled, without sides, or horizontal only."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ocrpipe.geometry import Box, union

Segment = tuple[float, float, float, float]
_SAME = 0.05
"""Points within which two edges are one rule."""


@dataclass(frozen=True, slots=True)
class RuleStyle:
    """How a table is ruled.

    Attributes:
        width: of a rule, in points.
        dashes: a PDF dash pattern, for instance "[1 1.5] 0"; "" for solid rules.
        doubled: which rules are printed twice.
        gap: between the middles of a doubled rule, in points.
        sides: whether the table has a left and a right border.
        horizontal, vertical: whether there are such rules at all.
    """

    width: float = 0.6
    dashes: str = ""
    doubled: Literal["none", "frame", "all"] = "none"
    gap: float = 2.0
    sides: bool = True
    horizontal: bool = True
    vertical: bool = True


def draw_rules(page: Any, boxes: Sequence[Box], style: RuleStyle) -> None:
    """Draws the rules around the cells `boxes` of one table on one page."""
    for x0, y0, x1, y1 in rule_segments(boxes, style):
        page.draw_line(
            (x0, y0), (x1, y1), color=(0, 0, 0), width=style.width, dashes=style.dashes or None
        )


def rule_segments(boxes: Sequence[Box], style: RuleStyle) -> Iterator[Segment]:
    """The rules as (x0, y0, x1, y1), each stretch once: dashes drawn twice would fill the gaps."""
    frame = union(boxes)
    across = [(box.y0, box.x0, box.x1) for box in boxes] + [(b.y1, b.x0, b.x1) for b in boxes]
    down = [(box.x0, box.y0, box.y1) for box in boxes] + [(b.x1, b.y0, b.y1) for b in boxes]
    if style.horizontal:
        for at, start, end in _joined(across):
            for offset in _offsets(style, at, frame.y0, frame.y1):
                yield start, at + offset, end, at + offset
    if style.vertical:
        for at, start, end in _joined(down):
            outer = min(abs(at - frame.x0), abs(at - frame.x1)) < _SAME
            if outer and not style.sides:
                continue
            for offset in _offsets(style, at, frame.x0, frame.x1):
                yield at + offset, start, at + offset, end


def _offsets(style: RuleStyle, at: float, first: float, last: float) -> tuple[float, ...]:
    outer = min(abs(at - first), abs(at - last)) < _SAME
    if style.doubled == "all" or (style.doubled == "frame" and outer):
        return -style.gap / 2, style.gap / 2
    return (0.0,)


def _joined(edges: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """(position, start, end) with stretches that touch or overlap made one."""
    lines: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for at, start, end in edges:
        lines[round(at / _SAME)].append((at, start, end))
    for _, stretches in sorted(lines.items()):
        at = stretches[0][0]
        ordered = sorted((start, end) for _, start, end in stretches)
        first, last = ordered[0]
        for start, end in ordered[1:]:
            if start > last + _SAME:
                yield at, first, last
                first, last = start, end
            last = max(last, end)
        yield at, first, last
