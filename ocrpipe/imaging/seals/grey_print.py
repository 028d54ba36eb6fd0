"""Digits and dashes inside a seal's ring whose thin strokes are as grey as the seal's ink.

Their grey does not tell them from the seal, so their form and place does: they stand upright and
clear of its strokes, and they do not follow its ring as its characters and its number do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import Labels, connected_parts
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile

_LOWEST, _HIGHEST = 3.2, 9.5
"""Points: digits of tables are as high, the characters of a seal are higher."""

_WIDEST_DIGIT = 0.85
"""Width of a digit against its height, at most; characters of a seal are as wide as high."""

_DASH = 1.6
_SHORTEST_DASH = 2.5
_LONGEST_DASH = 14.0
"""Points: thickness of a dash at most, and its length."""

_FLATTEST_DASH = 3.0
"""Length of a dash against its thickness, at least."""

_SMALLEST = 0.3
"""Square points: less is a speck."""

_LEAST_SOLID = 2.0
"""Square points of a sign that are as even and thick as a seal's strokes; less is a knot of thin
ones."""

_CLEAR = 0.9
"""Points between such print and the strokes of the seal, at least."""

_NEIGHBOURS = 2.0
"""Points between two signs of one number, at most."""

_LINE = 0.7
"""Points by which the digits of one number differ in their tops and bottoms, at most."""

_MOST_SIGNS = 12

_SAME_RADIUS = 1.0
"""Points by which the signs of a seal's number differ in their distance from its middle."""

_SAME_HEIGHT = 0.2
"""Share by which they differ in height, turned as they are."""

_DARK_STROKES = 15
"""Percentile of the greys of a sign that is taken for that of its strokes."""

_FEWEST_DIGITS = 4
_MOST_DIGITS = 80
"""Percentile of the greys of the digits beside a seal that is taken for that of most."""

_PALER = 12.0
"""Grey levels by which a digit below a seal is paler than most beside it, at most."""

_MOST_ALONG_RING = 5
"""Cells of a table may stand as far from a seal's middle; more signs that do follow its ring."""


@dataclass(frozen=True, slots=True)
class _Sign:
    label: int
    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def right(self) -> int:
        return self.left + self.width


def digits_level(grey: Pixels, ink: Pixels, rules: Pixels, scale: float) -> float | None:
    """The grey that the darkest strokes of most digits have; None where there are too few.

    Args:
        grey: (H, W), the page beside a seal.
        ink: (H, W), 1 where there is ink of any kind, and none of the seal.
        rules: (H, W), 1 where it is a table's.
        scale: pixels a point.
    """
    parts = _Parts.of(grey, ink, rules, scale)
    levels = [parts.level(sign) for sign in parts.signs if _is_digit(sign, scale)]
    if len(levels) < _FEWEST_DIGITS:
        return None
    return percentile(np.asarray(levels), _MOST_DIGITS)


def print_clear_of_strokes(
    grey: Pixels,
    ink: Pixels,
    rules: Pixels,
    thick: Pixels,
    middle: tuple[float, float],
    level: float,
    scale: float,
) -> Pixels:
    """1 where ink is of digits and dashes that stand clear of a seal's strokes.

    Args:
        grey: (H, W), the page under a seal and a little around it.
        ink: (H, W), 1 where there is ink of any kind.
        rules: (H, W), 1 where it is a table's.
        thick: (H, W), 1 where it is too thick and too even for print, and of the seal for certain.
        middle: x and y of the seal's middle in pixels.
        level: that of `digits_level`: ink that is clearly paler is the seal's.
        scale: pixels a point.
    """
    parts = _Parts.of(grey, ink, rules, scale)
    solid = np.bincount(parts.labels[thick > 0].ravel(), minlength=parts.count)
    signs = [sign for sign in parts.signs if solid[sign.label] <= _LEAST_SOLID * scale**2]
    touched = parts.near_others(signs, scale)
    kept = np.zeros(parts.count, np.uint8)
    for line in _numbers(signs, scale):
        if any(sign.label in touched for sign in line) or not _is_straight(line, scale):
            continue
        pale = any(parts.level(sign) > level + _PALER for sign in line)
        if not pale and not any(_follows_ring(sign, signs, middle, scale) for sign in line):
            kept[[sign.label for sign in line]] = 1
    return kept[parts.labels]


