"""Measuring and breaking lines by the rules of Chinese typesetting (避头尾)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pymupdf

from scripts.typeset.fonts import load_font

# What must not begin a line, and what must not end one (GB/T 15834-2011, 5.1.10).
NO_LINE_START = frozenset("，。、；：？！）》”’〕】」』％%…")
NO_LINE_END = frozenset("（《“‘〔【「『")
_UNITS = re.compile(r"[!-~]+|.", re.DOTALL)
_LATIN_RUN = re.compile(r"[ -~]+|[^ -~]+")


@dataclass(frozen=True, slots=True)
class Face:
    """A Chinese typeface, and another one for Latin letters and digits if there is one."""

    chinese: str
    latin: str | None = None

    def runs(self, text: str) -> Iterator[tuple[str, pymupdf.Font]]:
        """`text` in pieces of one font each."""
        if self.latin is None:
            yield text, load_font(self.chinese)
            return
        for piece in _LATIN_RUN.findall(text):
            yield piece, load_font(self.latin if piece[0] <= "~" else self.chinese)

    def missing(self, text: str) -> str:
        """The characters of `text` that the typefaces have no glyph for."""
        return "".join(
            char for run, font in self.runs(text) for char in run if not font.has_glyph(ord(char))
        )

    def width(self, text: str, size: float) -> float:
        """The advance of `text` in points."""
        return float(sum(font.text_length(run, size) for run, font in self.runs(text)))


def wrap(
    text: str, face: Face, size: float, width: float, *, indent: float = 0, strict: bool = True
) -> list[str]:
    """`text` in lines no wider than `width` points, the first one `indent` narrower.

    Numbers and Latin words stay whole where they fit a line. With `strict`, closing punctuation
    does not begin a line and opening punctuation does not end one.
    """
    lines: list[str] = []
    line: list[str] = []
    used = indent
    for unit in _units(text, face, size, width):
        advance = face.width(unit, size)
        if line and used + advance > width + 0.01:
            carried = _carried(line, unit) if strict else 0
            kept, rest = line[: len(line) - carried], line[len(line) - carried :]
            lines.append("".join(kept).rstrip())
            line, used = rest, sum(face.width(part, size) for part in rest)
        if not line and unit == " ":
            continue
        line.append(unit)
        used += advance
    if line:
        lines.append("".join(line).rstrip())
    return lines


def _units(text: str, face: Face, size: float, width: float) -> Iterator[str]:
    for unit in _UNITS.findall(text):
        if len(unit) > 1 and face.width(unit, size) > width:
            yield from unit
        else:
            yield unit


def _carried(line: list[str], following: str) -> int:
    """How many units at the end of `line` must go with `following` to the next line."""
    count = 0
    first = following
    while count < len(line) - 1 and (
        first[0] in NO_LINE_START or line[len(line) - 1 - count][-1] in NO_LINE_END
    ):
        count += 1
        first = line[len(line) - count]
    return count
