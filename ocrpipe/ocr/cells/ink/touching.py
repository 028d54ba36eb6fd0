"""Dust that touches print: pieces of ink that part from it only where it is darkest."""

from collections.abc import Sequence

import cv2
import numpy as np

from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.ocr.cells.ink.specks import sort_parts
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile

_LEVELS = (0.5, 0.6, 0.7, 0.8)
"""Darkness, in that of the cell's print, at which soft edges that touch are looked for."""

_SMALLEST, _LARGEST, _BLOT = 0.13, 0.5, 0.35
"""Size of dust in heights of the print: at least, at most, and that from which it is no point."""

_FLATTEST = 2.2
_LOW = 0.3
_LEAST_PRINT = 0.5
"""Height that the print keeps, in that of the ink with its dust."""

_MOST_PARTS = 12


def without_touching_dust(ink: CellInk, scale: float) -> tuple[Pixels, Pixels] | None:
    """The darkness and the mask of a cell without dust that touches its print; None where nothing
    that looks like dust parts from it. `scale` is pixels a point.

    A thin stroke may part from a digit as dust does: this is another reading, and no better one.
    """
    if not ink.parts or len(ink.parts) > _MOST_PARTS:
        return None
    peak = percentile(ink.darkness[ink.mask > 0], 85)
    height = max(part.height for part in ink.parts)
    for level in _LEVELS:
        dark = ((ink.mask > 0) & (ink.darkness >= level * peak)).astype(np.uint8)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
        boxes = [(label, *(int(value) for value in stats[label])) for label in range(1, count)]
        parts = [Part(label, x, y, x + w, y + h, area) for label, x, y, w, h, area in boxes]
        found = sort_parts(parts, scale)
        tallest = max((part.height for part in found.print), default=0)
        small = [p for p in parts if _is_round(p, tallest) and _has_parted(p, parts, ink)]
        bottom = max((p.y1 for p in found.print if p not in small), default=0)
        dust = [
            part
            for part in small
            if (part in found.dust or part.size >= _BLOT * tallest)
            and not _is_low(part, bottom, tallest)
        ]
        if not dust or tallest < _LEAST_PRINT * height:
            continue
        labelled = [part.label for part in found.print if part not in dust]
        kept = np.isin(labels, labelled).astype(np.uint8)
        gone = np.isin(labels, [part.label for part in dust]).astype(np.uint8)
        return _without(ink, kept, gone)
    return None


def _has_parted(part: Part, parts: Sequence[Part], ink: CellInk) -> bool:
    """Whether a part was one mark with others in the ink: a point stands alone there."""
    whole = [w for w in ink.parts if _is_inside(part, w)]
    return any(other is not part and _is_inside(other, w) for w in whole for other in parts)


def _is_low(part: Part, bottom: int, tallest: int) -> bool:
    """Whether a part stands where a comma does: low, and not below all print."""
    return part.y0 < bottom and part.y0 + part.y1 > 2 * (bottom - _LOW * tallest)


def _is_inside(part: Part, whole: Part) -> bool:
    return (
        whole.x0 <= part.x0 and part.x1 <= whole.x1 and whole.y0 <= part.y0 and part.y1 <= whole.y1
    )


def _is_round(part: Part, tallest: int) -> bool:
    long, short = part.size, min(part.width, part.height)
    return _SMALLEST * tallest <= long <= _LARGEST * tallest and long <= _FLATTEST * short


def _without(ink: CellInk, kept: Pixels, gone: Pixels) -> tuple[Pixels, Pixels]:
    """Darkness and mask of a cell without `gone`; what lies between goes to the nearer side."""
    # Distances are to the nearest pixel that is 0.
    to_kept = cv2.distanceTransform(1 - kept, cv2.DIST_L2, 3)
    to_gone = cv2.distanceTransform(1 - gone, cv2.DIST_L2, 3)
    stays = to_kept <= to_gone
    return (
        np.where(stays, ink.darkness, 0).astype(np.uint8),
        np.where(stays, ink.mask, 0).astype(np.uint8),
    )
