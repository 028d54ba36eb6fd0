"""Characters of a PDF page as MuPDF's structured text gives them, made plain.

Everything here is in points of the page as displayed.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.ingest.characters import INVISIBLE

_FILLED, _STROKED = 16, 32  # char_flags of MuPDF's structured text
_MAX_TILT = 5.0
"""Degrees off the axes up to which a line is text of the page; a watermark stands askew."""

_OFF_LINE = 0.1
"""In font sizes: how far above its baseline the box of a character may end."""

UNMAPPED = "\ufffd"
"""What stands for print of which the text layer does not tell, as where a font has no map."""

_WIDTHLESS = 0.2
"""In font sizes: a zero-width character that is wider is a gap, or print that a font calls so."""

_VERTICAL_ORIGIN = 0.88
"""Height of a character above its baseline in vertical writing, in ems (ISO 32000-1, 9.7.4.3)."""


@dataclass(frozen=True, slots=True)
class Char:
    """One character. `size` is the font size, `alpha` 255 where it is opaque."""

    text: str
    box: Box
    size: float
    font: str
    visible: bool
    color: int = 0
    synthetic: bool = False
    alpha: int = 255

    @property
    def is_space(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that were set one after another.

    `quarters`: the clockwise quarter turns by which they stand away from upright.
    `vertical`: set from top to bottom in vertical writing, before any quarter turn.
    `askew`: it stands neither upright nor by quarter turns, which text of a page does not.
    """

    chars: tuple[Char, ...]
    quarters: int = 0
    vertical: bool = False
    askew: bool = False

    @property
    def runs_down(self) -> bool:
        """Whether the characters follow each other along y rather than x."""
        return self.vertical != bool(self.quarters % 2)


_WINGDINGS = {
    "\uf0fe": "☑", "\uf052": "☑", "\uf0a8": "□", "\uf06f": "□", "\uf0a3": "□",
    "\uf0fc": "✓", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0b7": "•",
}  # fmt: skip
"""Boxes, ticks and bullets of the symbol fonts, which have no Unicode mapping of their own."""


def read_runs(raw: Mapping[str, Any], width: float, height: float) -> tuple[Run, ...]:
    """Runs of a page from MuPDF's "rawdict", in the order of the file.

    Left out: what stands outside the page, and control characters.
    """
    page = Box(0, 0, width, height)
    runs = []
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            vertical = bool(line["wmode"])
            quarters, tilt = _direction(line["dir"], vertical)
            askew = abs(tilt) > _MAX_TILT
            lying = vertical or askew or quarters % 2 == 1
            chars = tuple(
                char
                for char in _line_chars(line, vertical, None if lying else quarters)
                if page.contains_point(*char.box.center)
            )
            if chars:
                runs.append(Run(chars, quarters, vertical, askew))
    return tuple(runs)


def turn_runs(runs: tuple[Run, ...], width: float, height: float, quarters: int) -> tuple[Run, ...]:
    """The runs after their page (`width` x `height`) is turned clockwise by quarter turns."""
    if quarters % 4 == 0:
        return runs
    return tuple(
        Run(
            tuple(
                replace(char, box=rotate_box(char.box, width, height, 90.0 * quarters))
                for char in run.chars
            ),
            (run.quarters + quarters) % 4,
            run.vertical,
            run.askew,
        )
        for run in runs
    )


def _direction(direction: tuple[float, float], vertical: bool) -> tuple[int, float]:
    degrees = math.degrees(math.atan2(direction[1], direction[0])) - (90 if vertical else 0)
    quarters = round(degrees / 90)
    return quarters % 4, degrees - 90 * quarters


def _line_chars(line: Mapping[str, Any], vertical: bool, level: int | None) -> Iterator[Char]:
    """The characters of a line; `level`: the quarter turns of one that is set along x."""
    # In vertical writing MuPDF lets a character's box begin at its baseline, not at its top.
    rise = _VERTICAL_ORIGIN if vertical else 0.0
    for span in line["spans"]:
        dx, dy = (-rise * span["size"] * component for component in line["dir"])
        drawn = bool(span["char_flags"] & (_FILLED | _STROKED)) and span["alpha"] > 0
        for char in span["chars"]:
            text = _as_printed(char["c"])
            box = _glyph_box(char, span["size"], level)
            if text or min(box.width, box.height) > _WIDTHLESS * span["size"]:
                yield Char(
                    text or " ",
                    box.shifted(dx, dy),
                    span["size"],
                    span["font"],
                    drawn,
                    span["color"],
                    char.get("synthetic", False),
                    span["alpha"],
                )


def _as_printed(text: str) -> str:
    """The character that is meant by code points that only a font's mapping produces.

    Fonts share one glyph between 一 and the radical ⼀ (U+2F00) or a compatibility ideograph, and
    PDF writers then map it to the wrong one of the two; on paper they are the same.
    """
    code = ord(text[0]) if text else 0
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", text)
    if text in ("\t", "\n", "\r", "\xa0"):
        return " "
    if text in INVISIBLE:
        return ""
    return _WINGDINGS.get(text, text)


def _glyph_box(char: Mapping[str, Any], size: float, level: int | None) -> Box:
    box = Box(*char["bbox"])
    if level is None:
        return box
    baseline = char["origin"][1]
    # PyMuPDF puts the box of a character that stands upside down above its baseline where the font
    # is less than an em high, and below it elsewhere.
    if level == 2 and box.center[1] > baseline:
        box = _mirrored(box, baseline)
    usual = 0.5 * size <= box.height <= 1.6 * size
    if size > 0 and not (usual and box.y0 < baseline < box.y1 + _OFF_LINE * size):
        # Some fonts declare an absurd ascent or descent, and a Type 3 font which draws quotation
        # marks alone has both above its baseline: take usual ones about the baseline.
        box = Box(box.x0, baseline - 0.88 * size, box.x1, baseline + 0.12 * size)
    return _mirrored(box, baseline) if level == 2 else box


def _mirrored(box: Box, y: float) -> Box:
    return Box(box.x0, 2 * y - box.y1, box.x1, 2 * y - box.y0)
