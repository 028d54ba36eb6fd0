"""Dashes of which a fax left a dot or two, told by the others of their table.

A thin dash becomes a row of dots, then one dot, which alone in a cell is dust. Where most specks
lie on the line and in the width of the table's dashes they are none: dust lies anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.geometry import Box
from ocrpipe.levels import above
from ocrpipe.ocr.cells.ink.cell_rules import without_rules
from ocrpipe.ocr.cells.ink.darkness import Darkness, cell_place
from ocrpipe.page import CellReading

_FEWEST: Final = 2
"""Dashes that tell where the others lie."""

_CUSTOM: Final = 2
"""Cells whose specks lie as the dashes do for each where one does not, at least: the place of the
dashes is a twentieth of a cell."""

_OFF_LINE, _ASIDE = 1.3, 0.8
"""Points from the line of the dashes, and from their usual ends, at most. A row of a coarse fax is
0.73 high, a dash lies in one of two of them, and a speck is blurred over half a row more: those of
21 such cells of three faxes reached 1.24 from the line."""

_INK: Final = 0.4
"""Share of the page's darkness that is ink, as in the cells that are read."""

_AT_RULE: Final = 1.5
"""Points from the border within which a speck is a remainder of the rule."""

_UNSURE: Final = 0.6
"""Confidence in a dash of which so little is left."""

_SCATTERED: Final = 0.5
"""Points by which the middles of hyphens differ, half of them at least, that are rests of dashes:
printed ones are all alike."""

_HYPHENS: Final = frozenset("-－–")
_ELLIPSES: Final = frozenset(("…", "……"))

_ANCHORS: Final = np.array([0.0, 0.5, 1.0])
"""Where in the width of their cells figures may be aligned."""


def worn_dashes(
    page: Darkness, boxes: Sequence[Box], readings: Sequence[CellReading]
) -> list[CellReading]:
    """The readings of a frayed table, those of blank cells as dashes where all their ink is specks
    on the line of the table's dashes; so are those of an ellipsis, and of hyphens that stand where
    any part of a dash may.

    `page` is not smoothed; `boxes` are the cells in points. A cell without a speck stays blank.
    """
    found = list(readings)
    dashes = [index for index, reading in enumerate(readings) if reading.text == "—"]
    if len(dashes) < _FEWEST:
        return found
    known = _all_specks(page, boxes, dashes).values()
    if len(known) < _FEWEST:
        return found
    usual = _usual_place(list(known))
    blanks = [i for i, one in enumerate(readings) if one.state == "blank" or one.text in _ELLIPSES]
    asked = _all_specks(page, boxes, blanks)
    short = [index for index, reading in enumerate(readings) if reading.text in _HYPHENS]
    hyphens = _all_specks(page, boxes, short)
    if usual.are_scattered(list(hyphens.values()), _SCATTERED * page.scale):
        asked |= hyphens
    near = [index for index, specks in asked.items() if usual.has(specks, page.scale)]
    if len(near) < _CUSTOM * (len(asked) - len(near)):
        return found
    for index in near:
        found[index] = replace(
            found[index], text="—", state="printed", confidence=_UNSURE,
            numeric_text="—", numeric_confidence=_UNSURE, alternatives=(),
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Specks:
    """The box around all specks of a cell in pixels from its upper left corner, and its size."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the dashes of a table lie: `x0` and `x1` from the `anchor` of their cells, `y` their
    middle line from that of the cells; in pixels."""

    anchor: float
    x0: float
    x1: float
    y: float

    def are_scattered(self, cells: Sequence[_Specks], least: float) -> bool:
        """Whether the middles of the specks of cells differ so much, most of them."""
        if len(cells) < _FEWEST:
            return False
        middles = np.array([(one.x0 + one.x1) / 2 - self.anchor * one.width for one in cells])
        return float(np.median(np.abs(middles - np.median(middles)))) >= least

    def has(self, specks: _Specks, scale: float) -> bool:
        """Whether all of a cell's specks lie within the place. `scale`: pixels a point."""
        at, aside, off = self.anchor * specks.width, _ASIDE * scale, _OFF_LINE * scale
        middle = specks.height / 2 + self.y
        return (
            specks.x0 - at >= self.x0 - aside
            and specks.x1 - at <= self.x1 + aside
            and specks.y0 >= middle - off
            and specks.y1 <= middle + off
        )


def _usual_place(dashes: Sequence[_Specks]) -> _Place:
    """The place of dashes, from where in their cells it differs least."""
    x0, y0, x1, y1, width, height = np.array([_values(one) for one in dashes], np.float64).T
    middles = ((x0 + x1) / 2)[:, None] - width[:, None] * _ANCHORS
    spread = np.median(np.abs(middles - np.median(middles, axis=0)), axis=0)
    anchor = float(_ANCHORS[int(np.argmin(spread))])
    starts, ends = x0 - anchor * width, x1 - anchor * width
    line = float(np.median(y0 + y1 - height)) / 2
    # They lack their ends, too, one more than another.
    return _Place(anchor, float(starts.min()), float(ends.max()), line)


def _values(specks: _Specks) -> tuple[float, ...]:
    return (specks.x0, specks.y0, specks.x1, specks.y1, specks.width, specks.height)


def _all_specks(page: Darkness, boxes: Sequence[Box], indices: Sequence[int]) -> dict[int, _Specks]:
    found = {index: _specks(page, boxes[index]) for index in indices}
    return {index: specks for index, specks in found.items() if specks is not None}


def _specks(page: Darkness, box: Box) -> _Specks | None:
    """All ink of a cell but for its rules and what is left of them; None where there is none."""
    crop = page.values[cell_place(page, box)]
    height, width = crop.shape
    if min(crop.shape) < 2 * _AT_RULE * page.scale:
        return None
    inked = above(crop, _INK * page.ink).view(np.uint8)
    _, stats = connected_parts(np.ascontiguousarray(without_rules(inked, page.scale)))
    starts: NDArray[np.int32] = stats[1:, :2]
    ends = starts + stats[1:, 2:4]
    near = _AT_RULE * page.scale
    inner = ((starts >= near) & (ends <= np.array([width, height]) - near)).all(axis=1)
    if not inner.any():
        return None
    (x0, y0), (x1, y1) = starts[inner].min(axis=0), ends[inner].max(axis=0)
    return _Specks(float(x0), float(y0), float(x1), float(y1), width, height)
