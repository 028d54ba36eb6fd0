"""Print that a fax has frayed."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.condition.frayed import is_frayed, not_lost, smoothed
from ocrpipe.ocr.cells.ink.darkness import page_darkness
from ocrpipe.ocr.cells.ink.printed import cell_ink
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


def pale_page(text: str) -> PageImage:
    """A page of faint rules on which some print is paler still, and of hairlines."""
    pixels = np.full((200, 240), 255, np.uint8)
    pixels[150:153, 10:230] = pixels[180:183, 10:230] = 190
    cv2.putText(pixels, text, (45, 75), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (225,), 1)
    return PageImage(pixels, 200 / 72)


@pytest.mark.parametrize("text", ["0", "3"])
def test_what_smoothing_makes_paper_is_kept_as_it_is_printed(text: str) -> None:
    page, box = pale_page(text), Box(10, 10, 60, 40)
    smooth = cell_ink(page_darkness(smoothed(page)), box)
    printed = cell_ink(page_darkness(page), box)
    assert printed.parts
    assert not smooth.parts
    assert not_lost(smooth, printed, page.scale) is printed


def test_dust_that_smoothing_takes_away_stays_away() -> None:
    page, box = pale_page(""), Box(10, 10, 60, 40)
    page.pixels[60:63, 50:53] = 205
    smooth = cell_ink(page_darkness(smoothed(page)), box)
    printed = cell_ink(page_darkness(page), box)
    assert not_lost(smooth, printed, page.scale) is smooth
