"""The connected components of a mask as straight strokes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels
from ocrpipe.runs import find_runs, length
from ocrpipe.tables.rulings.strokes.columns import Columns, columns_of
from ocrpipe.tables.rulings.strokes.parts import Parts, parts_of
from ocrpipe.tables.rulings.strokes.pieces import straight_pieces
from ocrpipe.tables.rulings.strokes.responses import Response
from ocrpipe.tables.rulings.strokes.stroke import Stroke

_LINKED_HEIGHT = 6
_LINKED_SHARE = 0.3

_SAMPLES = 24
_FIRST, _SECOND = np.triu_indices(_SAMPLES, 1)
"""Pairs of samples."""

_AT_A_TIME = 32
"""Pairs of samples whose lines are counted together."""

_STEEPEST = 0.06
_WHOLE = 0.9
"""Share of the columns that have their centres on one line where all is one rule."""

_ALONE = 0.5
"""Share of the columns of a rule in which it is alone, at least."""


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
    if not mask.any():
        return []
    # Labelling takes as long where there is nothing: the margins, and most of a faint mask.
    place, at = _inked_part(mask)
    mask, response = mask[place], response[place]
    parts = parts_of(mask)
    if short:
        parted = _parted(mask, parts, round(short / 2))
        if parted is not mask:
            parts = parts_of(parted)
    _, _, width, height, area = parts.stats.T
    chosen = (area > 0) & (area <= thickest * width)
    level = chosen & (width < short) & (height <= area / np.maximum(1, width) + bend)
    columns = columns_of(parts, chosen, response, at)
    lines = np.concatenate(
        [columns.level_lines(level), _bent_lines(columns, chosen & ~level, bend, short)]
    )
    return columns.strokes(lines)


def _bent_lines(
    columns: Columns, chosen: NDArray[np.bool_], bend: float, short: float
) -> NDArray[np.float64]:
    """Lines along the straight pieces of the `chosen` components, as for `Columns.strokes`."""
    starts, sizes = columns.first[chosen], columns.sizes[chosen]
    pieces = straight_pieces(columns.centers, starts, starts + sizes, bend)
    owner = columns.owner[pieces[:, 0].astype(np.intp)]
    # Nothing crosses what is straight as a whole.
    bent = np.bincount(owner, minlength=len(columns.sizes)) > 1
    crossed: list[int] = []
    lines: list[tuple[float, float, float, float]] = []
    rest: list[tuple[int, int]] = []
    for number in np.flatnonzero(bent & (columns.sizes >= short)).tolist() if short else ():
        part = _straight_part(columns, number, bend, short)
        if part is not None:
            own = columns.of(number)
            start, end = own.start + part[0], own.start + part[1]
            lines.append((start, end, *part[2:]))
            rest += [(own.start, start), (end, own.stop)]
            crossed.append(number)
    starts, ends = np.array(rest, np.intp).reshape(-1, 2).T
    others = straight_pieces(columns.centers, starts, ends, bend)
    straight = np.array(lines, np.float64).reshape(-1, 4)
    return np.concatenate([pieces[~np.isin(owner, crossed)], straight, others])


def _inked_part(mask: Pixels) -> tuple[tuple[slice, slice], tuple[int, int]]:
    """The part of a mask outside of which it is 0, and the x and y of its corner."""
    left, top, width, height = cv2.boundingRect(mask)
    # OpenCV labels pairs of rows and columns: at an even place, components keep their order.
    x, y = left - left % 2, top - top % 2
    return np.s_[y : top + height, x : left + width], (x, y)


def _straight_part(
    columns: Columns, number: int, bend: float, least: float
) -> tuple[int, int, float, float] | None:
    """The rule in a component that something crosses: a pen's ring, a tick, a character.

    Args:
        columns: Those of all components.
        number: That of the component.
        bend: Greatest way of the centre of a column from the line.
        least: Length of a rule, at least.

    Returns:
        First column, last one (exclusive), and the line's heights there; None where the whole is
        straight, or no rule is in it.
    """
    left, top, width, height, _ = columns.parts.stats[number].tolist()
    y = top + columns.at[1]
    center = columns.centers[columns.of(number)] - y
    heights = _common_line(center, bend)
    if heights is None:
        return None
    near = np.abs(heights - center) <= bend
    if float(near.mean()) >= _WHOLE:
        return None
    rows = np.clip(np.rint(heights).astype(np.intp), 0, height - 1)
    labels = columns.parts.labels[top : top + height, left : left + width]
    inked = find_runs(labels[rows, np.arange(width)] == number)
    if not inked:
        return None
    start, end = max(inked, key=length)
    if end - start < least or float(near[start:end].mean()) < _ALONE:
        return None
    return start, end, y + float(heights[start]), y + float(heights[end - 1])


def _common_line(center: NDArray[np.float64], bend: float) -> NDArray[np.float64] | None:
    """Heights of the line that most columns have their centres on, None if all are steep.

    Random sample consensus (Fischler and Bolles, 1981), but of columns at even distances.
    """
    width = len(center)
    xs = np.arange(width)
    places = np.linspace(0, width - 1, _SAMPLES).astype(np.intp)
    one, other = places[_FIRST], places[_SECOND]
    apart = other - one >= width / 6
    one, other = one[apart], other[apart]
    slopes = (center[other] - center[one]) / (other - one)
    level = np.abs(slopes) <= _STEEPEST
    one, slopes = one[level], slopes[level]
    if not len(one):
        return None
    every = xs[:: max(1, width // 200)]
    most, best = -1, 0
    # On most rules one of the first lines has enough columns.
    for start in range(0, len(one), _AT_A_TIME):
        some = one[start : start + _AT_A_TIME, None]
        lines = center[some] + slopes[start : start + _AT_A_TIME, None] * (every - some)
        counts = np.count_nonzero(np.abs(lines - center[every]) <= bend, axis=1)
        first = int(counts.argmax())
        if counts[first] > most:
            most, best = int(counts[first]), start + first
        if most >= _WHOLE * len(every):
            break
    return np.asarray(center[one[best]] + slopes[best] * (xs - one[best]))


def _parted(mask: Pixels, parts: Parts, character: int) -> Pixels:
    """The mask without what links rules that lie one above the other; itself if nothing does.

    Text in a low row, or a seal, joins the rule above it with the one below. Where a component is
    wide and leaves most of its height empty, its short runs go: those of up to `character` pixels.
    """
    kernel = np.ones((1, max(2, character)), np.uint8)
    parted = mask
    _, _, widths, heights, _ = parts.stats.T
    wide = (widths >= 2 * character) & (heights >= _LINKED_HEIGHT)
    for index in np.flatnonzero(wide).tolist():
        x, y, width, height, _ = parts.stats[index].tolist()
        own = (parts.labels[y : y + height, x : x + width] == index).astype(np.uint8)
        inked = own.sum(axis=0)
        reach = height - own.argmax(axis=0) - own[::-1].argmax(axis=0)
        if float(np.mean(reach > inked + _LINKED_HEIGHT / 2)) >= _LINKED_SHARE:
            long = cv2.morphologyEx(own, cv2.MORPH_OPEN, kernel)
            if parted is mask:
                parted = mask.copy()
            place = parted[y : y + height, x : x + width]
            place[(own > 0) & (long == 0)] = 0
    return parted
