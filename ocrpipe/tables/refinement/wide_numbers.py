"""Numbers with a gap in them as wide as between two."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.page import CellReading, TableGrid
from ocrpipe.tables.numeric import is_number
from ocrpipe.tables.refinement.cell_print import GAP_ACROSS, Marks, print_inside, stretches_of

_TWO_NUMBERS = 0.5
"""Confidence that is left to a number with such a gap in it that it may be two."""


def doubt_wide_numbers(
    grid: TableGrid, readings: Sequence[CellReading], marks: Sequence[Box]
) -> tuple[CellReading, ...]:
    """Readings with a low confidence where a number has a gap in it as wide as between two."""
    boxes = np.array(marks, np.float64).reshape(-1, 4)
    return tuple(
        reading.at_most(_TWO_NUMBERS)
        if is_number(reading.text) and _has_gap(print_inside(boxes, cell.box))
        else reading
        for cell, reading in zip(grid.cells, readings, strict=True)
    )


def _has_gap(print_: Marks) -> bool:
    if len(print_) < 2:
        return False
    height = float((print_[:, 3] - print_[:, 1]).max())
    gaps = [after[0] - before[1] for before, after in pairwise(stretches_of(print_, down=False))]
    widest = max(gaps, default=0.0)
    # Figures that are all set wide apart are one number.
    evenly = len(gaps) > 1 and min(gaps) > 0.6 * widest
    return widest > GAP_ACROSS * height and not evenly
