"""The rows of text in a cell, from its ink: where one line ends and the next begins."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT
from ocrpipe.page import Pixels
from ocrpipe.runs import Run, column_extent, find_runs, length

_PIECE = 0.7
"""Height of a piece of a character in that of the tallest line of its cell, at most."""

_HALVES = 2
_CHARACTER, _HALF, _APART = 1.4, 0.8, 0.25
"""In heights of the usual print of a page, which may be figures, lower than characters by a
quarter: a character, its halves and the paper between these, at most."""

_BAR, _BELOW_BAR = 0.3, 0.35
"""Height of the upper stroke of 元 or 亩 in that of the usual print, and the paper below it, at
most: between two lines there is more below a dash."""

_CHINESE = 1.25
"""Height of the characters that level strokes alone are of, as 二 and 三, in that of the usual
print: two dashes in two lines are farther apart."""

_LOWEST_LINE = 2
"""Pixels: what is lower is dust, and has no valleys to be cut at."""


def text_rows(mask: Pixels, scale: float, em: float | None = None) -> list[Run]:
    """Split a cell's ink (H, W) into rows of text, from the top.

    `em` is the height in pixels of a character on this page, where it is known; it decides
    whether two level strokes are 二 or two lines where the cell has nothing else to go by.
    """
    profile = mask.sum(axis=1, dtype=np.int64)
    spans = find_runs(profile > 0)
    if not spans:
        return []
    height = _typical_height(spans, mask, em, scale)
    if em and _is_one_character(mask, spans, em):
        return [(spans[0][0], spans[-1][1])]
    spans = _joined(spans, height, max(height, em or 0))
    rows: list[Run] = []
    for span in spans:
        rows += split_span(profile, span, height)
    return rows


def _typical_height(spans: Sequence[Run], mask: Pixels, em: float | None, scale: float) -> float:
    least = max(LEAST_TEXT * scale, 0.6 * em if em else 0)
    # Lines that touch make a span of several heights.
    most = 1.7 * em if em else float("inf")
    heights = [b - a for a, b in spans if least <= b - a <= most]
    if heights:
        # Lines of one cell are of one size: what is much lower is a piece of a character.
        return float(median(h for h in heights if h >= _PIECE * max(heights)))
    if em:
        return _CHINESE * em if all(b - a <= _BAR * em for a, b in spans) else em
    return float(length(column_extent(mask)))


def _is_one_character(mask: Pixels, spans: Sequence[Run], em: float) -> bool:
    """Whether the ink of a cell is no larger than one character, and its halves lower than any:
    the 日 of a 是 stands apart from what is below it."""
    width = length(column_extent(mask))
    return (
        len(spans) == _HALVES
        and max(width, spans[-1][1] - spans[0][0]) <= _CHARACTER * em
        and all(end - start < _HALF * em for start, end in spans)
        and spans[1][0] - spans[0][1] < _APART * em
    )


def _joined(spans: Sequence[Run], height: float, em: float) -> list[Run]:
    """Put the strokes of a flat character, and marks above or below a line, back to their line."""
    joined = [spans[0]]
    for span in spans[1:]:
        last = joined[-1]
        flat = min(last[1] - last[0], span[1] - span[0]) < 0.62 * height
        gap = span[0] - last[1]
        near = gap < 0.65 * height and span[1] - last[0] <= 1.15 * height
        # Pieces of a broken character are both lower than any character.
        whole = span[1] - last[0]
        broken = gap < _APART * em and whole <= 1.15 * em
        bar = gap < _BELOW_BAR * em and last[1] - last[0] <= _BAR * em and whole <= _CHARACTER * em
        if flat and (near or broken or bar):
            joined[-1] = (last[0], span[1])
        else:
            joined.append(span)
    return joined


def split_span(profile: NDArray[np.int64], span: Run, height: float) -> list[Run]:
    """Cut a span that holds several lines, which touch, at the valleys of its profile.

    Lines of a paragraph stand as close as 1.0 to 1.15 of their height: of the numbers of lines
    that fit, that is taken whose cuts meet the least ink, and what is still as high as two lines
    is cut again.
    """
    start, end = span
    fewest = round((end - start) / (1.15 * height))
    if height < _LOWEST_LINE or fewest < 2 or end - start < 1.7 * height:
        return [span]
    part = profile[start:end].astype(np.float64)
    most = max(fewest, round((end - start) / height))
    ways = [_cuts(part, lines) for lines in range(fewest, most + 1)]
    cuts = min(ways, key=lambda way: float(part[way[1:-1]].mean()))
    if float(part[cuts[1:-1]].min()) > 0.6 * float(np.median(part)):
        return [span]
    pieces = [(start + a, start + b) for a, b in pairwise(cuts)]
    return [row for piece in pieces for row in split_span(profile, piece, height)]


def _cuts(part: NDArray[np.float64], lines: int) -> list[int]:
    """Where a profile of so many lines has its valleys, and its ends."""
    pitch = len(part) / lines
    cuts = [0]
    for index in range(1, lines):
        low = max(cuts[-1] + 1, round((index - 0.3) * pitch))
        high = max(low + 1, round((index + 0.3) * pitch))
        cuts.append(low + int(part[low:high].argmin()))
    return [*cuts, len(part)]
