"""The ink of a cell: what was printed in it, without its rules, dust and paper.

Everything here is in pixels of the page's raster; lengths that mean something on paper are given
in points and scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.levels import above
from ocrpipe.ocr.cells.ink.cell_rules import without_rules
from ocrpipe.ocr.cells.ink.crossing import (
    CROSSED,
    MARGIN,
    crossing_ink,
    is_text,
    runs_around,
    trust_beside,
)
from ocrpipe.ocr.cells.ink.darkness import (
    GRAINY,
    Darkness,
    cell_place,
    ink_threshold,
    inverted_if_dark,
)
from ocrpipe.ocr.cells.ink.lone_marks import ellipsis
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.pen_slashes import pen_slash
from ocrpipe.ocr.cells.ink.remainders import is_flat_remainder, is_remainder, reaches_inwards
from ocrpipe.ocr.cells.ink.specks import GRAIN, Sorted, sort_parts
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile

_REMAINS_ZONE = 1.5
"""Points from the border within which small ink is a remainder of a broken or dotted rule."""

_FLOOR = 1.5
"""Standard deviations of the noise that are taken for paper in what the recogniser sees."""

_DIGIT = 5.0
"""Points: the height of digits of usual size; what a rule cuts off is lower."""

_BESIDE_PRINT = 1.0
"""Points within which a grain belongs to a stroke."""

_CRUMB = 1.0
"""Points: what is no larger both ways and lies beside a stroke has come off it."""

_FRAY = 1.4
"""Points between a frayed stroke and what has come off it."""

_PIECE = 1.2
"""Points: dust at a rule that is no larger is a bump of the rule."""

_CUT = 0.25
"""Share of the page's darkness from which pixels are ink where the cell has none to go by."""

_UNSURE = 0.8
"""The highest confidence of a reading of ink that may lack a piece or have one too many."""

_BAR = 3
"""Heights of the upper bar of 三 that other characters have at least."""

_PALER = 0.55
"""Share of the darkness of another digit in its cell below which one may be of the reverse."""

_MOST_DIGITS = 12
"""Parts of a short line that are compared so; those of a text differ by their strokes."""

_SIDE = 0.3
"""Share of a cell at its border within which lone foreign ink is no figure."""


@dataclass(frozen=True, slots=True, eq=False)
class CellInk:
    """The ink of one cell.

    `darkness` is (H, W) uint8 with rules and specks painted over, `mask` the ink that stays, and
    `parts` its connected components. Where it is in doubt whether some small ink is print,
    `otherwise` and `other_mask` are the same with the doubts decided the other way. `specks` is
    the size in points of the largest dust that was dropped, and `crumbs` how many grains lie right
    beside strokes. `hyphen` is a mark alone that may be one or dust. `highest` is the confidence
    that a reading can have at most: ink of a pen or a stamp may hide or mimic print.
    """

    darkness: Pixels
    mask: Pixels
    parts: tuple[Part, ...] = ()
    otherwise: Pixels | None = None
    other_mask: Pixels | None = None
    specks: float = 0.0
    crumbs: int = 0
    hyphen: Part | None = None
    highest: float = 1.0


def cell_ink(page: Darkness, box: Box) -> CellInk:
    """Find the ink of the cell `box` (points, bounded by the centre lines of its rules)."""
    place = cell_place(page, box)
    crop = page.values[place].copy()
    if min(crop.shape) < 4:
        return CellInk(crop, np.zeros_like(crop))
    crop = inverted_if_dark(crop, page)
    # Grain that is smoothed away here would else join into specks, or break thin strokes.
    smooth = crop
    if page.noise > GRAINY:
        smooth = np.asarray(cv2.GaussianBlur(crop, (3, 3), 0), dtype=np.uint8)
    threshold = ink_threshold(smooth, page)
    if threshold is None:
        # What a figure leaves here that is set half over the rule may be all that there is.
        foreign = _foreign_ink(page, place, _CUT * page.ink, crop)
        highest = CROSSED if foreign.any() else 1.0
        return CellInk(np.zeros_like(crop), np.zeros_like(crop), highest=highest)
    mask = above(smooth, threshold).view(np.uint8)
    foreign = _foreign_ink(page, place, threshold, crop)
    return _without_specks(crop, mask, without_rules(mask, page.scale), foreign, page)


def _foreign_ink(
    page: Darkness, place: tuple[slice, slice], threshold: float, crop: Pixels
) -> NDArray[np.bool_]:
    """The ink of the cell at `place` (rows and columns of the page) that belongs to a stroke over
    its borders."""
    margin = round(MARGIN * page.scale)
    start = [max(0, side.start - margin) for side in place]
    around = page.values[start[0] : place[0].stop + margin, start[1] : place[1].stop + margin]
    if page.noise > GRAINY:
        around = np.asarray(cv2.GaussianBlur(around, (3, 3), 0), dtype=np.uint8)
    inner = [slice(s.start - at, s.stop - at) for s, at in zip(place, start, strict=True)]
    mask = above(around, threshold).view(np.uint8)
    return crossing_ink(mask, (inner[0], inner[1]), page.scale)


