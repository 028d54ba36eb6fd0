"""Characters of a text layer to the cells that they stand in."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from ocrpipe.geometry import rotate_box
from ocrpipe.page import RAISED_DIGITS, CellReading, Glyph, TableGrid
from ocrpipe.tables.numeric import is_number
from ocrpipe.timings import timed

_WORD_GAP = 0.2
"""A gap wider than this share of the character height parts two Latin words."""

_AFTER_WORD = ",.;:!?)]%"
_BEFORE_WORD = "([$"

_NUMBER_GAP = 1.0
"""A gap wider than this share of the character height parts two numbers."""

_TWO_NUMBERS = 0.6
"""Confidence of numbers that stand in several lines: one that is broken, or several."""

_OVERPRINTED = 0.5
"""Confidence of a line with characters that stand on each other: a stamp may be text as well."""

_UNKNOWN, _INCOMPLETE = "\ufffd", 0.5
"""A character that the text layer does not name, and the confidence of a text with one."""

_MOST_COMMON = 0.5
"""Share of the narrower of two characters of one line that the other one may stand on."""

_CLOSING = frozenset("、，。；：！？）》”’〕】」』")
_WIDE, _CLOSING_INK = 0.7, 0.25
"""Width of a closing mark that takes the room of an ideograph, in its heights, and where its ink
is, in its widths."""

_FEWEST_STACKED = 3
_SAME_COLUMN, _STACKED = 0.3, 1.7
"""In heights of a character: sideways from the one above it, and down to the next of its column."""

_SMALL_DIGIT = 0.9
_RAISED = 0.15
"""Shares of the height of a line's digits: a raised digit is lower than the first, and its foot
stands higher by the second."""


@timed("cells")
def fill_from_glyphs(grid: TableGrid, glyphs: Sequence[Glyph]) -> tuple[CellReading, ...]:
    """One reading a cell, in the order of `grid.cells`, with confidence 1 but for numbers in lines,
    for figures with characters printed over them, and where a character is not known.

    A character belongs to the cell that holds its centre, or its ink where that is known to stand
    aside: the last mark of a line may hang over the wall. Inside a cell characters are read line
    by line from the top, which reads a label set one character a line from top to bottom too;
    columns of characters that stand closer down than across are read from the right. Text that
    stands sideways is read as it is when its cell is turned.
    """
    inside: list[list[Glyph]] = [[] for _ in grid.cells]
    boxes = np.array([cell.box for cell in grid.cells], np.float64).reshape(-1, 4)
    for glyph in glyphs:
        x, y = _place_of(glyph)
        if glyph.text.isspace() or not grid.box.contains_point(x, y):
            continue
        holds = (boxes[:, 0] <= x) & (x < boxes[:, 2]) & (boxes[:, 1] <= y) & (y < boxes[:, 3])
        if holds.any():
            inside[int(holds.argmax())].append(glyph)
    return tuple(_reading(found) for found in inside)


def _place_of(glyph: Glyph) -> tuple[float, float]:
    box = glyph.box
    hangs = glyph.text in _CLOSING and glyph.quarters == 0 and box.width >= _WIDE * box.height
    return (box.x0 + _CLOSING_INK * box.width, box.center[1]) if hangs else box.center


def _reading(glyphs: Sequence[Glyph]) -> CellReading:
    text = ""
    upright = _upright(glyphs)
    lines = _lines(upright)
    for line in _columns_from_the_right(lines) or _columns_in_order(upright) or lines:
        written = _joined(line)
        text += " " + written if _both_latin(text, written) else written
    numbers = len(lines) > 1 and all(is_number(_joined(line)) for line in lines)
    confidence = _TWO_NUMBERS if numbers else 1.0
    if any(_is_overprinted(line) for line in lines):
        confidence = _OVERPRINTED
    if _UNKNOWN in text:
        confidence = min(confidence, _INCOMPLETE)
    return CellReading(text, "printed" if text else "blank", confidence, text or None, 1.0)


def _upright(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The characters turned about the origin so that they stand upright, if all stand alike."""
    turns = {glyph.quarters for glyph in glyphs}
    if len(turns) != 1 or turns == {0}:
        return glyphs
    degrees = 90.0 * (-turns.pop() % 4)
    return [Glyph(glyph.text, rotate_box(glyph.box, 0, 0, degrees)) for glyph in glyphs]


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


