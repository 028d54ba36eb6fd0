import numpy as np

from ocrpipe.ocr.cells.ink.enclosed_white import largest_enclosed_white


def test_the_largest_white_that_is_closed_in_is_counted() -> None:
    mask = np.ones((7, 12), np.uint8)
    mask[2:5, 2:4] = 0
    mask[3, 8] = 0
    assert largest_enclosed_white(mask) == 6


def test_white_that_a_way_leads_to_is_not_closed_in() -> None:
    mask = np.ones((7, 7), np.uint8)
    mask[2:, 3] = 0
    assert largest_enclosed_white(mask) == 0
    assert largest_enclosed_white(np.zeros((7, 7), np.uint8)) == 0
