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

_ASIDE, _PALE = 1.8, 0.4
"""Points from a line within which its ink bends, and the share of its contrast up to which a pixel
there is paper."""

_BENT, _PARTS = 0.3, 4
"""Points by which both ends of a bracket lie on one side of its middle, at least, and its parts."""

_LONGEST_BRACKET, _TIP = 14.0, 1.5
"""Height of a bracket, at most, and of its ends that lie beside the line of its middle."""


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


def is_bracket(
    stroke: Stroke, xs: NDArray[np.intp], on: NDArray[np.bool_], found: Candidates, scale: float
) -> bool:
    """Whether what is `on` along a stroke, from its first ink to its last, bends to one side at
    both ends, as a round bracket does; a rule is straight, or leans."""
    places = np.flatnonzero(on)
    if not len(places) or places[-1] - places[0] > _LONGEST_BRACKET * scale:
        return False
    tip = round(_TIP * scale)
    span = xs[max(0, places[0] - tip) : places[-1] + 1 + tip]
    dark, ways = _dark_around(stroke, xs[places], found, 0, scale)
    if not dark.any():
        return False
    # Its middle may stand beside the line, and the ends farther off.
    off = round(float((dark * ways).sum() / dark.sum()))
    dark, ways = _dark_around(stroke, span, found, off, scale)
    inked = np.flatnonzero(dark.any(axis=0))
    if len(inked) < _PARTS:
        return False
    middles = (dark * ways).sum(axis=0)[inked] / dark.sum(axis=0)[inked]
    first, second, third, last = (float(part.mean()) for part in np.array_split(middles, _PARTS))
    bends = (first - (second + third) / 2, last - (second + third) / 2)
    return bool(np.sign(bends[0]) == np.sign(bends[1])) and min(map(abs, bends)) >= _BENT * scale


def _dark_around(
    stroke: Stroke, xs: NDArray[np.intp], found: Candidates, off: int, scale: float
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """(m, n): what is dark within reach of `off` pixels below a stroke, and (m, 1) how far
    below it that is."""
    reach = round(_ASIDE * scale)
    ways = off + np.arange(-reach, reach + 1)[:, None]
    rows = np.clip(stroke.rows_at(xs, ways.astype(np.float64)), 0, found.grey.shape[0] - 1)
    return np.asarray(found.grey[rows, xs] < found.paper - _PALE * stroke.contrast), ways
