"""Pages with a cursor: what is drawn is also noted, with its place in points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from ocrpipe.document import BlockKind
from ocrpipe.geometry import Box, union
from scripts.typeset.forms import FormCell, FormTable
from scripts.typeset.text import Face, wrap

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
BLACK = (0.0, 0.0, 0.0)
RED = (0.86, 0.08, 0.08)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text and the box around its em squares."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of one page; `lines` is empty for tables and seals."""

    page: int
    kind: BlockKind
    box: Box
    text: str = ""
    language: str | None = None
    lines: tuple[PlacedLine, ...] = ()
    table_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table and where each cell of its form stands: one (page, box) a page."""

    id: str
    form: FormTable
    places: dict[FormCell, tuple[tuple[int, Box], ...]]


@dataclass(frozen=True, slots=True)
class Style:
    """Typefaces and measures of a filing, in points."""

    body: Face
    heading: Face
    title: Face
    size: float = 15
    pitch: float = 27
    title_size: float = 22
    table_size: float = 10.5
    table_padding: float = 3.5
    row_height: float = 24
    rule_width: float = 0.6
    margins: tuple[float, float, float, float] = (76, 92, 76, 88)
    """Left, top, right, bottom."""
    page_number: str = "- {} -"
    page_size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)


@dataclass
class Flow:
    """A document while it is set. The only mutable value of the typesetter."""

    style: Style
    document: Any = field(default_factory=pymupdf.open)
    blocks: list[PlacedBlock] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)
    y: float = 0
    page_size: tuple[float, float] = (0.0, 0.0)
    """Of the current page."""

    def __post_init__(self) -> None:
        self.new_page()

    @property
    def page(self) -> int:
        return int(self.document.page_count)

    @property
    def left(self) -> float:
        return self.style.margins[0]

    @property
    def top(self) -> float:
        return self.style.margins[1]

    @property
    def right(self) -> float:
        return self.page_size[0] - self.style.margins[2]

    @property
    def bottom(self) -> float:
        return self.page_size[1] - self.style.margins[3]

    @property
    def width(self) -> float:
        return self.right - self.left

    def new_page(self, size: tuple[float, float] | None = None) -> None:
        """Goes to a new page of `size`; the pages after it have the style's own again."""
        self.page_size = size or self.style.page_size
        self.document.new_page(width=self.page_size[0], height=self.page_size[1])
        self.y = self.top

    def break_if_short(self, height: float) -> None:
        """Goes to a new page unless `height` points are left on this one."""
        if self.y + height > self.bottom + 0.01 and self.y > self.top:
            self.new_page()

    def draw_line(
        self,
        x: float,
        top: float,
        text: str,
        face: Face,
        size: float,
        color: tuple[float, float, float] = BLACK,
        spacing: float = 0,
    ) -> PlacedLine:
        """Draws one line with the em square's top at `top`; `spacing` goes between characters.

        Raises:
            ValueError: the typeface lacks a character.
        """
        if missing := face.missing(text):
            raise ValueError(f"the typeface {face.chinese!r} lacks {missing!r}")
        page = self.document[-1]
        writer = pymupdf.TextWriter(page.rect)
        at = x
        for run, font in face.runs(text):
            for piece in run if spacing else (run,):
                writer.append((at, top + 0.86 * size), piece, font=font, fontsize=size)
                at += font.text_length(piece, size) + spacing
        writer.write_text(page, color=color)
        return PlacedLine(text, Box(x, top, at - spacing, top + size))

    def note(
        self,
        kind: BlockKind,
        lines: Sequence[PlacedLine],
        language: str = "zh-Hans",
        level: int = 0,
    ) -> None:
        """Notes a block of this page from the lines that were drawn for it."""
        if lines:
            self.blocks.append(
                PlacedBlock(
                    self.page,
                    kind,
                    union(line.box for line in lines),
                    join_lines([line.text for line in lines]),
                    language,
                    tuple(lines),
                    level=level or None,
                )
            )

    def paragraph(
        self,
        text: str,
        *,
        kind: BlockKind = "text",
        face: Face | None = None,
        size: float | None = None,
        indent: float = 2,
        align: str = "left",
        level: int = 0,
    ) -> None:
        """A paragraph that may run over pages; `indent` of its first line is in characters."""
        face, size = face or self.style.body, size or self.style.size
        pitch = self.style.pitch * size / self.style.size
        lines = wrap(text, face, size, self.width, indent=indent * size)
        placed: list[PlacedLine] = []
        if kind == "heading":
            # A heading does not stand alone at the foot of a page.
            self.break_if_short(pitch * (len(lines) + 1))
        for index, line in enumerate(lines):
            if self.y + pitch > self.bottom + 0.01:
                self.note(kind, placed, level=level)
                placed = []
                self.new_page()
            x = self.left + (indent * size if index == 0 else 0)
            if align != "left":
                slack = self.width - face.width(line, size)
                x = self.left + (slack / 2 if align == "center" else slack)
            placed.append(self.draw_line(x, self.y + (pitch - size) / 2, line, face, size))
            self.y += pitch
        self.note(kind, placed, level=level)

    def number_pages(self) -> None:
        """Prints the page numbers in the feet of all pages."""
        face = Face(self.style.body.chinese, self.style.body.latin)
        for index in range(self.page):
            text = self.style.page_number.format(index + 1)
            size = 12.0
            page = self.document[index]
            width, height = page.rect.width, page.rect.height
            x, top = (width - face.width(text, size)) / 2, height - 62
            writer = pymupdf.TextWriter(page.rect)
            at = x
            for run, font in face.runs(text):
                writer.append((at, top + 0.86 * size), run, font=font, fontsize=size)
                at += font.text_length(run, size)
            writer.write_text(page)
            box = Box(x, top, at, top + size)
            line = PlacedLine(text, box)
            self.blocks.append(PlacedBlock(index + 1, "page_number", box, text, "zh-Hans", (line,)))


def join_lines(lines: Sequence[str]) -> str:
    """Wrapped lines as one text: a space only between two Latin words."""
    text = ""
    for line in lines:
        latin = text[-1:].isascii() and line[:1].isascii()
        text += " " + line if text and latin and text[-1].isalnum() else line
    return text