@dataclass(frozen=True, slots=True, eq=False)
class _Labelled:
    """The parts of a cell's ink, with their labels (H, W). `foreign` is the ink that comes over
    the cell's border, as a mask of the same shape."""

    parts: Sequence[Part]
    labels: NDArray[np.integer]
    foreign: NDArray[np.bool_]


def _without_specks(
    crop: Pixels, inked: Pixels, mask: Pixels, foreign: NDArray[np.bool_], page: Darkness
) -> CellInk:
    ink = _labelled(mask, foreign, page)
    labels = ink.labels
    found, highest = _print_of(ink, mask, page.scale)
    stays = _of(labels, found.print) & (mask > 0)
    # Ink at an erased rule may lack a piece that went with it, or be all that is left of a digit.
    pieces = [part for part in found.dust if part.size >= _PIECE * page.scale]
    left = stays if found.print else _of(labels, pieces)
    if _is_uneven(found.print, labels, crop) or (_touching(inked, mask) & left).any():
        highest = min(highest, _UNSURE)
    other = stays ^ (_of(labels, found.doubtful) & (mask > 0)) if found.doubtful else None
    grain = _faded_strokes(found.dust, labels, stays, page.scale)
    return CellInk(
        darkness=_painted_over(crop, inked, stays | grain, page),
        mask=stays.view(np.uint8),
        parts=found.print,
        otherwise=None if other is None else _painted_over(crop, inked, other | grain, page),
        other_mask=None if other is None else other.view(np.uint8),
        specks=max((part.size for part in found.dust), default=0) / page.scale,
        crumbs=0 if ellipsis(found.print, page.scale) else _crumbs(ink.parts, page.scale),
        hyphen=found.hyphen,
        highest=highest,
    )


def _labelled(mask: Pixels, foreign: NDArray[np.bool_], page: Darkness) -> _Labelled:
    """The parts of the ink in `mask`, where pieces of a faint or frayed stroke are one."""
    # Faint strokes break into pieces that one by one look like dust. Gaps are bridged downwards
    # only, because digits stand as close beside each other as the pieces.
    kernel = np.ones((3, 3 if page.noise > GRAINY else 1), np.uint8)
    if page.frayed:
        kernel = np.ones((2 * round(_FRAY * page.scale / 2) + 1,) * 2, np.uint8)
    # Beyond the border is nothing that a stroke close to it could be joined with.
    closed = cv2.morphologyEx(
        mask, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=(0,)
    )
    joined = np.maximum(np.asarray(closed, dtype=np.uint8), mask)
    parts, labels = _parts(joined, page.scale)
    if reaches_inwards(labels, parts, page.scale):
        # The stroke of a pen through a corner, with which a bridged gap would take a digit along.
        parts, labels = _parts(mask, page.scale)
        foreign = foreign | ((mask > 0) & ~_of(labels, parts))
    return _Labelled(parts, labels, foreign)


def _print_of(ink: _Labelled, mask: Pixels, scale: float) -> tuple[Sorted, float]:
    """The parts of `ink` that are print, dust or either, and the highest confidence that their
    reading can have beside a stroke of a pen."""
    parts, labels, foreign = ink.parts, ink.labels, ink.foreign
    strange = []
    if foreign.any():
        strange = [part for part in parts if foreign[labels == part.label].mean() > 0.5]
    own = [part for part in parts if part not in strange]
    slash = pen_slash(own, labels, scale)
    if slash is not None:
        own.remove(slash)
    found, highest = sort_parts(own, scale), 1.0
    around = bool(strange) and runs_around(_of(labels, strange), scale)
    if strange and is_text(strange, own, scale):
        found, highest = sort_parts(parts, scale), CROSSED
    elif strange and not found.print and not around and not _is_beside(strange, mask):
        # A stroke runs through the figure itself: all of it is shown, and nothing is sure.
        found, highest = sort_parts(parts, scale), CROSSED
    elif foreign.any():
        height = max([_DIGIT * scale, *(part.height for part in found.print)])
        highest = trust_beside(foreign, _of(labels, found.print), height)
    return found, CROSSED if slash is not None else highest


