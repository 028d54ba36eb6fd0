"""Pictures of lines for the recogniser, cut from the ink of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.readings.rows import split_span
from ocrpipe.ocr.recognition.batching import LINE_HEIGHT
from ocrpipe.page import Pixels
from ocrpipe.quantiles import percentile
from ocrpipe.runs import Run, column_extent, find_runs, length


@dataclass(frozen=True, slots=True)
class CropStyle:
    """How a line is cut out: its margin as a share of its height, and the standard deviation in
    pixels of a blur that takes out grain (0: none)."""

    margin: float
    blur: float = 0.0


_FAINT = 0.15
"""Darkness in that of the line's print from which ink may be the faded end of a stroke."""

_LEVELS = np.arange(256, dtype=np.float64)

SHARP = CropStyle(margin=0.1)
SOFT = CropStyle(margin=0.15, blur=0.7)


def row_picture(darkness: Pixels, mask: Pixels, row: Run, em: float, style: CropStyle) -> Pixels:
    """The picture of one row of text, (h, w, 3), dark on white.

    `em` is the height of a character in pixels: a dash is not blown up to the size of one.
    """
    y0, y1 = row
    columns = np.flatnonzero(mask[y0:y1].any(axis=0))
    rows = np.flatnonzero(mask[y0:y1].any(axis=1))
    if not columns.size:
        return np.full((8, 8, 3), 255, dtype=np.uint8)
    x0, x1 = int(columns[0]), int(columns[-1]) + 1
    y0, y1 = y0 + int(rows[0]), y0 + int(rows[-1]) + 1
    # Soft edges reach a little beyond the ink, but not into the next line.
    soft = max(1, round(0.06 * em))
    faint = darkness[y0:y1].max(axis=0) > _FAINT * percentile(darkness[mask > 0], 85)
    x0, x1 = _with_faint_ends(faint, x0, x1, round(0.4 * em))
    x0, x1 = max(0, x0 - soft), min(mask.shape[1], x1 + soft)
    y0, y1 = max(row[0], y0 - soft), min(row[1], y1 + soft)
    return _framed(_tone(darkness[y0:y1, x0:x1], mask[y0:y1, x0:x1]), em, style)


def _with_faint_ends(faint: NDArray[np.bool_], x0: int, x1: int, most: int) -> Run:
    """Widen a line by at most `most` columns to both sides as long as there is faint ink: the thin
    stroke at the left of a 4 fades on a coarse scan, and leaves a 1."""
    start, end = x0, x1
    while start > max(0, x0 - most) and faint[start - 1]:
        start -= 1
    while end < min(len(faint), x1 + most) and faint[end]:
        end += 1
    return start, end


def stack_picture(
    darkness: Pixels, mask: Pixels, characters: Sequence[Run], em: float, style: CropStyle
) -> Pixels:
    """Characters that stand one above the other, set side by side as a line is."""
    x0, x1 = column_extent(mask)
    size = max(round(em), x1 - x0)
    gap = np.zeros((size, max(1, round(0.08 * size))), dtype=np.uint8)
    cells: list[Pixels] = []
    for y0, y1 in characters:
        ink = _tone(darkness[y0:y1, x0:x1], mask[y0:y1, x0:x1])
        cells += [_in_square(ink, mask[y0:y1, x0:x1], size), gap]
    line = np.concatenate(cells[:-1], axis=1)
    return _framed(line, float(size), style)


def rotated_picture(darkness: Pixels, mask: Pixels, style: CropStyle) -> Pixels:
    """The cell turned a quarter counterclockwise, as lying text reads after turning it up."""
    turned = (np.ascontiguousarray(np.rot90(darkness)), np.ascontiguousarray(np.rot90(mask)))
    rows = np.flatnonzero(turned[1].any(axis=1))
    row = (int(rows[0]), int(rows[-1]) + 1)
    return row_picture(*turned, row, float(row[1] - row[0]), style)


def side_by_side(pictures: Sequence[Pixels]) -> Pixels:
    """Pictures of rows, (h, w, 3), one after the other, on white, in the middle of the highest."""
    height = max(picture.shape[0] for picture in pictures)
    framed = []
    for picture in pictures:
        above = (height - picture.shape[0]) // 2
        below = height - picture.shape[0] - above
        framed.append(
            cv2.copyMakeBorder(
                picture, above, below, 0, 0, cv2.BORDER_CONSTANT, value=(255, 255, 255)
            )
        )
    return np.asarray(np.hstack(framed), np.uint8)


def stacked_characters(mask: Pixels) -> list[Run]:
    """The characters of a column of single characters, from the top.

    A character is as high as the column is wide, so strokes that stand apart (三, 二) are put
    together as long as they stay within that height.
    """
    em = length(column_extent(mask))
    characters: list[Run] = []
    profile = mask.sum(axis=1, dtype=np.int64)
    for span in find_runs(profile > 0):
        if characters:
            start, end = characters[-1]
            if span[1] - start <= 1.15 * em and span[0] - end <= 0.6 * em:
                characters[-1] = (start, span[1])
                continue
        characters += split_span(profile, span, 0.9 * em)
    return characters


def _tone(darkness: Pixels, mask: Pixels) -> Pixels:
    """Stretch the greys so that faint print is as dark as any."""
    inked = darkness[mask > 0]
    peak = percentile(inked, 85) if inked.size else 255.0
    stretched = np.clip(_LEVELS * (235.0 / max(peak, 1.0)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(darkness, stretched), np.uint8)


def _framed(darkness: Pixels, em: float, style: CropStyle) -> Pixels:
    """Put paper around a line and turn darkness into brightness."""
    height, width = darkness.shape
    missing = max(0.0, 0.8 * em - height)
    margin = round(style.margin * max(height, em))
    above = margin + round(missing / 2)
    framed = np.zeros((height + 2 * above, width + 2 * margin), dtype=np.uint8)
    framed[above : above + height, margin : margin + width] = darkness
    if style.blur:
        framed = np.asarray(cv2.GaussianBlur(framed, (0, 0), style.blur))
        if framed.shape[0] < LINE_HEIGHT:
            size = (max(1, round(LINE_HEIGHT * framed.shape[1] / framed.shape[0])), LINE_HEIGHT)
            framed = np.asarray(cv2.resize(framed, size, interpolation=cv2.INTER_CUBIC))
    return np.asarray(cv2.cvtColor(255 - framed, cv2.COLOR_GRAY2BGR), np.uint8)


def _in_square(darkness: Pixels, mask: Pixels, size: int) -> Pixels:
    """A stacked character in the square that it would take in a line of text."""
    height = darkness.shape[0]
    square = np.zeros((size, size), dtype=np.uint8)
    columns = column_extent(mask)
    inked = length(columns)
    if height < 0.45 * size and inked < 0.45 * size:
        # 、 and 。 stand at the lower left in a line, wherever they stood in the column.
        ink = darkness[:, slice(*columns)]
        top, left = round(0.92 * size) - height, round(0.1 * size)
        square[max(0, top) : max(0, top) + height, left : left + inked] = ink
        return square
    ink = darkness[:size, :size]
    top, left = (size - ink.shape[0]) // 2, (size - ink.shape[1]) // 2
    square[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return square
