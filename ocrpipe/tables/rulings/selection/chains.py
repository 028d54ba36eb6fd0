"""Strokes of one direction that follow each other on one line: the pieces of long rules."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ocrpipe.tables.rulings.beside import LONG, crowded, in_text, is_line_of_text
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke

# Lengths in points.
_CHAIN_GAP, _CHAIN_GAP_OF_LONG, _LONG_PIECE = 3.0, 7.0, 15.0
"""Gap between two pieces of a chain, at most; and the wider one beside a piece as
long as the last."""

_LOOSE_GAP, _LEAST_BESIDE = 1.5, 20.0
"""Gap from which on a stroke at the end of a chain is apart from the one beside it, and the length
of that one on a broken page, at least."""

_SIDEWAYS = 0.7
"""How far off each other's line two pieces of a chain may lie."""

_MOST_CROWDED = 0.5
"""Share of a stroke with ink around it from which on it is one of characters."""

_BROKEN_CHAINS = 0.6
"""Share of the long chains of a page with such gaps from which its rules are broken."""

Parts = tuple[list[Stroke], list[Stroke]]
"""Long strokes, alone or as chains, and short ones."""


def split(found: Candidates, scale: float) -> Parts:
    """Strokes that are long, alone or as a chain of pieces with small gaps, and the rest."""
    long = [stroke for stroke in found.faint if stroke.length >= LONG * scale]
    short = [stroke for stroke in found.faint if stroke.length < LONG * scale]
    chains = _chains(found.solid, scale)
    broken = _are_broken([chain for chain in chains if _is_long(chain, scale)], scale)
    for chain in chains:
        rules = chain
        if _is_long(chain, scale):
            chain, loose = _without_loose_ends(  # noqa: PLW2901
                chain, None if broken else found, scale
            )
            short += loose
            rules = [stroke for stroke in chain if not in_text(stroke, found.fine, scale)]
            short += [stroke for stroke in chain if stroke not in rules]
        is_rule = _is_long(rules, scale) and not is_line_of_text(rules, found.fine, scale)
        (long if is_rule else short).extend(rules)
    return long, short


def _are_broken(chains: Sequence[Sequence[Stroke]], scale: float) -> bool:
    """Whether most of the long chains of a page have gaps: its rules end in pieces anywhere."""
    gaps = [
        any(after.x0 - before.x1 > _LOOSE_GAP * scale for before, after in pairwise(chain))
        for chain in chains
    ]
    return sum(gaps) > _BROKEN_CHAINS * len(gaps)


def _without_loose_ends(
    chain: list[Stroke], found: Candidates | None, scale: float
) -> tuple[list[Stroke], list[Stroke]]:
    """A chain, and the short strokes that only stand on the line of a long rule at its ends.

    A rule that is broken is broken all along; a stroke apart from the end of a long piece is that
    of a character, a bracket above the column's edge.
    """
    first, last = 0, len(chain) - 1
    while first < last and _is_loose(chain[first], chain[first + 1], found, scale):
        first += 1
    while first < last and _is_loose(chain[last], chain[last - 1], found, scale):
        last -= 1
    if found is not None:
        first += _in_word(chain[first : last + 1], found, scale)
        last -= _in_word(chain[last : first - 1 if first else None : -1], found, scale)
    return chain[first : last + 1], [*chain[:first], *chain[last + 1 :]]


def _in_word(chain: Sequence[Stroke], found: Candidates, scale: float) -> int:
    """How many strokes at the beginning of a chain are those of one word, which is apart from the
    long stroke after it: what only a loose stroke links to that one is as loose."""
    count = next((at for at, stroke in enumerate(chain) if stroke.length >= LONG * scale), 0)
    if count < 2 or not _is_loose(chain[count - 1], chain[count], found, scale):
        return 0
    word = all(crowded(s, found.ink, found.fine, scale) > _MOST_CROWDED for s in chain[:count])
    return count if word else 0


def _is_loose(stroke: Stroke, beside: Stroke, found: Candidates | None, scale: float) -> bool:
    """Whether a stroke at the end of a chain is apart from a long one beside it, and short or that
    of characters that stand close together. Without `found`, on a broken page, a short one alone:
    a longer one may be a piece of the rule."""
    gap = max(stroke.x0 - beside.x1, beside.x0 - stroke.x1)
    least = LONG if found is None else _LEAST_BESIDE
    if beside.length < least * scale or gap <= _LOOSE_GAP * scale:
        return False
    return stroke.length < _LONG_PIECE * scale or (
        found is not None
        and stroke.length < LONG * scale
        and crowded(stroke, found.ink, found.fine, scale) > _MOST_CROWDED
    )


def _is_long(chain: Sequence[Stroke], scale: float) -> bool:
    if not chain:
        return False
    length = chain[-1].x1 - chain[0].x0
    return length >= LONG * scale and sum(stroke.length for stroke in chain) >= 0.7 * length


def _chains(strokes: Sequence[Stroke], scale: float) -> list[list[Stroke]]:
    """Pieces that follow each other on one line.

    Characters one above the other in the rows of a table have strokes on one line as well, with
    the space between the rows as gaps: only long pieces may have gaps of that size.
    """
    chains: list[list[Stroke]] = []
    sideways = max(1.5, _SIDEWAYS * scale)
    usual, most, long = _CHAIN_GAP * scale, _CHAIN_GAP_OF_LONG * scale, _LONG_PIECE * scale
    # Chains by the height at which they end, so that a stroke meets only those of its own.
    ending: defaultdict[int, set[int]] = defaultdict(set)
    for stroke in sorted(strokes, key=lambda s: (s.x0, s.y0)):
        level = int(stroke.y0 / sideways)
        near = [index for at in (level - 1, level, level + 1) for index in ending.get(at, ())]
        for index in sorted(near):
            last = chains[index][-1]
            if abs(stroke.y0 - last.y1) > sideways:
                continue
            gap = stroke.x0 - last.x1
            if gap > most:
                ending[int(last.y1 / sideways)].discard(index)
            elif gap >= -2 and (gap <= usual or max(last.length, stroke.length) >= long):
                ending[int(last.y1 / sideways)].discard(index)
                chains[index].append(stroke)
                break
        else:
            index = len(chains)
            chains.append([stroke])
        ending[int(stroke.y1 / sideways)].add(index)
    return chains
