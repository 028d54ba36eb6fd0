"""Text reads better upright than upside down, and better than in a mirror."""

import numpy as np
import pytest

from ocrpipe.ocr import legibility, reads_better
from ocrpipe.ocr.port import OcrEngine
from tests.ocr.drawing import grid_picture


def test_a_page_of_labels_reads_better_upright(engine: OcrEngine) -> None:
    texts = [["要求提供公开出版物", "逾期不补正", "其他处理"], ["总计", "结转下年度继续办理", "0"]]
    page, _ = grid_picture(texts, cell=(150, 40))
    turned = np.rot90(page.pixels, 2)
    assert legibility(engine, page.pixels) > legibility(engine, turned) + 0.1


def test_nothing_reads_no_better_than_nothing(engine: OcrEngine) -> None:
    blank = np.full((200, 300, 3), 255, np.uint8)
    assert not reads_better(engine, blank, blank)


def test_a_row_of_figures_is_legible_neither_way_up(engine: OcrEngine) -> None:
    texts = [["60", "0", "8", "0", "68", "0", "37", "47", "0", "84", "47", "0", "0", "0", "47"]]
    page, _ = grid_picture(texts, cell=(50, 40))
    turned = np.rot90(page.pixels, 2)
    assert legibility(engine, page.pixels) == legibility(engine, turned) == 0.0


@pytest.mark.parametrize("axis", [0, 1], ids=["short side", "long side"])
def test_figures_read_better_than_their_mirror(engine: OcrEngine, axis: int) -> None:
    texts = [["4679.36", "7,942.60", "634"], ["964.27", "47.69", "3,976"], ["746", "69.4", "9,467"]]
    page, _ = grid_picture(texts, cell=(150, 40))
    mirrored = np.flip(page.pixels, axis)
    assert reads_better(engine, mirrored, page.pixels)
    assert not reads_better(engine, page.pixels, mirrored)
