"""Lines that shine through go, pale print stays."""

import numpy as np

from ocrpipe.ocr.lines.reverse import shown_through
from ocrpipe.ocr.port import Recognition
from ocrpipe.page import Pixels


def line(darkness: int) -> Pixels:
    crop = np.full((30, 120), 240, np.uint8)
    crop[8:22, 10:110:4] = 240 - darkness
    return crop


def reading(text: str, confidence: float) -> Recognition:
    return Recognition(text, confidence)


OWN = reading("收到和处理政府信息公开申请情况", 0.99)


def test_pale_lines_that_are_hardly_legible_go_with_the_zeros_among_them() -> None:
    crops = [line(200), line(40), line(38), line(42)]
    readings = [
        OWN,
        reading("公息都你妓非龄", 0.6),
        reading("0", 1.0),
        reading("息計卦野五类", 0.7),
    ]
    assert shown_through(crops, readings) == {1, 2, 3}


def test_pale_print_that_is_read_well_stays() -> None:
    crops = [line(200), line(40), line(38)]
    readings = [OWN, reading("本页无正文", 0.98), reading("0", 1.0)]
    assert shown_through(crops, readings) == frozenset()


def test_a_page_that_is_pale_as_a_whole_stays_however_it_is_read() -> None:
    crops = [line(40), line(38), line(30)]
    assert shown_through(crops, [reading("公息都你妓非龄", 0.5)] * 3) == frozenset()
    assert shown_through([], []) == frozenset()
