"""Marks of a single straight stroke: the dash and the slash that stand for "none" in a table.

A recogniser brings every line to one height and has no company to judge by: it reads a lone / as
1 and a lone — as 一. The direction of the stroke tells them apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ocrpipe.doubt import UNSURE
from ocrpipe.ideographs import IDEOGRAPH
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.marks.slant import slope_of_ink, without_soft_edges
from ocrpipe.ocr.recognition.agreement import is_figure
from ocrpipe.page import Alternative, CellReading, Pixels

StrokeKind = Literal["level", "oblique", "speckled", "leaning", "upright"]

_OBLIQUE = 0.24
"""Tangent of the angle to the vertical from which a straight stroke is a slash: slashes stand at
17 to 45 degrees, the 1 of an italic at 12 at most."""

_LEANING = 0.13
"""The same from which a straight stroke may be a slash, or a 1 on a sheet that lies askew."""

_STEEPEST_ONE = 0.18
"""How far the ink of a mark that is no stroke by its mask moves to the right for each pixel upwards
where it may be a slash: that of a serifed italic 1 has 0.17 at most, that of a slash at least 0.2
(1 and / of 40 typefaces, drawn 7 to 16 pixels high and blurred)."""

_FLATTEST = 1.8
"""Width of a dash in heights, at least."""

_FRAYED_FLATTEST = 3.5
"""The same of a dash that is frayed."""

_RAGGED_FLATTEST = 2.5
"""The same of one that nothing else explains."""

_COVERED = 0.6

_LARGEST_SWELL = 1.75
"""The widest place of a stroke in its typical widths; the bar of a 7, the flag of a 1 and the end
of a 一 in 宋 are wider."""

_RAGGED, _FARTHEST = 0.06, 0.12
"""How far the ink of a ragged slash is from its middle line across, in heights: the root of the
mean square, and the most. Slashes of faxes have 0.05 and 0.1, a 7 has 0.13 and 0.3."""

_SPECK, _LONE_SPECK = 0.25, 0.4
"""Size of a speck beside a slash in heights of the slash, at most; the two of a % are larger. One
that is alone is not of a %."""

_LARGEST_BEND = 0.3
"""How far the middle line of a stroke strays from a straight one, in stroke widths."""


def lone_stroke(
    mask: Pixels, parts: Sequence[Part], *, frayed: bool = False, lean: float = 0.0
) -> StrokeKind | None:
    """What the only mark of a cell is, if it is one straight stroke of even width.

    "level": a dash, or several on one line; "oblique": rising to the right as a slash does;
    "speckled": so with specks beside it; "leaning": hardly so; "upright": neither. None for every
    other shape. `mask` is (H, W), 0 or 1; `parts` are its connected components. A `frayed` stroke
    has crumbs, and is of no even width: a dash is told by how flat all of it is. `lean` is the
    slope of the page's digits, from which that of a stroke is counted.
    """
    if not parts:
        return None
    if (frayed and _is_flat(parts, _FRAYED_FLATTEST)) or _are_level(mask, parts):
        return "level"
    part = max(parts, key=lambda one: one.height)
    beside = [other for other in parts if other is not part]
    slope = _slope(mask[part.y0 : part.y1, part.x0 : part.x1])
    largest = (_LONE_SPECK if len(beside) == 1 else _SPECK) * part.height
    if slope is None or any(other.size > largest for other in beside):
        return None
    return _kind_of(slope, lean, alone=not beside)


def _kind_of(slope: float, lean: float, *, alone: bool) -> StrokeKind | None:
    if slope - lean >= _OBLIQUE:
        return "oblique" if alone else "speckled"
    if slope >= _OBLIQUE:
        # The slash of an upright typeface beside italic digits leans as far as their 1.
        return "leaning"
    if not alone:
        return None
    return "leaning" if slope - lean >= _LEANING else "upright"


def _is_flat(parts: Sequence[Part], flattest: float) -> bool:
    """Whether parts lie on one line, most of which they cover, as wide as that in its heights."""
    start, end = min(part.x0 for part in parts), max(part.x1 for part in parts)
    height = max(part.y1 for part in parts) - min(part.y0 for part in parts)
    covered = sum(part.width for part in parts) >= _COVERED * (end - start)
    return covered and end - start >= flattest * height


def _are_level(mask: Pixels, parts: Sequence[Part]) -> bool:
    """Whether parts are level strokes on one line."""
    if not all(_is_level(mask, part) for part in parts):
        return False
    middles = [(part.y0 + part.y1) / 2 for part in parts]
    return max(middles) - min(middles) <= max(part.height for part in parts)


def _is_level(mask: Pixels, part: Part) -> bool:
    if part.width < _FLATTEST * part.height:
        return False
    thickness = mask[part.y0 : part.y1, part.x0 : part.x1].sum(axis=0, dtype=np.int64)
    return not _swells(thickness)


def _slope(mask: Pixels) -> float | None:
    """How far a high stroke moves to the right for each pixel upwards; None if it is not one
    straight stroke of even width."""
    height, width = mask.shape
    columns = np.arange(width)
    widths = mask.sum(axis=1, dtype=np.int64)
    if height < 6 or float(np.median(widths)) > 0.3 * height:
        return None
    if (widths == 0).any() or _swells(widths):
        return _slope_of_ragged(mask)
    breadth = float(np.median(widths))
    # One run of ink a row: the two sides of a 0 are no stroke.
    edges = np.abs(np.diff(mask.astype(np.int8), axis=1, prepend=0, append=0)).sum(axis=1)
    if (edges > 2).mean() > 0.1:
        return _slope_of_ragged(mask)
    middles = (mask * columns).sum(axis=1) / widths
    rows = np.arange(height)
    inner = slice(max(1, height // 10), height - max(1, height // 10))
    slope, start = np.polyfit(rows[inner], middles[inner], 1)
    bend = np.abs(middles[inner] - (start + slope * rows[inner])).max()
    if bend > max(1.0, _LARGEST_BEND * breadth):
        return _slope_of_ragged(mask)
    return float(-slope)


def _slope_of_ragged(mask: Pixels) -> float | None:
    """The same of a slash with ragged edges, as a fax leaves it: oblique, with all of its ink close
    to one line. The bar of a 7 and the flag of a 1 are not."""
    rows, columns = np.nonzero(mask)
    slope, start = np.polyfit(rows, columns, 1)
    off = np.abs(columns - (start + slope * rows)) / mask.shape[0]
    close = float(np.sqrt(np.mean(off**2))) <= _RAGGED and float(off.max()) <= _FARTHEST
    return float(-slope) if close and -slope >= _OBLIQUE else None


def _swells(widths: NDArray[np.int64]) -> bool:
    return float(widths.max()) > max(_LARGEST_SWELL * float(np.median(widths)), 3)


_SURE = 0.96
_STEEP = 0.05
_LIKE_SLASHES = frozenset("/／17Il|!.,。·•'’`:; ")
"""What a slash and the specks beside it are read as."""

_ONES = frozenset("/／1Il|!")
"""What a lone slash is read as that is too soft for a stroke; a soft 7 may lean as much."""

_WORD = re.compile(rf"(?!一+$){IDEOGRAPH}{{2,}}")

_DASHES = frozenset("—-－–―−一ー_＿")
_THICKEST = 0.45
"""Height of a dash in heights of a character, at most."""

_HYPHEN = 0.6
"""Width of a dash in heights of a character below which it is a hyphen."""

_UNDERLINE, _LOW = 1.2, 0.45
"""Width of a stroke in heights of a character from which it may underline a cell, and the height
above the rule below it, at most."""

_UNDERLINED = 0.6
"""Confidence that a cell with such a stroke alone is blank."""

_HYPHEN_THICKNESS, _SOFT_EDGES = 0.08, 2.0
"""Thickness of a hyphen in heights of a character, at most, and the pixels that a scan adds."""


def as_stroke(
    reading: CellReading,
    mask: Pixels,
    parts: Sequence[Part],
    em: float,
    *,
    frayed: bool = False,
    darkness: Pixels | None = None,
    lean: float = 0.0,
) -> CellReading:
    """The reading of a cell whose only mark is one straight stroke, by the stroke's direction.

    `em` is the height of a character in pixels; `frayed` and `lean` as in `lone_stroke`;
    `darkness` is the grey ink of `mask`, by which a soft stroke is told. A lone 一 stays, since in
    a cell of words it is one; what it is among numbers `numeric_text` says. Every other shape
    leaves the reading as it is.
    """
    kind = lone_stroke(mask, parts, frayed=frayed, lean=lean)
    unexplained = kind in (None, "level") and reading.state == "unread"
    ragged = kind is None and is_figure(reading.text)
    if (ragged and _is_flat(parts, _FRAYED_FLATTEST)) or (
        unexplained and _is_flat(parts, _RAGGED_FLATTEST)
    ):
        # What was read as digits, or as nothing, and is as flat as no digit is a dash.
        return bounded(_as_level(reading, mask, parts, em, frayed=True), UNSURE)
    if kind is None and darkness is not None and reading.text in _ONES:
        kind = _soft_stroke(mask, parts, darkness, lean)
    if kind is None or _is_word(reading):
        return reading
    if kind == "speckled" and not set(reading.text) <= _LIKE_SLASHES:
        return reading
    if kind in ("oblique", "speckled"):
        text = reading.text if reading.text in ("/", "／") else "/"
        sure = _sure(reading, text, "/")
        return sure if kind == "oblique" else bounded(sure, UNSURE)
    if kind != "level":
        # A slash printed steeply, or on a sheet that lies askew, stands as upright as a 1.
        reading = replace(reading, alternatives=(Alternative("/", _STEEP), *reading.alternatives))
        doubtful = kind == "leaning" or "/" in reading.text or "／" in reading.text
        return bounded(reading, UNSURE) if doubtful else reading
    return _as_level(reading, mask, parts, em, frayed=frayed)


def _soft_stroke(
    mask: Pixels, parts: Sequence[Part], darkness: Pixels, lean: float
) -> StrokeKind | None:
    """What the only mark of a cell is that was read as a 1 and is no stroke by its mask: "oblique"
    or "speckled" if it is a slash without its soft edges, "leaning" if its ink leans more than
    that of any 1. None for every other shape, as that of a 1 with a flag or a foot."""
    part = max(parts, key=lambda one: one.height, default=None)
    if part is None or part.width > part.height:
        return None
    place = (slice(part.y0, part.y1), slice(part.x0, part.x1))
    narrow = np.zeros_like(mask)
    narrow[place] = without_soft_edges(mask[place], darkness[place])
    kind = lone_stroke(narrow, parts, lean=lean)
    if kind in ("oblique", "speckled"):
        return kind
    slope = slope_of_ink(mask[place], darkness[place])
    between = slope - lean >= _STEEPEST_ONE or slope >= _OBLIQUE
    return "leaning" if between else None


def _is_word(reading: CellReading) -> bool:
    """Whether it was surely read as several characters, which one stroke never is: those of a word
    may touch where the print is smoothed."""
    return reading.confidence >= _SURE and bool(_WORD.fullmatch(reading.text))


def _as_level(
    reading: CellReading, mask: Pixels, parts: Sequence[Part], em: float, *, frayed: bool
) -> CellReading:
    if any(part.height > _THICKEST * em for part in parts):
        # Figures that touch are as wide and even as a dash, but as high as characters.
        return reading
    edge = min(min(part.y0, mask.shape[0] - part.y1) for part in parts)
    width = max(part.width for part in parts)
    if is_underline(parts, mask.shape[0], em):
        return replace(reading, text="", state="blank", confidence=_UNDERLINED)
    thick = max(part.height for part in parts) > _HYPHEN_THICKNESS * em + _SOFT_EDGES
    if width > 3 * em or edge < 0.2 * em or (thick and width < _HYPHEN * em and not frayed):
        # Longer than any dash, a line to write on or drawn by hand; or at the rule, a piece of
        # something that the rule cuts; or two specks beside each other.
        return bounded(reading, UNSURE)
    known = bool(reading.text) and set(reading.text) <= _DASHES and not frayed
    if frayed:
        width = max(part.x1 for part in parts) - min(part.x0 for part in parts)
    text = reading.text if known else "—" if width >= _HYPHEN * em else "-"
    return _sure(reading, text, "—")


def is_underline(parts: Sequence[Part], height: int, em: float) -> bool:
    """Whether level strokes lie at the foot of a cell of that height: a dash stands at the middle
    of a line, a pen's stroke under one. In pixels, as is `em`, the height of a character."""
    width = max(part.width for part in parts)
    return width >= _UNDERLINE * em and height - max(part.y1 for part in parts) < _LOW * em


def bounded(reading: CellReading, highest: float) -> CellReading:
    """The reading with no confidence above `highest`."""
    return replace(
        reading,
        confidence=min(reading.confidence, highest),
        numeric_confidence=min(reading.numeric_confidence, highest),
    )


def _sure(reading: CellReading, text: str, number: str) -> CellReading:
    return replace(
        reading,
        text=text,
        state="printed",
        confidence=max(_SURE, reading.confidence if reading.text == text else 0.0),
        numeric_text=number,
        numeric_confidence=_SURE,
    )
