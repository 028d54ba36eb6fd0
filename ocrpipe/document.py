"""Layer 1 of the output contract: what is on the pages of one document.

Geometry is in PDF points, origin top left, of the upright page; pages are numbered from 1.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from ocrpipe.errors import IssueCode, Severity
from ocrpipe.geometry import Box
from ocrpipe.report import DisclosureReport, Model

Origin = Literal["digital", "scanned"]
CellState = Literal["printed", "blank", "unread"]
BlockKind = Literal[
    "letterhead", "title", "heading", "text", "table",
    "seal", "figure", "header", "footer", "page_number",
]  # fmt: skip


class Source(Model):
    name: str = Field(description="File name without its folder.")
    sha256: str
    media_type: str
    page_count: int = Field(ge=0, description="Pages of the file, also where --pages chose some.")


class Block(Model):
    id: str
    kind: BlockKind
    bbox: Box | None = Field(description="null in a document without paper (a web page).")
    text: str = Field(
        description="As printed, wrapped lines joined; empty for tables and for seals in pictures."
    )
    language: str | None = Field(description="BCP 47; null where there is no text.")
    confidence: float = Field(ge=0, le=1)
    level: int | None = Field(
        default=None, ge=1, description="Of a heading: 1 for 一、, 2 （一）, 3 1., 4 （1）."
    )
    table_id: str | None = None


class Page(Model):
    number: int = Field(ge=1)
    width: float = Field(ge=0, description="Points, of the upright page; 0 for a web page.")
    height: float = Field(ge=0)
    rotation: float = Field(
        description="Degrees clockwise by which the page as stored was turned about its centre to "
        "stand upright and straight: a multiple of 90 plus the skew that was taken out (of a "
        "photographed sheet a multiple of 90 alone: it is mapped flat, and boxes are mapped back)."
    )
    origin: Origin
    blocks: tuple[Block, ...]


class CellRegion(Model):
    page: int = Field(ge=1)
    bbox: Box


class Cell(Model):
    row: int = Field(ge=0)
    col: int = Field(ge=0)
    row_span: int = Field(ge=1)
    col_span: int = Field(ge=1)
    text: str
    state: CellState
    origin: Origin
    confidence: float = Field(ge=0, le=1)
    regions: tuple[CellRegion, ...] = Field(
        description="Where the cell stands: one region a page; empty in a web page."
    )


class Table(Model):
    id: str
    caption: str | None
    n_rows: int = Field(ge=1)
    n_cols: int = Field(ge=1)
    pages: tuple[int, ...]
    cells: tuple[Cell, ...] = Field(description="By row and column; they tile the grid exactly.")

    @model_validator(mode="after")
    def _cells_tile_the_grid(self) -> Self:
        taken: set[tuple[int, int]] = set()
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for col in range(cell.col, cell.col + cell.col_span):
                    if (row, col) in taken:
                        raise ValueError(f"table {self.id}: two cells at row {row}, column {col}")
                    if row >= self.n_rows or col >= self.n_cols:
                        raise ValueError(f"table {self.id}: row {row}, column {col} is outside")
                    taken.add((row, col))
        if len(taken) != self.n_rows * self.n_cols:
            raise ValueError(f"table {self.id}: the cells leave holes in the grid")
        return self


class Issue(Model):
    code: IssueCode
    severity: Severity
    message: str
    page: int | None = Field(default=None, ge=1)
    table_id: str | None = None
    row: int | None = None
    col: int | None = None


class Document(Model):
    schema_version: Literal["1.0"] = "1.0"
    source: Source
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    issues: tuple[Issue, ...]
    report: DisclosureReport | None = None
