"""Thin straight features of one direction in a raster: what may be rules, before any judgement.

All functions look for horizontal features; vertical ones are those of the transposed raster.
Units are pixels.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

Response = NDArray[np.uint8]

_DARK_FILL = 170
"""Grey level under which an area is dark enough to carry light rules."""

_FILL_SHARE = 0.75
"""Share of the brightness around it under which a dark area is a fill, and not the shade of an
unevenly lit page."""

_DARKEST_SHADE = 90
_SHADE_REACH = 24
_SHADE_STEP = 8
_LINKED_HEIGHT = 6
_LINKED_SHARE = 0.3

_SAMPLES = 24
_STEEPEST = 0.06
_WHOLE = 0.9
_ALONE = 0.5
"""Share of the columns of a rule in which it is alone, at least."""

_THREE_ROWS = np.array([[-1], [0], [1]])
_FAINTEST = 14
"""Grey levels by which a rule must differ from what is beside it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A nearly horizontal feature from (x0, y0) to (x1, y1), in pixels, x1 exclusive."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    contrast: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    def y_at(self, x: float) -> float:
        """The height of its line at `x`, also beyond its ends."""
        share = (x - self.x0) / max(1.0, self.length)
        return self.y0 + (self.y1 - self.y0) * share

    def rows_at(self, xs: NDArray[np.intp], offset: float = 0.0) -> NDArray[np.intp]:
        """The nearest rows of pixels to its line at `xs`, `offset` pixels below it."""
        share = (xs - self.x0) / max(1.0, self.length)
        heights = self.y0 + (self.y1 - self.y0) * share + offset
        return np.asarray(np.rint(heights), np.intp)


def three_rows(raster: Pixels, xs: NDArray[np.intp], ys: NDArray[np.intp]) -> Pixels:
    """(3, n): the pixels at (xs, ys), those above and those below them."""
    rows = np.minimum(np.maximum(ys + _THREE_ROWS, 0), raster.shape[0] - 1)
    return np.asarray(raster[rows, xs], np.uint8)


def greatest_of_three(raster: Pixels, xs: NDArray[np.intp], ys: NDArray[np.intp]) -> Pixels:
    """(n,): the greatest of the pixels at, above and below (xs, ys)."""
    return np.asarray(three_rows(raster, xs, ys).max(axis=0), np.uint8)