@dataclass(frozen=True, slots=True)
class _Parts:
    """The connected ink between rules."""

    grey: Pixels
    free: Pixels
    rules: Pixels
    labels: Labels
    areas: NDArray[np.int32]
    signs: tuple[_Sign, ...]

    @classmethod
    def of(cls, grey: Pixels, ink: Pixels, rules: Pixels, scale: float) -> "_Parts":
        grown = np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8)), np.uint8)
        free = np.where(grown > 0, 0, ink).astype(np.uint8)
        labels, stats = connected_parts(free)
        areas = stats[:, cv2.CC_STAT_AREA]
        return cls(grey, free, grown, labels, areas, tuple(_signs(stats, scale)))

    @property
    def count(self) -> int:
        return len(self.areas)

    def level(self, sign: _Sign) -> float:
        place = np.s_[sign.top : sign.bottom, sign.left : sign.right]
        own = self.grey[place][self.labels[place] == sign.label]
        return percentile(own, _DARK_STROKES)

    def near_others(self, signs: Sequence[_Sign], scale: float) -> frozenset[int]:
        """The labels of parts that other ink than `signs`, or a rule, comes close to."""
        other = self.areas >= _SMALLEST * scale**2
        other[0] = False
        other[[sign.label for sign in signs]] = False
        reach = 2 * round(_CLEAR * scale) + 1
        near = cv2.dilate(other[self.labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
        near = np.maximum(near, cv2.dilate(self.rules, np.ones((3, 3), np.uint8)))
        return frozenset(np.unique(self.labels[near > 0]).tolist())


def _signs(stats: NDArray[np.int32], scale: float) -> Iterator[_Sign]:
    """The parts that have the form of a digit, a point or a dash."""
    for label, (left, top, width, height, area) in enumerate(stats.tolist()):
        if label == 0 or area < _SMALLEST * scale**2:
            continue
        sign = _Sign(label, left, top, width, height)
        if _is_digit(sign, scale) or _is_dash(sign, scale) or _is_point(sign, scale):
            yield sign


def _is_digit(sign: _Sign, scale: float) -> bool:
    high = _LOWEST * scale <= sign.height <= _HIGHEST * scale
    return high and sign.width <= _WIDEST_DIGIT * sign.height + 1


def _is_dash(sign: _Sign, scale: float) -> bool:
    long = _SHORTEST_DASH * scale <= sign.width <= _LONGEST_DASH * scale
    flat = sign.width >= _FLATTEST_DASH * sign.height
    return long and flat and sign.height <= _DASH * scale + 1


def _is_point(sign: _Sign, scale: float) -> bool:
    return max(sign.width, sign.height) <= _LOWEST * scale


def _numbers(signs: list[_Sign], scale: float) -> Iterator[list[_Sign]]:
    """Signs parted into those that stand close to each other."""
    left = list(signs)
    gap = _NEIGHBOURS * scale
    while left:
        found = [left.pop()]
        for sign in found:
            close = [
                other
                for other in left
                if max(sign.left, other.left) - min(sign.right, other.right) <= gap
                and min(sign.bottom, other.bottom) - max(sign.top, other.top)
                >= min(sign.height, other.height) / 2
            ]
            found += close
            left = [other for other in left if other not in close]
        yield found


def _is_straight(line: list[_Sign], scale: float) -> bool:
    """Whether signs are one level number, or one dash."""
    digits = [sign for sign in line if _is_digit(sign, scale)]
    if not digits:
        return len(line) == 1 and _is_dash(line[0], scale)
    slack = _LINE * scale
    tops, bottoms = [sign.top for sign in digits], [sign.bottom for sign in digits]
    level = max(tops) - min(tops) <= slack and max(bottoms) - min(bottoms) <= slack
    within = all(
        sign.top >= min(tops) - slack and sign.bottom <= max(bottoms) + 2 * slack for sign in line
    )
    return level and within and len(line) <= _MOST_SIGNS


def _follows_ring(
    sign: _Sign, signs: list[_Sign], middle: tuple[float, float], scale: float
) -> bool:
    """Whether too many signs of its size are as far from the seal's middle."""

    def radius(other: _Sign) -> float:
        x, y = other.left + other.width / 2, other.top + other.height / 2
        return float(np.hypot(x - middle[0], y - middle[1]))

    own = radius(sign)
    alike = [
        other
        for other in signs
        if abs(radius(other) - own) <= _SAME_RADIUS * scale
        and abs(other.height - sign.height) <= _SAME_HEIGHT * sign.height + 1
    ]
    return len(alike) > _MOST_ALONG_RING
