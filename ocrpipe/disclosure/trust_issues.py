"""What to look at on the paper: unread and doubtful figures, and checks that fail."""

from collections.abc import Mapping, Sequence

from ocrpipe.disclosure.checks import Figures
from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.rereadings import Rereading
from ocrpipe.disclosure.trust import is_unsure
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Check, Figure


def figure_issues(
    figures: Figures, judged: Mapping[str, Figure], likely: Sequence[Rereading]
) -> tuple[Issue, ...]:
    """One issue for every figure on the paper that is unread, or doubtful for itself.

    A figure that is doubtful only for a check that fails stands in the issue of that check.
    """
    others = {other.path: other for other in likely}
    issues = []
    for path, placed in figures.items():
        figure = judged[path]
        reason = _reason(placed, others.get(path), figure)
        if figure.trust != "doubtful" or placed.table_id is None or reason is None:
            continue
        unread = figure.state == "unread"
        issues.append(
            Issue(
                code=IssueCode.FIGURE_UNREAD if unread else IssueCode.FIGURE_DOUBTFUL,
                severity="warning",
                message=f"{path}: {reason}",
                page=figure.page,
                table_id=placed.table_id,
                row=placed.row,
                col=placed.col,
            )
        )
    return tuple(issues)


def _reason(placed: PlacedFigure, other: Rereading | None, figure: Figure) -> str | None:
    read = f"{figure.raw!r} is doubtful" if figure.raw else f"doubtful {figure.state}"
    if figure.state == "unread":
        read = f"{figure.raw!r} could not be read as a number" if figure.raw else "not read"
    if other is not None:
        return (
            f"{read}: likely {_shown(other.text)}, which the same ink gives as well "
            f"({other.confidence:.2f}) and with which the sums hold"
        )
    if placed.doubt is not None:
        return f"{read} ({placed.doubt})"
    if figure.state == "unread":
        return read
    return f"{read} (confidence {figure.confidence:.2f})" if is_unsure(figure) else None


def _shown(text: str) -> str:
    return repr(text) if text else "blank"


def failed_check_issues(
    checks: Sequence[Check], figures: Figures, likely: Sequence[Rereading]
) -> tuple[Issue, ...]:
    """One issue for every check that fails, with the figures that it involves as they were read."""
    return tuple(
        _failed(check, figures, [other for other in likely if other.path in check.figures])
        for check in checks
        if check.state == "fail"
    )


def _failed(check: Check, figures: Figures, likely: Sequence[Rereading]) -> Issue:
    message = f"{check.rule}, {check.scope}: expected {check.expected}, found {check.actual}"
    if likely:
        others = (f"{other.path} as {_shown(other.text)}" for other in likely)
        message += f"; it holds with {', '.join(others)}"
    involved = (
        f"{path} {_shown(figures[path].figure.raw)}"
        for path in check.figures
        if figures[path].table_id is not None
    )
    message += f"; figures as read: {', '.join(involved)}"
    places = {(figures[path].figure.page, figures[path].table_id) for path in check.figures}
    page, table = places.pop() if len(places) == 1 else (None, None)
    return Issue(
        code=IssueCode.CHECK_FAILED,
        severity="warning",
        message=message,
        page=page,
        table_id=table,
    )
