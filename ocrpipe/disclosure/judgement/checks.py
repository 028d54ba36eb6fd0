"""The arithmetic relations of the form (勾稽关系), evaluated over figures named by their paths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.form import (
    APPLICATION_COLUMNS,
    APPLICATION_ROWS,
    REVIEW_KINDS,
    SUM_RULES,
    SumRule,
)
from ocrpipe.report import Check, Edition, Figure

CheckState = Literal["pass", "fail", "unassessable"]
Number = int | Decimal
Figures = Mapping[str, PlacedFigure]
"""Figures by path, for instance applications/new/total."""
Amounts = Mapping[str, Number | None]
"""What each figure adds to a sum, by path; None where that is not known."""

_EDITIONS = {entry.key: entry.editions for entry in APPLICATION_ROWS}


@dataclass(frozen=True, slots=True)
class Relation:
    """The figures at the paths `expected`, or the number that is `stated` in their place, have the
    same sum as those at the paths `actual`."""

    rule: str
    scope: str
    expected: tuple[str, ...]
    actual: tuple[str, ...]
    stated: int | None = None

    @property
    def terms(self) -> tuple[tuple[str, int], ...]:
        """Each path with its sign when everything is brought to one side."""
        return (*((path, 1) for path in self.expected), *((path, -1) for path in self.actual))

    def residual(self, amounts: Amounts) -> Number | None:
        """By how much the expected sum exceeds the actual one; None where that is not known."""
        residual: Number = self.stated or 0
        for path, sign in self.terms:
            amount = amounts.get(path)
            if amount is None:
                return None
            residual += sign * amount
        return residual


def sum_relations(figures: Figures, edition: Edition | None) -> tuple[Relation, ...]:
    """Every rule of the form, for each column, row or kind of case that the filing prints."""
    return tuple(
        Relation(
            rule=rule.rule,
            scope=f"{rule.over} {scope}",
            expected=_paths(rule, rule.expected, scope, edition),
            actual=_paths(rule, rule.actual, scope, edition),
        )
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


def _paths(
    rule: SumRule, templates: Sequence[str], scope: str, edition: Edition | None
) -> tuple[str, ...]:
    """The paths of one scope; of the rows, those that the printed edition has."""
    paths = (template.format(**{rule.over: scope}) for template in templates)
    return tuple(path for path in paths if _in_edition(path, edition))


def _in_edition(path: str, edition: Edition | None) -> bool:
    section, row, _ = path.split("/")
    return section != "applications" or (edition or "2019") in _EDITIONS[row]


def amounts_of(figures: Figures) -> dict[str, Number | None]:
    """What each figure adds to a sum.

    A cell that is left blank and a column that the filing leaves out add nothing; their values
    stay null all the same, for a blank is not 0. What was not read, or not found, is not known.
    """
    return {path: _amount(placed) for path, placed in figures.items()}


def _amount(placed: PlacedFigure) -> Number | None:
    state = placed.figure.state
    if state == "blank" or (state == "absent" and placed.doubt is None):
        return 0
    return placed.figure.value


def check(relation: Relation, figures: Figures, amounts: Amounts) -> Check:
    """Whether a relation holds; unassessable where a figure is unread or missing, or where all of
    a side is left empty: what is not stated cannot be wrong. A stroke states that there is none.

    Where some parts of a total are unread and the others exceed it, it fails whatever they are.
    """
    expected: Number | None = relation.stated
    if expected is None:
        expected = _sum(relation.expected, figures, amounts)
    actual = _sum(relation.actual, figures, amounts)
    if expected is not None and actual is None and all(path in figures for path in relation.actual):
        known = sum(amounts.get(path) or 0 for path in relation.actual)
        actual = known if known > expected else None
    return Check(
        rule=relation.rule,
        scope=relation.scope,
        expected=expected,
        actual=actual,
        state=_state(expected, actual),
        figures=tuple(path for path, _ in relation.terms if path in figures),
    )


def _state(expected: Number | None, actual: Number | None) -> CheckState:
    if expected is None or actual is None:
        return "unassessable"
    return "pass" if expected == actual else "fail"


def _sum(paths: Sequence[str], figures: Figures, amounts: Amounts) -> Number | None:
    total: Number = 0
    stated = False
    for path in paths:
        amount = amounts.get(path)
        if amount is None:
            return None
        total += amount
        stated = stated or _states(figures[path].figure)
    return total if stated else None


def _states(figure: Figure) -> bool:
    return figure.state == "printed" or (figure.state == "blank" and bool(figure.raw.strip()))
