"""What to look at on the paper: unread and doubtful figures, and checks that fail."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.judgement.checks import Figures
from ocrpipe.disclosure.judgement.rereadings import Rereading
from ocrpipe.disclosure.judgement.trust import HARD_TO_READ, Evidence, is_unsure, unsure_shares
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Check, Figure

Judged = Mapping[str, Figure]


def figure_issues(figures: Figures, judged: Judged, evidence: Evidence) -> tuple[Issue, ...]:
    """What to look at of the figures that are unread, or doubtful not only for a failed check.

    One issue each; those that nothing but the state of their page makes doubtful have one a page.
    """
    others = {other.path: other for other in evidence.likely}
    shares = unsure_shares(figures)
    issues = []
    for_their_page: dict[int | None, list[str]] = defaultdict(list)
    for path, placed in figures.items():
        if judged[path].trust != "doubtful" or placed.table_id is None:
            continue
        page = placed.figure.page
        reason = _reason(placed, others.get(path))
        if reason is not None:
            issues.append(_issue(path, placed, reason))
        elif path not in evidence.failing and shares.get(page, 0.0) > HARD_TO_READ:
            for_their_page[page].append(path)
        elif path not in evidence.failing:
            issues.append(_issue(path, placed, f"{_read(placed)} ({_unproved(placed)})"))
    issues += [_page_issue(page, paths, shares[page]) for page, paths in for_their_page.items()]
    return tuple(issues)


def _issue(path: str, placed: PlacedFigure, reason: str) -> Issue:
    unread = placed.figure.state == "unread"
    return Issue(
        code=IssueCode.FIGURE_UNREAD if unread else IssueCode.FIGURE_DOUBTFUL,
        severity="warning",
        message=f"{path}: {reason}",
        page=placed.figure.page,
        table_id=placed.table_id,
        row=placed.row,
        col=placed.col,
    )


def _page_issue(page: int | None, paths: Sequence[str], share: float) -> Issue:
    return Issue(
        code=IssueCode.FIGURE_DOUBTFUL,
        severity="warning",
        message=f"{share:.0%} of the page's figures were hard to read, so that those which no "
        f"check confirms are doubtful: {', '.join(paths)}",
        page=page,
    )


def _reason(placed: PlacedFigure, other: Rereading | None) -> str | None:
    """Why a figure is doubtful for itself; None where it is not."""
    if other is not None:
        return (
            f"{_read(placed)}: likely {_shown(other.text)}, which the same ink gives as well "
            f"({other.confidence:.2f}) and with which the sums hold"
        )
    if placed.doubt is not None:
        return f"{_read(placed)} ({placed.doubt})"
    if placed.figure.state == "unread":
        return _read(placed)
    return f"{_read(placed)} ({_unproved(placed)})" if is_unsure(placed.figure) else None


def _unproved(placed: PlacedFigure) -> str:
    return f"confidence {placed.figure.confidence:.2f}"


def _read(placed: PlacedFigure) -> str:
    figure = placed.figure
    if figure.state == "unread":
        return f"{figure.raw!r} could not be read as a number" if figure.raw else "not read"
    return f"{figure.raw!r} is doubtful" if figure.raw else f"doubtful {figure.state}"


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
