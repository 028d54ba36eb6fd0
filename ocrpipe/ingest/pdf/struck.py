"""Text of a PDF that is struck out, as tracked changes are printed: 8 so before 0 is no 80.

Points of the page as displayed, upright, throughout.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.text_runs import Char, Run
from ocrpipe.page import Ruling

_THICKEST = 0.15
"""Of a strike, in font sizes; word processors draw a fifteenth."""

_HIGHEST, _LOWEST = 0.35, 0.8
"""Shares of a character's box, from its top, between which a strike crosses it: it lies a quarter
to a third of the font size above the baseline, which is at 0.88."""

_SAME_END = 0.25
"""In font sizes: as far from its text a strike begins and ends. A rule of a table goes on to the
next wall."""


def without_struck(
    runs: Sequence[Run], rulings: Sequence[Ruling]
) -> tuple[tuple[Run, ...], tuple[Ruling, ...], tuple[Box, ...]]:
    """The runs with struck characters marked invisible, the rules that are no strikes, and the
    boxes of the digits that are struck: a cell that holds no others is not blank.

    A strike is as long as the text it goes through, and goes through the middle of all of it.
    """
    level = [rule for rule in rulings if rule.horizontal]
    chars = [
        char
        for run in runs
        if not run.quarters and not run.vertical and not run.askew
        for char in run.chars
        if char.visible and not char.is_space
    ]
    if not level or not chars:
        return tuple(runs), tuple(rulings), ()
    boxes = np.array([char.box for char in chars], np.float64)
    struck: set[Box] = set()
    digits: list[Box] = []
    strikes = []
    for rule in level:
        heights = (rule.y0 - boxes[:, 1]) / np.maximum(boxes[:, 3] - boxes[:, 1], 1e-6)
        middles = (boxes[:, 0] + boxes[:, 2]) / 2
        crossed = (heights > _HIGHEST) & (heights < _LOWEST)
        crossed &= (middles > rule.x0) & (middles < rule.x1)
        found = [chars[place] for place in np.flatnonzero(crossed)]
        if found and _is_strike(rule, found):
            strikes.append(rule)
            struck.update(char.box for char in found)
            digits += [char.box for char in found if char.text.isdecimal()]
    if not strikes:
        return tuple(runs), tuple(rulings), ()
    return (
        tuple(
            replace(run, chars=tuple(_shown(char, struck) for char in run.chars)) for run in runs
        ),
        tuple(rule for rule in rulings if rule not in strikes),
        tuple(digits),
    )


def _is_strike(rule: Ruling, chars: Sequence[Char]) -> bool:
    size = max(char.size for char in chars)
    left, right = min(char.box.x0 for char in chars), max(char.box.x1 for char in chars)
    near = max(abs(rule.x0 - left), abs(rule.x1 - right)) <= _SAME_END * size
    return near and rule.thickness <= _THICKEST * size


def _shown(char: Char, struck: set[Box]) -> Char:
    return replace(char, visible=False) if char.box in struck else char
