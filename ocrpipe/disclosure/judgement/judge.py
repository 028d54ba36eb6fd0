"""The figures of a report judged: their checks, their trust, and what to look at on the paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.judgement.checks import Figures, Relation, amounts_of, check
from ocrpipe.disclosure.judgement.issues import failed_check_issues, figure_issues
from ocrpipe.disclosure.judgement.rereadings import explain, rereadings_of
from ocrpipe.disclosure.judgement.trust import (
    doubt_blank_totals,
    doubt_lone_blanks,
    judge_figures,
    weigh,
)
from ocrpipe.document import Issue
from ocrpipe.page import Alternatives
from ocrpipe.report import Check, Figure


@dataclass(frozen=True, slots=True)
class Judgement:
    """`figures` go by path and keep the values that were read."""

    figures: dict[str, Figure]
    checks: tuple[Check, ...]
    issues: tuple[Issue, ...]


def judge(figures: Figures, relations: Sequence[Relation], alternatives: Alternatives) -> Judgement:
    """Check the figures by `relations`, and say how far each can be trusted.

    `alternatives` are other readings of the cells; they may explain why a relation fails, and
    never take the place of what was read.
    """
    figures = doubt_blank_totals(doubt_lone_blanks(figures), relations)
    amounts = amounts_of(figures)
    checked = [(relation, check(relation, figures, amounts)) for relation in relations]
    # What is stated nowhere asks for no reading; what is unread may be read otherwise.
    asking = [
        relation
        for relation, made in checked
        if made.state != "unassessable" or relation.residual(amounts) is None
    ]
    likely = explain(asking, amounts, rereadings_of(figures, alternatives))
    evidence = weigh(checked, amounts, likely)
    judged = judge_figures(figures, evidence)
    checks = tuple(made for _, made in checked)
    issues = (
        *figure_issues(figures, judged, evidence),
        *failed_check_issues(checks, figures, likely),
    )
    return Judgement(judged, checks, issues)