def median(values: NDArray[Any]) -> float:
    """`numpy.median` of one dimension without what it checks, which costs ten times as much."""
    ordered = np.sort(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (float(ordered[middle - 1]) + float(ordered[middle])) / 2


def _quantile(values: NDArray[np.float64], share: float) -> float:
    """`numpy.quantile` of one dimension without what it checks."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def ridge_response(grey: Pixels, average: int, widest: int) -> Response:
    """How much each pixel is darker than both what is above and what is below it.

    The raster is averaged over `average` pixels along the rule, which lifts a faint rule out of
    noise, and a black-hat across it takes out everything wider than `widest`, so that fills, the
    shadows of a scan and pictures leave nothing (top-hat transforms: Serra, Image Analysis and
    Mathematical Morphology, 1982). Light rules count where the area around them is dark.
    """
    smooth = cv2.blur(grey, (average, 1))
    kernel = np.ones((widest, 1), np.uint8)
    dark = cv2.subtract(cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, kernel), smooth)
    square = np.ones((widest, widest), np.uint8)
    ground = np.asarray(
        cv2.erode(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, square), square), np.uint8
    )
    filled = _filled(ground, widest)
    if not filled.any():
        return np.asarray(dark, np.uint8)
    light = cv2.subtract(smooth, cv2.morphologyEx(smooth, cv2.MORPH_OPEN, kernel))
    light[~filled] = 0
    return np.asarray(cv2.max(dark, light), np.uint8)


def _filled(ground: Response, widest: int) -> NDArray[np.bool_]:
    """Where the paper is filled with a dark colour, given the raster without its ink."""
    dark = ground < _DARK_FILL
    if not dark.any():
        return dark
    height, width = ground.shape
    size = (max(1, width // _SHADE_STEP), max(1, height // _SHADE_STEP))
    small = cv2.resize(ground, size, interpolation=cv2.INTER_AREA)
    reach = max(3, _SHADE_REACH * widest // _SHADE_STEP) | 1
    around = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    around = cv2.resize(around, (width, height), interpolation=cv2.INTER_LINEAR)
    return dark & ((ground < _DARKEST_SHADE) | (ground < _FILL_SHARE * around))


def ink_response(grey: Pixels, widest: int) -> Response:
    """How much each pixel differs from the paper, or from the dark fill, around it.

    What is wider than `widest` pixels in both directions leaves nothing.
    """
    square = np.ones((widest, widest), np.uint8)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, square)
    ground = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, square), np.uint8)
    light = cv2.subtract(grey, ground)
    light[~_filled(ground, widest)] = 0
    return np.asarray(cv2.max(dark, light), np.uint8)


def noise_threshold(response: Response) -> float:
    """The response that paper grain and compression do not reach (median absolute deviation)."""
    sample = response[::3, ::3]
    middle = float(np.median(sample))
    deviation = 1.4826 * float(np.median(np.abs(sample.astype(np.int16) - middle)))
    return max(_FAINTEST, middle + 4.0 * deviation)


def runs(response: Response, threshold: float, bridge: int, shortest: int) -> Pixels:
    """Mask of runs of at least `shortest` pixels after gaps up to `bridge` are closed."""
    mask: Pixels = (response > threshold).astype(np.uint8)
    if bridge > 1:
        kernel = np.ones((1, bridge), np.uint8)
        mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)
    return np.asarray(
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8)), np.uint8
    )


def strokes_in(
    mask: Pixels, response: Response, thickest: float, bend: float, short: float
) -> list[Stroke]:
    """One stroke for each straight component of `mask`; bent ones are split until straight.

    Args:
        mask: Non-zero where the feature is.
        response: Weighs the rows of a column when the centre line is fitted.
        thickest: Components that are thicker (mean over their columns) are left out.
        bend: Greatest way of a centre line from its straight fit.
        short: Components that are shorter and no higher than a level stroke are taken as level,
            which spares most of the work on a page full of text.
    """
    mask = _parted(mask, round(short / 2)) if short else mask
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found: list[Stroke] = []
    for index in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[index])
        if area / width > thickest:
            continue
        window = labels[y : y + height, x : x + width] == index
        values = np.where(window, response[y : y + height, x : x + width], 0).astype(np.float64)
        thickness = _true_thickness(values, area / width)
        if width < short and height <= area / width + bend:
            contrast = median(values.max(axis=0))
            rows = values.sum(axis=1)
            level = y + float((rows * np.arange(height)).sum() / max(1.0, rows.sum()))
            found.append(Stroke(x, level, x + width, level, thickness, contrast))
            continue
        weights = values + window * 1e-3
        center = (weights * np.arange(height)[:, None]).sum(axis=0) / weights.sum(axis=0) + y
        part = _straight_part(window, center - y, bend, short) if short else None
        if part is None:
            _fit(center, values.max(axis=0), x, 0, width, thickness, bend, found)
            continue
        start, end, first, last = part
        contrast = median(values.max(axis=0)[start:end])
        line = (x + start, y + first, x + end, y + last)
        found.append(Stroke(*line, thickness, contrast))
        for left, right in ((0, start), (end, width)):
            _fit(center, values.max(axis=0), x, left, right, thickness, bend, found)
    return found


def _straight_part(
    window: NDArray[np.bool_], center: NDArray[np.float64], bend: float, least: float
) -> tuple[int, int, float, float] | None:
    """The rule in a component that something crosses: a pen's ring, a tick, a character.

    Args:
        window: (height, width), the component.
        center: (width,), the centre of its ink in each column.
        bend: Greatest way of a centre from the line.
        least: Length of a rule, at least.

    Returns:
        First column, last one (exclusive), and the line's heights there; None where the whole is
        straight, or no rule is in it.
    """
    heights = _common_line(center, bend)
    if heights is None:
        return None
    near = np.abs(heights - center) <= bend
    if float(near.mean()) >= _WHOLE:
        return None
    rows = np.clip(np.rint(heights).astype(np.intp), 0, window.shape[0] - 1)
    inked = window[rows, np.arange(len(center))].astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked, [0]))))
    if not len(edges):
        return None
    longest = 2 * int((edges[1::2] - edges[::2]).argmax())
    start, end = int(edges[longest]), int(edges[longest + 1])
    if end - start < least or float(near[start:end].mean()) < _ALONE:
        return None
    return start, end, float(heights[start]), float(heights[end - 1])


def _common_line(center: NDArray[np.float64], bend: float) -> NDArray[np.float64] | None:
    """Heights of the line that most columns have their centres on, None if all are steep.

    Random sample consensus (Fischler and Bolles, 1981), but of columns at even distances.
    """
    width = len(center)
    xs = np.arange(width)
    places = np.unique(np.linspace(0, width - 1, _SAMPLES).astype(np.intp))
    one, other = (places[index] for index in np.triu_indices(len(places), 1))
    apart = other - one >= width / 6
    one, other = one[apart], other[apart]
    slopes = (center[other] - center[one]) / (other - one)
    level = np.abs(slopes) <= _STEEPEST
    one, slopes = one[level], slopes[level]
    if not len(one):
        return None
    every = xs[:: max(1, width // 200)]
    ways = np.abs(center[one, None] + slopes[:, None] * (every - one[:, None]) - center[every])
    best = int((ways <= bend).sum(axis=1).argmax())
    return np.asarray(center[one[best]] + slopes[best] * (xs - one[best]))


def _parted(mask: Pixels, character: int) -> Pixels:
    """The mask without what links rules that lie one above the other.

    Text in a low row, or a seal, joins the rule above it with the one below. Where a component is
    wide and leaves most of its height empty, its short runs go: those of up to `character` pixels.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    parted = mask.copy()
    kernel = np.ones((1, max(2, character)), np.uint8)
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        if width < 2 * character or height < _LINKED_HEIGHT:
            continue
        own = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        inked = own.sum(axis=0)
        reach = height - own.argmax(axis=0) - own[::-1].argmax(axis=0)
        if float(np.mean(reach > inked + _LINKED_HEIGHT / 2)) >= _LINKED_SHARE:
            long = cv2.morphologyEx(own, cv2.MORPH_OPEN, kernel)
            place = parted[y : y + height, x : x + width]
            place[(own > 0) & (long == 0)] = 0
    return parted


def _true_thickness(values: NDArray[np.float64], fallback: float) -> float:
    """Thickness from ink: the sum of the response across over its peak, median over columns."""
    peak = values.max(axis=0)
    ratio = values.sum(axis=0)[peak > 0] / peak[peak > 0]
    return median(ratio) if ratio.size else fallback


def _fit(
    center: NDArray[np.float64],
    contrast: NDArray[np.float64],
    offset: int,
    start: int,
    end: int,
    thickness: float,
    bend: float,
    found: list[Stroke],
) -> None:
    xs = np.arange(start, end)
    part = center[start:end]
    if end - start < 2:
        return
    # A line through the medians of both halves is not drawn aside by a character at one end.
    middle = (end - start) // 2
    first, second = median(part[:middle]), median(part[middle:])
    slope = (second - first) / max(1.0, (end - start) / 2)
    level = (first + second) / 2
    fit = level + slope * (xs - (start + end - 1) / 2)
    if end - start >= 16 and _quantile(np.abs(part - fit), 0.9) > bend:
        for left, right in ((start, start + middle), (start + middle, end)):
            _fit(center, contrast, offset, left, right, thickness, bend, found)
        return
    found.append(
        Stroke(
            float(offset + start),
            float(fit[0]),
            float(offset + end),
            float(fit[-1]),
            thickness,
            median(contrast[start:end]),
        )
    )
