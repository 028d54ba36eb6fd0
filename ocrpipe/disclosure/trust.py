"""How far each figure can be trusted: what the recogniser says, and what the sums say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.checks import Amounts, Figures, Relation
from ocrpipe.disclosure.figures import PlacedFigure
from ocrpipe.disclosure.rereadings import Rereading
from ocrpipe.report import Figure, Trust

LOW_CONFIDENCE = 0.9
"""Under this a reading that no sum proves is doubtful: most misread digits lie below it."""

_PROVED_CONFIDENCE = 0.6
"""Confidence from which sums in two directions prove a reading."""

_SURE = 0.97
"""Confidence from which sums confirm a reading that may be misread alike wherever it stands."""


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


def weigh(relations: Sequence[Relation], amounts: Amounts, likely: Sequence[Rereading]) -> Evidence:
    """Sort the relations by whether they hold.

    One that fails as read counts as holding for its other figures if the likely readings mend it
    and each of them stands where relations that fail cross: one alone may be mended in many ways.
    """
    failed = [relation for relation in relations if relation.residual(amounts)]
    crossing = {
        other.path
        for other in likely
        if sum(other.path in _paths(relation) for relation in failed) >= 2
    }
    mended = {**amounts, **{other.path: other.amount for other in likely}}
    failing: set[str] = set()
    holding = []
    for relation in relations:
        paths = _paths(relation)
        residual = relation.residual(mended)
        reread = {other.path for other in likely if other.path in paths}
        if residual or (relation in failed and not reread <= crossing):
            failing |= paths
        elif residual is not None:
            holding.append(relation)
    return Evidence(tuple(likely), mended, frozenset(failing), tuple(holding))


def _paths(relation: Relation) -> frozenset[str]:
    return frozenset(path for path, _ in relation.terms)


def judge_figures(figures: Figures, evidence: Evidence) -> dict[str, Figure]:
    """The figures by path, each with its trust.

    doubtful: unread, doubted when its place was read, in a relation that fails, likely to be
    another number, or of low confidence without a proof. confirmed: a number in relations that
    hold, as far as these are worth something. Whatever else is read.
    """
    likely = {other.path for other in evidence.likely}
    proof = _Proof.of(evidence, figures)
    return {
        path: placed.figure.model_copy(
            update={
                "trust": "doubtful"
                if path in likely or path in evidence.failing
                else _trust(path, placed, proof)
            }
        )
        for path, placed in figures.items()
    }


def _trust(path: str, placed: PlacedFigure, proof: "_Proof") -> Trust:
    figure = placed.figure
    if placed.doubt is not None or figure.state == "unread":
        return "doubtful"
    least = proof.least_confidence(path, figure)
    if least is not None and figure.confidence >= least:
        return "confirmed"
    return "read" if figure.confidence >= LOW_CONFIDENCE else "doubtful"


@dataclass(frozen=True, slots=True)
class _Proof:
    """What relations that hold are worth.

    Misreadings are not independent: a digit that a worn print or a typeface makes look like
    another one may be misread alike in a figure and in its total, and the sum still holds (1 = 1
    becomes 7 = 7). `told` are, for each section, the digits of which not even that could go
    unnoticed: reading each of them as another digit, wherever it stands, breaks a relation.
    """

    relations: Mapping[str, int]
    told: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, evidence: Evidence, figures: Figures) -> "_Proof":
        relations: dict[str, int] = defaultdict(int)
        told: dict[str, set[str]] = defaultdict(set)
        printed = {
            path: str(evidence.amounts[path])
            for path, placed in figures.items()
            if placed.figure.state == "printed"
        }
        for relation in evidence.holding:
            for path, _ in relation.terms:
                relations[path] += 1
            section = _section(relation.terms[0][0])
            told[section] |= {digit for digit in "0123456789" if _tells(relation, digit, printed)}
        return cls(relations, {section: frozenset(digits) for section, digits in told.items()})

    def least_confidence(self, path: str, figure: Figure) -> float | None:
        """The confidence from which the relations confirm a figure; None where they cannot."""
        if figure.state != "printed" or not self.relations.get(path):
            return None
        if not figure.value:
            # A sum does not tell 0 from a stroke, a blank or dust.
            return LOW_CONFIDENCE
        if not set(str(figure.value)) <= self.told.get(_section(path), frozenset()):
            return _SURE
        return _PROVED_CONFIDENCE if self.relations[path] > 1 else LOW_CONFIDENCE


def _section(path: str) -> str:
    """The figures that relations hang together: section 三, or one kind of case of section 四."""
    section, row, _ = path.split("/")
    return section if section == "applications" else f"{section}/{row}"


def _tells(relation: Relation, digit: str, printed: Mapping[str, str]) -> bool:
    """Whether a relation breaks if `digit` is read as another one wherever it stands."""
    if relation.stated is not None:
        return False
    weight = 0
    for path, sign in relation.terms:
        for position, symbol in enumerate(reversed(printed.get(path, ""))):
            weight += sign * 10**position * (symbol == digit)
    return weight != 0
