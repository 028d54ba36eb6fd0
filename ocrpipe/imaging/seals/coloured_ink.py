"""Ink of other colours than red on black print: stamps and pens in blue, violet or green.

What a page prints in such a colour itself stays: its rules and fills, words and numbers in rows,
and all of it where most of the page's print has the colour.
"""

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.imaging.paper import only_parts, paper_color
from ocrpipe.imaging.seals.covering import (
    MEASURED_AT,
    enlarged,
    inked_areas,
    is_much,
    uncovered,
    without_remains,
)
from ocrpipe.imaging.seals.red_print import red_print
from ocrpipe.imaging.seals.red_rules import red_rules
from ocrpipe.imaging.seals.tints import FAINT_TINT, PALE_TINT, cold_pixels, coldness
from ocrpipe.page import LONE, PageImage, Pixels
from ocrpipe.shrinking import shrunk_to_scale
from ocrpipe.timings import timed

_DARK = 128
"""Grey level under which a pixel is print for sure, or ink as dark as it."""

_FILL = 6.0
"""Points: no stroke is so wide."""

_LONGEST = 200.0
"""Points: a rule of a table is longer, the frame of a stamp and the line of a pen are not."""

_GROUPED = 10.0
"""Points by which the strokes of one frame may stand apart, which print breaks."""

_LARGE = 20.0
"""Points: a stamp's frame and the ring of a pen are larger both ways, no word is so high."""

_THIN = 2.5
"""Points: mean width of the line of a frame or a pen at most; characters that touch have 4."""

_NARROW, _SLENDER = 5.0, 6.0
"""Points: the breadth of one straight stroke of a pen with its bleeding colour, at most; and its
length in its breadth."""

_CROSSES = 5
"""Pixels across a rule at most from one piece of a stroke to the other, and one of each."""

_FILLED = 0.8
"""Share of its box that a star fills at most, or the round emblem of a seal."""

_RIM = 0.15
"""From the edge of a stamp to the star in it, in the shorter side of the stamp, at least."""

_SOFT = 2.0
"""Points around coloured ink in which its soft edges lie."""

_PALEST = 0.9
"""Share of the paper's brightness below which thin rules are at 100 dpi."""

_CROSSED = 40.0
"""Points of a rule that the ring of a pen or a character of a stamp covers at most."""

_BESIDE = 8.0
"""Points beside a word in which the print of its cell is looked for."""

_WORD_GAP = 4.0
"""Points: between the characters of a word there is less, between words below each other more."""

_SHORTEST = 2.0
"""Points: the length of a dash."""

_LOWEST = 3.0
"""Points: the height of the lowest figures."""

_RULE = 25.0
"""Points: print is shorter than the rules of its cell."""


class _Foreign(NamedTuple):
    """Masks of a page at 100 dpi: ink that is taken off it, what of it may be print itself, and the
    page's own rules below it."""

    ink: Pixels
    lone: Pixels
    rules: Pixels


@timed("coloured ink")
def without_coloured_ink(image: PageImage) -> PageImage:
    """The page with ink turned to paper that has another colour than its print and is not red;
    black ink under it stays.

    `hidden` of the result is as `without_red` tells it; that of `image` is kept where it is not 0.
    """
    if image.pixels.ndim == 2:
        return image
    small, factor = shrunk_to_scale(image, MEASURED_AT)
    paper = paper_color(image.pixels)
    found = _foreign(small, paper, image.scale * factor)
    if found is None:
        return image
    pixels = image.pixels.copy()
    hidden = np.zeros(pixels.shape[:2], np.uint8)
    soft = round(_SOFT * image.scale * factor)
    grown = cv2.dilate(found.ink, np.ones((2 * soft + 1,) * 2, np.uint8))
    within = enlarged(np.asarray(grown, np.uint8), image)
    reach = max(3, round(_SOFT * image.scale)) | 1
    for left, top, right, bottom in inked_areas(found.ink, factor, reach, image):
        place = np.s_[top:bottom, left:right]
        before = pixels[place]
        after, covered = uncovered(before, paper, coldness, reach, within[place])
        pixels[place] = without_remains(before, after, paper)
        hidden[place] |= covered
    hidden[enlarged(found.lone, image)] = LONE
    rules = enlarged(found.rules, image)
    pixels[rules] = image.pixels[rules]
    hidden[rules] = 0
    if image.hidden is not None:
        hidden = np.maximum(hidden, image.hidden)
    return PageImage(pixels, image.scale, hidden)


