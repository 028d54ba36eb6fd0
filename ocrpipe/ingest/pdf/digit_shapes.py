"""Which digit a piece of print looks like, by the digits of the standard typefaces of PDF.

A recogniser for print that is drawn clean: it needs no model and takes a tenth of a millisecond.
"""

from functools import lru_cache

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

Likeness = NDArray[np.float32]
"""(10,): how much the print looks like each of 0 to 9, as a correlation."""

_FACES = tuple(
    family + cut
    for family, cuts in (
        ("Helvetica", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Times", ("-Roman", "-Bold", "-Italic", "-BoldItalic")),
        ("Courier", ("", "-Bold", "-Oblique", "-BoldOblique")),
    )
    for cut in cuts
)
"""Of the standard fonts (ISO 32000-1, 9.6.2.2), which MuPDF brings along: those with digits."""

_HEIGHT, _WIDTH, _EDGE = 48, 32, 4
"""Of a shape and of the ground around it, in pixels; no digit is wider for its height, and the
slope of a 7 is seen."""

_SHARP = 50
"""Pixels: a piece that is less high is enlarged first, so that hairlines keep their ink."""

_INK = 0.4
"""Of the strongest ink of a piece: what is paler is the edge of a stroke, or a mark below it."""

_FULL = 0.97
"""Share of a row or column that is ink in a rule; a digit has ground on its sides."""

_CONTRAST = 60
"""Levels between ink and ground; a pale grey digit that is one pixel thick has them."""

_SIZE, _SCALE, _STEP = 24.0, 2.5, 40.0
"""Points of the typefaces' digits, pixels a point, and points from one of them to the next."""


def digit_likeness(piece: NDArray[np.uint8]) -> Likeness | None:
    """What a piece of print looks like; None where it has too little ink.

    Args:
        piece: (height, width), grey, upright, with a single character in it, dark or light.
    """
    shape = _shape(piece)
    return None if shape is None else (_shapes() @ shape).reshape(-1, 10).max(axis=0)


def _shape(piece: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """The ink of a piece cut out, made as high as any other, its strokes thickened a little, so
    that the hairlines of a typeface count, and blurred; then normalised."""
    ink = _ink(piece)
    if ink is None:
        return None
    height, width = ink.shape
    wide = max(1, min(_WIDTH, round(width * _HEIGHT / height)))
    shape = np.zeros((_HEIGHT + 2 * _EDGE, _WIDTH + 2 * _EDGE), np.uint8)
    left = (shape.shape[1] - wide) // 2
    shape[_EDGE:-_EDGE, left : left + wide] = cv2.resize(
        ink, (wide, _HEIGHT), interpolation=cv2.INTER_AREA
    )
    thick = cv2.dilate(shape, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    blurred = cv2.GaussianBlur(thick.astype(np.float32), (0, 0), 2)
    small = cv2.resize(blurred, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    flat = (small - small.mean()).ravel()
    return np.asarray(flat / max(float(np.linalg.norm(flat)), 1e-6), np.float32)


def _ink(piece: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
    """255 where the character in the middle of a piece has ink, cut out; without rules."""
    if min(piece.shape) < 3 or int(np.ptp(piece)) < _CONTRAST:
        return None
    if piece.shape[0] < _SHARP:
        zoom = 1.4 * _SHARP / piece.shape[0]
        piece = _enlarged(piece, zoom)
    edge = np.concatenate((piece[0], piece[-1], piece[:, 0], piece[:, -1]))
    depth = np.abs(piece.astype(np.float32) - np.float32(np.median(edge)))
    ink = depth > _INK * depth.max()
    ink[ink.mean(axis=1) > _FULL] = False
    ink[:, ink.mean(axis=0) > _FULL] = False
    count, labels = cv2.connectedComponents(ink.astype(np.uint8))
    height, width = ink.shape
    middle = labels[height // 4 : height - height // 4, width // 5 : width - width // 5]
    kept = np.zeros(count, bool)
    kept[middle] = True
    kept[0] = False
    ink = kept[labels]
    rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or len(rows) < height // 8:
        return None
    cut = ink[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    return np.asarray(cut * np.uint8(255), np.uint8)


def _enlarged(piece: NDArray[np.uint8], zoom: float) -> NDArray[np.uint8]:
    large = cv2.resize(piece, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    return large.astype(np.uint8, copy=False)


@lru_cache(maxsize=1)
def _shapes() -> NDArray[np.float32]:
    """(faces * 10, pixels): the digits of the standard typefaces; 10 ms, once a process."""
    with pymupdf.open() as pdf:
        page = pdf.new_page(width=10 * _STEP, height=len(_FACES) * _STEP)
        fonts = "".join(
            f"/F{row}<</Type/Font/Subtype/Type1/BaseFont/{face}>>"
            for row, face in enumerate(_FACES)
        )
        pdf.xref_set_key(page.xref, "Resources", f"<</Font<<{fonts}>>>>")
        commands = [
            f"BT /F{row} {_SIZE} Tf 1 0 0 1 {digit * _STEP + 10} "
            f"{(len(_FACES) - 1 - row) * _STEP + 10} Tm ({digit}) Tj ET"
            for row in range(len(_FACES))
            for digit in range(10)
        ]
        xref = pdf.get_new_xref()
        pdf.update_object(xref, "<<>>")
        pdf.update_stream(xref, "\n".join(commands).encode())
        pdf.xref_set_key(page.xref, "Contents", f"{xref} 0 R")
        matrix = pymupdf.Matrix(_SCALE, _SCALE)
        drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
        pixels = np.frombuffer(drawn.samples_mv, np.uint8).reshape(drawn.height, drawn.stride)
        step = round(_STEP * _SCALE)
        shapes = [
            _shape(pixels[top : top + step, left : left + step])
            for top in range(0, len(_FACES) * step, step)
            for left in range(0, 10 * step, step)
        ]
    return np.array(shapes, np.float32)
