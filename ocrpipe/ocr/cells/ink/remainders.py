"""Ink at the border of a cell that is none of its own: what is left of rules and strokes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT
from ocrpipe.ocr.cells.ink.parts import Part


def reaches_inwards(labels: NDArray[np.integer], parts: Sequence[Part], scale: float) -> bool:
    """Whether ink of `labels` (H, W) that is none of `parts` comes as far from every border as the
    smallest digit is high: so does the ring of a pen through a corner, and no rule. `scale` is
    pixels a point."""
    reach = round(LEAST_TEXT * scale)
    inner = labels[reach:-reach, reach:-reach]
    known = np.zeros(int(inner.max(initial=0)) + 1, bool)
    known[[0, *(part.label for part in parts if part.label < known.size)]] = True
    return not bool(known.take(inner).all())


def is_remainder(part: Part, width: int, height: int, near: int) -> bool:
    """Whether ink in a cell of that size lies wholly beside the border: left of a rule, or of a
    neighbour's text. `near` is how far beside, in pixels."""
    if part.x1 <= near or part.y1 <= near or part.x0 >= width - near or part.y0 >= height - near:
        return True
    # The corner of two rules, or the end of one that is askew.
    across = part.x0 <= 1 or part.x1 >= width - 1
    return across and (part.y0 <= 1 or part.y1 >= height - 1)


def is_flat_remainder(part: Part, height: int, near: int) -> bool:
    """Whether a mark may be what is left of a level rule a little inside its cell, which is
    `height` pixels high; `near` as in `is_remainder`."""
    flat = part.height <= near and part.width >= 3 * part.height
    return flat and min(part.y1, height - part.y0) <= 2 * near
