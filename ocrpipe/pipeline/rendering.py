"""A document as the files that the options ask for."""

from collections.abc import Iterator

from ocrpipe.document import Document
from ocrpipe.export import EXPORTERS, export
from ocrpipe.options import Format, Options
from ocrpipe.pipeline.convert import Input
from ocrpipe.pipeline.pictures import page_pictures


def render_formats(
    source: Input, document: Document, options: Options
) -> Iterator[tuple[Format, bytes]]:
    """`document` in every format of `options.export.format`, one after the other.

    `source` is opened again for formats that show pictures of the pages, and for them alone.
    """
    for wanted in options.export.format:
        if EXPORTERS[wanted].needs_pictures:
            with page_pictures(source, document, options) as picture:
                yield wanted, export(document, wanted, picture)
        else:
            yield wanted, export(document, wanted)
