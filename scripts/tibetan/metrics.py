"""Character error rate."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from scripts.tibetan.alphabet import normalize


@dataclass(frozen=True, slots=True)
class Score:
    """`errors` is the edit distance in code points summed over lines, `characters` the length of
    the truth; both texts are normalised before they are compared."""

    lines: int = 0
    exact: int = 0
    errors: int = 0
    characters: int = 0

    @property
    def error_rate(self) -> float:
        return self.errors / max(1, self.characters)

    @property
    def exact_rate(self) -> float:
        return self.exact / max(1, self.lines)

    def __str__(self) -> str:
        return f"CER {100 * self.error_rate:.2f}% exact {self.exact}/{self.lines}"


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Score pairs of (truth, reading)."""
    lines = exact = errors = characters = 0
    for truth, reading in pairs:
        expected = normalize(truth)
        distance = Levenshtein.distance(expected, normalize(reading))
        lines += 1
        exact += distance == 0
        errors += distance
        characters += len(expected)
    return Score(lines, exact, errors, characters)
