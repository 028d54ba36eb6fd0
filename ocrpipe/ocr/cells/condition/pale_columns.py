"""Columns whose figures are printed paler than the rules and labels of their page.

What is ink is judged by the darkness of the page's print, and thin figures of a pale colour stay
below that beside black rules: the paler half of a column was dust to it, or a ghost of the reverse.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.condition.contrast import level
from ocrpipe.ocr.cells.ink.darkness import Darkness
from ocrpipe.ocr.cells.ink.printed import CellInk, cell_ink
from ocrpipe.quantiles import percentile

_SAME: Final = 3.0
"""Points by which the sides of the cells of a column differ at most."""

_FEWEST: Final = 4
_INKED: Final = 0.5
"""The cells of a column that have ink at least, and their share: what shines through from the
reverse side lies anywhere."""

_PALE, _MOST = 0.5, 75
"""Share of the page's darkness below which the ink of a column is pale, and the percentage of its
cells that are: some are labels."""

_FAINTEST = 110.0
"""Darkness of a page by which the least ink is found that differs from paper, 22 levels."""


@dataclass(slots=True)
class _Column:
    first: Box
    cells: list[int]

    def has(self, box: Box) -> bool:
        return abs(box.x0 - self.first.x0) <= _SAME and abs(box.x1 - self.first.x1) <= _SAME


Columns = Sequence[Sequence[int]]
"""The indices of the cells of some columns."""


def pale_columns(page: Darkness, boxes: Sequence[Box], inks: Sequence[CellInk]) -> Columns:
    """The columns of a table whose print is pale.

    `boxes` are its cells in points, `inks` what was found in them by the darkness of the page.
    """
    if page.ink > _FAINTEST:
        faint = replace(page, ink=_FAINTEST)
        pairs = zip(boxes, inks, strict=True)
        inks = [ink if ink.parts else cell_ink(faint, box) for box, ink in pairs]
    columns: list[_Column] = []
    for index, box in enumerate(boxes):
        found = next((column for column in columns if column.has(box)), None)
        if found is None:
            columns.append(_Column(box, [index]))
        else:
            found.cells.append(index)
    return [column.cells for column in columns if _is_pale(column.cells, inks, page)]


def _is_pale(cells: Sequence[int], inks: Sequence[CellInk], page: Darkness) -> bool:
    levels = _levels(cells, inks)
    if len(levels) < max(_FEWEST, _INKED * len(cells)):
        return False
    return percentile(np.array(levels), _MOST) < _PALE * page.ink


def usual_levels(columns: Columns, inks: Sequence[CellInk], page: Darkness) -> dict[int, float]:
    """The darkness of the print of these columns, by the index of each of their cells. Where only
    labels are seen by the darkness of `page`, it is the least."""
    usual = {}
    for cells in columns:
        pale = [one for one in _levels(cells, inks) if one < _PALE * page.ink]
        usual.update(dict.fromkeys(cells, median(pale) if pale else _FAINTEST))
    return usual


def _levels(cells: Sequence[int], inks: Sequence[CellInk]) -> list[float]:
    return [found for index in cells if (found := level(inks[index])) is not None]
