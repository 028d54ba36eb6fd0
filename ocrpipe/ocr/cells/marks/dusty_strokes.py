"""Slashes and dashes that dust has settled on: 卜, 人 and 二 to the recogniser.

The stroke is found by the part of it that the dust leaves free: there it is as wide as everywhere,
and straight.
"""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.enclosed_white import largest_enclosed_white
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.marks.strokes import is_underline
from ocrpipe.page import CellReading, Pixels

_FREE: Final = 0.5
"""Share of the stroke that is free of dust, at least."""

_WIDER: Final = 1.5
"""Width of a stroke, in its usual one, from which dust lies on it."""

_THICKEST: Final = 0.3
"""Usual width of a stroke in its length, at most."""

_BENT: Final = 0.4
"""How far the middle of a stroke strays from a straight line, in its width; a pixel is nothing."""

_OBLIQUE: Final = 0.24
_STEEPEST: Final = 1.2
"""Tangents of the angle to the vertical between which a stroke is a slash."""

_LEVEL: Final = 0.12
_LOWEST: Final = 0.62
"""The rise of a dash in its length, at most, and the height of it and its dust in that of a
character: no character is so low."""

_SHORTEST: Final = 0.6
"""Length of a dash in heights of a character, at least."""

_LONG: Final = 0.9
_SPECK_OFF: Final = 0.42
"""The same of a dash that specks lie anywhere about, and the size of these in the same, at most:
what else a character has beside its only level stroke is larger."""

_SPECK: Final = 0.25
_SPECK_OUTSIDE: Final = 0.55
"""Size of a speck beside a slash in its height, at most, and of one above or below it: the rings of
a % stand beside theirs."""

_BAR: Final = 0.15
"""How far in its height the bar of a 7 or the foot of a 2 reaches from a stroke, at least."""

_END: Final = 0.25
"""Share of the stroke at its end where such a bar is."""


_WHITE: Final = 0.1
"""Side of a square as large as the white that print closes in, in the height of its stroke, at
least: between a round speck and the stroke that it touches there may be a pixel or two."""

_MOST_MARKS: Final = 3
_SURE_CHARACTER: Final = 0.9
"""Marks that a stroke with dust on it is read as, at most, and the confidence from which a Chinese
character is one."""

_STROKES: Final = frozenset("/／—-")
_DUSTY: Final = 0.6
"""The confidence in such a stroke."""


def freed_of_dust(
    reading: CellReading, mask: Pixels, parts: Sequence[Part], em: float, lean: float = 0.0
) -> CellReading:
    """The reading of a cell of one line, or of the slash or dash that all else there lies on.

    A number stays, and so does a character that is sure. The arguments are as in
    `stroke_under_dust`.
    """
    if reading.state == "blank":
        return reading
    marks = reading.text.replace(" ", "")
    character = "".join(mark for mark in marks if mark.isalnum())
    sure = reading.confidence >= _SURE_CHARACTER and not character.isascii()
    number = character.isdecimal() and character != "1"
    if sure or number or len(marks) > _MOST_MARKS or len(character) > 1:
        return reading
    known = set(marks) & _STROKES
    if known and (character or known == set(marks)):
        return reading
    kind = stroke_under_dust(mask, parts, em, lean)
    if kind is None or (known and kind != "level"):
        return reading
    stroke = max(parts, key=lambda part: part.size)
    if kind == "level" and is_underline([stroke], mask.shape[0], em):
        return CellReading("", "blank", _DUSTY, alternatives=reading.alternatives)
    text = "/" if kind == "oblique" else "—"
    return CellReading(text, "printed", _DUSTY, text, _DUSTY, reading.alternatives)


def stroke_under_dust(
    mask: Pixels, parts: Sequence[Part], em: float, lean: float = 0.0
) -> Literal["oblique", "level"] | None:
    """Whether the print of a cell is a slash or a dash, and all else dust on it or beside it.

    `mask` is (H, W), 0 or 1, `parts` its connected components, `em` the height of a character in
    pixels, and `lean` the slope of the page's digits, from which that of a slash is counted.
    """
    if not parts:
        return None
    longest = max(parts, key=lambda part: part.size)
    own = mask[longest.y0 : longest.y1, longest.x0 : longest.x1]
    others = [part for part in parts if part is not longest]
    if longest.height > longest.width:
        beside = all(_is_speck_beside(other, longest) for other in others)
        return "oblique" if beside and _is_slash(own, lean) else None
    if not all(other.width < 1.6 * other.height for other in others):
        return None
    long = longest.width / em
    specks = long >= _LONG and all(other.size <= _SPECK_OFF * em for other in others)
    about = [longest] if specks else parts
    low = max(part.y1 for part in about) - min(part.y0 for part in about) <= _LOWEST * em
    return "level" if low and long >= _SHORTEST and _is_dash(own) else None


def _is_speck_beside(speck: Part, stroke: Part) -> bool:
    outside = speck.y1 <= stroke.y0 or speck.y0 >= stroke.y1
    return speck.size <= (_SPECK_OUTSIDE if outside else _SPECK) * stroke.height


def _is_slash(mask: Pixels, lean: float) -> bool:
    found = _line(mask)
    if found is None or _closes_white_in(mask):
        return False
    slope, start, width = found
    if -slope - lean < _OBLIQUE or -slope > _STEEPEST:
        return False
    height = mask.shape[0]
    rows, columns = np.nonzero(mask)
    off = columns - (start + slope * rows)
    reach = _BAR * height + width / 2
    bar = (rows < _END * height) & (off < -reach)
    foot = (rows >= (1 - _END) * height) & (off > reach)
    return not bar.any() and not foot.any()


def _closes_white_in(mask: Pixels) -> bool:
    """Whether there is white that no way leads to from outside: dust has none, and the box of a 户
    whose leg is a slash does."""
    return largest_enclosed_white(mask) >= (_WHITE * len(mask)) ** 2


def _is_dash(mask: Pixels) -> bool:
    found = _line(np.ascontiguousarray(mask.T))
    return found is not None and abs(found[0]) <= _LEVEL


def _line(mask: Pixels) -> tuple[float, float, float] | None:
    """The slope, the start and the width of the straight stroke down a mask, in pixels; None where
    too little of one is free of dust."""
    widths = mask.sum(axis=1, dtype=np.int64)
    height = len(widths)
    usual = float(np.median(widths))
    free = (widths > 0) & (widths <= max(_WIDER * usual, usual + 1))
    if usual > _THICKEST * height or free.mean() < _FREE or height < 6:
        return None
    rows = np.flatnonzero(free)
    middles = (mask * np.arange(mask.shape[1])).sum(axis=1)[free] / widths[free]
    slope, start = _fitted(rows, middles)
    astray = np.abs(middles - (start + slope * rows)) > max(1.0, _BENT * usual)
    straight = (~astray).sum() >= _FREE * height
    return (slope, start, usual) if straight else None


def _fitted(rows: NDArray[np.int64], middles: NDArray[np.float64]) -> tuple[float, float]:
    """A line through most of the points: the median of the slopes between them (Theil 1950)."""
    first, second = np.triu_indices(len(rows), k=max(1, len(rows) // 4))
    slope = float(np.median((middles[second] - middles[first]) / (rows[second] - rows[first])))
    return slope, float(np.median(middles - slope * rows))
