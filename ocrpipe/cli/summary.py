"""A few lines about one result: what it holds and what to look at first."""

from collections.abc import Sequence
from pathlib import Path

from ocrpipe.document import Document
from ocrpipe.errors import IssueCode
from ocrpipe.export import list_figures
from ocrpipe.report import DisclosureReport

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


def _report_lines(report: DisclosureReport) -> list[str]:
    entries = list_figures(report)
    printed = [entry.figure for entry in entries if entry.figure.state == "printed"]
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
        f"found {check.actual}"
        for check in report.checks
        if check.state == "fail"
    ]
    doubtful = [
        f"  doubtful: {entry.path} = {entry.figure.raw or entry.figure.state!r}"
        + (f" (page {entry.figure.page})" if entry.figure.page else "")
        for entry in entries
        if entry.figure.trust == "doubtful"
    ]
    return lines + _shortened(failed) + _shortened(doubtful)


def _shortened(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"  and {rest} more"] if rest > 0 else list(lines)