def _foreign(small: Pixels, paper: tuple[float, ...], scale: float) -> _Foreign | None:
    """The foreign ink of a page; `small` is that page at `scale` pixels a point."""
    cold = cold_pixels(small, paper)
    mask = _opened((cold > FAINT_TINT).view(np.uint8), 2)
    if not is_much(mask, scale):
        return None
    grey = to_grey(small)
    tinge = _tinge(cold, grey)
    if tinge > FAINT_TINT:
        return None
    thin = (cold > PALE_TINT + tinge).view(np.uint8)
    if red_rules(thin, scale) is not None:
        return None
    ink = _strokes((cold > FAINT_TINT + tinge).view(np.uint8), thin, scale)
    if not is_much(ink, scale):
        return None
    drawn = np.asarray((grey < _PALEST * np.mean(paper)) & (cold <= FAINT_TINT)).view(np.uint8)
    rules = _rules(drawn, scale)
    long = _long_strokes(ink, rules, scale)
    stamps = _stamps(long, scale)
    printed = red_print(ink, scale, stamps)
    words = _words(_both(ink, 1 - long), stamps, scale)
    black = np.asarray((grey < _DARK) & (cold <= FAINT_TINT)).view(np.uint8)
    kept = _around_those_alone(words, _characters(black, scale), scale)
    lone = np.zeros_like(ink)
    for x, y, width, height in words:
        lone[y : y + height, x : x + width] = 1
    if printed is not None:
        lone = _both(lone, 1 - np.maximum(printed, kept))
        kept = np.maximum(kept, printed)
    stars = _stars(np.asarray(cold > FAINT_TINT + tinge).view(np.uint8), stamps, scale)
    foreign = np.maximum(_both(ink, 1 - kept), stars)
    return _Foreign(foreign, _both(ink, lone), _rules_below(rules, scale))


def _both(first: cv2.typing.MatLike, second: cv2.typing.MatLike) -> Pixels:
    return np.asarray(cv2.bitwise_and(first, second), np.uint8)


def _tinge(cold: Pixels, grey: Pixels) -> float:
    """The colour of most of a page's dark ink: more than faint in a copy on carbon paper."""
    dark = cold[grey < _DARK]
    return float(np.median(dark)) if dark.size else 0.0


def _opened(mask: Pixels, side: int) -> Pixels:
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)))


def _strokes(tinted: Pixels, thin: Pixels, scale: float) -> Pixels:
    """A mask of coloured ink without grain, the fills of cells, and the longest rules.

    `thin` is a mask that has paler ink, too, as thin rules are, and the line of a pen, of which
    only the thickest places have the colour of ink.
    """
    mask = _opened(tinted, 2)
    lines = cv2.morphologyEx(_off_fills(thin, scale), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    joined = _joined_to(mask, np.asarray(lines, np.uint8))
    left = np.maximum(_off_fills(mask, scale), _both(joined, thin))
    length = round(_LONGEST * scale)
    thick = np.asarray(cv2.dilate(thin, np.ones((3, 3), np.uint8)), np.uint8)
    for kernel in (np.ones((1, length), np.uint8), np.ones((length, 1), np.uint8)):
        left = _both(left, 1 - np.asarray(cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)))
    return left


def _off_fills(mask: Pixels, scale: float) -> Pixels:
    around = 2 * round(_SOFT * scale) + 1
    fills = _opened(mask, round(_FILL * scale))
    return _both(mask, 1 - np.asarray(cv2.dilate(fills, np.ones((around,) * 2, np.uint8))))


def _joined_to(seeds: Pixels, mask: Pixels) -> Pixels:
    """1 on the connected parts of a mask that have seeds in them."""
    labels, parts = connected_parts(mask)
    has_seeds = np.bincount(labels[seeds > 0], minlength=len(parts)) > 0
    has_seeds[0] = False
    return has_seeds[labels].astype(np.uint8)


def _long_strokes(ink: Pixels, rules: Sequence[Pixels], scale: float) -> Pixels:
    """A mask of the ink in strokes that no word has; a rule that they cross parts none."""
    closed = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_CROSSES,) * 2, np.uint8)))
    labels, strokes = connected_parts(np.maximum(ink, _both(closed, np.maximum(*rules))))
    return only_parts(ink, labels, strokes, _are_long(strokes, scale))


