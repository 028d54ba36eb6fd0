"""Pictures of the upright pages, for exports that show them beside the text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import cv2

from ocrpipe.document import Document
from ocrpipe.ingest import open_source
from ocrpipe.options import Options
from ocrpipe.pipeline.convert import Input

_JPEG_QUALITY = 70
"""107 KiB a page of scanned print at the 110 dpi of --picture-dpi; 71 at 35, 237 at 95."""


@contextmanager
def page_pictures(
    source: Input, document: Document, options: Options
) -> Iterator[Callable[[int], bytes | None]]:
    """A function from page number to the JPEG of that page as `document` has it, upright.

    A page is rasterized when it is asked for and not kept; None for the texts of a web page.
    """
    from ocrpipe.imaging import turn  # Few exports show pictures, and it brings all of imaging.

    turns = {page.number: page.rotation for page in document.pages}
    with open_source(source, options.ingest, document.source.name) as opened:
        paper = turns.keys() & set(opened.paper)

        def picture(number: int) -> bytes | None:
            if number not in paper:
                return None
            image = turn(opened.page(number).render(options.export.picture_dpi), turns[number])
            encoded, data = cv2.imencode(
                ".jpg", image.pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
            )
            return data.tobytes() if encoded else None

        yield picture
