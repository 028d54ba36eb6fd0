"""Characters of a text layer to the cells that they stand in."""

from collections.abc import Sequence

from ocrpipe.page import CellReading, Glyph, TableGrid

_WORD_GAP = 0.2
"""A gap wider than this share of the character height parts two Latin words."""


def fill_from_glyphs(grid: TableGrid, glyphs: Sequence[Glyph]) -> tuple[CellReading, ...]:
    """One reading a cell, in the order of `grid.cells`, with confidence 1.

    A character belongs to the cell that holds its centre. Inside a cell characters are read line
    by line from the top, which reads a label set one character a line from top to bottom too.
    """
    inside: list[list[Glyph]] = [[] for _ in grid.cells]
    for glyph in glyphs:
        if glyph.text.isspace() or not grid.box.contains_point(*glyph.box.center):
            continue
        for index, cell in enumerate(grid.cells):
            if cell.box.contains_point(*glyph.box.center):
                inside[index].append(glyph)
                break
    return tuple(_reading(found) for found in inside)


def _reading(glyphs: Sequence[Glyph]) -> CellReading:
    text = ""
    for line in _lines(glyphs):
        written = _joined(line)
        text += " " + written if _both_latin(text, written) else written
    return CellReading(text, "printed" if text else "blank", 1.0, text, 1.0)


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters whose vertical extents overlap by half stand on one line."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.box.center[1]):
        if lines and _on_line(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda one: one.box.x0) for line in lines]


def _on_line(line: Sequence[Glyph], glyph: Glyph) -> bool:
    top = min(one.box.y0 for one in line)
    bottom = max(one.box.y1 for one in line)
    common = min(bottom, glyph.box.y1) - max(top, glyph.box.y0)
    return common > 0.5 * min(bottom - top, glyph.box.height)


def _joined(line: Sequence[Glyph]) -> str:
    text = ""
    previous: Glyph | None = None
    for glyph in line:
        gap = glyph.box.x0 - previous.box.x1 if previous is not None else 0.0
        if gap > _WORD_GAP * glyph.box.height and _both_latin(text, glyph.text):
            text += " "
        text += glyph.text
        previous = glyph
    return text


def _both_latin(before: str, after: str) -> bool:
    return (
        bool(before and after)
        and before[-1].isascii()
        and after[0].isascii()
        and before[-1].isalpha()
        and after[0].isalpha()
    )
