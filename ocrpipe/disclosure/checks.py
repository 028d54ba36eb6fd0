"""The arithmetic relations of the form (勾稽关系), evaluated over figures named by their paths."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from ocrpipe.disclosure.form import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS,
    REVIEW_KINDS,
    SUM_RULES,
    SumRule,
)
from ocrpipe.report import Check, Edition, Figure

CheckState = Literal["pass", "fail", "unassessable"]
Figures = Mapping[str, Figure]
"""Figures by path, for instance applications/new/total."""

_EDITIONS = {entry.key: entry.editions for entry in APPLICATION_ROWS}


def check_sums(figures: Figures, edition: Edition | None) -> tuple[Check, ...]:
    """Every rule of the form, for each column, row or kind of case that the filing prints."""
    return tuple(
        _check(rule, scope, figures, edition)
        for rule in SUM_RULES
        for scope in _scopes(rule, figures)
    )


def _scopes(rule: SumRule, figures: Figures) -> Iterator[str]:
    section = rule.expected[0].split("/", 1)[0]
    parts = [path.split("/") for path in figures if path.startswith(f"{section}/")]
    if rule.over == "column":
        printed = {column for _, _, column in parts}
        yield from (entry.key for entry in APPLICATION_COLUMNS if entry.key in printed)
    elif rule.over == "row":
        printed = {row for _, row, _ in parts}
        yield from (entry.key for entry in APPLICATION_ROWS if entry.key in printed)
    else:
        printed = {kind for _, kind, _ in parts}
        yield from (kind for kind in REVIEW_KINDS if kind in printed)


def _check(rule: SumRule, scope: str, figures: Figures, edition: Edition | None) -> Check:
    expected_paths = _paths(rule, rule.expected, scope, edition)
    actual_paths = _paths(rule, rule.actual, scope, edition)
    expected, actual = _sum(expected_paths, figures), _sum(actual_paths, figures)
    return Check(
        rule=rule.rule,
        scope=f"{rule.over} {scope}",
        expected=expected,
        actual=actual,
        state=_state(expected, actual),
        figures=tuple(path for path in (*expected_paths, *actual_paths) if path in figures),
    )


def _state(expected: int | Decimal | None, actual: int | Decimal | None) -> CheckState:
    if expected is None or actual is None:
        return "unassessable"
    return "pass" if expected == actual else "fail"


def _paths(
    rule: SumRule, templates: Sequence[str], scope: str, edition: Edition | None
) -> tuple[str, ...]:
    """The paths of one scope; of the rows, those that the printed edition has."""
    paths = (template.format(**{rule.over: scope}) for template in templates)
    return tuple(path for path in paths if _in_edition(path, edition))


def _in_edition(path: str, edition: Edition | None) -> bool:
    section, row, _ = path.split("/")
    return section != "applications" or (edition or "2019") in _EDITIONS[row]


def _sum(paths: Sequence[str], figures: Figures) -> int | Decimal | None:
    """The sum, or None where one figure is blank, absent or unread: a blank is not 0."""
    total: int | Decimal = 0
    for path in paths:
        figure = figures.get(path)
        if figure is None or figure.value is None:
            return None
        total += figure.value
    return total


def compare_statement(rule: str, scope: str, stated: int, path: str, figures: Figures) -> Check:
    """A number that the text states against the figure at `path`."""
    figure = figures.get(path)
    actual = figure.value if figure is not None else None
    return Check(
        rule=rule,
        scope=scope,
        expected=stated,
        actual=actual,
        state=_state(stated, actual),
        figures=(path,) if path in figures else (),
    )
