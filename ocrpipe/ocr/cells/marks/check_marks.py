"""Check marks alone in their cells, told from other print by their shape.

A recogniser that sees little but text takes √ for a V, or for nothing at all. The arms of a V end
at one height; the left arm of a check mark is much shorter than its right one.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import CellReading
from ocrpipe.runs import Run, column_extent, find_runs, length, row_extent

_CHECK = "√"
_CHECKS = frozenset("√✓✔")
_ALIKE = frozenset("√✓✔VvYyWwνυ∨レﾚ/丿")
"""What a check mark is read as, however surely."""

_SURE = 0.9
_LEAST_HEIGHT = 0.6
"""In heights of a character."""

_NARROWEST, _WIDEST = 0.4, 1.8
"""Width in its height."""

_SHORT_ARM = (0.2, 0.8)
"""Where the left arm begins, in heights of the mark from the top."""

_STROKE = 0.5
"""Width of a stroke in that of the mark, at most."""

_JOINED = 0.75
"""The same where both arms touch."""

_LEAN = 0.3
"""How far the right arm leans, in widths of the mark, at least."""

_FARTHEST_FOOT = 0.7
"""Of the lowest place from the left, in widths of the mark."""

_FEWEST_PARTED = 2
"""Rows that show both arms apart, at least."""


def as_check_mark(reading: CellReading, ink: CellInk, em: float) -> CellReading:
    """The reading of a cell of one line, as a check mark where its ink has that shape and the
    recogniser gave no sure other answer; `em` is the height of a character in pixels."""
    if len(reading.text) > 1 or reading.state == "blank" or reading.text.isdigit():
        return reading
    doubtful = reading.confidence < _SURE or reading.state == "unread"
    if not (doubtful or reading.text in _ALIKE) or not is_check_mark(ink.mask > 0, em):
        return reading
    if reading.text in _CHECKS:
        return replace(reading, confidence=max(_SURE, reading.confidence))
    return CellReading(_CHECK, "printed", _SURE)


def is_sure_check_mark(reading: CellReading) -> bool:
    """Whether a reading is a check mark beyond doubt: its stem may be the print of a slash, and
    the hook dust on it."""
    return reading.text in _CHECKS and reading.confidence >= _SURE


def is_check_mark(mask: NDArray[np.bool_], em: float) -> bool:
    """Whether the ink (H, W) is one stroke down to the right and a longer one up from its end."""
    ink = mask[slice(*row_extent(mask)), slice(*column_extent(mask))]
    if not ink.size:
        return False
    height, width = ink.shape
    if height < _LEAST_HEIGHT * em or not _NARROWEST <= width / height <= _WIDEST:
        return False
    runs = [find_runs(row) for row in ink]
    left = next((at for at, found in enumerate(runs) if found and _middle(found[0]) < width / 3), 0)
    if not _SHORT_ARM[0] * height <= left <= _SHORT_ARM[1] * height:
        return False
    return _is_one_stroke(runs[:left], width) and _is_joined_below(runs, left, width)


def _is_one_stroke(above: Sequence[Sequence[Run]], width: int) -> bool:
    """Whether rows have the right arm alone."""
    return all(len(found) == 1 and length(found[0]) <= _STROKE * width for found in above)


def _is_joined_below(runs: Sequence[Sequence[Run]], left: int, width: int) -> bool:
    """Whether both arms of the rows from `left` on meet at the foot, the right one from farther."""
    below = runs[left:]
    if not all(1 <= len(found) <= 2 for found in below):
        return False
    apart = [found for found in below if len(found) == 2]
    thin = all(length(run) <= _STROKE * width for found in apart for run in found)
    joined = all(length(found[0]) <= _JOINED * width for found in below if len(found) == 1)
    # Where the arms touch, the middle of a row jumps to and fro between both and the right one.
    ends = [found[-1][1] for found in runs]
    leans = all(later <= earlier + 1 for earlier, later in pairwise(ends))
    top, foot = (_middle(runs[row][-1]) for row in (0, -1))
    return (
        len(apart) >= _FEWEST_PARTED
        and thin
        and joined
        and leans
        and top - foot >= _LEAN * width
        and _middle(below[0][0]) < foot <= _FARTHEST_FOOT * width
    )


def _middle(run: Run) -> float:
    return (run[0] + run[1]) / 2
