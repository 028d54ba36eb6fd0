"""What tells text that was put over other text: it lies over it, and looks otherwise.

Points of one frame throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocrpipe.geometry import Box, union
from ocrpipe.ingest.pdf.text_runs import Char
from ocrpipe.page import Ruling

OPAQUE = 250
"""Of 255: what is painted with less shows what is below it."""

PALER = 0.35
"""In shares of white: a watermark is paler than text by this."""

LARGER, _FAR_LARGER = 1.5, 2.5
SURE = 2
"""Steps by which a character looks otherwise than text that it lies over."""

_SATURATED = 0.4
"""Difference between the strongest and the weakest of red, green and blue, as a share."""

_INNER = (0.1, 0.15)
"""Shares of a character's box, across and down, that are left out on each side as no ink."""

_COMMON = 0.1
"""Share of the smaller one of two characters that the other one lies on."""

_OFF_LINE = 0.1
"""In font sizes."""

_NUMERIC = frozenset("0123456789.,%+-−()（）")


class Style(NamedTuple):
    """How a character is painted; characters of one stamp are painted alike."""

    color: int
    alpha: int


@dataclass(frozen=True, slots=True)
class Unit:
    """The visible characters of one style in a run, with the place of the run in the file."""

    run: int
    chars: tuple[Char, ...]
    style: Style
    turned: bool
    askew: bool

    @property
    def box(self) -> Box:
        return union(char.box for char in self.chars)

    @property
    def size(self) -> float:
        return max(char.size for char in self.chars)

    @property
    def is_number(self) -> bool:
        return not self.askew and all(char.text in _NUMERIC for char in self.chars)


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters and digits of a page by columns: n boxes without their margins, and n of the rest."""

    boxes: NDArray[np.float64]
    sizes: NDArray[np.float64]
    pale: NDArray[np.float64]
    coloured: NDArray[np.int64]
    translucent: NDArray[np.int64]
    turned: NDArray[np.int64]


def is_crossed(unit: Unit, rulings: Sequence[Ruling]) -> bool:
    """Whether a rule goes through the middle of a character."""
    x0, y0, x1, y1 = unit.box
    dx, dy = (x1 - x0) / 4, (y1 - y0) / 4
    return any(
        y0 + dy < rule.y0 < y1 - dy and rule.x0 < x0 and rule.x1 > x1
        if rule.horizontal
        else x0 + dx < rule.x0 < x1 - dx and min(rule.y0, rule.y1) < y0 < y1 < max(rule.y0, rule.y1)
        for rule in rulings
    )


def is_struck(unit: Unit, rulings: Sequence[Ruling]) -> bool:
    """Whether a rule that is longer goes through the middle of a whole row of letters."""
    x0, y0, x1, y1 = unit.box.padded(unit.size, -unit.box.height / 4)
    row = not unit.turned and any(_counts(char) for char in unit.chars)
    return row and any(
        rule.horizontal and y0 < rule.y0 < y1 and rule.x0 < x0 and rule.x1 > x1 for rule in rulings
    )


def lies_over(unit: Unit, page: Letters, least: int) -> bool:
    """Whether a unit lies over letters or digits that look more like text of the page, by `least`.

    Marks that are set over others (a tick over a box) are text of the page.
    """
    leads = [_leads(char, unit, page) for char in unit.chars if _counts(char)]
    aside = any(one >= max(least, 1) for one, _ in leads)
    along = len(leads) > 1 and 2 * sum(other >= least for _, other in leads) > len(leads)
    return aside or along


def _leads(char: Char, unit: Unit, page: Letters) -> tuple[int, int]:
    """By how much, at most, a character looks less like text of the page than those under it: those
    that are far from its style or not on its line, and all; 0 where there are none."""
    box = np.array(_inner(char.box))
    width = np.minimum(page.boxes[:, 2], box[2]) - np.maximum(page.boxes[:, 0], box[0])
    height = np.minimum(page.boxes[:, 3], box[3]) - np.maximum(page.boxes[:, 1], box[1])
    near = np.flatnonzero((width > 0) & (height > 0))
    others = page.boxes[near]
    areas = (others[:, 2] - others[:, 0]) * (others[:, 3] - others[:, 1])
    own = (box[2] - box[0]) * (box[3] - box[1])
    common = width[near] * height[near] >= _COMMON * np.minimum(areas, own)
    ratio = np.log(max(char.size, 1e-6) / np.maximum(page.sizes[near], 1e-6))
    lead = (
        2 * (int(char.alpha < OPAQUE) - page.translucent[near])
        + 2 * (int(unit.turned) - page.turned[near])
        + (int(is_coloured(char.color)) - page.coloured[near])
        + _steps(lightness(char.color) - page.pale[near], PALER)
        + _steps(ratio, np.log(LARGER))
        + _steps(ratio, np.log(_FAR_LARGER))
    )
    # Text that runs over its cell into the next one stands on the line of what it meets there.
    aside = np.abs((others[:, 1] + others[:, 3] - box[1] - box[3]) / 2) > _OFF_LINE * char.size
    apart = common & ((lead >= SURE) | aside)
    return int(max(lead[apart], default=0)), int(max(lead[common], default=0))


def _steps(values: NDArray[np.float64], least: float) -> NDArray[np.int64]:
    """1 where a value is `least` or more, -1 where it is as much below 0."""
    return (values >= least).astype(np.int64) - (values <= -least)


def letters_of(units: Sequence[Unit]) -> Letters:
    chars = [(char, unit.turned) for unit in units for char in unit.chars if _counts(char)]
    return Letters(
        np.array([_inner(char.box) for char, _ in chars], np.float64).reshape(-1, 4),
        np.array([char.size for char, _ in chars], np.float64),
        np.array([lightness(char.color) for char, _ in chars], np.float64),
        np.array([is_coloured(char.color) for char, _ in chars], np.int64),
        np.array([char.alpha < OPAQUE for char, _ in chars], np.int64),
        np.array([turned for _, turned in chars], np.int64),
    )


def _counts(char: Char) -> bool:
    return char.text.isalnum()


def _inner(box: Box) -> Box:
    return box.padded(-_INNER[0] * box.width, -_INNER[1] * box.height)


def _channels(color: int) -> tuple[float, ...]:
    return tuple(((color >> shift) & 0xFF) / 255 for shift in (16, 8, 0))


def is_coloured(color: int) -> bool:
    channels = _channels(color)
    return max(channels) - min(channels) > _SATURATED


def lightness(color: int) -> float:
    red, green, blue = _channels(color)
    return 0.299 * red + 0.587 * green + 0.114 * blue
