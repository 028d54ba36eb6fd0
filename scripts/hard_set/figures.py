"""Random figures of the form that satisfy its checks (勾稽关系), and ones that do not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from scripts.typeset.forms import (
    OUTCOMES,
    PROACTIVE,
    REVIEW_KINDS,
    Edition,
    application_keys,
)

Printed = dict[str, str]
"""Figures as printed, by path."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How figures are printed.

    Attributes:
        zero: what stands where nothing was counted: "0", "", "/" or "—".
        commas: whether thousands are separated.
        digits: of the largest figures.
    """

    zero: str = "0"
    commas: bool = False
    digits: int = 3

    def count(self, value: int) -> str:
        """A count as printed."""
        if not value:
            return self.zero
        return f"{value:,}" if self.commas else str(value)


def application_figures(
    random: Random, edition: Edition, columns: Sequence[str], printing: Printing
) -> Printed:
    """Section 三: 一 + 二 = 三（七） + 四 in every column, and both sums hold."""
    applicants = [column for column in columns if column != "total"]
    keys = application_keys(edition)
    results = keys[2:-2]
    # As in real filings: most applicants are natural persons and most results do not occur.
    weights = {column: 1.0 if column == "natural_person" else 0.35 for column in applicants}
    density = random.uniform(0.15, 0.6)
    counts: dict[str, dict[str, int]] = {key: {} for key in keys}
    for column in applicants:
        for key in results:
            occurs = random.random() < density * (0.4 + 0.6 * weights[column])
            counts[key][column] = _count(random, printing.digits, weights[column]) if occurs else 0
        total = sum(counts[key][column] for key in results)
        forward = _count(random, max(1, printing.digits - 1), 0.3) if random.random() < 0.4 else 0
        carried = min(
            total + forward,
            _count(random, max(1, printing.digits - 1), 0.3) if random.random() < 0.4 else 0,
        )
        counts["total"][column] = total
        counts["carried_forward"][column] = forward
        counts["carried_over"][column] = carried
        counts["new"][column] = total + forward - carried
    for row in counts.values():
        row["total"] = sum(row[column] for column in applicants)
    return {
        f"applications/{key}/{column}": printing.count(counts[key][column])
        for key in keys
        for column in columns
    }


def _count(random: Random, digits: int, weight: float) -> int:
    # The sums of a column have a digit more than its addends.
    largest = max(9, 10**digits * weight / 12)
    return max(1, int(largest ** random.random() * random.uniform(0.6, 1)))


def review_figures(random: Random, printing: Printing) -> Printed:
    """Section 四: the four outcomes make the total."""
    figures: Printed = {}
    for kind in REVIEW_KINDS:
        outcomes = {
            outcome: random.randint(1, 60) if random.random() < 0.45 else 0
            for outcome in OUTCOMES
            if outcome != "total"
        }
        outcomes["total"] = sum(outcomes.values())
        figures |= {
            f"reviews/{kind}/{outcome}": printing.count(value)
            for outcome, value in outcomes.items()
        }
    return figures


def proactive_figures(random: Random, edition: Edition, printing: Printing) -> Printed:
    """Section 二: counts, increases with their sign, and amounts with decimals."""
    figures: Printed = {}
    sign = random.choice(("+", "＋"))
    for article in PROACTIVE[edition]:
        for item in article.items:
            for key, _ in article.heads:
                figures[f"proactive/{article.label}/{item}/{key}"] = _proactive(
                    random, key, printing, sign
                )
    return figures


def _proactive(random: Random, key: str, printing: Printing, sign: str) -> str:
    if random.random() < 0.25:
        return printing.zero
    if key.endswith("_amount"):
        amount = round(10 ** random.uniform(0, 4.3), random.choice((1, 2, 2, 4)))
        return f"{amount:,}" if printing.commas else str(amount)
    count = printing.count(int(10 ** random.uniform(0, random.choice((2, 3, 4.9)))))
    if key == "change":
        return random.choice((sign, sign, "-", "")) + count
    return count


def break_sums(random: Random, figures: Mapping[str, str], paths: Iterable[str]) -> Printed:
    """The figures with one to three counts of `paths` changed, so that a printed sum is wrong."""
    changed = dict(figures)
    candidates = sorted(path for path in paths if figures[path].isdigit())
    for path in random.sample(candidates, min(len(candidates), random.randint(1, 3))):
        changed[path] = str(int(figures[path]) + random.choice((1, 1, 2, 3, 10)))
    return changed
