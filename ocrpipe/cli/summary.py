"""A few lines about one result: what it holds and what to look at first."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from ocrpipe.document import Document, Issue
from ocrpipe.errors import IssueCode
from ocrpipe.export import list_figures
from ocrpipe.export.text import quantity
from ocrpipe.report import DisclosureReport, Figure, FigureState, Trust

_SHOWN = 5
"""Failed checks, and doubtful figures, that are named of a file; its result has all."""


def summarize(document: Document, written: Sequence[Path]) -> list[str]:
    """Plain lines: pages and tables, figures by trust, failed checks, doubtful figures, issues."""
    paths = ", ".join(str(path) for path in written)
    lines = [
        f"{document.source.name}: {len(document.pages)} of "
        f"{quantity(document.source.page_count, 'page')}, "
        f"{quantity(len(document.tables), 'table')} -> {paths}"
    ]
    if document.report is not None:
        lines += _report_lines(document.report)
    lines += [
        f"  {issue.message}" for issue in document.issues if issue.code == IssueCode.REPORT_NONE
    ]
    told = {IssueCode.CHECK_FAILED, IssueCode.FIGURE_DOUBTFUL, IssueCode.FIGURE_UNREAD}
    others = [
        f"  {issue.severity}: {_place(issue)}{issue.message}"
        for issue in document.issues
        if issue.severity != "info" and issue.code not in told
    ]
    return lines + _shortened(others)


def _place(issue: Issue) -> str:
    """Where to look, in the words of the HTML and with the numbers of the JSON."""
    parts = (
        ("page {}", issue.page),
        ("{}", issue.table_id),
        ("row {}", issue.row),
        ("col {}", issue.col),
    )
    named = [form.format(value) for form, value in parts if value is not None]
    return f"{', '.join(named)}: " if named else ""


def _report_lines(report: DisclosureReport) -> list[str]:
    entries = list_figures(report)
    states = [check.state for check in report.checks]
    lines = [
        f"  {report.organization or 'organization not found'}, {report.year or 'year not found'}: "
        f"{_counted([entry.figure for entry in entries])}; checks: "
        f"{states.count('pass')} hold, {states.count('fail')} fail, "
        f"{states.count('unassessable')} cannot be assessed"
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


def _counted(figures: Sequence[Figure]) -> str:
    """How many figures are printed, by trust, and how many are not, with those to doubt."""
    groups = {
        state: Counter(figure.trust for figure in figures if figure.state == state)
        for state in get_args(FigureState)
    }
    printed = groups.pop("printed")
    trust = ", ".join(f"{printed[kind]} {kind}" for kind in get_args(Trust))
    parts = [f"{printed.total()} figures ({trust})"]
    for state, group in groups.items():
        doubtful = f" ({group['doubtful']} doubtful)" if group["doubtful"] else ""
        parts += [f"{group.total()} {state}{doubtful}"] if group else []
    return ", ".join(parts)


def _shortened(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"  and {rest} more"] if rest > 0 else list(lines)
