"""How far each figure can be trusted: what the recogniser says, and what the checks say."""

from collections.abc import Mapping, Sequence

from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.document import Issue
from ocrpipe.errors import IssueCode
from ocrpipe.report import Check, Figure, Trust

LOW_CONFIDENCE = 0.9
"""Under this a reading is doubtful: nearly all misread digits have a confidence below it."""


def judge_figures(placed: Mapping[str, PlacedFigure], checks: Sequence[Check]) -> dict[str, Figure]:
    """The figures by path, each with its trust.

    confirmed: a number in at least one check that passes, and in none that fails. doubtful: in a
    check that fails, unread, of low confidence, or doubted when its place was read. No check makes
    a doubted reading better: two wrong ones can agree (a 1 read as 7 in a row and in its total).
    """
    passed = {path for check in checks if check.state == "pass" for path in check.figures}
    failed = {path for check in checks if check.state == "fail" for path in check.figures}
    return {
        path: figure.figure.model_copy(
            update={"trust": _trust(figure, path in passed, path in failed)}
        )
        for path, figure in placed.items()
    }


def _trust(placed: PlacedFigure, passed: bool, failed: bool) -> Trust:
    figure = placed.figure
    if placed.doubt is not None or failed or figure.state == "unread":
        return "doubtful"
    if figure.confidence < LOW_CONFIDENCE:
        return "doubtful"
    return "confirmed" if passed and figure.state == "printed" else "read"


def figure_issues(
    placed: Mapping[str, PlacedFigure], figures: Mapping[str, Figure], checks: Sequence[Check]
) -> tuple[Issue, ...]:
    """One issue for every figure on the paper that is unread or doubtful."""
    failed: dict[str, str] = {}
    for check in checks:
        if check.state == "fail":
            for path in check.figures:
                failed.setdefault(path, f"{check.rule} fails for {check.scope}")
    issues = []
    for path, figure in figures.items():
        place = placed[path]
        if figure.trust != "doubtful" or place.table_id is None:
            continue
        unread = figure.state == "unread"
        reason = place.doubt or failed.get(path) or f"confidence {figure.confidence:.2f}"
        issues.append(
            Issue(
                code=IssueCode.FIGURE_UNREAD if unread else IssueCode.FIGURE_DOUBTFUL,
                severity="warning",
                message=f"{path}: {_reading(figure)}" + (f" ({reason})" if not unread else ""),
                page=figure.page,
                table_id=place.table_id,
                row=place.row,
                col=place.col,
            )
        )
    return tuple(issues)


def _reading(figure: Figure) -> str:
    if figure.state == "unread":
        return f"{figure.raw!r} could not be read as a number" if figure.raw else "not read"
    return (
        f"{figure.raw!r} is doubtful" if figure.state == "printed" else f"doubtful {figure.state}"
    )


def failed_check_issues(checks: Sequence[Check]) -> tuple[Issue, ...]:
    return tuple(
        Issue(
            code=IssueCode.CHECK_FAILED,
            severity="warning",
            message=f"{check.rule}, {check.scope}: expected {check.expected}, found {check.actual}",
        )
        for check in checks
        if check.state == "fail"
    )
