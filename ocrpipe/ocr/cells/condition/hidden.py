"""What red ink that was taken off the page may have hidden: a digit wholly below it leaves a number
that is shorter and as well printed as any.

Black print shows through the ink of a stamp. Whether it does is seen at the rules of the table:
where the ink crosses them they go on below it, or they do not. Where there are no rules it is seen
at the print: strokes go on with red ink on both sides, or they end at it.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.crossing import CROSSED
from ocrpipe.ocr.cells.ink.darkness import Darkness, cell_place
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.marks.strokes import bounded
from ocrpipe.page import LONE, CellReading, Pixels
from ocrpipe.quantiles import percentile

_HALF_RULE: Final = 1.2
"""Points to both sides of a border within which its rule lies."""

_BESIDE: Final = 1.5
"""Points along a rule from ink within which it is not looked at as uncovered."""

_LEAST_RULE: Final = 0.2
"""Share of the page's darkness that a rule has at least to be seen through ink."""

_SEEN: Final = 0.2
_CLEAR: Final = 0.5
"""Share of a rule's darkness that is left of it below ink that lets print through, and below such
as leaves it as dark as what is taken for print."""

_LETS_THROUGH: Final = 0.5
"""Share of the covered length of rules that is seen where ink lets print through."""

_TRACE: Final = 0.15
"""Share of the page's darkness that print has at least that is seen through ink and not read."""

_NEAR: Final = 70.0
"""Points around a cell within which it is one seal that crosses the rules."""

_FEWEST: Final = 4.0
"""Pixels of covered rules that tell something."""

_STROKE: Final = 1.6
"""Points: no stroke of print is wider."""

_PRINT: Final = 0.5
_SOFT: Final = 0.25
"""Share of the page's darkness of print, and of its soft edges, at least."""

_GOES_ON: Final = 0.14
"""Share of the print beside ink on one side alone that has it on both sides where ink lets print
through, at least: 0.03 to 0.07 was measured below opaque ink, 0.21 to 0.66 else."""

_EDGE: Final = 1.5
"""Points from the border of a cell within which no figure stands."""

_LOWEST: Final = 3.0
"""Points: the height of the lowest figures."""

_STROKES: Final = frozenset("/／—-一1")
"""What may be left of the ring of a seal, or of one of its characters."""

# In heights of a character.
_WIDTH: Final = 0.45
_NEXT: Final = 0.9
"""The width of a digit, and how far beyond its neighbour one ends."""

_HIDES: Final = 0.3
_HIDES_BLANK: Final = 0.4
_SPOILS: Final = 0.12
_TRACES: Final = 0.08
"""Share of a digit's place that is covered where it may be unseen: beside others, alone, and where
it is read itself and may have been another one."""

_Window: TypeAlias = tuple[slice, slice]


def doubted_where_hidden(
    hidden: Pixels | None,
    page: Darkness,
    boxes: Sequence[Box],
    inks: Sequence[CellInk],
    readings: Sequence[CellReading],
    em: float,
) -> tuple[CellReading, ...]:
    """The readings, none sure that may lack a digit which ink that was taken off has hidden.

    `hidden` is (H, W), 1 where such ink lay and no print is seen, and `LONE` where it may have been
    a figure itself; `page` is what was left of the page, `boxes` are the cells in points, and `em`
    is the height of characters in pixels.
    """
    if hidden is None:
        return tuple(readings)
    doubted = [
        bounded(reading, CROSSED)
        if _had_print(hidden[cell_place(page, box)], page.scale)
        else reading
        for box, reading in zip(boxes, readings, strict=True)
    ]
    hidden = (hidden == 1).view(np.uint8)
    crossings: _Crossings | None = None
    for index, (box, ink) in enumerate(zip(boxes, inks, strict=True)):
        crop = hidden[cell_place(page, box)]
        if not crop.any():
            continue
        if readings[index].text in _STROKES and _is_touched(crop, ink, page.scale):
            doubted[index] = bounded(doubted[index], CROSSED)
        if not _may_lack_a_digit(crop, ink, em, page.scale):
            continue
        crossings = crossings or _Crossings(hidden, page, boxes)
        through = crossings.seen_through(box)
        if through < _SEEN or (through < _CLEAR and _has_traces(crop, page, box, ink, em)):
            doubted[index] = bounded(doubted[index], CROSSED)
    return tuple(doubted)


