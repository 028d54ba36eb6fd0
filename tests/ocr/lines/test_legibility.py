"""Text reads better upright than upside down."""

import numpy as np

from ocrpipe.ocr import reads_better
from ocrpipe.ocr.port import OcrEngine
from tests.ocr.drawing import grid_picture


def test_a_page_of_labels_reads_better_upright(engine: OcrEngine) -> None:
    texts = [["要求提供公开出版物", "逾期不补正", "其他处理"], ["总计", "结转下年度继续办理", "0"]]
    page, _ = grid_picture(texts, cell=(150, 40))
    turned = np.rot90(page.pixels, 2)
    assert reads_better(engine, turned, page.pixels)
    assert not reads_better(engine, page.pixels, turned)


def test_nothing_reads_no_better_than_nothing(engine: OcrEngine) -> None:
    blank = np.full((200, 300, 3), 255, np.uint8)
    assert not reads_better(engine, blank, blank)


def test_a_row_of_figures_stays_as_it_is(engine: OcrEngine) -> None:
    texts = [["60", "0", "8", "0", "68", "0", "37", "47", "0", "84", "47", "0", "0", "0", "47"]]
    page, _ = grid_picture(texts, cell=(50, 40))
    turned = np.rot90(page.pixels, 2)
    assert not reads_better(engine, page.pixels, turned)
    assert not reads_better(engine, turned, page.pixels)
