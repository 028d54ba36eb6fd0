"""What sums that hold prove of a figure: misreadings are not independent of each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ocrpipe.disclosure.judgement.checks import Amounts, Figures, Number, Relation
from ocrpipe.doubt import LOW_CONFIDENCE
from ocrpipe.report import Figure

_PROVED = 0.6
"""Confidence from which sums in two directions prove a reading."""

_PROVED_ZERO = 0.85
"""The same for a 0: no other digit would let both sums hold, and neither dust nor a stroke is taken
for a 0 so surely, even where print is so worn that no confidence is higher."""

_SURE = 0.97
"""Confidence from which sums confirm a reading that may be misread alike in all that they hold."""


Digit = tuple[int, str]
"""A digit and its place in a number, counted from the last one."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The relations that hold, for each figure that they involve.

    A digit that worn print or a typeface makes look like another one may be misread alike in a
    figure and in its total, and the sum still holds: 13 = 10 + 3 becomes 73 = 70 + 3. `told` are,
    for each path, the digits that could not be misread so in all of its relations: in one of them
    no figure on the other side has the same digit in the same place.
    """

    counts: Mapping[str, int]
    told: Mapping[str, frozenset[Digit]]

    @classmethod
    def of(cls, holding: Sequence[Relation], amounts: Amounts, figures: Figures) -> "Proof":
        digits = {
            path: _digits(amounts[path]) if placed.figure.state == "printed" else frozenset()
            for path, placed in figures.items()
        }
        counts: dict[str, int] = defaultdict(int)
        told: dict[str, frozenset[Digit]] = defaultdict(frozenset)
        for relation in holding:
            sides: dict[int, frozenset[Digit]] = {1: frozenset(), -1: frozenset()}
            for path, sign in relation.terms:
                counts[path] += 1
                sides[sign] |= digits[path]
            for path, sign in relation.terms:
                told[path] |= digits[path] - sides[-sign]
        return cls(counts, told)

    def least_confidence(self, path: str, figure: Figure) -> float | None:
        """The confidence from which the relations confirm a figure; None where they cannot."""
        if figure.state != "printed" or not self.counts.get(path):
            return None
        if not figure.value:
            # A sum does not tell 0 from a stroke, a blank or dust.
            return _PROVED_ZERO if self.counts[path] > 1 else LOW_CONFIDENCE
        if not _digits(figure.value) <= self.told[path]:
            return _SURE
        return _PROVED if self.counts[path] > 1 else LOW_CONFIDENCE


def _digits(number: Number | None) -> frozenset[Digit]:
    return frozenset(enumerate(reversed(str(number)))) if number is not None else frozenset()
