"""Where what was found on an upright picture lies on the page as stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from ocrpipe.geometry import Box, rotate_box
from ocrpipe.imaging.photograph.sheet import SheetMap


@dataclass(frozen=True, slots=True)
class PagePlacement:
    """The way from the flat, upright picture that is read back to the page that is given.

    The page is the stored one turned by whole quarters and not flattened, so that boxes fit on
    the photograph itself.

    `sheet`: the flat sheet in the photograph. `turned`: degrees clockwise by which the flat sheet
    was turned after that. `stored_size`: width and height of the photograph in points.
    """

    sheet: SheetMap
    turned: float
    stored_size: tuple[float, float]

    @property
    def rotation(self) -> float:
        """Degrees clockwise, a multiple of 90, by which the page is the stored one turned."""
        return 90.0 * round(self.turned / 90)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = self.stored_size
        return (height, width) if round(self.turned / 90) % 2 else (width, height)

    def box_to_page(self, box: Box) -> Box:
        """The hull, in points of the page, of a box in points of the flat, upright picture."""
        return self.boxes_to_page([box])[0]

    def boxes_to_page(self, boxes: Sequence[Box]) -> list[Box]:
        """The same of many at once, which costs hardly more than one of them."""
        width, height = self.sheet.width, self.sheet.height
        if round(self.turned / 90) % 2:
            width, height = height, width
        flat = [rotate_box(box, width, height, -self.turned) for box in boxes]
        photographed = self.sheet.boxes_to_photo(flat)
        return [rotate_box(box, *self.stored_size, self.rotation) for box in photographed]
