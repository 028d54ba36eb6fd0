"""How a soft stroke stands, by its grey ink.

A coarse scan smears a stroke over so many pixels that its mask is too wide for one. Its darkness
still shows the middle of the stroke to parts of a pixel.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.page import Pixels

_HALF: Final = 0.5
"""Share of a row's darkness where the edge of a blurred stroke lies."""


def without_soft_edges(mask: Pixels, darkness: Pixels) -> Pixels:
    """The ink of `mask` that is at least half as dark as the darkest of its row: its full width at
    half maximum, which blur leaves nearly as it was. Both are (H, W)."""
    inked = np.where(mask > 0, darkness, 0).astype(np.float64)
    peaks = inked.max(axis=1, keepdims=True, initial=0.0)
    return np.asarray((mask > 0) & (inked >= _HALF * peaks), dtype=np.uint8)


def slope_of_ink(mask: Pixels, darkness: Pixels) -> float:
    """How far ink moves to the right for each pixel upwards: the regression of its columns on its
    rows, each pixel weighted by its darkness. Both are (H, W)."""
    weights: NDArray[np.float64] = np.where(mask > 0, darkness, 0).astype(np.float64)
    rows, columns = np.indices(mask.shape, dtype=np.float64)
    total = float(weights.sum())
    if not total:
        return 0.0
    rows -= float((weights * rows).sum()) / total
    columns -= float((weights * columns).sum()) / total
    spread = float((weights * rows**2).sum())
    return -float((weights * rows * columns).sum()) / spread if spread else 0.0
