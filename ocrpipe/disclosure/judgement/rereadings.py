"""The smallest set of other readings of the same ink under which the sums of a filing hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ocrpipe.disclosure.judgement.checks import Amounts, Figures, Number, Relation
from ocrpipe.disclosure.numbers import parse_number
from ocrpipe.page import Alternatives

_LARGEST_SET, _LARGEST_SCATTERED = 3, 8
"""Readings changed together: so many in any way, and so many where each mends a relation."""

_MOST_STEPS = 20_000
"""Steps of the search after which nothing is offered."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """Another reading of the ink of the figure at `path`, and what it would add to a sum."""

    path: str
    text: str
    amount: Number
    confidence: float


Rereadings = Mapping[str, tuple[Rereading, ...]]
"""By path, the surest first."""


def rereadings_of(figures: Figures, alternatives: Alternatives) -> Rereadings:
    """The other counts that recognisers read, of each figure that the sums involve.

    Readings that would add the same to a sum count once, and those that add what the figure adds
    as it was read do not count.
    """
    found = {}
    for path, placed in figures.items():
        if placed.table_id is None or placed.row is None or placed.col is None:
            continue
        others: dict[Number, Rereading] = {}
        for other in alternatives.get((placed.table_id, placed.row, placed.col), ()):
            parsed = parse_number(other.text)
            amount = 0 if parsed.kind == "nothing" else parsed.value
            if amount is None or not isinstance(amount, int) or amount < 0 or not parsed.exact:
                continue
            unread = placed.figure.state == "unread"
            if unread or amount != (placed.figure.value or 0):
                others.setdefault(amount, Rereading(path, other.text, amount, other.confidence))
        if others and placed.figure.state != "absent":
            found[path] = tuple(others.values())
    return found


def explain(
    relations: Sequence[Relation], amounts: Amounts, rereadings: Rereadings
) -> tuple[Rereading, ...]:
    """The re-readings that make relations hold which fail, as far as there is one smallest set.

    Relations that share no figure which could be read otherwise are explained apart. Where two
    sets are equally small, or none that the search tries does, nothing is given: it tries all sets
    of up to three readings, and larger ones of which each reading leaves fewer relations that
    fail. What the text states may differ from the tables on purpose: if nothing makes it hold as
    well, the sums decide. A figure that is unread is given the reading that its sums ask for.
    """
    likely = _explain_failed(relations, amounts, rereadings)
    mended = {**amounts, **{other.path: other.amount for other in likely}}
    return (*likely, *_fill(relations, mended, rereadings))


def _fill(
    relations: Sequence[Relation], amounts: Amounts, rereadings: Rereadings
) -> Iterator[Rereading]:
    """The readings of figures that are unread which all relations ask for that lack only them."""
    asked: dict[str, set[Number]] = defaultdict(set)
    for relation in relations:
        unknown = [(path, sign) for path, sign in relation.terms if amounts.get(path) is None]
        if len(unknown) == 1:
            ((path, sign),) = unknown
            rest = relation.residual({**amounts, path: 0})
            if rest is not None:
                asked[path].add(-sign * rest)
    for path, wanted in asked.items():
        if len(wanted) == 1:
            yield from (other for other in rereadings.get(path, ()) if other.amount in wanted)


def _explain_failed(
    relations: Sequence[Relation], amounts: Amounts, rereadings: Rereadings
) -> tuple[Rereading, ...]:
    chosen: list[Rereading] = []
    known = [relation for relation in relations if relation.residual(amounts) is not None]
    for group in _groups(known, amounts, rereadings):
        search = _Search(known, amounts, rereadings)
        found = search.smallest(group)
        sums = [relation for relation in group if relation.stated is None]
        if not found and 0 < len(sums) < len(group):
            kept = [relation for relation in known if relation not in group or relation in sums]
            found = _Search(kept, amounts, rereadings).smallest(sums)
        chosen += found
    return tuple(chosen)


def _groups(
    relations: Sequence[Relation], amounts: Amounts, rereadings: Rereadings
) -> Iterator[list[Relation]]:
    """The relations that fail, those together that one re-reading could touch."""
    left = [relation for relation in relations if relation.residual(amounts)]
    while left:
        group, reached = [left.pop(0)], 0
        while reached < len(group):
            paths = {path for path, _ in group[reached].terms if path in rereadings}
            near = [other for other in left if any(path in paths for path, _ in other.terms)]
            group += near
            left = [other for other in left if other not in near]
            reached += 1
        yield group


@dataclass(slots=True)
class _Search:
    """Depth-first search by size, always at the relation that fewest re-readings touch."""

    relations: Sequence[Relation]
    amounts: Amounts
    rereadings: Rereadings
    steps: int = 0
    found: set[frozenset[Rereading]] = field(default_factory=set)
    terms: Mapping[str, list[tuple[int, int]]] = field(init=False)
    candidates: list[list[Rereading]] = field(init=False)

    def __post_init__(self) -> None:
        terms: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, relation in enumerate(self.relations):
            for path, sign in relation.terms:
                terms[path].append((index, sign))
        self.terms = terms
        self.candidates = [
            [other for path, _ in relation.terms for other in self.rereadings.get(path, ())]
            for relation in self.relations
        ]

    def smallest(self, failing: Sequence[Relation]) -> tuple[Rereading, ...]:
        """The only smallest set that makes `failing` hold and breaks none; () without one."""
        residuals: dict[int, Number] = {}
        for index, relation in enumerate(self.relations):
            residual = relation.residual(self.amounts)
            if residual and relation in failing:
                residuals[index] = residual
        for size in range(1, _LARGEST_SCATTERED + 1):
            self._extend(residuals, size, ())
            if self.steps > _MOST_STEPS or len(self.found) > 1:
                return ()
            if self.found:
                return tuple(sorted(self.found.pop(), key=lambda other: other.path))
        return ()

    def _extend(
        self, residuals: Mapping[int, Number], size: int, chosen: tuple[Rereading, ...]
    ) -> None:
        if not residuals:
            self.found.add(frozenset(chosen))
        if not residuals or size == 0 or self.steps > _MOST_STEPS or len(self.found) > 1:
            return
        at = min(residuals, key=lambda index: (len(self.candidates[index]), index))
        taken = {other.path for other in chosen}
        scattered = size + len(chosen) > _LARGEST_SET
        for other in self.candidates[at]:
            if other.path in taken:
                continue
            self.steps += 1
            after = self._after(residuals, other)
            if not scattered or len(after) < len(residuals):
                self._extend(after, size - 1, (*chosen, other))

    def _after(self, residuals: Mapping[int, Number], other: Rereading) -> dict[int, Number]:
        changed = dict(residuals)
        difference = other.amount - (self.amounts[other.path] or 0)
        for index, sign in self.terms[other.path]:
            residual = changed.get(index, 0) + sign * difference
            if residual:
                changed[index] = residual
            else:
                changed.pop(index, None)
        return changed
