"""Values that pass between the stages while one page is converted. All are frozen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ocrpipe.document import BlockKind, CellState, Origin, Table
from ocrpipe.geometry import Box, Shear

Pixels: TypeAlias = NDArray[np.uint8]
"""An image: (height, width, 3) in OpenCV's order blue, green, red, or (height, width) grey."""

POINTS_PER_INCH = 72.0


LONE = 2
"""In `PageImage.hidden`: ink as small as a word that was taken off and stood alone."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One raster of a page; `scale` is pixels per point.

    `hidden` is (H, W) uint8, 1 where ink was taken off that print may have lain under, `LONE` where
    it may have been print itself; None where there was none.
    """

    pixels: Pixels
    scale: float
    hidden: Pixels | None = None

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    def to_points(self, box: Box) -> Box:
        return box.scaled(1 / self.scale)

    def to_pixels(self, box: Box) -> Box:
        return box.scaled(self.scale)

    def crop(self, box: Box) -> Pixels:
        """The pixels under `box` (points), rounded outwards and clipped to the raster."""
        x0, y0, x1, y1 = self.to_pixels(box)
        left, top = max(0, int(np.floor(x0))), max(0, int(np.floor(y0)))
        right, bottom = min(self.width, int(np.ceil(x1))), min(self.height, int(np.ceil(y1)))
        return self.pixels[top : max(top, bottom), left : max(left, right)]


RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""For digits that are set raised behind a number: they point to a note and are no part of it."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a text layer, in points.

    `quarters`: the clockwise quarter turns by which it stands away from upright.
    """

    text: str
    box: Box
    quarters: int = 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text, in points. `text` is empty where the line was found but not read."""

    text: str
    box: Box
    confidence: float
    language: str
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight horizontal or vertical rule, in points; `thickness` likewise.

    `cut`: it is horizontal and drawn on beyond its right end, which nobody sees.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float = 0.5
    cut: bool = False

    @property
    def horizontal(self) -> bool:
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as its file gives it, before it is put upright, in points of the page as displayed.

    `lines`, `glyphs` and `rulings` come from the text layer and the vectors of a digital page and
    are empty on a scanned one; `overlays` is text of it that stamps and watermarks put over the
    other, and in neither of them. `drawn` are boxes of shapes and pictures of a digital page that
    may be print, and `struck` those of digits that are struck out. `rejected_text_layer` says why a
    text layer was not believed. `render(dpi)` rasterizes the page as displayed, and works while its
    file is open.

    `rotation`: a digital page whose text stands sideways or upside down is given upright, with
    its size, and this says by how many degrees clockwise it was turned. `render` is not turned.

    `unit`: points of the page as displayed that one point takes, where that calls itself far larger
    or smaller than its sheet of paper; all of the above is in points of the sheet.

    `beside()`: the pages nearest to it in the same file, those that can be opened, one at a time.
    """

    number: int
    width: float
    height: float
    origin: Origin
    render: Callable[[float], PageImage]
    lines: tuple[TextLine, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    pictures: tuple[Box, ...] = ()
    rejected_text_layer: str | None = None
    rotation: float = 0.0
    overlays: tuple[TextLine, ...] = ()
    drawn: tuple[Box, ...] = ()
    struck: tuple[Box, ...] = ()
    unit: float = 1.0
    beside: Callable[[], Iterator["SourcePage"]] = lambda: iter(())


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that one kind of content takes, in points."""

    kind: BlockKind
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid before it is read, in points."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class OpenRows:
    """What the columns of a table with horizontal rules alone were found from.

    Rules and marks are in points of the straight frame that `shear` leads to. `full` are the rules
    over the whole width by height, two at least, and `short` those between them.
    """

    full: tuple[Ruling, ...]
    short: tuple[Ruling, ...]
    marks: tuple[Box, ...]
    shear: Shear

    @property
    def left(self) -> float:
        return median(rule.x0 for rule in self.full)

    @property
    def right(self) -> float:
        return median(rule.x1 for rule in self.full)


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table's grid on one page; the cells tile n_rows x n_cols exactly once.

    `open_rows` is known of a table without vertical rules.
    """

    box: Box
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    open_rows: OpenRows | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the same ink that a recogniser gave; an empty text is a blank cell."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CellReading:
    """What stands in a cell, and what the same ink gives when only numbers are allowed.

    `alternatives` are other numbers that were read from the ink, the surest first.
    """

    text: str
    state: CellState
    confidence: float
    numeric_text: str | None = None
    numeric_confidence: float = 0.0
    alternatives: tuple[Alternative, ...] = ()

    def at_most(self, confidence: float) -> "CellReading":
        """The same with no more than this confidence."""
        return replace(self, confidence=min(self.confidence, confidence))


CellPlace: TypeAlias = tuple[str, int, int]
"""Where a cell of a document stands: its table's id, its row and its column."""

Alternatives: TypeAlias = Mapping[CellPlace, tuple[Alternative, ...]]
"""Other readings of the cells of a document; a cell without any is left out."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell in points of the page and what its ink was read as.

    `pieces`: the stretches of its text with wide whites between, read apart, if there are several.
    """

    box: Box
    reading: CellReading
    pieces: tuple["ReadCell", ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPart:
    """What a table without vertical rules is made of again where other pages show its columns."""

    rows: OpenRows
    cells: tuple[ReadCell, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of one page with what decides whether it goes on over the page.

    `first` and `last`: no text of the body stands above, or below, it on its page. `quarters`:
    the clockwise quarter turns after which a table that stands sideways on its page is read;
    `box`, the page's size, `first` and `last` are those of the page turned so, the boxes of the
    table's cells are not. `open_part` is known of a table without vertical rules, and `columns`,
    the edges as ascending shares of its width, where other pages have shown them. `half` is 1 or 2
    on the left or the right one of two pages that share a sheet: then that is what is meant above
    by its page.
    """

    table: Table
    box: Box
    page: int
    page_width: float
    page_height: float
    first: bool
    last: bool
    quarters: int = 0
    open_part: OpenPart | None = None
    columns: tuple[float, ...] = ()
    half: int = 0
