"""Print of the reverse side among the print of a page."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import PageImage
from tests.ocr.drawing import grid_picture

FRONT = [["12", "0", "7"], ["3", "", "40"], ["5", "6", ""]]


def shining_through(strength: float) -> tuple[PageImage, tuple]:
    """The page with mirrored digits in its blank cells, of `strength` of the ink."""
    page, boxes = grid_picture(FRONT, cell=(40, 24))
    back, _ = grid_picture([["", "", ""], ["", "35", ""], ["", "", "2"]], cell=(40, 24))
    soft = cv2.GaussianBlur(255 - back.pixels, (0, 0), 0.8)
    # Rules shine through onto rules here.
    ghost = np.where(page.pixels < 200, 0, soft) * strength
    return PageImage((page.pixels * (1 - ghost / 255)).astype(np.uint8), page.scale), boxes


@pytest.mark.parametrize("strength", [0.1, 0.2, 0.3, 0.4, 0.5])
def test_ghosts_in_blank_cells_are_never_sure(engine: OcrEngine, strength: float) -> None:
    page, boxes = shining_through(strength)
    texts = [text for row in FRONT for text in row]
    for reading, text in zip(read_cells(page, boxes, engine), texts, strict=True):
        if text:
            assert (reading.text, reading.confidence > 0.9) == (text, True)
        else:
            assert reading.state == "blank" or reading.confidence <= 0.8


def test_a_pale_digit_beside_a_dark_one_is_not_sure(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["3 5", "18", "7", "20"]], cell=(40, 24))
    pixels = page.pixels.copy()
    x0, y0, _, y1 = (round(value * page.scale) for value in boxes[0].padded(-1))
    middle = round(boxes[0].center[0] * page.scale)
    pale = 255 - (255 - pixels[y0:y1, x0:middle].astype(np.float32)) * 0.45
    pixels[y0:y1, x0:middle] = pale
    first, *others = read_cells(PageImage(pixels, page.scale), boxes, engine)
    assert first.confidence <= 0.8
    assert [reading.text for reading in others] == ["18", "7", "20"]
    assert all(reading.confidence > 0.9 for reading in others)
