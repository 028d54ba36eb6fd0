"""Curves that run through ink from one edge of a picture to another: arcs of circles, and straight
lines.

The two ends of a curve are where ink cuts the edges of the picture; how far it bows between them is
searched for. A curve is a row (x and y of one end, x and y of the other, half the angle it turns
through): a straight line turns through none.
"""

from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.runs import find_runs

Floats = NDArray[np.float64]
Density = NDArray[np.float32]

_SAMPLES = 72
"""How many points of a curve are looked at."""
_WIDEST = 0.5
"""How long a stroke's cut with an edge may be, in heights of the picture."""
_MOST_CUTS = 16
"""With more ink at the edges, as where a line above or below is cut in, nothing is looked for."""
_SHORTEST, _LONGEST = 0.5, 6.5
"""Between which lengths the chord of a curve lies, in heights."""
_SMALLEST_RADIUS = 0.6
_MOST_HALF = 1.75
"""Half the largest angle that a curve turns through: a little more than half a circle."""
_BOW = 1.5
"""How far apart the middles of two curves are that are tried, in pixels."""
_DEEPEST = 1.05
"""How far a curve bows at most, in heights."""
_BLUR = 0.03
"""In heights of the picture; about half of a stroke's width."""
_GAPS = 0.06
"""The part of a curve that may be without ink."""
_OUTSIDE = 0.1
"""The part of a curve that may lie outside of the picture."""


def ink_from(dark: Density) -> float:
    """The density from which something is ink, by the darkest in a picture."""
    return max(0.08, 0.25 * float(np.percentile(dark, 98)))


def curves_through(dark: Density) -> list[Floats]:
    """The curves nearly all of which is ink, one for two cuts at most, the darkest first.

    `dark` is (height, width), 0 for paper.
    """
    height, level = dark.shape[0], ink_from(dark)
    cuts = list(_cuts(dark > level))
    if len(cuts) > _MOST_CUTS:
        return []
    found: list[tuple[float, Floats]] = []
    for start, end in combinations(cuts, 2):
        chord = float(np.hypot(end[0] - start[0], end[1] - start[1])) / height
        if not _SHORTEST <= chord <= _LONGEST:
            continue
        curves = _between(start, end, chord, height)
        low = _lowest(dark, points_of(curves))
        best = int(np.argmax(low))
        if low[best] > 0.6 * level:
            found.append((float(low[best]), curves[best]))
    found.sort(key=lambda entry: -entry[0])
    return [curve for _, curve in found]


def points_of(curves: Floats) -> Floats:
    """The points (n, _SAMPLES, 2), x and y, along n curves."""
    start, end, half = curves[:, :2], curves[:, 2:4], curves[:, 4:5]
    # A straight line is an arc that turns through hardly anything.
    half = np.where(np.abs(half) < 1e-3, 1e-3, half)
    part = np.linspace(-1.0, 1.0, _SAMPLES)
    along = np.sin(half * part) / np.sin(half) / 2
    across = (np.cos(half * part) - np.cos(half)) / np.sin(half) / 2
    chord = end - start
    normal = np.column_stack([-chord[:, 1], chord[:, 0]])
    middle = (start + end) / 2
    points = middle[:, None] + along[..., None] * chord[:, None]
    return np.asarray(points + across[..., None] * normal[:, None], np.float64)


def sampled(dark: Density, points: Floats) -> Floats:
    """The density at points (..., 2); NaN outside of the picture."""
    height, width = dark.shape
    x, y = (np.rint(points[..., axis]).astype(np.intp) for axis in (0, 1))
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    values = dark[y.clip(0, height - 1), x.clip(0, width - 1)]
    return np.where(inside, values.astype(np.float64), np.nan)


def refined(dark: Density, curve: Floats) -> Floats:
    """The curve with its ends, on their edges, and its bow moved to where its ink is darkest."""
    height = dark.shape[0]
    # Blurred, a stroke is darkest in its middle.
    ridges = np.asarray(cv2.GaussianBlur(dark, (0, 0), _BLUR * height), np.float32)
    chord = float(np.hypot(*(curve[2:4] - curve[:2])))
    moving = [end if _on_top_or_bottom(curve[end + 1], height) else end + 1 for end in (0, 2)]
    for step in (2.0, 1.0, 0.5):
        moves = np.array(np.meshgrid(*[(-step, 0.0, step)] * 3)).reshape(3, -1).T
        tries = np.tile(curve, (len(moves), 1))
        tries[:, moving] += moves[:, :2]
        tries[:, 4] += 4 * moves[:, 2] / chord
        values = np.nan_to_num(sampled(ridges, points_of(tries)))
        worth = np.percentile(values, (8, 25), axis=1).sum(axis=0)
        curve = tries[int(np.argmax(worth))]
    return curve


def _on_top_or_bottom(y: float, height: int) -> bool:
    return y in (1.0, height - 2.0)


def _cuts(ink: NDArray[np.bool_]) -> Iterator[tuple[float, float]]:
    """Where strokes cut the edges of a picture: x and y of their middles, a pixel inside."""
    height, width = ink.shape
    longest = _WIDEST * height
    for y in (1, height - 2):
        yield from ((x, float(y)) for x in _middles_of_runs(ink[y], longest))
    for x in (1, width - 2):
        yield from ((float(x), y) for y in _middles_of_runs(ink[:, x], longest))


def _middles_of_runs(ink: NDArray[np.bool_], longest: float) -> list[float]:
    runs = find_runs(ink)
    return [(start + end - 1) / 2 for start, end in runs if 2 <= end - start <= longest]


def _between(
    start: tuple[float, float], end: tuple[float, float], chord: float, height: int
) -> Floats:
    """The curves between two points that are tried; `chord` in heights."""
    turns = min(1.0, chord / (2 * _SMALLEST_RADIUS))
    # A chord shorter than the smallest circle is wide can only be cut from larger ones.
    most = float(np.arcsin(turns)) if turns < 1.0 else _MOST_HALF
    # Nor may it bow further than the picture is high.
    steepest = min(float(np.tan(most / 2)), 2 * _DEEPEST / chord)
    count = 2 * int(np.ceil(chord * height / 2 * steepest / _BOW)) + 1
    halves = 2 * np.arctan(np.linspace(-steepest, steepest, count))
    return np.column_stack([np.tile([*start, *end], (count, 1)), halves])


def _lowest(dark: Density, points: Floats) -> Floats:
    """The density that nearly all points of each curve have; 0 where much of it lies outside."""
    values = sampled(dark, points)
    outside = np.isnan(values)
    place = round(_GAPS * _SAMPLES)
    low = np.partition(np.where(outside, np.inf, values), place, axis=1)[:, place]
    return np.where(outside.mean(axis=1) > _OUTSIDE, 0.0, low)
