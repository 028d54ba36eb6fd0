"""A few lines about one result: what it holds and what to look at first."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ocrpipe.document import Document
from ocrpipe.errors import IssueCode
from ocrpipe.report import DisclosureReport, Figure

_SHOWN = 5


def summarize(document: Document, written: Sequence[Path]) -> list[str]:
    """Plain lines: pages and tables, figures by trust, failed checks, doubtful figures, issues."""
    paths = ", ".join(str(path) for path in written)
    lines = [
        f"{document.source.name}: {len(document.pages)} of {document.source.page_count} pages, "
        f"{len(document.tables)} tables -> {paths}"
    ]
    if document.report is not None:
        lines += _report_lines(document.report)
    told = {IssueCode.CHECK_FAILED, IssueCode.FIGURE_DOUBTFUL, IssueCode.FIGURE_UNREAD}
    others = [
        f"  {issue.severity}: {f'page {issue.page}: ' if issue.page else ''}{issue.message}"
        for issue in document.issues
        if issue.severity != "info" and issue.code not in told
    ]
    return lines + _shortened(others)


def report_figures(report: DisclosureReport) -> Iterator[tuple[str, Figure]]:
    """Every figure of a report with its path, in the order of the form."""
    for proactive in report.proactive.rows:
        for key, figure in proactive.figures.items():
            yield f"proactive/{proactive.article}/{proactive.item}/{key}", figure
    for application in report.applications.rows:
        for key, figure in application.figures.items():
            yield f"applications/{application.key}/{key}", figure
    for kind in ("reconsideration", "direct_litigation", "litigation_after_reconsideration"):
        for key, figure in getattr(report.reviews, kind).items():
            yield f"reviews/{kind}/{key}", figure


def _report_lines(report: DisclosureReport) -> list[str]:
    figures = list(report_figures(report))
    printed = [figure for _, figure in figures if figure.state == "printed"]
    trust = ", ".join(
        f"{sum(figure.trust == kind for figure in printed)} {kind}"
        for kind in ("confirmed", "read", "doubtful")
    )
    states = [check.state for check in report.checks]
    lines = [
        f"  {report.organization or 'organization not found'}, {report.year or 'year not found'}: "
        f"{len(printed)} figures ({trust}); checks: {states.count('pass')} hold, "
        f"{states.count('fail')} fail, {states.count('unassessable')} cannot be assessed"
    ]
    failed = [
        f"  check fails: {check.rule}, {check.scope}: expected {check.expected}, "
        f"printed {check.actual}"
        for check in report.checks
        if check.state == "fail"
    ]
    doubtful = [
        f"  doubtful: {path} = {figure.raw or figure.state!r}"
        + (f" (page {figure.page})" if figure.page else "")
        for path, figure in figures
        if figure.trust == "doubtful"
    ]
    return lines + _shortened(failed) + _shortened(doubtful)


def _shortened(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"  and {rest} more"] if rest > 0 else list(lines)
