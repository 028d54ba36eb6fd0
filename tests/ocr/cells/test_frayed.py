"""Print that a fax has frayed."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.frayed import is_frayed
from ocrpipe.ocr.cells.ink import cell_ink, page_darkness
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import PageImage
from scripts.damage.fax import FaxMode, fax_page
from tests.ocr.drawing import grid_picture, with_dust

ROWS = [["14", "—", "2", "49", "7"], ["—", "30", "—", "5", "128"], ["16", "—", "44", "—", "9"]]


def faxed(page: PageImage, mode: FaxMode, seed: int = 5) -> PageImage:
    """The page as a fax machine sends it, with square dots."""
    grey = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY), np.uint8)
    size = page.width / page.scale, page.height / page.scale
    black = np.asarray(fax_page(grey, *size, mode, seed).convert("L"), np.uint8)
    wide = round(size[0] / 72 * 204), round(size[1] / 72 * 204)
    return PageImage(np.asarray(cv2.resize(black, wide), np.uint8), 204 / 72)


def frayed(page: PageImage, boxes: tuple[Box, ...]) -> bool:
    darkness = page_darkness(page)
    return is_frayed([cell_ink(darkness, box) for box in boxes], darkness.scale)


@pytest.mark.parametrize("size", [8, 9, 10.5])
def test_thin_print_of_a_fax_is_frayed(size: float) -> None:
    page, boxes = grid_picture(ROWS * 3, dpi=300, size=size)
    assert frayed(faxed(page, "standard"), boxes)


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_clean_print_is_not_and_dusty_print_neither(dpi: int) -> None:
    page, boxes = grid_picture(ROWS, dpi=dpi)
    assert not frayed(page, boxes)
    spots = [(box.x0 + 9 + 2 * index, box.y0 + 6) for index, box in enumerate(boxes)]
    assert not frayed(with_dust(page, spots, 0.4), boxes)


def test_nothing_is_not_frayed() -> None:
    assert not is_frayed([], 2.0)


@pytest.mark.parametrize("seed", range(3))
def test_figures_and_dashes_of_a_fax_are_read(engine: OcrEngine, seed: int) -> None:
    page, boxes = grid_picture(ROWS, dpi=300, size=10)
    readings = read_cells(faxed(page, "fine", seed), boxes, engine)
    texts = [reading.numeric_text or reading.text for reading in readings]
    assert texts == [text for row in ROWS for text in row]


@pytest.mark.parametrize("seed", range(3))
def test_a_fax_of_few_lines_is_never_sure_and_wrong(engine: OcrEngine, seed: int) -> None:
    page, boxes = grid_picture(ROWS, dpi=300, size=8)
    printed = [text for row in ROWS for text in row]
    readings = read_cells(faxed(page, "standard", seed), boxes, engine)
    for reading, text in zip(readings, printed, strict=True):
        right = text in (reading.text, reading.numeric_text)
        assert right or reading.confidence <= 0.85
