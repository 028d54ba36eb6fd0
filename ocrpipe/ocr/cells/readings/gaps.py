"""Whether the print of one line is one number or two, by its gaps."""

import re
from collections.abc import Sequence

import numpy as np

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.runs import find_runs

_EVEN_PITCH = 1.3
_FAR, _EVEN_GAPS = 1.3, 0.6


def is_compact(ink: CellInk, text: str) -> bool:
    """Whether the gaps in a line are those of figures set wide, and not between two figures."""
    columns = np.flatnonzero(ink.mask.any(axis=0))
    rows = np.flatnonzero(ink.mask.any(axis=1))
    evenly = all(len(piece) == 1 for piece in re.split(r"[ .,]", text)) or _is_even(ink)
    limit = (1.1 if evenly else 0.75) * (rows[-1] - rows[0] + 1)
    return bool(np.diff(columns).max(initial=0) < limit)


def are_far_apart(parts: Sequence[Part]) -> bool:
    """Whether print of one line has a gap wider than characters are high, and others are narrower:
    figures that are all set wide apart are one number."""
    tallest = max(parts, key=lambda part: part.height)
    beside = [part for part in parts if part.y0 < tallest.y1 and tallest.y0 < part.y1]
    runs = sorted((part.x0, part.x1) for part in beside)
    gaps, reached = [], runs[0][1]
    for start, end in runs:
        if start > reached:
            gaps.append(start - reached)
        reached = max(reached, end)
    widest = max(gaps, default=0)
    evenly = len(gaps) > 1 and min(gaps) > _EVEN_GAPS * widest
    return widest > _FAR * tallest.height and not evenly


def _is_even(ink: CellInk) -> bool:
    """Whether the characters of a line stand at one pitch; a 1 leaves wide gaps beside it."""
    middles = [(a + b) / 2 for a, b in find_runs(ink.mask.max(axis=0) > 0)]
    pitches = np.diff(middles)
    return len(pitches) > 1 and bool(pitches.max() <= _EVEN_PITCH * pitches.min())
