"""How far each figure can be trusted: what the recogniser says, and what the sums say."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.judgement.checks import Amounts, Figures, Relation
from ocrpipe.disclosure.judgement.proof import Proof
from ocrpipe.disclosure.judgement.rereadings import Rereading
from ocrpipe.doubt import LOW_CONFIDENCE
from ocrpipe.report import Check, Figure, Trust

WELL_READ = 0.98
"""Confidence from which a number that no check covers is well read. Of 30 such numbers between 0.95
and 0.98, on 200 damaged filings, one was misread; of 1,294 from 0.98 on one had lost its minus.
"""

_VERY_SURE = 0.99
"""The same on a page of which more than `HARD_TO_READ` of the figures were hard to read."""

HARD_TO_READ = 0.1
"""Share of a page's figures with a low confidence from which on it is worn."""

_HARDLY_LEGIBLE = 0.25
"""Share of such figures above which no confidence of the page is worth anything."""

_FEWEST_UNSURE = 3
"""Fewer are no share: a page may have no more than a few figures."""

_NO_INK = 0.99
"""Confidence of a blank cell in which there is not even dust."""

_LONE = 0.1
"""Empty cells for each that prints a 0 or a stroke, up to which they are an exception."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sums say of the figures, once the `likely` readings are taken.

    `amounts` are what the figures add with them, `failing` the paths in relations that fail even
    so, and `holding` the relations that hold.
    """

    likely: tuple[Rereading, ...]
    amounts: Amounts
    failing: frozenset[str]
    holding: tuple[Relation, ...]


def weigh(
    checked: Sequence[tuple[Relation, Check]], amounts: Amounts, likely: Sequence[Rereading]
) -> Evidence:
    """Sort the relations by whether they hold.

    One that fails as read counts as holding for its other figures if the likely readings mend it
    and each of them stands where two such relations cross: one alone may be mended in many ways.
    One that is open for an unread figure proves nothing, whatever reading it asks for.
    """
    # A blank total states nothing, and is still at odds with parts that are printed.
    failed = [relation for relation, _ in checked if relation.residual(amounts)]
    crossing = {
        other.path
        for other in likely
        if sum(other.path in _paths(relation) for relation in failed) >= 2
    }
    mended = {**amounts, **{other.path: other.amount for other in likely}}
    failing: set[str] = set()
    holding = []
    for relation, check in checked:
        paths = _paths(relation)
        reread = {other.path for other in likely if other.path in paths}
        mends = reread <= crossing and relation.residual(mended) == 0
        if check.state == "pass" or (check.state == "fail" and mends):
            holding.append(relation)
        elif check.state == "fail":
            failing |= paths
    return Evidence(tuple(likely), mended, frozenset(failing), tuple(holding))


def _paths(relation: Relation) -> frozenset[str]:
    return frozenset(path for path, _ in relation.terms)


def doubt_lone_blanks(figures: Figures) -> dict[str, PlacedFigure]:
    """Doubt the few empty cells of a scan that otherwise prints what it does not count.

    A form is filled in by a habit: where nearly every other cell without a count has its 0 or its
    stroke, an empty one is more likely a digit that was not seen.
    """
    empty = [path for path, placed in figures.items() if placed.scanned and _is_empty(placed)]
    inked = sum(placed.scanned and _is_inked_nothing(placed) for placed in figures.values())
    if len(empty) > _LONE * inked:
        return dict(figures)
    return {
        path: placed.doubted("empty, where the others print what is not counted")
        if path in empty
        else placed
        for path, placed in figures.items()
    }


def doubt_blank_totals(figures: Figures, relations: Sequence[Relation]) -> dict[str, PlacedFigure]:
    """Doubt the empty cells of a scan whose parts are printed: a total stands in each row then, and
    this one may be in the cell beside."""
    blank = {
        relation.expected[0]
        for relation in relations
        if len(relation.expected) == 1
        and any(
            path in figures and figures[path].figure.state in ("printed", "unread")
            for path in relation.actual
        )
    }
    return {
        path: placed.doubted("empty, though what it sums up is printed")
        if path in blank and placed.scanned and _is_empty(placed)
        else placed
        for path, placed in figures.items()
    }


