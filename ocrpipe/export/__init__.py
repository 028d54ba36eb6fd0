"""A document as files, one module a format, from the schema alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from ocrpipe.document import Document
from ocrpipe.export.figures import FigureEntry, list_figures
from ocrpipe.export.html import to_html
from ocrpipe.export.json import to_json
from ocrpipe.export.markdown import to_markdown
from ocrpipe.export.xlsx import to_xlsx
from ocrpipe.options import Format
from ocrpipe.timings import timed

PagePicture: TypeAlias = Callable[[int], bytes | None]
"""From a page number to the PNG or JPEG of that page, upright; None where it has no picture."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """How one format is written; `needs_pictures` says whether it asks for pictures of pages."""

    write: Callable[[Document, PagePicture], bytes]
    needs_pictures: bool = False


EXPORTERS: Mapping[Format, Exporter] = MappingProxyType(
    {
        Format.JSON: Exporter(lambda document, _: to_json(document).encode()),
        Format.MARKDOWN: Exporter(lambda document, _: to_markdown(document).encode()),
        Format.HTML: Exporter(
            lambda document, picture: to_html(document, picture).encode(), needs_pictures=True
        ),
        Format.XLSX: Exporter(lambda document, _: to_xlsx(document)),
    }
)
"""By format, whose value is the extension of its files."""


def no_picture(_: int) -> None:
    """For documents whose pages have no picture, and formats that show none."""


@timed("export")
def export(document: Document, file_format: Format, picture: PagePicture = no_picture) -> bytes:
    """The content of the file that `document` becomes in one format.

    `picture` is asked once for every page, and by HTML only.
    """
    return EXPORTERS[file_format].write(document, picture)


__all__ = [
    "EXPORTERS",
    "Exporter",
    "FigureEntry",
    "PagePicture",
    "export",
    "list_figures",
    "no_picture",
    "to_html",
    "to_json",
    "to_markdown",
    "to_xlsx",
]
