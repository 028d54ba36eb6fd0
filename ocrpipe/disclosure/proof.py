"""What sums that hold prove of a figure: misreadings are not independent of each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.checks import Amounts, Figures, Relation
from ocrpipe.report import Figure

LOW_CONFIDENCE = 0.9
"""Confidence under which a reading is not sure in itself: most misread digits lie below it."""

_PROVED = 0.6
"""Confidence from which sums in two directions prove a reading."""

_SURE = 0.97
"""Confidence from which sums confirm a reading that may be misread alike in all that they hold."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The relations that hold, for each figure that they involve.

    A digit that worn print or a typeface makes look like another one may be misread alike in a
    figure and in its total, and the sum still holds: 1 = 1 becomes 7 = 7. `told` are, for each
    path, the digits of which not even that could go unnoticed: in one of its relations, reading
    the digit as another one wherever it stands would break the sum.
    """

    counts: Mapping[str, int]
    told: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, holding: Sequence[Relation], amounts: Amounts, figures: Figures) -> "Proof":
        printed = {
            path: str(amounts[path])
            for path, placed in figures.items()
            if placed.figure.state == "printed"
        }
        counts: dict[str, int] = defaultdict(int)
        told: dict[str, frozenset[str]] = defaultdict(frozenset)
        for relation in holding:
            digits = _told(relation, printed)
            for path, _ in relation.terms:
                counts[path] += 1
                told[path] |= digits
        return cls(counts, told)

    def least_confidence(self, path: str, figure: Figure) -> float | None:
        """The confidence from which the relations confirm a figure; None where they cannot."""
        if figure.state != "printed" or not self.counts.get(path):
            return None
        if not figure.value:
            # A sum does not tell 0 from a stroke, a blank or dust.
            return LOW_CONFIDENCE
        if not set(str(figure.value)) <= self.told[path]:
            return _SURE
        return _PROVED if self.counts[path] > 1 else LOW_CONFIDENCE


def _told(relation: Relation, printed: Mapping[str, str]) -> frozenset[str]:
    """The digits that a relation tells from others: their places do not cancel out in it."""
    if relation.stated is not None:
        return frozenset("0123456789")
    weights: dict[str, int] = defaultdict(int)
    for path, sign in relation.terms:
        for position, digit in enumerate(reversed(printed.get(path, ""))):
            weights[digit] += sign * 10**position
    return frozenset(digit for digit, weight in weights.items() if weight)
