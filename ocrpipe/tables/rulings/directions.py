"""The rules of a page in both directions, which nearly every step treats alike.

Rules along y have x and y swapped, as if those of the transposed raster. Pixels.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.strokes.stroke import Stroke

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """The rules of one direction, and what is known of all of them."""

    strokes: tuple[Stroke, ...]
    found: Candidates
    """What they were found in."""
    dotted: bool = False
    """Whether some are dots at random, as a coarse fax leaves them."""
    broken: bool = False
    """Whether some are rows of pieces."""
    lost: tuple[Stroke, ...] = ()
    """Those of `strokes` of which nothing is left on the page."""

    def longer(self, strokes: Iterable[Stroke]) -> "Direction":
        """The same with more strokes."""
        return replace(self, strokes=(*self.strokes, *strokes))


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The rules of a page along x and along y."""

    across: Direction
    down: Direction
    scale: float
    """Pixels a point."""
    worn: bool = False
    """Whether many rules of the page are worn, so that a stroke on the line of one may be none."""

    def __iter__(self) -> Iterator[Direction]:
        return iter((self.across, self.down))

    def each(self, step: Callable[[Direction, Direction], T]) -> tuple[T, T]:
        """What a step gives for either direction, of that one and the crossing one."""
        return step(self.across, self.down), step(self.down, self.across)

    def changed(self, step: Callable[[Direction, Direction], Direction]) -> "Rules":
        """The page with either direction as a step makes it, of that one and the crossing one."""
        across, down = self.each(step)
        return replace(self, across=across, down=down)
