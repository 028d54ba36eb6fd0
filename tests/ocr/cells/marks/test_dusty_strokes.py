"""Slashes and dashes that dust has settled on."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.marks.dusty_strokes import freed_of_dust, stroke_under_dust
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import CellReading, Pixels
from tests.ocr.drawing import grid_picture, with_dust

EM = 24.0


def drawn(
    *strokes: tuple[int, int, int, int], dots: tuple[tuple[int, int, int], ...] = ()
) -> tuple[Pixels, list[Part]]:
    mask = np.zeros((60, 80), dtype=np.uint8)
    for x0, y0, x1, y1 in strokes:
        cv2.line(mask, (x0, y0), (x1, y1), 1, 3)
    for x, y, radius in dots:
        cv2.circle(mask, (x, y), radius, 1, -1)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [[int(value) for value in stats[label]] for label in range(1, count)]
    return mask, [Part(i, x, y, x + w, y + h, a) for i, (x, y, w, h, a) in enumerate(boxes, 1)]


SLASH = (30, 50, 40, 20)
DASH = (20, 30, 50, 30)


@pytest.mark.parametrize(
    ("print_", "kind"),
    [
        pytest.param(drawn(SLASH, dots=((40, 36, 4),)), "oblique", id="dust on the right of a /"),
        pytest.param(drawn(SLASH, dots=((27, 49, 3),)), "oblique", id="dust on its foot"),
        pytest.param(drawn(SLASH, dots=((41, 21, 4),)), "oblique", id="dust on its head"),
        pytest.param(
            drawn(SLASH, dots=((30, 8, 3), (38, 8, 3))), "oblique", id="dust above it, in two"
        ),
        pytest.param(drawn(DASH, dots=((35, 27, 4),)), "level", id="dust on a —"),
        pytest.param(drawn(DASH, dots=((26, 22, 3),)), "level", id="dust above a —"),
        pytest.param(
            drawn(DASH, dots=((14, 40, 3), (60, 38, 3), (45, 14, 3))), "level", id="dust about a —"
        ),
        pytest.param(drawn(DASH, dots=((25, 45, 6), (44, 45, 6))), None, id="like 六"),
        pytest.param(drawn(SLASH, (26, 20, 40, 20)), None, id="7"),
        pytest.param(drawn((36, 20, 34, 50), (28, 26, 36, 20)), None, id="1"),
        pytest.param(drawn(SLASH, (30, 50, 46, 50)), None, id="like the lower part of a 2"),
        pytest.param(drawn(SLASH, dots=((26, 25, 6), (44, 45, 6))), None, id="%"),
        pytest.param(drawn((24, 20, 46, 20), (20, 36, 50, 36)), None, id="二"),
        pytest.param(drawn((35, 14, 35, 40), (35, 26, 46, 26), (20, 40, 50, 40)), None, id="上"),
        pytest.param(drawn((34, 20, 22, 50), (34, 28, 46, 50)), None, id="人"),
        pytest.param(
            drawn((34, 20, 22, 50), (33, 24, 42, 22), (42, 22, 40, 30), (40, 30, 30, 33)),
            None,
            id="like 户",
        ),
        pytest.param(drawn(), None, id="nothing"),
    ],
)
def test_a_stroke_is_found_by_what_dust_leaves_free(print_, kind) -> None:
    mask, parts = print_
    assert stroke_under_dust(mask, parts, EM) == kind


def test_only_what_is_no_number_and_not_sure_is_a_stroke() -> None:
    mask, parts = drawn(SLASH, dots=((40, 36, 4),))
    for text, confidence in (("卜", 0.7), ("J", 0.98), ('" 1', 0.9), ("", 0.2)):
        state = "printed" if text else "unread"
        found = freed_of_dust(CellReading(text, state, confidence), mask, parts, EM)
        assert (found.text, found.state, found.numeric_text) == ("/", "printed", "/")
        assert max(found.confidence, found.numeric_confidence) <= 0.6
    for reading in (
        CellReading("7", "printed", 0.6),
        CellReading("17", "printed", 0.6),
        CellReading("卜", "printed", 0.97),
        CellReading("/", "printed", 0.7),
        CellReading("", "blank", 0.6),
    ):
        assert freed_of_dust(reading, mask, parts, EM) is reading


@pytest.mark.parametrize(
    ("text", "found"), [("..-", "—"), ("1", "—"), ("一：", "—"), ("—", "—"), ("-1", "-1")]
)
def test_a_dash_with_specks_about_it_is_one_however_they_were_read(text: str, found: str) -> None:
    mask, parts = drawn(DASH, dots=((14, 40, 3), (60, 38, 3)))
    reading = freed_of_dust(CellReading(text, "printed", 0.6), mask, parts, EM)
    assert reading.text == found
    assert reading.confidence <= 0.6


@pytest.mark.parametrize("aside", [(1.6, 0.5), (-2.2, 3.4)])
def test_dust_on_slashes_makes_no_words_of_them(
    engine: OcrEngine, aside: tuple[float, float]
) -> None:
    page, boxes = grid_picture([["/", "12", "/"], ["7", "/", "104"]], dpi=150, size=10.5)
    middles = [((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for box in boxes]
    dusty = with_dust(
        page, [(middles[i][0] + aside[0], middles[i][1] + aside[1]) for i in (0, 4)], 1
    )
    texts = [reading.text for reading in read_cells(dusty, boxes, engine)]
    assert texts == ["/", "12", "/", "7", "/", "104"]


def test_a_stroke_at_the_foot_of_a_cell_is_no_dash() -> None:
    reading = CellReading("_", "printed", 0.99)
    mask, parts = drawn((10, 54, 70, 50), dots=((30, 53, 4),))
    assert freed_of_dust(reading, mask, parts, EM).state == "blank"
    mask, parts = drawn((10, 30, 70, 28), dots=((30, 29, 4),))
    assert freed_of_dust(reading, mask, parts, EM).text == "—"
