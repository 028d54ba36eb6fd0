"""What converting one page gives, before the pages are put together."""

from dataclasses import dataclass

from ocrpipe.document import Issue, Page, Table
from ocrpipe.geometry import Box
from ocrpipe.imaging import PagePlacement


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of one page and the box, in points of the upright page, that it takes."""

    table: Table
    box: Box


@dataclass(frozen=True, slots=True)
class PageResult:
    page: Page
    tables: tuple[PlacedTable, ...]
    issues: tuple[Issue, ...]
    placement: PagePlacement | None = None
    """The way to the page's own frame where the page was read from a flattened photograph."""
