"""Figures of section 三 and 四 that satisfy every relation of the form."""

from random import Random

from hypothesis import strategies as st

from tests.disclosure.forms import COLUMNS, results, row_keys

Lawful = dict[str, list[int]]

# One draw a report: its two hundred figures drawn one by one would take a second each time.
generators = st.integers(min_value=0, max_value=2**32).map(Random)


def _count(random: Random) -> int:
    return random.choice([0, 0, random.randrange(10), random.randrange(100_000)])


@st.composite
def lawful_applications(draw: st.DrawFn, edition: str) -> Lawful:
    """Rows of seven numbers by key: sums hold over rows and columns."""
    random = draw(generators)
    columns = []
    for _ in COLUMNS[:-1]:
        decided = {key: _count(random) for key in results(edition)}
        total, forward = sum(decided.values()), _count(random)
        over = random.randint(0, total + forward)
        columns.append(
            decided
            | {
                "total": total,
                "carried_forward": forward,
                "carried_over": over,
                "new": total + forward - over,
            }
        )
    rows = {key: [column[key] for column in columns] for key in row_keys(edition)}
    return {key: [*values, sum(values)] for key, values in rows.items()}


@st.composite
def lawful_reviews(draw: st.DrawFn) -> list[int]:
    """Fifteen numbers: four outcomes and their sum, three times."""
    random = draw(generators)
    figures: list[int] = []
    for _ in range(3):
        outcomes = [_count(random) for _ in range(4)]
        figures += [*outcomes, sum(outcomes)]
    return figures