def _had_print(crop: Pixels, scale: float) -> bool:
    """Whether ink that may have been a figure itself was taken off a cell, beyond its borders."""
    edge = round(_EDGE * scale)
    inner = crop[edge : crop.shape[0] - edge, edge : crop.shape[1] - edge] == LONE
    return bool(inner.any()) and int(np.ptp(np.flatnonzero(inner.any(axis=1)))) >= _LOWEST * scale


def _is_touched(crop: Pixels, ink: CellInk, scale: float) -> bool:
    """Whether the print of a cell lies beside covered places (1 in `crop`): a stroke there may be
    left of the ring or of a character of the seal."""
    reach = 2 * ceil(_BESIDE * scale) + 1
    around = np.asarray(cv2.dilate(ink.mask, np.ones((reach, reach), np.uint8)), np.uint8)
    return bool((around & crop).any())


def _may_lack_a_digit(crop: Pixels, ink: CellInk, em: float, scale: float) -> bool:
    """Whether the covered places of a cell (1 in `crop`) have room for a digit of its figure."""
    edge = round(_EDGE * scale)
    inner = crop[edge : crop.shape[0] - edge, edge : crop.shape[1] - edge]
    if not inner.any():
        return False
    if not ink.parts:
        return _most_covered(inner, em) >= _HIDES_BLANK
    x0, x1 = min(part.x0 for part in ink.parts), max(part.x1 for part in ink.parts)
    y0, y1 = min(part.y0 for part in ink.parts), max(part.y1 for part in ink.parts)
    lower = max(0.0, em - (y1 - y0)) / 2
    rows = slice(max(0, round(y0 - lower)), round(y1 + lower) + 1)
    reach = round(_NEXT * em)
    beside = crop[rows, max(0, x0 - reach) : x1 + reach]
    return _most_covered(beside, em) >= _HIDES or _most_covered(crop[rows, x0:x1], em) >= _SPOILS


def _has_traces(crop: Pixels, page: Darkness, box: Box, ink: CellInk, em: float) -> bool:
    """Whether print is seen through the ink over a cell that is too pale to be read."""
    edge = round(_EDGE * page.scale)
    inner = np.s_[edge : crop.shape[0] - edge, edge : crop.shape[1] - edge]
    near = np.ones((3, 3), np.uint8)
    below = cv2.dilate(crop, near) > cv2.dilate(ink.mask, near)
    dark = page.values[cell_place(page, box)] > max(_TRACE * page.ink, 4 * page.noise)
    return _most_covered((below & dark)[inner].view(np.uint8), em) >= _TRACES


def _most_covered(hidden: Pixels, em: float) -> float:
    """The largest share of the place of a digit that is covered anywhere."""
    if not hidden.any():
        return 0.0
    size = max(1, round(_WIDTH * em)), max(1, round(em))
    shares = cv2.boxFilter(hidden, cv2.CV_32F, size, normalize=True, borderType=cv2.BORDER_CONSTANT)
    return float(shares.max())


