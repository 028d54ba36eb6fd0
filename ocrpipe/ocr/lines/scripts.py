"""Which script a line is written in, seen from its shapes before anyone tries to read it.

A recogniser that knows no Tibetan answers a Tibetan line with dots, digits or nothing, so the
script is decided by a small classifier of its own. Its features are histograms of gradient
directions (Dalal and Triggs, CVPR 2005) in level zones of the line, and profiles of its ink:
Tibetan hangs from a head line, Chinese fills its square. A perceptron with one hidden layer,
trained by scripts/train_script_classifier.py, weighs them.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile
from ocrpipe.weights import SCRIPT_CLASSIFIER, locate

HEIGHT = 40
"""Pixels that every line is scaled to; like what follows, what the classifier was trained with."""

_ZONES = 8
_DIRECTIONS = 8
_BINS = 10
"""Bands of a line, directions of its edges in each, and bins of where its columns begin and end."""

_MAX_ASPECT = 40
"""Widths of a line in its heights that are looked at: longer ones are squeezed to it."""

_LEAST_ROWS = 7
"""Pixels: a line lower than this is a stroke, or too coarse to show anything."""

_LEAST_ASPECT = 2.2
"""One or two characters show too little of a script: 甲 hangs from a line as Tibetan does."""

_LEAST_STROKES = 3
"""Strokes that some row of a line crosses; a dash or a frame has fewer."""

_TIBETAN = 0.9
"""Probability from which a line's shapes say Tibetan; see the report of the training script."""


def looks_tibetan(crop: Pixels) -> bool:
    """Whether a line looks Tibetan rather than Chinese with its digits and Latin letters.

    `crop` is the picture of one horizontal line, dark ink on lighter paper, (H, W) or (H, W, 3).

    Raises:
        EngineUnavailableError: the classifier's weights are missing.
    """
    return tibetan_probability(crop) >= _TIBETAN


def tibetan_probability(crop: Pixels) -> float:
    """How likely it is that the line is Tibetan; 0 where it has no ink, or too little."""
    found = line_features(crop)
    if found is None:
        return 0.0
    weights = _weights()
    hidden = np.maximum(
        (found - weights["mean"]) / weights["scale"] @ weights["w1"] + weights["b1"], 0
    )
    score = float((hidden @ weights["w2"] + weights["b2"])[0])
    return float(1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0))))


@cache
def _weights() -> dict[str, NDArray[np.float32]]:
    with np.load(locate(SCRIPT_CLASSIFIER)) as file:
        return {name: file[name] for name in ("mean", "scale", "w1", "b1", "w2", "b2")}


def line_features(crop: Pixels) -> NDArray[np.float32] | None:
    """What the classifier looks at, (features,), or None where there is too little ink."""
    line = _normalized(crop)
    if line is None:
        return None
    return np.concatenate([_directions(line), _profiles(line)])


def _normalized(crop: Pixels) -> NDArray[np.float32] | None:
    """The line's ink, 0 to 1, trimmed to its hull and HEIGHT rows high."""
    grey = to_grey(crop)
    if min(grey.shape) < 6:
        return None
    paper, darkest = percentile(grey, 85), percentile(grey, 2)
    peak = paper - darkest
    if peak < 12:
        return None
    ink = np.clip((np.float32(paper) - grey) / np.float32(peak), 0, 1)
    smooth = np.asarray(cv2.GaussianBlur(ink, (0, 0), max(0.5, grey.shape[0] / 60)))
    rows = np.flatnonzero((smooth > 0.35).mean(axis=1) > 0.004)
    columns = np.flatnonzero((smooth > 0.35).any(axis=0))
    if rows.size < _LEAST_ROWS or columns.size < _LEAST_ASPECT * rows.size:
        return None
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    strokes = (np.diff((ink > 0.4).astype(np.int8), axis=1) == 1).sum(axis=1)
    if strokes.max() < _LEAST_STROKES:
        return None
    aspect = min(_MAX_ASPECT, ink.shape[1] / ink.shape[0])
    width = max(8, round(HEIGHT * aspect))
    method = cv2.INTER_AREA if ink.shape[0] > HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(ink, (width, HEIGHT), interpolation=method), dtype=np.float32)


def _directions(line: NDArray[np.float32]) -> NDArray[np.float32]:
    """In each level zone the share of gradient in each direction."""
    smooth = cv2.GaussianBlur(line, (0, 0), 0.8)
    dx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0)
    dy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    strength = np.hypot(dx, dy)
    angle = np.mod(np.arctan2(dy, dx), 2 * np.pi)
    index = np.minimum((angle * (_DIRECTIONS / (2 * np.pi))).astype(np.intp), _DIRECTIONS - 1)
    zone = np.repeat(np.arange(HEIGHT) * _ZONES // HEIGHT, line.shape[1]).reshape(line.shape)
    flat = np.bincount(
        (zone * _DIRECTIONS + index).ravel(),
        weights=strength.ravel(),
        minlength=_ZONES * _DIRECTIONS,
    )
    return np.asarray(np.sqrt(flat / max(float(flat.sum()), 1e-6)), dtype=np.float32)


def _profiles(line: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much ink, and how many strokes, each row crosses; where columns begin and end."""
    binary = line > 0.4
    ink = binary.mean(axis=1).reshape(-1, 2).mean(axis=1)
    strokes = (np.diff(binary.astype(np.int8), axis=1) == 1).sum(axis=1) * (HEIGHT / line.shape[1])
    strokes = strokes.reshape(-1, 2).mean(axis=1)
    inked = binary.any(axis=0)
    tops = binary.argmax(axis=0)[inked] if inked.any() else np.zeros(1)
    bottoms = binary[::-1].argmax(axis=0)[inked] if inked.any() else np.zeros(1)
    edges = [
        np.histogram(values, bins=_BINS, range=(0, HEIGHT))[0] / max(1, values.size)
        for values in (tops, bottoms)
    ]
    return np.asarray(np.concatenate([ink, strokes, *edges]), dtype=np.float32)
