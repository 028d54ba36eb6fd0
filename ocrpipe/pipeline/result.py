"""What converting one page gives, before the pages are put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ocrpipe.document import Issue, Page, Source, Table
from ocrpipe.errors import OcrpipeError
from ocrpipe.geometry import Box
from ocrpipe.imaging import PagePlacement
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


@dataclass(frozen=True, slots=True)
class PageResult:
    page: Page
    tables: tuple[PlacedTable, ...]
    issues: tuple[Issue, ...]
    placement: PagePlacement | None = None
    """The way to the page's own frame where the page was read from a flattened photograph."""


@dataclass(frozen=True, slots=True)
class ConvertedPages:
    """Some pages of one document; `errors` are those of pages without a result, by number.

    It can be pickled, so that parts of a long document may come from several processes.
    """

    source: Source
    results: tuple[PageResult, ...]
    errors: Mapping[int, OcrpipeError]
