"""What converting one page gives, before the pages are put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ocrpipe.document import Document, Issue, Page, Source, Table
from ocrpipe.errors import OcrpipeError
from ocrpipe.geometry import Box
from ocrpipe.page import Alternative, OpenPart


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of one page and the box, in points of the upright page, that it takes.

    `alternatives`: other readings of its cells by their boxes, as the cells' regions have them.
    `quarters`: clockwise quarter turns after which a table that stands sideways is read.
    `open_part`: what a table without vertical rules is made of.
    """

    table: Table
    box: Box
    alternatives: Mapping[Box, tuple[Alternative, ...]] = field(default_factory=dict)
    quarters: int = 0
    open_part: OpenPart | None = None


class Placement(Protocol):
    """The way from the frame that a page was read in to that of the page as it is given."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""

    def box_to_page(self, box: Box) -> Box:
        """A box in points of the page."""

    def boxes_to_page(self, boxes: Sequence[Box]) -> list[Box]:
        """The same of many at once."""


@dataclass(frozen=True, slots=True)
class Enlarged:
    """A page whose sheet was read, in points of which each takes `unit` points of the page.

    `sheet`: width and height of the sheet as it was read. `inner`: the way to the frame of the
    sheet where that is none of it, as of a photograph.
    """

    unit: float
    sheet: tuple[float, float]
    inner: Placement | None = None

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.sheet if self.inner is None else self.inner.size
        return width * self.unit, height * self.unit

    def box_to_page(self, box: Box) -> Box:
        return self.boxes_to_page([box])[0]

    def boxes_to_page(self, boxes: Sequence[Box]) -> list[Box]:
        placed = boxes if self.inner is None else self.inner.boxes_to_page(boxes)
        return [box.scaled(self.unit) for box in placed]


@dataclass(frozen=True, slots=True)
class PageResult:
    page: Page
    tables: tuple[PlacedTable, ...]
    issues: tuple[Issue, ...]
    placement: Placement | None = None
    """The way to the page's own frame where the page was read in another one."""


@dataclass(frozen=True, slots=True)
class ConvertedPages:
    """Some pages of one document; `errors` are those of pages without a result, by number, and
    `finished` has the pages of the document that come with their texts and tables, if any do;
    `issues` are those of the file.

    It can be pickled, so that parts of a long document may come from several processes.
    """

    source: Source
    results: tuple[PageResult, ...]
    errors: Mapping[int, OcrpipeError]
    finished: Document | None = None
    issues: tuple[Issue, ...] = ()
