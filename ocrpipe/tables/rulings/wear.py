"""Whether the rules of a page are worn: rows of pieces, dots at random, or lines with gaps.

Strokes along y have x and y swapped. Pixels, at `scale` pixels a point.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.tables.rulings.along import is_dashed, wholeness
from ocrpipe.tables.rulings.beside import LONG
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.follow import Line, lines_of
from ocrpipe.tables.rulings.strokes.crossings import CrossingRules
from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_REACH = 2.5
"""How near to a crossing rule a gap, or a low wall, begins there."""

_LONG_LINE = 100.0
"""Lines whose gaps count."""

_GAPS = (2.0, 32.0)
"""Of a worn line: less is a seam of two strokes, more is a cell without a wall."""

_LONGEST_DASH = 25.0
"""From the middle of one gap to that of the next, on average, in a line of dashes."""

_FEWEST_PIECES = 20
_PIECES_SHARE = 0.3
"""Short rules of a page whose rules are broken: so many, and so many of all."""

_DASHED, _MOST_DASHED = 0.85, 0.7
"""Share of its length that a rule with gaps all along has left at most, and share of the long rules
that are dashed for the direction to be."""

_RAGGED = 0.2
"""Share of long rules that have gaps all along where a fax left dots of any: the others fell upon
one of its lines. On clean scans and fine faxes it is none."""

_FEWEST_GAPS = 6
_FEWEST_IN_LINE = 2
"""Gaps of a page, and of a line, that are no chance."""

_GAPS_A_LINE = 0.7
"""Gaps of worn lines, on average; a seal hides a third as many."""

_EVEN = 0.3
"""Standard deviation of the intervals of even gaps, in their mean, at most."""


def are_worn(
    horizontal: Sequence[Stroke], vertical: Sequence[Stroke], scale: float, *, ragged: bool = False
) -> bool:
    """Whether many rules of a page are chains of pieces, or most long ones have gaps.

    A page with few rows has few pieces: there the gaps of its long lines tell. Where rules are
    `ragged` some have gaps whatever they were.
    """
    rules = [
        *_without_low_walls(horizontal, vertical, scale),
        *_without_low_walls(vertical, horizontal, scale),
    ]
    return are_broken(rules, scale) or have_gaps(horizontal, vertical, scale, ragged=ragged)


def are_ragged(rules: Sequence[Stroke], found: Candidates, scale: float) -> bool:
    """Whether long rules of one direction have gaps all along, at no even intervals: on a coarse
    fax they are dots at random."""
    long = [rule for rule in rules if rule.length >= LONG * scale]
    gapped = [rule for rule in long if wholeness(rule, found.fine) < _DASHED]
    even = sum(is_dashed(rule, found.fine, scale) for rule in gapped)
    # Where rules are printed as dashes, those of some are counted as uneven.
    return len(gapped) - even > max(1, _RAGGED * len(long), even)


def are_broken(rules: Sequence[Stroke], scale: float) -> bool:
    """Whether many rules of a page are chains of pieces."""
    pieces = sum(rule.length < LONG * scale for rule in rules)
    return pieces >= max(_FEWEST_PIECES, _PIECES_SHARE * len(rules))


def are_dashed(rules: Sequence[Stroke], found: Candidates, scale: float) -> bool:
    """Whether most long rules of one direction have gaps all along."""
    whole = [wholeness(rule, found.fine) for rule in rules if rule.length >= LONG * scale]
    return len(whole) > 1 and float(np.median(whole)) < _DASHED


def are_evenly_dashed(rules: Sequence[Stroke], found: Candidates, scale: float) -> bool:
    """Whether most long rules of one direction have gaps all along at even intervals."""
    dashed = [
        wholeness(rule, found.fine) < _DASHED and is_dashed(rule, found.fine, scale)
        for rule in rules
        if rule.length >= LONG * scale
    ]
    return len(dashed) > 1 and sum(dashed) > _MOST_DASHED * len(dashed)


def _without_low_walls(
    rules: Sequence[Stroke], crossing: Sequence[Stroke], scale: float
) -> list[Stroke]:
    """The rules but for short ones that lead from rule to rule: they are whole, and no pieces."""
    lines, reach = CrossingRules(crossing), _REACH * scale
    ends = [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in rules]
    x0, y0, x1, y1 = np.array(ends, np.float64).reshape(-1, 4).T
    walls = np.isfinite(lines.nearest(x0, y0, reach, reach))
    walls &= np.isfinite(lines.nearest(x1, y1, reach, reach))
    return [
        rule
        for rule, is_wall in zip(rules, walls.tolist(), strict=True)
        if not is_wall or rule.length >= LONG * scale
    ]


def have_gaps(
    horizontal: Sequence[Stroke],
    vertical: Sequence[Stroke],
    scale: float,
    *,
    ragged: bool = False,
    crossing: tuple[Sequence[Stroke], Sequence[Stroke]] = ((), ()),
) -> bool:
    """Whether most long lines of a page, or some many times, have gaps that neither dashes nor
    merged cells have: those are even, and these begin and end at rules.

    `crossing`: strokes of both directions that may be rules, too, at which merged cells end.
    """
    counts = [
        len(gaps) if not _are_dashes(gaps, scale) else 0
        for rules, others in (
            (horizontal, CrossingRules([*vertical, *crossing[1]])),
            (vertical, CrossingRules([*horizontal, *crossing[0]])),
        )
        for line in lines_of(rules, scale)
        if line.end - line.start >= _LONG_LINE * scale
        for gaps in [list(_gaps(line, others, scale))]
    ]
    broken = [count >= _FEWEST_IN_LINE for count in counts]
    most = 2 * sum(broken) > len(broken)
    many = not ragged and sum(counts) >= _GAPS_A_LINE * len(counts)
    return sum(counts) >= _FEWEST_GAPS and sum(broken) > 1 and (most or many)


def _gaps(line: Line, crossing: CrossingRules, scale: float) -> Iterator[float]:
    """The middles of the gaps of a line that neither begin nor end at a crossing rule."""
    low, high = (length * scale for length in _GAPS)
    for before, after in pairwise(line.strokes):
        if not low <= after.x0 - before.x1 <= high:
            continue
        xs, ys = np.array([before.x1, after.x0]), np.array([before.y1, after.y0])
        if not np.isfinite(crossing.nearest(xs, ys, _REACH * scale, _REACH * scale)).any():
            yield (before.x1 + after.x0) / 2


def _are_dashes(gaps: Sequence[float], scale: float) -> bool:
    """Whether gaps follow each other closely at even intervals."""
    periods = np.diff(gaps)
    if len(periods) < _FEWEST_IN_LINE or float(periods.mean()) > _LONGEST_DASH * scale:
        return False
    return float(periods.std()) < _EVEN * float(periods.mean())
