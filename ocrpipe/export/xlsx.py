"""The document as a workbook: a sheet a table, and the report's figures, checks and issues."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from ocrpipe.document import Cell, Document, Table
from ocrpipe.errors import OutputError
from ocrpipe.export.figures import (
    SECTION_LABELS,
    CellAddress,
    FigureEntry,
    cells_of_figures,
    list_figures,
)
from ocrpipe.export.numbers import parse_number
from ocrpipe.export.sheets import column_widths, plain_text, sheet_names
from ocrpipe.export.text import number_text
from ocrpipe.report import DisclosureReport

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet
else:
    Workbook = CellFormat = Worksheet = Any

Value: TypeAlias = str | int | float | None

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
UNREAD_COLOUR = "#F8CBAD"
DOUBTFUL_COLOUR = "#FFE699"
_HEAD_COLOUR = "#DDE6F0"
# The moment of writing would make two runs differ.
_CREATED = datetime(2000, 1, 1)
_REPORT_HEAD = (
    "section", "row key", "row label", "column key", "column label", "value", "raw", "state",
    "trust", "confidence", "page", "x0", "y0", "x1", "y1", "table", "row", "col",
)  # fmt: skip
_CHECKS_HEAD = ("state", "rule", "scope", "expected", "actual", "figures")
_ISSUES_HEAD = ("severity", "code", "message", "page", "table", "row", "col")


def to_xlsx(document: Document) -> bytes:
    """The document as an XLSX workbook; the same document gives the same bytes.

    The sheets are "filing", "report" and "checks" where the document has a report, then one a
    table with its merged cells, then "issues". Text that prints a number becomes a number, other
    text is never a formula or a link. Unread cells and doubtful figures are coloured and carry a
    comment. Rows and columns are counted from 0 as in the JSON.

    Raises:
        OutputError: a table has more rows or columns than a sheet can hold.
    """
    import xlsxwriter  # Only this format pays for it.

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": document.source.name, "created": _CREATED})
        styles = _Styles(workbook)
        doubtful: dict[CellAddress, FigureEntry] = {}
        if document.report is not None:
            doubtful = _write_report(workbook, styles, document, document.report)
        _write_tables(workbook, styles, document, doubtful)
        issues = (
            (i.severity, i.code.value, i.message, i.page, i.table_id, i.row, i.col)
            for i in document.issues
        )
        _write_list(workbook.add_worksheet("issues"), styles, _ISSUES_HEAD, issues)
    return buffer.getvalue()


class _Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str, str, bool], CellFormat] = {}

    def get(
        self, number_format: str = "General", colour: str = "", align: str = "", bold: bool = False
    ) -> CellFormat:
        key = (number_format, colour, align, bold)
        if key not in self._made:
            wanted = {
                "border": 1,
                "border_color": "#7F7F7F",
                "valign": "vcenter",
                "text_wrap": True,
                "num_format": number_format,
                "bold": bold,
            }
            wanted |= {"bg_color": colour} if colour else {}
            wanted |= {"align": align} if align else {}
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]


def _write_tables(
    workbook: Workbook,
    styles: _Styles,
    document: Document,
    doubtful: dict[CellAddress, FigureEntry],
) -> None:
    titles = [f"{table.id} {table.caption or ''}" for table in document.tables]
    for table, name in zip(document.tables, sheet_names(titles), strict=True):
        if table.n_rows > MAX_ROWS or table.n_cols > MAX_COLUMNS:
            raise OutputError(
                f"table {table.id} has {table.n_rows} rows and {table.n_cols} columns, "
                "more than a sheet can hold",
                source=document.source.name,
                remedy="Write it as JSON.",
            )
        sheet = workbook.add_worksheet(name)
        single = ((cell.col, cell.text) for cell in table.cells if cell.col_span == 1)
        for column, width in enumerate(column_widths(single, table.n_cols)):
            sheet.set_column(column, column, width)
        for cell in table.cells:
            _write_cell(sheet, styles, table, cell, doubtful)


def _write_cell(
    sheet: Worksheet,
    styles: _Styles,
    table: Table,
    cell: Cell,
    doubtful: dict[CellAddress, FigureEntry],
) -> None:
    figure = doubtful.get(CellAddress(table.id, cell.row, cell.col))
    colour = UNREAD_COLOUR if cell.state == "unread" else DOUBTFUL_COLOUR if figure else ""
    number = parse_number(cell.text)
    style = (
        styles.get(number.number_format, colour, "right")
        if number is not None
        else styles.get(colour=colour, align="center" if cell.col_span > 1 else "")
    )
    if cell.row_span > 1 or cell.col_span > 1:
        last_row, last_col = cell.row + cell.row_span - 1, cell.col + cell.col_span - 1
        sheet.merge_range(cell.row, cell.col, last_row, last_col, "", style)
    _write_value(sheet, cell.row, cell.col, number.value if number else cell.text, style)
    if cell.state == "unread":
        _comment(sheet, cell, f"未识别 unread, confidence {cell.confidence:.2f}")
    elif figure is not None:
        _comment(sheet, cell, f"存疑 doubtful figure: {figure.path}")


def _comment(sheet: Worksheet, cell: Cell, text: str) -> None:
    pages = ", ".join(str(region.page) for region in cell.regions)
    place = f"; page {pages}" if pages else ""
    sheet.write_comment(cell.row, cell.col, f"{text}{place}", {"author": "ocrpipe"})


def _write_value(sheet: Worksheet, row: int, col: int, value: Value, style: CellFormat) -> None:
    """A value as what it is: `write` would look into text for formulas and links."""
    if isinstance(value, str) and plain_text(value).strip():
        sheet.write_string(row, col, plain_text(value), style)
    elif isinstance(value, int | float):
        sheet.write_number(row, col, value, style)
    else:
        sheet.write_blank(row, col, None, style)


def _write_report(
    workbook: Workbook, styles: _Styles, document: Document, report: DisclosureReport
) -> dict[CellAddress, FigureEntry]:
    """The sheets of the report; returns the doubtful figures by the cell that they stand in."""
    _write_list(workbook.add_worksheet("filing"), styles, ("field", "value"), _filing(report))
    entries = list_figures(report)
    cells = cells_of_figures(document, entries)
    rows = [_figure_row(entry, cells.get(entry.path)) for entry in entries]
    colours = [
        UNREAD_COLOUR if entry.figure.state == "unread"
        else DOUBTFUL_COLOUR if entry.figure.trust == "doubtful"
        else ""
        for entry in entries
    ]  # fmt: skip
    _write_list(workbook.add_worksheet("report"), styles, _REPORT_HEAD, rows, colours)
    checks = [
        (
            check.state, check.rule, check.scope, _number(check.expected), _number(check.actual),
            ", ".join(check.figures),
        )
        for check in report.checks
    ]  # fmt: skip
    colours = [UNREAD_COLOUR if check.state == "fail" else "" for check in report.checks]
    _write_list(workbook.add_worksheet("checks"), styles, _CHECKS_HEAD, checks, colours)
    return {
        cells[entry.path]: entry
        for entry in entries
        if entry.path in cells and entry.figure.trust == "doubtful"
    }


def _filing(report: DisclosureReport) -> list[tuple[str, Value]]:
    fields: list[tuple[str, Value]] = [
        ("organization", report.organization),
        ("title", report.title),
        ("year", report.year),
        ("edition", report.edition),
        ("document number", report.document_number),
        ("signer", report.signer),
        ("issue date", report.issue_date.isoformat() if report.issue_date else None),
    ]
    return fields + [(f"letterhead ({line.language})", line.text) for line in report.letterhead]


def _figure_row(entry: FigureEntry, address: CellAddress | None) -> tuple[Value, ...]:
    figure = entry.figure
    return (
        SECTION_LABELS[entry.section], entry.row_key, entry.row_label,
        entry.column, entry.column_label,
        _number(figure.value), figure.raw, figure.state, figure.trust, figure.confidence,
        figure.page, *(figure.bbox or (None,) * 4),
        *((address.table_id, address.row, address.col) if address else (None,) * 3),
    )  # fmt: skip


def _number(value: Any) -> Value:
    """A figure's value as a number, or as text where a spreadsheet would round it."""
    text = number_text(value)
    number = parse_number(text)
    return number.value if number is not None else text


def _write_list(
    sheet: Worksheet,
    styles: _Styles,
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    colours: Sequence[str] = (),
) -> None:
    """A list with one record a row, its head frozen and with filters."""
    content: list[Sequence[Value]] = list(rows)
    texts = ((c, str(v)) for row in (head, *content) for c, v in enumerate(row) if v is not None)
    for column, width in enumerate(column_widths(texts, len(head))):
        sheet.set_column(column, column, width)
    for column, title in enumerate(head):
        _write_value(sheet, 0, column, title, styles.get(colour=_HEAD_COLOUR, bold=True))
    for index, row in enumerate(content):
        style = styles.get(colour=colours[index] if colours else "")
        for column, value in enumerate(row):
            _write_value(sheet, index + 1, column, value, style)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(content), 1), len(head) - 1)
