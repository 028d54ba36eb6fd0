"""Connected pieces of ink."""

from typing import NamedTuple


class Part(NamedTuple):
    """A connected component: its label and its box in pixels, x1 and y1 beyond the last pixel."""

    label: int
    x0: int
    y0: int
    x1: int
    y1: int
    area: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def size(self) -> int:
        width, height = self.x1 - self.x0, self.y1 - self.y0
        return width if width > height else height
