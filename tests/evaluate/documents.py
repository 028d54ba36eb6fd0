"""Small documents whose scores can be worked out by hand."""

from collections.abc import Mapping, Sequence

from ocrpipe.document import Block, Cell, CellRegion, Document, Page, Source, Table
from ocrpipe.geometry import Box
from ocrpipe.report import (
    ApplicationRow,
    Applications,
    DisclosureReport,
    Figure,
    ProactiveDisclosure,
    Reviews,
)

COLUMN, ROW, LEFT, TOP = 100.0, 30.0, 80.0, 200.0
Entry = tuple[int, int, str] | tuple[int, int, str, int, int]
"""Row, column, text, and the two spans where they are not 1."""


def region(row: int, col: int, row_span: int = 1, col_span: int = 1) -> CellRegion:
    box = Box(
        LEFT + COLUMN * col,
        TOP + ROW * row,
        LEFT + COLUMN * (col + col_span),
        TOP + ROW * (row + row_span),
    )
    return CellRegion(page=1, bbox=box)


def table(name: str, *entries: Entry, confidence: float = 0.9) -> Table:
    """A table on page 1 of a grid of 100 by 30 points from (80, 200)."""
    cells = []
    for entry in entries:
        row, col, text, row_span, col_span = (*entry, 1, 1)[:5]
        cells.append(
            Cell(
                row=row, col=col, row_span=row_span, col_span=col_span, text=text,
                state="printed" if text else "blank", origin="scanned", confidence=confidence,
                regions=(region(row, col, row_span, col_span),),
            )
        )  # fmt: skip
    return Table(
        id=name,
        caption=None,
        n_rows=max(cell.row + cell.row_span for cell in cells),
        n_cols=max(cell.col + cell.col_span for cell in cells),
        pages=(1,),
        cells=tuple(cells),
    )


def figure(value: int | None, trust: str = "read", state: str = "printed", row: int = 0) -> Figure:
    """A figure in the second column of `table`."""
    place = region(row, 1)
    return Figure.model_validate(
        {"value": value, "raw": "" if value is None else str(value), "state": state, "page": 1,
         "bbox": place.bbox, "confidence": 0.95, "trust": trust}
    )  # fmt: skip


def report(figures: Mapping[str, Figure]) -> DisclosureReport:
    """A report whose only row is `applications/new`."""
    row = ApplicationRow(key="new", label="一、本年新收", figures=dict(figures))
    nothing: dict[str, Figure] = {}
    return DisclosureReport(
        edition="2021", letterhead=(), organization=None, document_number=None, signer=None,
        title=None, year=None, issue_date=None, sections=(),
        proactive=ProactiveDisclosure(rows=()), applications=Applications(rows=(row,)),
        reviews=Reviews(
            reconsideration=nothing, direct_litigation=nothing,
            litigation_after_reconsideration=nothing,
        ),
        checks=(),
    )  # fmt: skip


def document(
    tables: Sequence[Table] = (),
    texts: Sequence[tuple[str, str]] = (),
    figures: Mapping[str, Figure] | None = None,
    name: str = "a.pdf",
    sha256: str = "",
) -> Document:
    """One page; `texts` are kind and text of its blocks in reading order."""
    blocks = tuple(
        Block.model_validate(
            {"id": f"p1-b{index}", "kind": kind, "bbox": None, "text": text,
             "language": "zh-Hans", "confidence": 1}
        )
        for index, (kind, text) in enumerate(texts)
    )  # fmt: skip
    page = Page(number=1, width=595, height=842, rotation=0, origin="scanned", blocks=blocks)
    return Document(
        source=Source(name=name, sha256=sha256, media_type="application/pdf", page_count=1),
        pages=(page,),
        tables=tuple(tables),
        issues=(),
        report=None if figures is None else report(figures),
    )
