"""Pictures of every intermediate result, for `--debug-dir`."""

from collections.abc import Sequence
from pathlib import Path

import cv2

from ocrpipe.channels import to_colour
from ocrpipe.errors import OutputError
from ocrpipe.files import write_atomically
from ocrpipe.geometry import Box
from ocrpipe.page import PageImage, Pixels, Region, Ruling, SourcePage, TableGrid, TextLine
from ocrpipe.tables import draw_grid, draw_rulings

_DPI = 144
"""Two pixels a point: the boxes of small print do not touch."""
_LINE_COLOUR = (200, 120, 0)
_REGION_COLOUR = (0, 0, 220)
"""Blue, green, red."""


class DebugFolder:
    """Writes NAME-pN-STEP.png into a folder; does nothing where no folder was asked for."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self._folder = folder
        self._name = Path(name).stem

    def save(
        self,
        page: SourcePage,
        image: PageImage | None,
        rulings: Sequence[Ruling],
        grids: Sequence[TableGrid],
        regions: Sequence[Region],
        lines: Sequence[TextLine],
    ) -> None:
        """Draw each step over the upright page (`image`, or the page as it is)."""
        if self._folder is None:
            return
        from ocrpipe.imaging import turn  # Few ask for pictures, and it brings all of imaging.

        ground = image or turn(page.render(_DPI), page.rotation)
        self._write(page.number, "1-upright", ground.pixels)
        self._write(page.number, "2-rulings", draw_rulings(ground, rulings))
        self._write(page.number, "3-grids", draw_grid(ground, grids))
        boxes = [region.box for region in regions]
        self._write(page.number, "4-regions", _draw_boxes(ground, boxes, _REGION_COLOUR))
        boxes = [line.box for line in lines]
        self._write(page.number, "5-lines", _draw_boxes(ground, boxes, _LINE_COLOUR))

    def _write(self, page: int, step: str, pixels: Pixels) -> None:
        assert self._folder is not None
        encoded, data = cv2.imencode(".png", pixels)
        path = self._folder / f"{self._name}-p{page}-{step}.png"
        if not encoded:
            raise OutputError(
                "the picture could not be encoded", source=str(path), remedy="Leave out --debug-dir"
            )
        write_atomically(path, data.tobytes())


def _draw_boxes(image: PageImage, boxes: Sequence[Box], colour: tuple[int, int, int]) -> Pixels:
    drawn = to_colour(image.pixels).copy()
    for box in boxes:
        x0, y0, x1, y1 = (round(value) for value in image.to_pixels(box))
        cv2.rectangle(drawn, (x0, y0), (x1, y1), colour, 2)
    return drawn
