"""The likelihood that slots have walls of which a coarse fax left dots at random.

A dot is one event, however small it is, and there are hardly any beside rules: what counts is how
many stretches of a slot have one. Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.runs import longest_run
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.surroundings import inked_beside
from ocrpipe.tables.rulings.worn.slots import INDEPENDENT, Slot, dash_of, joined, log_mean

_LEFT = np.array([0.06, 0.12, 0.25, 0.5, 0.75, 0.97])
"""Shares of the stretches of a wall that may have a dot."""

_DUST = np.array([0.03])
"""The same without a wall."""

_OTHERWISE = 0.3
"""Likelihood that a slot has another share than those of its line."""

_FEWEST_SLOTS, _TOGETHER = 3, 2.0
"""Slots of a line that have a dot, and the log odds of all its slots as one, at least, where none
of them shows a wall by itself."""

_LONGEST_GAP = 80.0
"""Points of a wall without a dot, at most."""

_SHORTEST_DASH, _DASH_SHARE = 5.0, 0.8
"""Points of ink in one piece, and its share of the ink of a slot, that dots at random do not make
in the middle of one: it is a dash, or a stroke of a label."""

_BETWEEN_PRINT = 4.0
"""Points of a slot between print in which dots are those of the print."""

_BESIDE, _CLEAR, _PRINT, _STEP = 2.0, 3.0, 12.0, 1.0
"""Points from a rule between two rows of figures that are clear, those up to which print begins,
and those between two looks."""


def dotted_odds(slots: Sequence[Slot], scale: float) -> list[float]:
    """The log odds of slots by their dots, and by how many their lines have elsewhere."""
    counted = [_counted(slot, scale) for slot in slots]
    logs = [hit * np.log(_LEFT) + missed * np.log(1 - _LEFT) for hit, missed in counted]
    usual = np.full(len(_LEFT), 1 / len(_LEFT))
    odds = [_odds(*each, usual, scale) for each in zip(slots, counted, logs, strict=True)]
    lines: dict[int, list[NDArray[np.float64]]] = {}
    for slot, (hit, _), log, value in zip(slots, counted, logs, odds, strict=True):
        if value > 0 and hit:
            lines.setdefault(slot.line, []).append(_likely(log))
    for line, log in _sparse_lines(slots, counted, logs).items():
        lines.setdefault(line, [_likely(log)])
    weights = {
        line: _OTHERWISE * usual + (1 - _OTHERWISE) * np.mean(shares, axis=0)
        for line, shares in lines.items()
    }
    return [
        _odds(slot, count, log, weights.get(slot.line, usual), scale)
        for slot, count, log in zip(slots, counted, logs, strict=True)
    ]


def _sparse_lines(
    slots: Sequence[Slot],
    counted: Sequence[tuple[float, float]],
    logs: Sequence[NDArray[np.float64]],
) -> dict[int, NDArray[np.float64]]:
    """The lines whose slots together have dots enough, and the log likelihood of the shares."""
    found = {}
    for line in {slot.line for slot in slots}:
        own = [index for index, slot in enumerate(slots) if slot.line == line and not slot.remote]
        hit, missed = (sum(counted[index][part] for index in own) for part in (0, 1))
        spread = sum(counted[index][0] > 0 for index in own)
        if spread >= _FEWEST_SLOTS and (
            log_mean(_LEFT, hit, missed) - log_mean(_DUST, hit, missed) > _TOGETHER
        ):
            found[line] = np.sum([logs[index] for index in own], axis=0)
    return found


def _likely(logs: NDArray[np.float64]) -> NDArray[np.float64]:
    shares = np.exp(logs - logs.max())
    return np.asarray(shares / shares.sum())


def is_between_rows(slot: Slot, found: Candidates, scale: float) -> bool:
    """Whether print stands above and below a slot, well apart from it, as in two rows of figures:
    the lines of one cell are closer."""
    stroke = slot.stroke
    start, end = round(stroke.x0 + _CLEAR * scale), round(stroke.x1 - _CLEAR * scale)
    xs = np.arange(max(0, start), min(found.grey.shape[1], end))
    if len(xs) == 0:
        return False
    ways = np.arange(_BESIDE, _PRINT, _STEP)
    aside, clear = stroke.thickness / 2 + ways * scale, int(np.sum(ways <= _CLEAR))
    sides = [
        np.asarray(inked_beside(stroke, xs, found, (side * aside).tolist()).any(axis=1))
        for side in (-1, 1)
    ]
    return all(not side[:clear].any() and bool(side[clear:].any()) for side in sides)


def _odds(
    slot: Slot,
    count: tuple[float, float],
    logs: NDArray[np.float64],
    weights: NDArray[np.float64],
    scale: float,
) -> float:
    if not any(count):
        return 0.0
    wall = float(logs.max() + np.log((weights * np.exp(logs - logs.max())).sum()))
    odds = wall - log_mean(_DUST, *count)
    return min(odds, 0.0) if longest_run(~slot.on) > _LONGEST_GAP * scale else odds


def _counted(slot: Slot, scale: float) -> tuple[float, float]:
    """How many stretches of a slot have a dot in what is clear of print, and how many none."""
    unit = max(1, round(INDEPENDENT * scale))
    between = np.ones((1, max(1, round(_BETWEEN_PRINT * scale))), np.uint8)
    close = cv2.morphologyEx(slot.near[None].astype(np.uint8), cv2.MORPH_CLOSE, between)[0] > 0
    starts = np.arange(0, len(slot.on), unit)
    dash = dash_of(joined(slot.on, scale), scale, _DASH_SHARE)
    if dash.sum() >= _SHORTEST_DASH * scale:
        close = close | dash
    hit = np.add.reduceat(slot.on & ~close, starts) > 0
    clear = np.add.reduceat(~close, starts)
    return float(hit.sum()), float(clear[~hit].sum()) / unit
