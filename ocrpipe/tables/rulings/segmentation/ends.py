"""Rules as lines of a direction: where they end, and which lines lie on them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Ruling
from ocrpipe.tables.rulings.segmentation.lines import Line

_LOOSE = 6.0
"""Of a rule beyond the last rule that it crosses, where it should have ended there."""

SAME_LINE = 2.5
"""From a rule to the other pieces of its line."""

_LONE = 90.0
"""Length of a line that divides a cell or two, at most; the rule of a row is longer."""


def directed(rulings: Sequence[Ruling]) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical rules as lines, in their order."""
    across = [Line(r.x0, r.y0, r.x1, r.y1) for r in rulings if r.horizontal]
    down = [Line(r.y0, r.x0, r.y1, r.x1) for r in rulings if not r.horizontal]
    return across, down


def are_loose(rulings: Sequence[Ruling]) -> bool:
    """Whether a rule begins or ends where no other one is: a wall there may be lost, or the rule
    may be none, as one may be that divides a cell. Those of a whole table all end at others."""
    across, down = directed(rulings)
    loose = loose_ends(across, down).any() or loose_ends(down, across).any()
    return bool(loose or lone_lines(across, down).any())


def lone_lines(own: Sequence[Line], others: Sequence[Line]) -> NDArray[np.bool_]:
    """(n,): which lines divide a cell or two and no more: the only ones on their line, from one
    crossing line to another, neither of which ends there, nor any between."""
    if not own or not others:
        return np.zeros(len(own), bool)
    x0, y0, x1, y1 = np.array(own).T[:, :, None]
    top, left, bottom, right = np.array(others).T[:, None, :]
    x, y = (left + right) / 2, (y0 + y1) / 2
    meets = (x0 - _LOOSE <= x) & (x <= x1 + _LOOSE)
    ends = (np.abs(top - y) <= _LOOSE) | (np.abs(bottom - y) <= _LOOSE)
    level = np.abs(y - y.T) <= SAME_LINE
    extent = np.where(level, x1.T, -np.inf).max(axis=1) - np.where(level, x0.T, np.inf).min(axis=1)
    return np.asarray((extent <= _LONE) & ~(meets & ends).any(axis=1))


def loose_ends(own: Sequence[Line], others: Sequence[Line]) -> NDArray[np.bool_]:
    """(n, 2): which lines begin, and which end, where no other one is."""
    if not own or not others:
        return np.ones((len(own), 2), bool)
    x0, y0, x1, y1 = np.array(own).T[:, :, None]
    top, left, bottom, right = np.array(others).T[:, None, :]
    # Rules are nearly straight: where two cross, each is where its middle is.
    x, y = (left + right) / 2, (y0 + y1) / 2
    reach = _LOOSE / 2
    crosses = (x0 - reach <= x) & (x <= x1 + reach) & (top - reach <= y) & (y <= bottom + reach)
    first = np.where(crosses, x, np.inf).min(axis=1) - x0[:, 0]
    last = x1[:, 0] - np.where(crosses, x, -np.inf).max(axis=1)
    return np.asarray(np.abs(np.stack((first, last), axis=1)) > _LOOSE)


def known_share(stretch: Line, rules: Sequence[Line], near: float) -> float:
    """The share of a stretch with a line of its direction at most `near` points aside."""
    ends = sorted(
        (max(stretch.x0, rule.x0), min(stretch.x1, rule.x1))
        for rule in rules
        if min(stretch.x1, rule.x1) > max(stretch.x0, rule.x0)
        and abs(rule.y_at(stretch.middle) - stretch.y_at(stretch.middle)) <= near
    )
    covered, reached = 0.0, stretch.x0
    for start, end in ends:
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return covered / max(stretch.length, 1e-6)
