"""The evaluation as one HTML file that needs nothing else and never goes to the network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ocrpipe.document import CellRegion
from ocrpipe.evaluate.crops import Crops, no_crops, open_crops
from ocrpipe.evaluate.gold import load_document
from ocrpipe.evaluate.scores import (
    DocumentScore,
    Evaluation,
    TableScore,
    WrongCell,
    WrongFigure,
)
from ocrpipe.evaluate.shares import percent
from ocrpipe.evaluate.text import fold
from ocrpipe.export.text import number_text, printable
from ocrpipe.templates import load_assets, load_template

if TYPE_CHECKING:
    import jinja2

MAX_SHOWN = 200
"""Wrong cells of one table, and wrong figures of one document, that are shown one by one."""

_FEW = 3
"""Characters of a cell whose code points are shown."""


@dataclass(frozen=True, slots=True)
class CellView:
    cell: WrongCell
    crops: tuple[str, ...]

    @property
    def code_points(self) -> tuple[str, str]:
        """Of the two texts where both are short: "—" and "一" look the same in many typefaces."""
        texts = fold(self.cell.gold or ""), fold(self.cell.read or "")
        short = all(0 < len(text) <= _FEW for text in texts)
        if self.cell.kind != "text" or not short or "".join(texts).isascii():
            return "", ""
        return _code_points(texts[0]), _code_points(texts[1])


@dataclass(frozen=True, slots=True)
class FigureView:
    """`gold` and `read` are what to show: the text as printed, else the state."""

    figure: WrongFigure
    gold: str
    read: str
    crops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    table: TableScore
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    document: DocumentScore
    tables: tuple[TableView, ...]
    figures: tuple[FigureView, ...]

    @property
    def has_crops(self) -> bool:
        in_cells = any(cell.crops for table in self.tables for cell in table.cells)
        return in_cells or any(figure.crops for figure in self.figures)


def evaluation_html(evaluation: Evaluation, sources: Path | None = None) -> str:
    """The report: totals, documents, and each wrong cell and figure beside its crop.

    Args:
        evaluation: As `evaluate` gives it; the crops need its `read_file`s.
        sources: Folder of the files that were converted; None leaves the crops out. A file that
            is not there, or is another one than was converted, is named in the log.
    """
    return _template().render(
        evaluation=evaluation,
        views=[_document(document, sources) for document in evaluation.documents],
        assets=load_assets("ocrpipe.evaluate", "evaluation.css"),
        max_shown=MAX_SHOWN,
    )


def _document(document: DocumentScore, sources: Path | None) -> DocumentView:
    with _crops(document, sources) as crops:
        return DocumentView(
            document,
            tuple(
                TableView(
                    table,
                    tuple(CellView(cell, crops(cell.regions)) for cell in table.wrong[:MAX_SHOWN]),
                )
                for table in document.tables
                if not table.exact
            ),
            tuple(_figure(figure, crops) for figure in document.wrong_figures[:MAX_SHOWN]),
        )


@contextmanager
def _crops(document: DocumentScore, sources: Path | None) -> Iterator[Crops]:
    wrong = document.wrong_figures or any(table.wrong for table in document.tables)
    if sources is None or document.read_file is None or not wrong:
        yield no_crops
        return
    with open_crops(load_document(Path(document.read_file)), sources) as crops:
        yield crops


def _figure(figure: WrongFigure, crops: Crops) -> FigureView:
    regions: tuple[CellRegion, ...] = ()
    if figure.page is not None and figure.bbox is not None:
        regions = (CellRegion(page=figure.page, bbox=figure.bbox),)
    return FigureView(
        figure,
        figure.gold_raw or number_text(figure.gold_value) or figure.gold_state or "absent",
        figure.raw or number_text(figure.value) or figure.state or "not in the report",
        crops(regions),
    )


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


@cache
def _template() -> "jinja2.Template":
    return load_template(
        "ocrpipe.evaluate", "evaluation.html", percent=percent, printable=printable
    )
