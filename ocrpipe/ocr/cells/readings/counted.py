"""How many digits a figure has, as its ink shows: 111 on a worn page is read as 11."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ocrpipe.ocr.port import NumericReading, Recognition
from ocrpipe.ocr.recognition.agreement import agreed, is_figure
from ocrpipe.page import Pixels
from ocrpipe.runs import find_runs, inked_height

_AS_HIGH = 0.8
"""Height of a digit in that of its line, at least."""

_WIDEST = 0.9
"""Width of a digit in its height, at most: what is wider is several that touch."""

_DOUBTED = 0.6
_PLUS = "+＋"


_NARROWEST_PLUS = 0.42
"""Width of a plus in heights of the digits, at least; what is smaller is dust before them."""


def agreed_figure(first: Recognition, others: Sequence[Recognition], mask: Pixels) -> Recognition:
    """What readings of the ink `mask` (H, W) agree on; see `agreed`. Where they differ in their
    number of digits, those count that have one for each that stands apart, and are doubtful."""
    whole = agreed(first, others)
    everything = (first, *others)
    if not is_figure(whole.text):
        return replace(whole, numeric=_counted(whole, everything, mask))
    if whole.text[0] in _PLUS:
        return _without_small_plus(whole, everything, mask)
    digits = len(whole.text)
    differing = [one for one in everything if one.text.isdigit() and len(one.text) != digits]
    if not differing or not whole.text.isdigit():
        # As nearly always: the ink need not be looked at.
        return whole
    count = _digits_apart(mask)
    fitting = [reading for reading in differing if len(reading.text) == count]
    if not fitting:
        return whole
    best = agreed(fitting[0], fitting[1:])
    return replace(best, confidence=min(best.confidence, _DOUBTED))


def _without_small_plus(
    whole: Recognition, readings: Sequence[Recognition], mask: Pixels
) -> Recognition:
    """A signed number without its plus where that is too small for one, and another picture of the
    same ink was read without it."""
    bare = [reading for reading in readings if reading.text == whole.text[1:]]
    runs = find_runs(mask.max(axis=0) > 0)
    rows = np.flatnonzero(mask.any(axis=1))
    if not bare or len(runs) < 2 or runs[0][1] - runs[0][0] >= _NARROWEST_PLUS * np.ptp(rows):
        return whole
    best = agreed(bare[0], bare[1:])
    return replace(best, confidence=min(best.confidence, _DOUBTED))


def _counted(
    whole: Recognition, readings: Sequence[Recognition], mask: Pixels
) -> NumericReading | None:
    """The number that ink which was not read as one may be."""
    if whole.numeric is None:
        return None
    digits = len(whole.numeric.text)
    numbers = [reading.numeric for reading in readings if reading.numeric is not None]
    differing = [one for one in numbers if one.text.isdigit() and len(one.text) != digits]
    count = _digits_apart(mask) if differing else 0
    fitting = [number for number in differing if len(number.text) == count]
    if not fitting:
        return whole.numeric
    best = max(fitting, key=lambda number: number.confidence)
    return replace(best, confidence=round(_DOUBTED * best.confidence, 4))


def _digits_apart(mask: Pixels) -> int:
    """The digits of a line if all of them stand apart, else 0."""
    runs = find_runs(mask.max(axis=0) > 0)
    heights = [inked_height(mask[:, a:b]) for a, b in runs]
    line = inked_height(mask)
    alone = all(
        height >= _AS_HIGH * line and b - a <= _WIDEST * height
        for (a, b), height in zip(runs, heights, strict=True)
    )
    return len(runs) if alone else 0