def _crumbs(parts: Sequence[Part], scale: float) -> int:
    """How many of a cell's parts are grains within a point of a stroke, or of another grain."""
    grains = [part for part in parts if part.size <= _CRUMB * scale]
    return sum(
        any(
            max(other.x0 - part.x1, part.x0 - other.x1, other.y0 - part.y1, part.y0 - other.y1)
            <= _BESIDE_PRINT * scale
            for other in parts
            if other is not part
        )
        for part in grains
    )


def _faded_strokes(
    dust: Sequence[Part], labels: NDArray[np.integer], stays: NDArray[np.bool_], scale: float
) -> NDArray[np.bool_]:
    """Grains right beside print. On a coarse scan they are what is left of a thin stroke, and too
    small to be taken for anything else; the recogniser shall see them."""
    grains = [part for part in dust if part.size <= max(1.0, GRAIN * scale)]
    if not grains:
        return np.zeros_like(stays)
    reach = 2 * round(_BESIDE_PRINT * scale) + 1
    near = cv2.dilate(stays.view(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    return np.asarray(_of(labels, grains) & near, dtype=bool)


def _touching(inked: Pixels, mask: Pixels) -> NDArray[np.bool_]:
    """Where ink stands right beside an erased rule, which may have taken the bar of a 7 with it."""
    erased = ((inked > 0) & (mask == 0)).view(np.uint8)
    return np.asarray(cv2.dilate(erased, np.ones((3, 3), np.uint8)) > 0, dtype=bool)


def _is_uneven(parts: Sequence[Part], labels: NDArray[np.integer], crop: Pixels) -> bool:
    """Whether some digit of a short line is much paler than another: it may be of the reverse."""
    tallest = max((part.height for part in parts), default=0)
    digits = [part for part in parts if part.height >= 0.5 * tallest]
    if not 2 <= len(digits) <= _MOST_DIGITS:
        return False
    darkest = []
    for part in digits:
        place = (slice(part.y0, part.y1), slice(part.x0, part.x1))
        darkest.append(percentile(crop[place][labels[place] == part.label], 90))
    return min(darkest) < _PALER * max(darkest)


def _parts(joined: Pixels, scale: float) -> tuple[list[Part], NDArray[np.integer]]:
    """The connected components of a cell's ink but for remains at its border, and their labels."""
    height, width = joined.shape
    labels, stats = connected_parts(joined)
    near = max(1, round(_REMAINS_ZONE * scale))
    boxes = stats.tolist()
    parts: list[Part] = []
    flat: list[Part] = []
    for label, (x, y, w, h, area) in enumerate(boxes[1:], 1):
        part = Part(label, x, y, x + w, y + h, area)
        if is_remainder(part, width, height, near):
            continue
        (flat if is_flat_remainder(part, height, near) else parts).append(part)
    if flat:
        parts += [part for part in flat if _is_bar(part, parts)]
    return parts, labels


def _is_bar(flat: Part, parts: Sequence[Part]) -> bool:
    """Whether a flat mark stands as high as print beside it, as the upper bar of 三 does."""
    return any(
        part.height >= _BAR * flat.height
        and part.y0 - flat.height <= flat.y0
        and flat.y1 <= part.y1 + flat.height
        and max(part.x0 - flat.x1, flat.x0 - part.x1) <= part.height
        for part in parts
    )


def _is_beside(strange: Sequence[Part], mask: Pixels) -> bool:
    """Whether foreign ink keeps to one side of the cell, where no figure stands alone."""
    height, width = mask.shape
    x0, x1 = min(p.x0 for p in strange), max(p.x1 for p in strange)
    y0, y1 = min(p.y0 for p in strange), max(p.y1 for p in strange)
    return bool(min(x1, width - x0) < _SIDE * width or min(y1, height - y0) < _SIDE * height)


def _of(labels: NDArray[np.integer], parts: Sequence[Part]) -> NDArray[np.bool_]:
    # A table of the labels; numpy.isin takes ten times as long on a cell.
    chosen = np.zeros(int(labels.max(initial=0)) + 1, bool)
    chosen[[part.label for part in parts]] = True
    return chosen.take(labels)


def _painted_over(crop: Pixels, inked: Pixels, stays: NDArray[np.bool_], page: Darkness) -> Pixels:
    """Turn the ink that goes, and its soft edges, to paper, and take the paper's grain out.

    What is too faint for the threshold stays: thin strokes break there.
    """
    soft = 2 * max(1, round(0.5 * page.scale)) + 1
    goes = cv2.dilate(((inked > 0) & ~stays).view(np.uint8), np.ones((soft, soft), np.uint8))
    beside = cv2.dilate(stays.view(np.uint8), np.ones((3, 3), np.uint8))
    quiet = np.asarray(cv2.subtract(crop, np.full_like(crop, round(_FLOOR * page.noise))), np.uint8)
    quiet[goes > beside] = 0
    return quiet