def _columns_from_the_right(lines: Sequence[Sequence[Glyph]]) -> list[list[Glyph]] | None:
    """The columns of truly vertical writing, right one first, or None where there is none.

    Each line then is one character a column, and characters are closer to the next one down than
    to the next one across. Latin letters and digits are not written so.
    """
    across = max((len(line) for line in lines), default=0)
    if len(lines) < _FEWEST_STACKED or across < 2:
        return None
    glyphs = [glyph for line in lines for glyph in line]
    if any(glyph.text.isascii() and glyph.text.isalnum() for glyph in glyphs):
        return None
    down = [later[0].box.center[1] - earlier[0].box.center[1] for earlier, later in pairwise(lines)]
    aside = [
        right.box.center[0] - left.box.center[0] for line in lines for left, right in pairwise(line)
    ]
    if min(aside) < 1.25 * median(down):
        return None
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -one.box.center[0]):
        if columns and abs(columns[-1][0].box.center[0] - glyph.box.center[0]) < min(aside) / 2:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    if len(columns) != across:
        return None
    return [sorted(column, key=lambda one: one.box.center[1]) for column in columns]


def _columns_in_order(glyphs: Sequence[Glyph]) -> list[list[Glyph]] | None:
    """The columns of vertical writing that stand as close as its characters, or are not as long as
    each other, where the text layer has them one after the other, right one first; else None."""
    if len(glyphs) < _FEWEST_STACKED or not all(glyph.quarters == 0 for glyph in glyphs):
        return None
    columns = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        (x, y), (next_x, next_y), em = before.box.center, glyph.box.center, before.box.height
        if abs(next_x - x) <= _SAME_COLUMN * em and 0 < next_y - y <= _STACKED * em:
            columns[-1].append(glyph)
        elif x - next_x > _SAME_COLUMN * em and next_y - y <= _SAME_COLUMN * em:
            columns.append([glyph])
        else:
            return None
    return columns if 1 < len(columns) <= len(glyphs) / 2 and len(columns[0]) > 1 else None


def _is_overprinted(line: Sequence[Glyph]) -> bool:
    """Whether characters of a line with digits stand on each other."""
    return any(glyph.text.isdigit() for glyph in line) and any(
        left.box.x1 - right.box.x0 > _MOST_COMMON * min(left.box.width, right.box.width)
        for left, right in pairwise(line)
    )


def _joined(line: Sequence[Glyph]) -> str:
    text = ""
    previous: Glyph | None = None
    for glyph in line:
        gap = glyph.box.x0 - previous.box.x1 if previous is not None else 0.0
        gap /= max(glyph.box.height, 1e-6)
        words = gap > _WORD_GAP and _are_words(text, glyph.text)
        if words or (gap > _NUMBER_GAP and _both_digits(text, glyph.text)):
            text += " "
        raised = previous is not None and _is_raised(glyph, line)
        text += glyph.text.translate(RAISED_DIGITS) if raised else glyph.text
        previous = glyph
    return text


def _is_raised(glyph: Glyph, line: Sequence[Glyph]) -> bool:
    """Whether a digit is a small one that stands higher than the digits of its line."""
    if not glyph.text.isdigit():
        return False
    largest = max((one for one in line if one.text.isdigit()), key=lambda one: one.box.height)
    height = largest.box.height
    higher = largest.box.y1 - glyph.box.y1
    return glyph.box.height < _SMALL_DIGIT * height and higher > _RAISED * height


def _both_digits(before: str, after: str) -> bool:
    return before[-1:].isdigit() and after[:1].isdigit()


def _are_words(before: str, after: str) -> bool:
    """Whether one ends and the other begins a Latin word, or a number beside one."""
    ends, begins = before[-1:], after[:1]
    return (
        bool(ends)
        and ends.isascii()
        and begins.isascii()
        and (ends.isalpha() or begins.isalpha())
        and (ends.isalnum() or ends in _AFTER_WORD)
        and (begins.isalnum() or begins in _BEFORE_WORD)
    )


def _both_latin(before: str, after: str) -> bool:
    return (
        bool(before and after)
        and before[-1].isascii()
        and after[0].isascii()
        and before[-1].isalpha()
        and after[0].isalpha()
    )
