"""Lines that were taken for rules and are none: strokes of a pen, folds of the sheet.

A network sees nearly all rules of most pages. Where it does, what it does not see is none, if it is
a lone stroke that ends in a cell, or a line that goes on at both ends.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Ruling
from ocrpipe.tables.rulings.segmentation.ends import (
    SAME_LINE,
    directed,
    known_share,
    lone_lines,
    loose_ends,
)
from ocrpipe.tables.rulings.segmentation.lines import Line, Lines

# Lengths in points.
_NEAR = 3.0
"""From a rule to where the network sees it, at most: it sees both lines of a double rule as one."""

_UNSEEN, _AGREEING = 0.25, 0.9
"""Share of a line that is seen, at most, where it may be no rule; and of all rules of its
direction, at least, so that this is believed."""

_GAP = 4.0
"""Between what was found of one stroke: in pieces where it is wavy, and prolonged to walls."""

_LEVEL, _FEWEST_LEVEL = 2.0, 3
"""From an end of a line to ends of so many rules that are seen: where a table goes on over pages,
its walls end level."""

_STROKE = 60.0
"""Length of a stroke of a pen that was taken for a rule, at most; a longer line is none where it
goes on at both ends, as a fold does."""


def without_unseen(rulings: Sequence[Ruling], seen: Lines) -> tuple[Ruling, ...]:
    """The rules without strokes and folds that were taken for some, horizontal ones first.

    Args:
        rulings: Of the page, in points.
        seen: Lines that the network saw on it.
    """
    across, down = directed(rulings)
    lone = lone_lines(across, down)
    kept = [
        *_are_rules(across, seen.across, down, lone),
        *_are_rules(down, seen.down, across, np.zeros(len(down), bool)),
    ]
    ordered = [
        *(ruling for ruling in rulings if ruling.horizontal),
        *(ruling for ruling in rulings if not ruling.horizontal),
    ]
    return tuple(ruling for ruling, rule in zip(ordered, kept, strict=True) if rule)


def _are_rules(
    own: Sequence[Line], seen: Sequence[Line], others: Sequence[Line], lone: NDArray[np.bool_]
) -> list[bool]:
    """Which lines are rules by what is seen of them; `lone` ones divide a cell or two."""
    shares = [known_share(line, seen, _NEAR) for line in own]
    known = [line for line, share in zip(own, shares, strict=True) if share > _UNSEEN]
    loose = _free_ends(own, others, known)
    unseen = [n for n, share in enumerate(shares) if share <= _UNSEEN]
    none: set[int] = set()
    for stroke in _strokes(own, unseen):
        drawn = lone[stroke].all() or _is_none([own[n] for n in stroke], loose[stroke])
        if drawn and not _goes_on(stroke, own):
            none.update(stroke)
    # What may be none tells nothing of how well the network sees rules, unless it is most.
    rest = [(line.length, shares[n]) for n, line in enumerate(own) if n not in none]
    whole = sum(length for length, _ in rest)
    agreeing = sum(length * share for length, share in rest)
    if agreeing < _AGREEING * whole or whole < sum(own[n].length for n in none):
        return [True] * len(own)
    return [n not in none for n in range(len(own))]


def _free_ends(
    own: Sequence[Line], others: Sequence[Line], known: Sequence[Line]
) -> NDArray[np.bool_]:
    """(n, 2): which lines begin, and which end, where no other one is and no known ones end.

    Where no line crosses them all rules do: there, these are those that reach past all known ones.
    One that begins and ends where a known one does is a rule of its table.
    """
    if not others and known:
        left, right = min(line.x0 for line in known), max(line.x1 for line in known)
        return np.array([(line.x0 < left - _NEAR, line.x1 > right + _NEAR) for line in own])
    loose = loose_ends(own, others)
    for side in (0, 1):
        places = np.array([(line.x0, line.x1)[side] for line in own])
        ends = np.sort([(line.x0, line.x1)[side] for line in known])
        level = np.searchsorted(ends, (places - _LEVEL, places + _LEVEL))
        loose[:, side] &= level[1] - level[0] < _FEWEST_LEVEL
    x0, _, x1, _ = np.array(own).reshape(-1, 4).T[:, :, None]
    starts, _, stops, _ = np.array(known).reshape(-1, 4).T[:, None, :]
    beside = (np.abs(x0 - starts) <= _LEVEL) & (np.abs(x1 - stops) <= _LEVEL)
    loose[beside.any(axis=1)] = False
    return loose


def _strokes(lines: Sequence[Line], chosen: Sequence[int]) -> list[list[int]]:
    """Of the lines that are chosen, those together that lie on each other or touch."""
    strokes: list[list[int]] = []
    for n in sorted(chosen, key=lambda n: lines[n]):
        for stroke in strokes:
            if any(
                lines[piece].x1 >= lines[n].x0 - _GAP and _on_one_line(lines[piece], lines[n])
                for piece in stroke
            ):
                stroke.append(n)
                break
        else:
            strokes.append([n])
    return strokes


def _is_none(stroke: Sequence[Line], loose: NDArray[np.bool_]) -> bool:
    """Whether a line that is not seen ends in a cell, as a stroke, or goes on at both ends."""
    first = loose[int(np.argmin([piece.x0 for piece in stroke])), 0]
    last = loose[int(np.argmax([piece.x1 for piece in stroke])), 1]
    return bool(first or last) and any(
        ends.all() or (piece.length <= _STROKE and ends.any())
        for piece, ends in zip(stroke, loose, strict=True)
    )


def _goes_on(stroke: Sequence[int], lines: Sequence[Line]) -> bool:
    """Whether there are other pieces on the line of a stroke, which a broken rule has and no stroke
    or fold."""
    return any(
        _on_one_line(other, lines[piece])
        for n, other in enumerate(lines)
        if n not in stroke
        for piece in stroke
    )


def _on_one_line(first: Line, second: Line) -> bool:
    return abs(first.y_at(second.middle) - second.y_at(second.middle)) <= SAME_LINE
