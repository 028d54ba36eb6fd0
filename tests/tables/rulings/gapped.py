"""A stroke with gaps and ink above it, as in the `fine` raster of `Candidates`."""

import numpy as np

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.strokes.stroke import Stroke

SCALE = 2.0
Y = 50


def response(length: float, *, inked: float, beside: float, period: float) -> tuple[Stroke, Pixels]:
    """A stroke `length` points long with gaps, and ink above it; both as shares of each period."""
    fine = np.zeros((100, 40 + round(length * SCALE)), np.uint8)
    place = np.arange(round(length * SCALE)) % round(period * SCALE) / round(period * SCALE)
    start = 20
    fine[Y, start + np.flatnonzero(place < inked)] = 90
    for y in (Y - 4, Y - 7):
        fine[y, start + np.flatnonzero(place < beside)] = 90
    return Stroke(start, Y, start + length * SCALE, Y, 1.0, 90.0), fine
