"""Bytes compared with a level that need be no whole number.

numpy makes eight bytes of each where the level is a float, which takes ten times as long.
"""

import math

import numpy as np
from numpy.typing import NDArray


def above(values: NDArray[np.uint8], level: float) -> NDArray[np.bool_]:
    """Which bytes are greater than a level."""
    return values > math.floor(level)


def under(values: NDArray[np.uint8], level: float) -> NDArray[np.bool_]:
    """Which bytes are less than a level."""
    return values < math.ceil(level)


def reaching(values: NDArray[np.uint8], level: float) -> NDArray[np.bool_]:
    """Which bytes are a level or greater."""
    return values >= math.ceil(level)
