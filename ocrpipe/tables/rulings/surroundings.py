"""What the raster itself shows beside a stroke: between close print the ink response has no paper.

Pixels, at `scale` pixels a point.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke, three_rows

_DARK = 0.5
"""Share of a stroke's contrast by which it is darker than the page where the page is evenly lit."""

_INK = 0.3
"""Share of a stroke's contrast from which a pixel is no paper."""

_PRINT_FROM, _PRINT_TO, _STEP = 3.0, 10.0, 1.0
_LEAST_PRINT = 1.5
"""Points from the line of a rule at which the print of both cells beside it stands, the points
between two looks at it, and how wide it is."""


def inked_beside(
    stroke: Stroke, xs: NDArray[np.intp], found: Candidates, offsets: Sequence[float]
) -> NDArray[np.bool_]:
    """(offsets, n): where there is ink so many pixels below a stroke that is dark."""
    rows = stroke.rows_at(xs, np.array(offsets)[:, None])
    grey = three_rows(found.grey, xs, rows).min(axis=0)
    return np.asarray(found.paper - grey > _INK * stroke.contrast, np.bool_)


def is_dark(stroke: Stroke, xs: NDArray[np.intp], on: NDArray[np.bool_], found: Candidates) -> bool:
    """Whether a stroke is dark where it is `on`: else grey levels do not tell ink from paper."""
    inked = xs[on]
    if len(inked) == 0:
        return False
    grey = three_rows(found.grey, inked, stroke.rows_at(inked)).min(axis=0)
    return found.paper - median(grey) >= _DARK * stroke.contrast


def is_between_print(
    stroke: Stroke,
    xs: NDArray[np.intp],
    on: NDArray[np.bool_],
    found: Candidates,
    scale: float,
) -> bool:
    """Whether print stands above and below a stroke that is dark where it is `on`, as in the cells
    on both sides of a wall."""
    if not is_dark(stroke, xs, on, found):
        return False
    ways = np.arange(_PRINT_FROM, _PRINT_TO, _STEP) * scale + stroke.thickness / 2
    return all(
        int(inked_beside(stroke, xs, found, (side * ways).tolist()).any(axis=0).sum())
        >= _LEAST_PRINT * scale
        for side in (-1, 1)
    )