class _Crossings:
    """Where ink that was taken off crosses the rules of a table: `found` has a row (x, y, length
    covered that should be seen, length that is seen, length that is clear) a border, in pixels."""

    def __init__(self, hidden: Pixels, page: Darkness, boxes: Sequence[Box]) -> None:
        places = dict.fromkeys(_key(cell_place(page, box)) for box in boxes)
        level = [
            row
            for left, top, right, bottom in places
            for y in (top, bottom)
            for row in _crossed(hidden, page.values, page, y, slice(left, right))
        ]
        upright = [
            (y, x, *lengths)
            for left, top, right, bottom in places
            for at in (left, right)
            for x, y, *lengths in _crossed(hidden.T, page.values.T, page, at, slice(top, bottom))
        ]
        self._found: NDArray[np.float64] = np.array([*level, *upright], np.float64).reshape(-1, 5)
        self._scale = page.scale
        few = self._found[:, 2].sum() < _FEWEST
        self._print_goes_on = few and _print_goes_on(hidden > 0, page)

    def seen_through(self, box: Box) -> float:
        """The share of their darkness that rules have below the ink around a cell, or else anywhere
        in the table, or that print has: 0, `_SEEN` or `_CLEAR`."""
        x, y = box.scaled(self._scale).center
        distance = np.hypot(self._found[:, 0] - x, self._found[:, 1] - y)
        for chosen in (self._found[distance <= _NEAR * self._scale], self._found):
            expected, seen, clear = chosen[:, 2:].sum(axis=0)
            if expected >= _FEWEST:
                least = _LETS_THROUGH * expected
                return _CLEAR if clear >= least else _SEEN if seen >= least else 0.0
        return _CLEAR if self._print_goes_on else 0.0


def _key(place: _Window) -> tuple[int, int, int, int]:
    rows, columns = place
    return columns.start, rows.start, columns.stop, rows.stop


def _crossed(
    hidden: Pixels, values: Pixels, page: Darkness, at: int, along: slice
) -> Iterator[tuple[float, float, float, float, float]]:
    """What is seen of a level rule at row `at` where ink covers it; nothing where none does."""
    half = max(1, ceil(_HALF_RULE * page.scale))
    if at - half < 2 or at + half + 2 >= values.shape[0] or along.stop <= along.start:
        return
    around = hidden[at - half - 1 : at + half + 2, along]
    if not around.any():
        return
    reach = 2 * ceil(_BESIDE * page.scale) + 1
    touched = cv2.dilate(around.max(axis=0)[None], np.ones((1, reach), np.uint8))[0] > 0
    band = values[at - half : at + half + 1, along]
    darkest = band.max(axis=0)
    uncovered = darkest[~touched]
    if uncovered.size < reach:
        return
    rule = percentile(uncovered, 75)
    if rule < max(_LEAST_RULE * page.ink, 4 * page.noise):
        return
    # The ink lies above and below the rule, and so over it, unless there is paper between them.
    both = around[0] & around[1] & around[-1] & around[-2]
    paper = ((around[1:-1] == 0) & (band < _SEEN * rule)).any(axis=0)
    across = np.where(paper, 0, both).astype(np.uint8)[None]
    covered = cv2.erode(across, np.ones((1, 3), np.uint8))[0] > 0
    if not covered.any():
        return
    expected = float(covered.sum() * (uncovered > _SEEN * rule).mean())
    seen = float((darkest[covered] > _SEEN * rule).sum())
    clear = float((darkest[covered] > _CLEAR * rule).sum())
    middle = along.start + float(np.flatnonzero(covered).mean())
    yield middle, float(at), expected, seen, clear


def _print_goes_on(hidden: NDArray[np.bool_], page: Darkness) -> bool:
    """Whether strokes of print have ink that was taken off on both sides, and no paper between."""
    dark = ~hidden & (page.values > _PRINT * page.ink)
    inked = hidden | (page.values > _SOFT * page.ink)
    width = max(1, round(_STROKE * page.scale))
    both = one = 0
    for of, ink, covered in ((dark, inked, hidden), (dark.T, inked.T, hidden.T)):
        before = _followed(covered, ink, width)
        behind = _followed(covered[:, ::-1], ink[:, ::-1], width)[:, ::-1]
        both += int(np.count_nonzero(of & before & behind))
        one += int(np.count_nonzero(of & (before ^ behind)))
    return both > _GOES_ON * one


def _followed(covered: NDArray[np.bool_], ink: NDArray[np.bool_], width: int) -> NDArray[np.bool_]:
    """`covered` with the ink that follows it to the right within `width` pixels."""
    found = covered.copy()
    for _ in range(width):
        found[:, 1:] |= found[:, :-1] & ink[:, 1:]
    return found
