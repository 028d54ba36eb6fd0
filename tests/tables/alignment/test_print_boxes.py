"""Marks of a page's print: characters, without rules and dust."""

import cv2
import numpy as np

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.alignment.print_boxes import print_boxes
from tests.tables.drawing import blank_page, draw_rules, write


def test_characters_are_marks_and_rules_are_none() -> None:
    rule = Ruling(100, 200, 400, 200, 0.7)
    page = draw_rules(blank_page(), [rule])
    write(page, "108", 200, 196, 12)
    boxes = sorted(print_boxes(page, [rule]))
    assert len(boxes) == 3
    assert all(195 < box.x0 < 235 and box.y0 > 180 and box.y1 < 200 for box in boxes)


def test_close_print_is_told_apart_from_a_dark_fill() -> None:
    page = blank_page()
    pixels = page.pixels.copy()
    cv2.rectangle(pixels, (400, 400), (900, 480), (60, 60, 60), -1)
    filled = PageImage(pixels, page.scale)
    cv2.putText(pixels, "41", (500, 455), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (255, 255, 255), 3)
    inside = [box for box in print_boxes(filled, []) if 200 < box.center[0] < 420]
    assert len(inside) == 2


def test_a_blank_page_has_no_marks() -> None:
    noise = np.random.default_rng(1).normal(0, 3, (1169, 827))
    page = PageImage(np.clip(245 + noise, 0, 255).astype(np.uint8), 100 / 72)
    assert print_boxes(page, []) == ()
