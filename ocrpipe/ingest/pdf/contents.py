"""How much a page of a PDF unpacks to, found without ever holding it."""

import re
from typing import Any

import pymupdf

from ocrpipe.errors import UnreadableInputError

MAX_CONTENT = 100_000_000
"""Bytes of drawing commands of one page, which MuPDF goes through several times in some seconds;
the densest maps have a tenth of it. A few bytes of a file can hold it a thousand times over."""

_PICTURE_FILTER = re.compile(r"/(?:JBIG2|DCT|JPX|CCITTFax)Decode\b")
"""Filters for the data of pictures alone (ISO 32000-1, 7.4): forty kilobytes of commands that claim
to be packed so keep the decoder busy for minutes, and take gigabytes."""


def check_contents(pdf: Any, number: int, source: str) -> None:
    """Refuse a page whose commands, with those of the forms on it, exceed MAX_CONTENT unpacked.

    Streams that cannot be read count as empty; those that are packed as pictures are refused.

    Args:
        pdf: An open `pymupdf.Document`.
        number: Of the page, from 1.
        source: What errors call the file.

    Raises:
        UnreadableInputError: they do.
    """
    forms = {entry[0] for entry in pdf.get_page_xobjects(number - 1)}
    left = MAX_CONTENT
    for xref in (*pdf[number - 1].get_contents(), *sorted(forms)):
        if _is_packed_as_picture(pdf, xref):
            raise UnreadableInputError(
                "the content of the page is packed as a picture",
                source=source,
                page=number,
                remedy="Open it in a PDF viewer and print the page to a new PDF.",
            )
        left -= _unpacked_size(pdf, xref, left + 1)
        if left < 0:
            raise UnreadableInputError(
                f"the content of the page unpacks to more than {MAX_CONTENT // 1_000_000} MB",
                source=source,
                page=number,
                remedy="Open it in a PDF viewer and print the page to a new PDF.",
            )


def _is_packed_as_picture(pdf: Any, xref: int) -> bool:
    kind, value = pdf.xref_get_key(xref, "Filter")
    if kind == "xref":
        value = pdf.xref_object(int(value.split()[0]))
    return _PICTURE_FILTER.search(value) is not None


def _unpacked_size(pdf: Any, xref: int, limit: int) -> int:
    try:
        native = pymupdf._as_pdf_document(pdf)
        return int(pymupdf.mupdf.fz_skip(pymupdf.mupdf.pdf_open_stream_number(native, xref), limit))
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        return 0
