"""The tables of the dataset: their columns, declared once, and the rows that a result gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ocrpipe.batch.ledger import Entry
from ocrpipe.document import Issue, Source
from ocrpipe.errors import IssueCode
from ocrpipe.export.figures import list_figures
from ocrpipe.report import DisclosureReport

Kind = Literal["text", "integer", "number", "truth", "date", "texts"]
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: Kind
    description: str


class _Partial(BaseModel):
    """Fields of a result that the tables need; the others are not built, which takes long."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Part(_Partial):
    """A page or a table, of which only the number is wanted."""


class Result(_Partial):
    """What the tables need of a document."""

    source: Source
    pages: tuple[_Part, ...]
    tables: tuple[_Part, ...]
    issues: tuple[Issue, ...]
    report: DisclosureReport | None


_FILING = (
    Column("document", "text", "Id of the document."),
    Column("organization", "text", "Who published it; null where it was not found."),
    Column("year", "integer", "The year that it reports on."),
)
TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "documents": (
            Column("document", "text", "Id: of the manifest, or the path below its source."),
            Column("path", "text", "Absolute path or URL of the input."),
            Column("state", "text", "done or failed; waiting or running where a run was stopped."),
            Column("result", "text", "Its JSON in the output; null where it has none."),
            Column("reason", "text", "Why it failed, for instance worker.timeout."),
            Column("error", "text", "The error in full."),
            Column("tries", "integer", "How often a worker was given it."),
            Column("seconds", "number", "How long the last try took."),
            Column("version", "text", "Version of ocrpipe that made the result."),
            Column("sha256", "text", "Of the content that was converted."),
            Column("media_type", "text", "Told from the content."),
            Column("page_count", "integer", "Pages of the file."),
            Column("pages", "integer", "Pages with a result."),
            Column("failed_pages", "integer", "Pages without one."),
            Column("tables", "integer", "Tables found."),
            Column("organization", "text", "Of the report; null where there is none."),
            Column("year", "integer", "The year that it reports on."),
            Column("edition", "text", "Of the form printed: 2019 or 2021."),
            Column("title", "text", "As printed."),
            Column("document_number", "text", "As printed."),
            Column("issue_date", "date", "Of the report."),
            Column("confirmed", "integer", "Figures that checks confirm."),
            Column("read", "integer", "Figures that were read well and no check covers."),
            Column("doubtful", "integer", "Figures to look at."),
            Column("checks_passed", "integer", "Checks that hold."),
            Column("checks_failed", "integer", "Checks that do not."),
            Column("checks_unassessable", "integer", "Checks that lack a figure."),
            Column("issues", "integer", "Warnings and errors."),
        ),
        "figures": (
            *_FILING,
            Column("section", "integer", "2, 3 or 4."),
            Column("row_key", "text", "Key of the row; 第二十条 and its item in section 2."),
            Column("row_label", "text", "Label of the row."),
            Column("column_key", "text", "Key of the column."),
            Column("path", "text", "How checks name the figure."),
            Column("value", "number", "The number; null unless the state is printed."),
            Column("raw", "text", "As printed."),
            Column("state", "text", "printed, blank, absent or unread."),
            Column("trust", "text", "confirmed, read or doubtful."),
            Column("confidence", "number", "0 to 1."),
            Column("page", "integer", "From 1; null in a web page."),
            Column("x0", "number", "Box in points of the upright page: left"),
            Column("y0", "number", "top"),
            Column("x1", "number", "right"),
            Column("y1", "number", "bottom"),
        ),
        "checks": (
            *_FILING,
            Column("rule", "text", "Name of the rule."),
            Column("scope", "text", "What it was applied to."),
            Column("expected", "number", "What the figures should come to."),
            Column("actual", "number", "What stands there."),
            Column("state", "text", "pass, fail or unassessable."),
            Column("figures", "texts", "Paths of the figures involved."),
        ),
        "issues": (
            *_FILING,
            Column("code", "text", "For instance page.failed."),
            Column("severity", "text", "info, warning or error."),
            Column("message", "text", "In words."),
            Column("page", "integer", "From 1."),
            Column("table_id", "text", "Id of a table of the result."),
            Column("row", "integer", "From 0."),
            Column("col", "integer", "From 0."),
        ),
    }
)


def document_row(entry: Entry, result: Result | None, path: str | None) -> Row:
    """The row of `documents`; `path` is that of the result in the output."""
    row: dict[str, object] = dict.fromkeys(column.name for column in TABLES["documents"])
    row |= {
        "document": entry.id, "path": entry.location, "state": entry.state, "result": path,
        "reason": entry.reason, "error": entry.error, "tries": entry.tries,
        "seconds": entry.seconds, "version": entry.version, "sha256": entry.sha256,
    }  # fmt: skip
    if result is None:
        return row
    codes = [issue.code for issue in result.issues]
    row |= {
        "sha256": result.source.sha256, "media_type": result.source.media_type,
        "page_count": result.source.page_count, "pages": len(result.pages),
        "failed_pages": codes.count(IssueCode.PAGE_FAILED), "tables": len(result.tables),
        "issues": sum(issue.severity != "info" for issue in result.issues),
    }  # fmt: skip
    return row if result.report is None else row | _report_facts(result.report)


def _report_facts(report: DisclosureReport) -> dict[str, object]:
    trusts = [
        entry.figure.trust for entry in list_figures(report) if entry.figure.state == "printed"
    ]
    states = [check.state for check in report.checks]
    return {
        "organization": report.organization, "year": report.year, "edition": report.edition,
        "title": report.title, "document_number": report.document_number,
        "issue_date": report.issue_date,
        "confirmed": trusts.count("confirmed"), "read": trusts.count("read"),
        "doubtful": trusts.count("doubtful"),
        "checks_passed": states.count("pass"), "checks_failed": states.count("fail"),
        "checks_unassessable": states.count("unassessable"),
    }  # fmt: skip


def detail_rows(document: str, result: Result) -> Iterator[tuple[str, Row]]:
    """The rows of all the other tables, each with the name of its table."""
    report = result.report
    filing: Row = {
        "document": document,
        "organization": report.organization if report else None,
        "year": report.year if report else None,
    }
    if report is not None:
        yield from (("figures", row) for row in _figures(report, filing))
        for check in report.checks:
            yield "checks", {
                **filing,
                "rule": check.rule, "scope": check.scope, "state": check.state,
                "expected": _number(check.expected), "actual": _number(check.actual),
                "figures": list(check.figures),
            }  # fmt: skip
    for issue in result.issues:
        yield "issues", filing | issue.model_dump(mode="json")


def _figures(report: DisclosureReport, filing: Row) -> Iterator[Row]:
    for entry in list_figures(report):
        figure = entry.figure
        x0, y0, x1, y1 = figure.bbox or (None,) * 4
        yield {
            **filing,
            "section": entry.section, "row_key": entry.row_key, "row_label": entry.row_label,
            "column_key": entry.column, "path": entry.path,
            "value": _number(figure.value), "raw": figure.raw, "state": figure.state,
            "trust": figure.trust, "confidence": figure.confidence, "page": figure.page,
            "x0": x0, "y0": y0, "x1": x1, "y1": y1,
        }  # fmt: skip


def _number(value: int | Decimal | None) -> float | None:
    """A number as the tables hold it; what no machine number can hold stays in `raw` alone."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None
