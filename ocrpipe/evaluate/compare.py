"""One document against its ground truth."""

from ocrpipe.document import Cell, Document
from ocrpipe.evaluate.figures import compare_figures
from ocrpipe.evaluate.gold import Gold, gold_from_document
from ocrpipe.evaluate.scores import (
    CellScore,
    DocumentScore,
    FigureScore,
    Score,
    TextScore,
    WrongFigure,
    add,
)
from ocrpipe.evaluate.tables import TrustOfCell, compare_tables, count_tables
from ocrpipe.evaluate.teds import Teds, create_teds
from ocrpipe.evaluate.text import body_text, text_by_script
from ocrpipe.export.figures import CellAddress, FigureEntry, cells_of_figures, list_figures
from ocrpipe.report import Trust


def compare_documents(
    read: Document | None, gold: Gold | Document, *, teds: bool | Teds = True
) -> DocumentScore:
    """Measure a document; parts that the truth does not know are left out.

    Args:
        read: What was read; None where there is no result, so that all of the truth is missed.
        gold: What is on the paper.
        teds: Whether to measure TEDS, which takes a second for a table of 250 cells that is not
            exact, or the measure itself where many documents are compared.

    Raises:
        EngineUnavailableError: `teds` is wanted and its package is not installed.
    """
    truth = gold_from_document(gold) if isinstance(gold, Document) else gold
    measure = create_teds() if teds is True else teds or None
    entries = list_figures(read.report) if read is not None and read.report is not None else ()
    tables = compare_tables(
        truth.tables or (),
        read.tables if read is not None and truth.tables is not None else (),
        measure,
        _trust_of_cells(read, entries),
    )
    figures, wrong_figures = _figures(truth, entries)
    return DocumentScore(
        name=(read.source.name if read is not None else truth.file) or "",
        damage=truth.damage,
        score=Score(
            documents=1,
            missing=int(read is None),
            tables=count_tables(tables),
            cells=add(CellScore, (table.cells for table in tables)),
            text=_text(read, truth),
            figures=figures,
        ),
        tables=tables,
        wrong_figures=wrong_figures,
    )


def _figures(
    truth: Gold, entries: tuple[FigureEntry, ...]
) -> tuple[FigureScore, tuple[WrongFigure, ...]]:
    if truth.figures is None:
        return FigureScore(), ()
    return compare_figures(truth.figures, entries)


def _text(read: Document | None, truth: Gold) -> dict[str, TextScore]:
    """By script, over the pages: text that slips to another page counts as lost and as too much."""
    if truth.pages is None:
        return {}
    expected, actual = body_text(truth.pages), body_text(read.pages if read is not None else ())
    pages = [
        Score(text=text_by_script(expected.get(number, ""), actual.get(number, "")))
        for number in sorted(expected.keys() | actual.keys())
    ]
    return add(Score, pages).text


def _trust_of_cells(read: Document | None, entries: tuple[FigureEntry, ...]) -> TrustOfCell:
    trusts: dict[CellAddress, Trust] = {}
    if read is not None:
        addresses = cells_of_figures(read, entries)
        trusts = {
            addresses[entry.path]: entry.figure.trust
            for entry in entries
            if entry.path in addresses
        }

    def trust(table_id: str, cell: Cell) -> Trust | None:
        return trusts.get(CellAddress(table_id, cell.row, cell.col))

    return trust