def _stamps(long: Pixels, scale: float) -> list[Box]:
    """Boxes (points) around long strokes of ink; what lies in one is of the same stamp."""
    reach = round(_GROUPED * scale) | 1
    frames = np.pad(long, reach)
    closed = cv2.morphologyEx(frames, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, groups = connected_parts(np.asarray(closed[reach:-reach, reach:-reach], np.uint8))
    large = groups[1:][(groups[1:, 2:4] >= _LARGE * scale).all(axis=1), :4]
    return [Box(x, y, x + w, y + h).scaled(1 / scale) for x, y, w, h in large.tolist()]


def _stars(tinted: Pixels, stamps: Sequence[Box], scale: float) -> Pixels:
    """A mask of the fills inside stamps, such as the star of a seal; those of cells are right
    angled."""
    mask = _opened(tinted, 2)
    labels, parts = connected_parts(mask)
    has_fill = np.bincount(labels[_opened(mask, round(_FILL * scale)) > 0], minlength=len(parts))
    found = np.zeros(len(parts), np.bool_)
    for index in np.flatnonzero(has_fill[1:]) + 1:
        x, y, width, height, area = parts[index].tolist()
        box = Box(x, y, x + width, y + height).scaled(1 / scale)
        found[index] = area <= _FILLED * width * height and any(
            _is_inside(box, stamp) for stamp in stamps
        )
    return found[labels].astype(np.uint8)


def _is_inside(star: Box, stamp: Box) -> bool:
    edge = _RIM * min(stamp.width, stamp.height)
    return (
        star.x0 - stamp.x0 >= edge
        and star.y0 - stamp.y0 >= edge
        and stamp.x1 - star.x1 >= edge
        and stamp.y1 - star.y1 >= edge
    )


def _rules(drawn: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """Masks of the rules across and down a page whose ink without a colour is `drawn`."""
    length = round(_RULE * scale)
    kernels = np.ones((1, length), np.uint8), np.ones((length, 1), np.uint8)
    across, down = (cv2.morphologyEx(drawn, cv2.MORPH_OPEN, kernel) for kernel in kernels)
    return np.asarray(across, np.uint8), np.asarray(down, np.uint8)


def _rules_below(rules: Sequence[Pixels], scale: float) -> Pixels:
    """1 on what joins two pieces of a rule without a colour that lie on one line: thin ones are
    paler than the ink that crosses them, and would go with it."""
    gap = round(_CROSSED * scale)
    joined = np.zeros_like(rules[0])
    for pieces, along in zip(rules, ((1, gap), (gap, 1)), strict=True):
        whole = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones(along, np.uint8))
        joined |= _both(whole, 1 - pieces)
    return joined


def _are_long(strokes: NDArray[np.int32], scale: float) -> NDArray[np.bool_]:
    """(count,): which connected parts of ink are no characters, though these touch each other."""
    length, breadth = strokes[:, 2:4].max(axis=1), strokes[:, 2:4].min(axis=1)
    thin = strokes[:, cv2.CC_STAT_AREA] <= _THIN * scale * length
    thin |= (breadth <= _NARROW * scale) & (length >= _SLENDER * breadth)
    return np.asarray((length >= _LARGE * scale) & (thin | (breadth >= _LARGE * scale)), np.bool_)


def _characters(black: Pixels, scale: float) -> Pixels:
    """A mask of black ink without rules, and the darkest specks of coloured print."""
    labels, parts = connected_parts(black)
    length = parts[:, 2:4].max(axis=1)
    return only_parts(black, labels, parts, (length >= _LOWEST * scale) & (length < _RULE * scale))


def _words(short: Pixels, stamps: Sequence[Box], scale: float) -> list[tuple[int, int, int, int]]:
    """Places (left, top, width, height) of ink that has no long stroke and lies off the stamps."""
    short = short.copy()
    for stamp in stamps:
        x0, y0, x1, y1 = (round(value) for value in stamp.scaled(scale))
        short[y0:y1, x0:x1] = 0
    reach = round(_WORD_GAP * scale) | 1
    closed = cv2.morphologyEx(
        np.pad(short, reach), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)
    )
    _, stats = connected_parts(np.asarray(closed[reach:-reach, reach:-reach], np.uint8))
    high = stats[1:][stats[1:, 2:4].max(axis=1) >= _SHORTEST * scale, :4]
    return [(x, y, width, height) for x, y, width, height in high.tolist()]


def _around_those_alone(
    words: Sequence[tuple[int, int, int, int]], black: Pixels, scale: float
) -> Pixels:
    """1 on the words beside which there is no black print (1 in `black`) that they may be written
    over: what is taken off there would leave nothing."""
    alone = np.zeros_like(black)
    beside, soft = round(_BESIDE * scale), round(_SOFT * scale)
    for x, y, width, height in words:
        if not black[y : y + height, max(0, x - beside) : x + width + beside].any():
            place = np.s_[max(0, y - soft) : y + height + soft, max(0, x - soft) : x + width + soft]
            alone[place] = 1
    return alone
