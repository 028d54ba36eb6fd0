"""Signs before and after a number that a recogniser takes for commoner ones: % for ‰, by which a
figure is ten times too large, m for ㎡, and 1 for an arrow, by which it gets a digit too many.

What the ink shows is told by its shape, and is never sure.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.doubt import UNSURE
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import Alternative, CellReading, Pixels
from ocrpipe.runs import find_runs, length, row_extent
from ocrpipe.signs import SIGN

_PALE: Final = 200
"""Grey level under which a pixel of a picture (dark on white) has ink of a thin stroke."""


_PERCENT: Final = re.compile(SIGN + r"?\d[\d.,]*(?:%|%[0oO。69])")
_CIRCLES: Final = frozenset("69")
"""What is read of the last circle of a sign again."""

_APART: Final = 0.15
"""White before a digit of its own, in heights of the line, at least."""

_UPPER: Final = 0.33
_LOW_CIRCLES: Final = 0.385
"""How far what stands right of a slash lies below the upper third of the line, in its height: of %
one circle, 0.36 at most in 23 typefaces at 11 to 30 pixels; of ‰ two, 0.40 at least in all but
two, in which a digit is as wide."""

_LONE_PER_MILLE: Final = frozenset({"%0", "%o", "%O", "%。"})
_PER_MILLE_OF_HEAD: Final = re.compile(r"(?<=[（(])%[0oO。](?=[）)])")
"""What it is read as alone in its cell, and in the brackets of a head; no number begins with a %.
"""

_LED: Final = re.compile(r"[1Il|'‘’`t](?![.,])(?=.*[.%‰])[\d.,]*\d[\d.,]*[%‰]?")
"""Arrows stand before shares and amounts; a count that begins with a 1 is not looked at: once in
500, a blurred 1 of a few pixels is an arrow."""

_RAISED: Final = 0.6
_RAISES: Final = 0.15
_WIDTH_OF_AREA: Final = (0.6, 1.5)
"""Where a mark behind an m ends, from the top of the line, at most; how much higher than the left
half of ㎡ its right half begins, at least; and its width: all in heights of the line. The left half
of an m is as high as its right one. The recogniser has no ㎡ among its characters; m² it reads."""

_LOWEST: Final = 14
"""Rows of pixels of a line in which such shapes show."""
_HIGH: Final = 0.6
"""Height of an arrow in that of its line, at least."""

_STEM: Final = 0.5
_HEAD: Final = 2.0
_EVEN: Final = 1.5
"""Share of an arrow's height that is stem; how many stems wide its head is, at least; and how much
wider than usual the stem may be anywhere, which has no foot."""

_ALIKE: Final = 0.5
"""What stands out on one side of the stem, in what does on the other, at least: the flag of a 1
stands on its left alone, 0.14 where its print is thick and blurred."""

_POINT: Final = 0.7
_DEEP: Final = 0.12
"""Width of the first row of a head in that of its widest, at most, and how far down that is in the
height of the arrow, at least: the foot of a 1 is widest where it ends."""


def with_number_signs(reading: CellReading, picture: Pixels) -> CellReading:
    """The reading of one line with the ‰, the ㎡ or the arrow that its ink shows.

    Args:
        reading: Of a cell of one line.
        picture: (H, W) or (H, W, 3), what was read, dark on white.
    """
    # The ring of a ℃ is read by itself as well.
    text = reading.text.replace("°℃", "℃")
    if text in _LONE_PER_MILLE:
        return replace(bounded(reading, UNSURE), text="‰", numeric_text=None, alternatives=())
    unit = _PER_MILLE_OF_HEAD.sub("‰", text)
    if unit != text:
        reading = bounded(reading, UNSURE)
    reading, text = replace(reading, text=unit), unit
    per_mille, led = _PERCENT.fullmatch(text), _LED.fullmatch(text)
    area = text.endswith("m")
    if not (per_mille or led or area):
        return reading
    dark = (picture.min(axis=2) if picture.ndim == 3 else picture) < _PALE
    rows = row_extent(dark)
    if length(rows) < _LOWEST:
        return reading
    line = dark[slice(*rows)]
    if per_mille and text[-1] in _CIRCLES and _is_apart(line):
        return reading
    if per_mille and (text[-1] != "%" or _ends_in_low_circles(line)):
        sign = "%" if text[-1] in _CIRCLES and not _ends_in_low_circles(line) else "‰"
        text = text[: text.index("%")] + sign
        reading = replace(bounded(reading, UNSURE), text=text, alternatives=())
    if area and _ends_in_raised_mark(line):
        return replace(bounded(reading, UNSURE), text=text[:-1] + "㎡", numeric_text=None)
    arrow = _arrow(line) if led else None
    if arrow:
        reading = replace(
            bounded(reading, UNSURE),
            text=arrow + reading.text[1:],
            numeric_text=None,
            numeric_confidence=0.0,
            # A column in which no other number has an arrow takes it back.
            alternatives=(Alternative(text, reading.confidence),),
        )
    return reading


def _is_apart(line: NDArray[np.bool_]) -> bool:
    """Whether there is white before the last mark of a line (H, W)."""
    (_, before), (start, _) = [(0, 0), *find_runs(np.asarray(line.any(axis=0), np.bool_))][-2:]
    return start - before >= _APART * len(line)


def _ends_in_low_circles(line: NDArray[np.bool_]) -> bool:
    """Whether the end of a line (H, W) is as low for so long as the circles of a ‰ are."""
    height = len(line)
    columns = np.flatnonzero(line.any(axis=0))
    upper = np.flatnonzero(line[: max(1, int(_UPPER * height))].any(axis=0))
    return bool(upper.size and columns[-1] - upper[-1] >= _LOW_CIRCLES * height)


def _ends_in_raised_mark(line: NDArray[np.bool_]) -> bool:
    """Whether the m that a line (H, W) ends with has ink above its right half alone, or behind it
    and as high."""
    height = len(line)
    runs = find_runs(np.asarray(line.any(axis=0), np.bool_))
    start, end = runs[-1]
    last = np.flatnonzero(line[:, start:end].any(axis=1))
    if last[-1] < _RAISED * height and len(runs) > 1:
        start = runs[-2][0]
    wide = _WIDTH_OF_AREA[0] * height <= end - start <= _WIDTH_OF_AREA[1] * height
    left = np.flatnonzero(line[:, start : start + (end - start) // 2].any(axis=1))
    right = np.flatnonzero(line[:, start + (end - start) // 2 : end].any(axis=1))
    return bool(wide and left.size and left[0] - right[0] >= _RAISES * height)


def _arrow(line: NDArray[np.bool_]) -> str | None:
    """↑ or ↓ where the first mark of a line (H, W) is one."""
    start, end = find_runs(np.asarray(line.any(axis=0), np.bool_))[0]
    rows = np.flatnonzero(line[:, start:end].any(axis=1))
    ink = line[rows[0] : rows[-1] + 1, start:end]
    if len(ink) < _HIGH * len(line):
        return None
    if _points_up(ink):
        return "↑"
    return "↓" if _points_up(ink[::-1]) else None


def _points_up(ink: NDArray[np.bool_]) -> bool:
    height = len(ink)
    extents = [(found[0], found[-1] + 1) for row in ink if len(found := np.flatnonzero(row))]
    if len(extents) != height:
        return False
    widths = [int(end - start) for start, end in extents]
    stem = extents[round((1 - _STEM) * height) :]
    usual = float(np.median([end - start for start, end in stem]))
    if max(end - start for start, end in stem) > max(usual + 1, _EVEN * usual):
        return False
    widest = int(np.argmax(widths))
    if widths[widest] < max(_HEAD * usual, usual + 2) or widest < _DEEP * height:
        return False
    if widths[0] > _POINT * widths[widest]:
        return False
    head = widths[: widest + 1]
    if any(below < above for above, below in pairwise(head)):
        return False
    first, last = (float(np.median(ends)) for ends in zip(*stem, strict=True))
    upper = extents[: height - len(stem)]
    left = sum(max(0.0, first - start) for start, _ in upper)
    right = sum(max(0.0, end - last) for _, end in upper)
    return bool(min(left, right) >= _ALIKE * max(left, right))
