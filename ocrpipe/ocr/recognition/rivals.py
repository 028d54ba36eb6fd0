"""Other numbers that a CTC network gives notable belief, beside the one that it reads."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.port import NumericReading

_NOTABLE = 0.01
"""Belief in a symbol from which it counts as a rival."""

_MOST = 4
_MOST_TRIED = 24
_LONGEST = 64
"""Frames of the longest line that is looked at: a longer one is text, and no number."""


def rival_numbers(
    scores: NDArray[np.float32], symbols: Sequence[str]
) -> tuple[NumericReading, ...]:
    """The numbers one symbol away from the best one, the likeliest first; none of a long line.

    `scores` is (T, 1 + symbols): for each frame the probability of nothing and of each of
    `symbols`. A rival takes the place of all frames of the symbol that it replaces or drops, or
    of a frame of nothing; its confidence is what the network believes of it in the least
    favourable of those frames.
    """
    if len(scores) > _LONGEST:
        return ()
    best = scores.argmax(axis=1)
    notable = scores >= _NOTABLE
    notable[np.arange(len(best)), best] = False
    if not notable.any():
        return ()
    runs = _runs(best)
    found: dict[str, float] = {}
    frames, rivals = np.nonzero(notable)
    tried = np.argsort(-scores[frames, rivals], kind="stable")[:_MOST_TRIED]
    for frame, rival in zip(frames[tried].tolist(), rivals[tried].tolist(), strict=True):
        start, end = runs[frame]
        believed = scores[start:end, rival] + (scores[start:end, 0] if rival else 0.0)
        confidence = min(float(believed.min()), float(scores[frame, rival]))
        if confidence >= _NOTABLE:
            text = _collapsed([*best[:start], *[rival] * (end - start), *best[end:]], symbols)
            found[text] = max(found.get(text, 0.0), round(confidence, 4))
    found.pop(_collapsed(best.tolist(), symbols), None)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(NumericReading(text, confidence) for text, confidence in ordered[:_MOST])


def _runs(classes: NDArray[np.int64]) -> list[tuple[int, int]]:
    """For each frame the frames of the symbol it belongs to; a frame of nothing stands alone."""
    runs: list[tuple[int, int]] = []
    for symbol, members in groupby(classes.tolist()):
        start, count = len(runs), len(list(members))
        if symbol:
            runs += [(start, start + count)] * count
        else:
            runs += [(frame, frame + 1) for frame in range(start, start + count)]
    return runs


def _collapsed(classes: Sequence[int], symbols: Sequence[str]) -> str:
    return "".join(symbols[symbol - 1] for symbol, _ in groupby(classes) if symbol)
