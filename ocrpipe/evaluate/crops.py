"""Cut-outs of cells from the pictures of the pages they stand on."""

import base64
import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ocrpipe.document import CellRegion, Document, Page
from ocrpipe.errors import OcrpipeError
from ocrpipe.geometry import Box
from ocrpipe.options import ExportOptions, Options

if TYPE_CHECKING:
    from ocrpipe.page import PageImage

_log = logging.getLogger(__name__)

Crops: TypeAlias = Callable[[Sequence[CellRegion]], tuple[str, ...]]
"""From the regions of a cell to data URIs of JPEG pictures, one a region that has a picture."""

_DPI = 150
_MARGIN = 4.0
"""Points around a cell, so that its rulings and what touches them are seen."""
_LARGEST = (640, 320)
"""Pixels, width and height; a larger crop is scaled down."""


def no_crops(_: Sequence[CellRegion]) -> tuple[str, ...]:
    """For documents whose file is not at hand."""
    return ()


@contextmanager
def open_crops(document: Document, sources: Path) -> Iterator[Crops]:
    """Crops from the file in the folder `sources` that `document` was made from.

    No crops, and a line in the log, where there is no such file, or another one of that name.
    The pictures of the pages are kept until the context ends.
    """
    from ocrpipe.pipeline import page_pictures  # It brings the imaging libraries.

    path = sources / Path(document.source.name).name
    if not _is_source(path, document):
        yield no_crops
        return
    pages = {page.number: page for page in document.pages}
    images: dict[int, PageImage | None] = {}
    options = Options(export=ExportOptions(picture_dpi=_DPI))
    with page_pictures(path, document, options) as picture:

        def crops(regions: Sequence[CellRegion]) -> tuple[str, ...]:
            cut = []
            for region in regions:
                page = pages.get(region.page)
                if page is not None and page.number not in images:
                    images[page.number] = _image(picture, page, path)
                image = images.get(region.page)
                if image is not None:
                    cut.append(_crop(image, region.bbox))
            return tuple(uri for uri in cut if uri)

        yield crops


def _is_source(path: Path, document: Document) -> bool:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        _log.info("%s: no crops, the file cannot be opened (%s)", path, error.strerror)
        return False
    if digest != document.source.sha256:
        _log.warning("%s: no crops, the document was made from another file of that name", path)
        return False
    return True


def _image(picture: Callable[[int], bytes | None], page: Page, path: Path) -> "PageImage | None":
    import cv2
    import numpy as np

    from ocrpipe.page import PageImage

    try:
        data = picture(page.number)
    except OcrpipeError as error:
        _log.warning("%s: no crops of page %d (%s)", path, page.number, error)
        return None
    if data is None or not page.width:
        return None
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return PageImage(pixels.astype(np.uint8, copy=False), pixels.shape[1] / page.width)


def _crop(image: "PageImage", box: Box) -> str:
    """A data URI; empty where the box lies outside the page."""
    import cv2

    pixels = image.crop(box.padded(_MARGIN))
    height, width = pixels.shape[:2]
    if not height or not width:
        return ""
    factor = min(1.0, _LARGEST[0] / width, _LARGEST[1] / height)
    if factor < 1:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(pixels.dtype)
    encoded, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not encoded:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii")
