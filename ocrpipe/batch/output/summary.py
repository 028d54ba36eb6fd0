"""OUT/summary.html: what failed and why, checks that do not hold, figures to look at first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from ocrpipe.batch.ledger import Entry
from ocrpipe.batch.output.tables import Result
from ocrpipe.export.figures import list_figures
from ocrpipe.export.text import number_text, printable
from ocrpipe.report import DisclosureReport
from ocrpipe.templates import load_assets, load_template

if TYPE_CHECKING:
    import jinja2

Item = TypeVar("Item")

MAX_SHOWN = 300
"""Lines of one list; the dataset has them all."""


@dataclass(frozen=True, slots=True)
class FailedDocument:
    document: str
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class FailedCheck:
    document: str
    organization: str
    year: str
    rule: str
    scope: str
    expected: str
    actual: str


@dataclass(frozen=True, slots=True)
class DoubtfulFigure:
    """`in_failed_check`: a check that fails names it, so that it is worth a look first."""

    document: str
    organization: str
    year: str
    path: str
    raw: str
    page: str
    in_failed_check: bool


class Summary:
    """Gathers what the summary shows, a document at a time, in bounded memory.

    `unreadable` are result files of documents that are done, which are gone or of another version.
    """

    def __init__(self) -> None:
        self.states: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.trusts: Counter[str] = Counter()
        self.check_states: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.pages = self.failed_pages = self.doubtful_count = 0
        self.failed: list[FailedDocument] = []
        self.unreadable: list[str] = []
        self.unreadable_count = 0
        self.checks: list[FailedCheck] = []
        self._first: list[DoubtfulFigure] = []
        self._others: list[DoubtfulFigure] = []

    @property
    def doubtful(self) -> Sequence[DoubtfulFigure]:
        """Those of failed checks first."""
        return [*self._first, *self._others][:MAX_SHOWN]

    def add(self, entry: Entry, result: Result | None) -> None:
        """Count one document of the ledger."""
        self.states[entry.state] += 1
        if entry.state == "failed":
            self.reasons[entry.reason or ""] += 1
            failed = FailedDocument(entry.id, entry.reason or "", entry.error or "")
            _keep(self.failed, failed)
        if result is None:
            if entry.state == "done":
                self.unreadable_count += 1
                _keep(self.unreadable, f"{entry.name}.json")
            return
        self.pages += len(result.pages)
        self.failed_pages += sum(issue.code == "page.failed" for issue in result.issues)
        if result.report is not None:
            self._add_report(entry.id, result.report)

    def _add_report(self, document: str, report: DisclosureReport) -> None:
        filing = (document, report.organization or "", str(report.year or ""))
        in_failed: set[str] = set()
        for check in report.checks:
            self.check_states[check.state] += 1
            if check.state == "fail":
                in_failed.update(check.figures)
                self.rules[check.rule] += 1
                amounts = number_text(check.expected), number_text(check.actual)
                _keep(self.checks, FailedCheck(*filing, check.rule, check.scope, *amounts))
        for entry in list_figures(report):
            figure = entry.figure
            if figure.state == "printed":
                self.trusts[figure.trust] += 1
            if figure.trust == "doubtful":
                self.doubtful_count += 1
                first = entry.path in in_failed
                shown = DoubtfulFigure(
                    *filing, entry.path, figure.raw or figure.state, str(figure.page or ""), first
                )
                _keep(self._first if first else self._others, shown)


def _keep(items: list[Item], item: Item) -> None:
    if len(items) < MAX_SHOWN:
        items.append(item)


def summary_html(summary: Summary, run: Mapping[str, str]) -> str:
    """The page; `run` are further facts to show, such as when it was written.

    It needs nothing else, runs nothing and links to nothing: all text of documents is escaped.
    """
    return _template().render(
        summary=summary,
        run=run,
        assets=load_assets("ocrpipe.batch.output", "summary.css"),
        max_shown=MAX_SHOWN,
    )


@cache
def _template() -> "jinja2.Template":
    return load_template("ocrpipe.batch.output", "summary.html", printable=printable)
