"""The files that the tools are given: a case as it is, or its pages as pictures."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from scripts.table_bench.truths import Case

_JPEG_QUALITY = 85
"""Of the pictures, as scanners write them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One file as every tool gets it, and what it is made of.

    `path` is the file of the case itself unless a page of it, or its picture, was asked for.
    `dpi` is None where the file was not turned into pictures. `key` tells samples apart.
    """

    case: Case
    path: Path
    dpi: int | None
    key: str

    @property
    def name(self) -> str:
        """The name of the case, and the resolution of its pictures."""
        return self.case.name + (f" @ {self.dpi}" if self.dpi else "")


def has_text(case: Case) -> bool:
    """Whether a case is a PDF with a text layer on any of its pages."""
    if case.path.suffix.lower() != ".pdf":
        return False
    with pymupdf.open(case.path) as document:
        chosen = range(len(document)) if case.page is None else (case.page - 1,)
        return any(document[number].get_text().strip() for number in chosen)


def sample(case: Case, dpi: int | None, folder: Path) -> Sample:
    """The file of a case; what has to be made is written to `folder`.

    A TIFF becomes a PDF, because not every tool reads more of one than its first page.
    """
    content = hashlib.sha256(case.path.read_bytes()).hexdigest()
    key = hashlib.sha256(f"{content} {case.page} {dpi}".encode()).hexdigest()[:32]
    path = case.path
    if case.page is not None or dpi is not None or path.suffix.lower() in (".tif", ".tiff"):
        path = folder / f"{key}.pdf"
        if not path.is_file():
            path.write_bytes(_pdf(case, dpi))
    return Sample(case, path, dpi, key)


def _pdf(case: Case, dpi: int | None) -> bytes:
    with pymupdf.open(case.path) as opened:
        source = opened if opened.is_pdf else pymupdf.open("pdf", opened.convert_to_pdf())
        with pymupdf.open() as made:
            chosen = range(len(source)) if case.page is None else (case.page - 1,)
            for number in chosen:
                if dpi is None:
                    made.insert_pdf(source, from_page=number, to_page=number)
                    continue
                picture = source[number].get_pixmap(dpi=dpi).tobytes("jpg", _JPEG_QUALITY)
                size = source[number].rect
                page = made.new_page(width=size.width, height=size.height)
                page.insert_image(page.rect, stream=picture)
            return bytes(made.tobytes())
