"""Walls that the strokes of a page do not show, and a network sees.

The network's own grids are no better than those of strokes: it loses rules of low rows, and closes
the gap between two tables. What it is believed for are walls between two rules, on a line where
nothing was found and there is ink.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Ruling
from ocrpipe.quantiles import median
from ocrpipe.tables.rulings.candidates import paper_of
from ocrpipe.tables.rulings.segmentation.ends import directed, known_share
from ocrpipe.tables.rulings.segmentation.lines import Line, Lines, distinct, stretches

# Lengths in points.
_REACH = 4.0
"""From the end of a stretch to the rules at its ends."""

_BESIDE = 7.0
"""From a new wall to a rule beside it, at least: no row is as low, and a line that the network saw
is off by less."""

_KNOWN = 0.5
"""Share of a stretch with a rule so near, at most."""

_AROUND = 1.3
"""From a line to ink that is its own."""

_INKED, _DARKER = 0.05, 40
"""Share of a new wall that has ink, at least, as dots of it are left; and by how many grey levels
ink is darker than the paper."""

_END = 2.0
"""Of a new wall beside the rules at its ends, where their ink is."""

_FREE_END, _SOLID = 1.5, 0.5
"""Of a line at both its ends without ink, at least, and share of ink between, at least, where it is
that of print which stands in a merged cell; what is left of a wall are dots all along."""

_LEANS, _LEANS_IN = 0.13, 2.5
"""Slope against its line of solid ink, and how far aside it is measured: an oblique stroke, as a
slash is in a low row. Of 51 new walls 48 have less than a tenth, the other three are strokes."""

_ASIDE, _CROWDED = (3.0, 4.0, 5.0), 0.3
"""From a line to print beside it, and share of its length with some on either side, at most: more
is a line through print."""

_FURTHER = 7.0
"""By which a wall reaches beyond one beside it, where it is a wall of the next row, too."""

_SAME_LINE = 4.0
"""From a new line to the others of its wall or rule: no row or column is as narrow."""

_AS_WIDE, _FEWEST_CELLS = 0.7, 3
"""Share of the usual width of the cells of a row that those beside a new wall have, at least, and
how many tell what is usual."""

_OFF = 0.03
"""By how much the slope of a new wall may differ from that of most rules of its direction."""

_FEWEST_WALLS = 4
"""New ones in a row that has none: the network goes on with the outer walls of two tables, and with
one between, through a heading that parts them."""

_FEWEST_BESIDE = 2
"""Walls that are known in a row with a new one, or new ones with a known one, at least: one stroke
of a heading that begins where the tables do stands on the line of their outer walls."""

_MOST_PASSES = 4
"""Over the rows and walls that end at each other: the first one takes all that is seen for walls,
and most pages need two."""

_THICKNESS = 0.75
"""Points of the rules that are added, which the masks do not tell."""


def supplemented(rulings: Sequence[Ruling], seen: Lines, image: PageImage) -> tuple[Ruling, ...]:
    """The rules and what is seen between them on inked lines, horizontal ones first, in points.

    Args:
        rulings: Of the page, in points.
        seen: Lines that the network saw on it.
        image: The page.
    """
    across, down = directed(rulings)
    grey = to_grey(image.pixels)
    ink = np.asarray(grey < paper_of(grey) - _DARKER)
    rows: list[Line] = []
    walls = list(seen.down)
    # A stretch may end at one that is seen and not believed: then it is none either.
    for _ in range(_MOST_PASSES):
        rows = _continued(_new(across, seen.across, (*down, *walls), ink, image.scale), across)
        found = _new(down, seen.down, (*across, *rows), ink.T, image.scale)
        going_on = _continued(found, down)
        found = [wall for wall in found if wall in going_on or _is_regular(wall, (*down, *found))]
        believed = [wall for wall in found if _has_company(wall, found, down)]
        if believed == walls:
            break
        walls = believed
    return (
        *(ruling for ruling in rulings if ruling.horizontal),
        *(Ruling(*row, _THICKNESS) for row in rows),
        *(ruling for ruling in rulings if not ruling.horizontal),
        *(Ruling(y0, x0, y1, x1, _THICKNESS) for x0, y0, x1, y1 in walls),
    )


def _new(
    own: Sequence[Line],
    seen: Sequence[Line],
    crossing: Sequence[Line],
    ink: NDArray[np.bool_],
    scale: float,
) -> list[Line]:
    """Stretches of the lines that were seen where no rule is near, and ink is."""
    usual = _usual_slope(own)
    return [
        stretch
        for line in seen
        if abs(line.slope - usual) <= _OFF
        for stretch in stretches(line, crossing, _REACH)
        if known_share(stretch, own, _BESIDE) < _KNOWN and _is_inked(stretch, ink, scale)
    ]


def _usual_slope(lines: Sequence[Line]) -> float:
    return median(np.array([line.slope for line in lines])) if lines else 0.0


def _continued(new: Sequence[Line], known: Sequence[Line]) -> list[Line]:
    """The new lines that go on in other cells: a lone one is the side of a stamp, or print."""
    slope = _usual_slope(known)
    lines = [*known, *new]
    return [line for line in new if any(_goes_on(line, other, slope) for other in lines)]


def _goes_on(line: Line, other: Line, slope: float) -> bool:
    """Whether another line is one wall or rule with a line, where most have this slope."""
    shared = min(line.x1, other.x1) - max(line.x0, other.x0)
    aside = line.y_at(line.middle) + slope * (other.middle - line.middle)
    return (
        shared < min(line.length, other.length) / 2
        and abs(other.y_at(other.middle) - aside) <= _SAME_LINE
    )


def _is_regular(wall: Line, walls: Sequence[Line]) -> bool:
    """Whether cells beside a wall are as wide as others of its row."""
    places = sorted(
        other.y_at(wall.middle) for other in walls if other is not wall and _shares_row(wall, other)
    )
    own = wall.y_at(wall.middle)
    widths = [b - a for a, b in pairwise(places) if b - a > _SAME_LINE and not a < own < b]
    beside = min((abs(place - own) for place in places), default=0.0)
    return len(widths) >= _FEWEST_CELLS and beside >= _AS_WIDE * median(np.array(widths))


def _is_inked(stretch: Line, ink: NDArray[np.bool_], scale: float) -> bool:
    """Whether there is ink on a stretch that is not that of print."""
    own = np.asarray(_ink_beside(stretch, ink, _aside(_AROUND, scale), scale).any(axis=0))
    places = np.flatnonzero(own)
    if len(places) < _INKED * len(own):
        return False
    first, last = int(places[0]), int(places[-1])
    if float(own[first : last + 1].mean()) >= _SOLID:
        floats = min(first, len(own) - 1 - last) >= _FREE_END * scale
        leans = _slope(_ink_beside(stretch, ink, _aside(_LEANS_IN, scale), scale))
        if floats or abs(leans) > _LEANS:
            return False
    asides = [side * np.array(_ASIDE) for side in (-1, 1)]
    sides = [_ink_beside(stretch, ink, aside, scale).any(axis=0).mean() for aside in asides]
    return bool(min(sides) < _CROWDED)


def _aside(reach: float, scale: float) -> NDArray[np.float64]:
    """Distances to either side of a line, in points, a pixel apart."""
    return np.arange(-reach, reach + 0.01, 1 / scale, np.float64)


def _slope(band: NDArray[np.bool_]) -> float:
    """Of the line through the ink of a band, whose rows and columns are as far apart."""
    heights, xs = np.nonzero(band)
    spread = xs - xs.mean()
    return float((spread * heights).sum() / max((spread**2).sum(), 1.0))


def _ink_beside(
    stretch: Line, ink: NDArray[np.bool_], aside: NDArray[np.float64], scale: float
) -> NDArray[np.bool_]:
    """(m, n): where a stretch without its ends has ink, each of m distances to its side."""
    start, end = stretch.x0 + _END, stretch.x1 - _END
    xs = np.linspace(start, end, max(8, round((end - start) * scale)))
    heights = np.interp(xs, (stretch.x0, stretch.x1), (stretch.y0, stretch.y1))
    columns = np.clip(np.rint(xs * scale), 0, ink.shape[1] - 1).astype(np.intp)
    rows = np.rint((heights + aside[:, None]) * scale).astype(np.intp)
    inked: NDArray[np.bool_] = ink[np.clip(rows, 0, ink.shape[0] - 1), columns]
    return inked


def _has_company(wall: Line, walls: Sequence[Line], known: Sequence[Line]) -> bool:
    """Whether a new wall stands in a row with walls that are known, or with enough new ones."""
    own_row = [other for other in known if _shares_row(wall, other)]
    beside = len(distinct(sorted(other.y_at(other.middle) for other in own_row)))
    if beside >= _FEWEST_BESIDE or any(_reaches_further(other, wall) for other in own_row):
        return True
    fewest = _FEWEST_BESIDE if beside else _FEWEST_WALLS
    return sum(_shares_row(wall, other) for other in walls) >= fewest


def _reaches_further(other: Line, wall: Line) -> bool:
    """Whether a wall beside another goes on over a further row, as a stroke of print does not."""
    return max(wall.x0 - other.x0, other.x1 - wall.x1) >= _FURTHER


def _shares_row(wall: Line, other: Line) -> bool:
    """Whether another wall takes most of the row of one."""
    return min(wall.x1, other.x1) - max(wall.x0, other.x0) >= wall.length / 2