def _is_empty(placed: PlacedFigure) -> bool:
    return placed.figure.state == "blank" and not placed.figure.raw.strip()


def _is_inked_nothing(placed: PlacedFigure) -> bool:
    figure = placed.figure
    return figure.value == 0 or (figure.state == "blank" and not _is_empty(placed))


def judge_figures(figures: Figures, evidence: Evidence) -> dict[str, Figure]:
    """The figures by path, each with its trust.

    doubtful: unread, doubted when its place was read, in a relation that fails, likely to be
    another number, or not well read and not proved. confirmed: a number in relations that hold, as
    far as these are worth something. Whatever else is read.
    """
    doubted = evidence.failing | {other.path for other in evidence.likely}
    doubted |= _absent_beside(evidence.failing, figures)
    proof = Proof.of(evidence.holding, evidence.amounts, figures)
    least = least_confidences(figures)
    return {
        path: placed.figure.model_copy(
            update={"trust": "doubtful" if path in doubted else _trust(path, placed, proof, least)}
        )
        for path, placed in figures.items()
    }


def _absent_beside(failing: frozenset[str], figures: Figures) -> frozenset[str]:
    """The absent figures of the columns that rows lack whose sums fail: a lost column is lost in
    every row, and is missed only where something was counted in it."""
    absent = {path for path, placed in figures.items() if placed.figure.state == "absent"}
    columns = {_column(path) for path in absent & failing}
    return frozenset(path for path in absent if _column(path) in columns)


def _column(path: str) -> tuple[str, str]:
    section, *_, column = path.split("/")
    return section, column


def _trust(
    path: str, placed: PlacedFigure, proof: Proof, least: Mapping[int | None, float]
) -> Trust:
    figure = placed.figure
    if placed.doubt is not None or figure.state == "unread":
        return "doubtful"
    needed = proof.least_confidence(path, figure)
    if needed is not None and figure.confidence >= needed:
        return "confirmed"
    if figure.confidence < LOW_CONFIDENCE:
        return "doubtful"
    if not placed.scanned:
        return "read"
    if figure.state != "printed":
        legible = math.isfinite(least[figure.page])
        return "read" if legible or _is_bare(path, figure, proof) else "doubtful"
    return "read" if figure.confidence >= least[figure.page] else "doubtful"


def _is_bare(path: str, figure: Figure, proof: Proof) -> bool:
    """Whether a cell has no ink at all, and sums in two directions want no number there: a digit
    leaves crumbs however worn it is, and one that stands in the cell beside is missed."""
    return figure.confidence >= _NO_INK and proof.counts.get(path, 0) > 1


def least_confidences(figures: Figures) -> dict[int | None, float]:
    """By page, the confidence from which a number that nothing proves is well read.

    A recogniser is as sure of what damage has changed as of what it has not: how much a confidence
    is worth shows in how many of the page's figures were hard to read. Infinity: nothing is.
    """
    found = {placed.figure.page: WELL_READ for placed in figures.values()}
    for page, share in unsure_shares(figures).items():
        if share > _HARDLY_LEGIBLE:
            found[page] = math.inf
        elif share > HARD_TO_READ:
            found[page] = _VERY_SURE
    return found


def unsure_shares(figures: Figures) -> dict[int | None, float]:
    """By page, the share of its figures that were hard to read; 0 where they are too few."""
    pages: dict[int | None, list[bool]] = defaultdict(list)
    for placed in figures.values():
        if placed.figure.state in ("printed", "unread"):
            pages[placed.figure.page].append(is_unsure(placed.figure))
    return {
        page: sum(unsure) / len(unsure) if sum(unsure) >= _FEWEST_UNSURE else 0.0
        for page, unsure in pages.items()
    }


def is_unsure(figure: Figure) -> bool:
    """Whether the recogniser itself had difficulties with a figure."""
    return figure.state == "unread" or figure.confidence < LOW_CONFIDENCE
