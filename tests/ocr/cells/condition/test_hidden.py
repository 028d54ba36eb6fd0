"""Digits below the red ink of a seal that lets nothing through; lengths in points."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.imaging import turn, without_red
from ocrpipe.ocr import read_cells
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import CellReading, PageImage, Pixels
from tests.ocr.drawing import grid_picture, text_length

RED = (36, 28, 214)
SIZE = 10.5
ROWS = (("6", "68.32", "3"), ("12", "5", "40"), ("0", "7", ""))
TEXTS = [text for row in ROWS for text in row]


def digit_place(box: Box, text: str, index: int) -> Box:
    """Where a character of the text in the middle of a cell stands, from rule to rule."""
    left = box.center[0] - text_length(text, SIZE) / 2
    before, until = (text_length(text[:end], SIZE) for end in (index, index + 1))
    return Box(left + before - 0.6, box.y0 - 5, left + until + 0.2, box.y1 + 5)


def sealed(page: PageImage, place: Box, opacity: float, *, quality: int = 80) -> PageImage:
    """The page with a stroke of a seal, as a JPEG: where it is not opaque, black stays black."""
    pixels = page.pixels.astype(np.float32)
    x0, y0, x1, y1 = (round(value * page.scale) for value in place)
    under = pixels[y0:y1, x0:x1]
    over = under * np.array(RED, np.float32) / 255
    under[:] = opacity * np.array(RED, np.float32) + (1 - opacity) * over
    return PageImage(as_jpeg(pixels.astype(np.uint8), quality), page.scale)


def as_jpeg(pixels: Pixels, quality: int) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def read(
    engine: OcrEngine, cell: int, index: int, opacity: float, dpi: float = 200
) -> list[CellReading]:
    """The table's cells where a seal lies over one character of one of them."""
    page, boxes = grid_picture(ROWS, cell=(60, 24), size=SIZE, dpi=dpi)
    place = digit_place(boxes[cell], TEXTS[cell], index)
    return list(read_cells(without_red(sealed(page, place, opacity)), boxes, engine))


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize(("cell", "index"), [(1, 0), (3, 0), (3, 1), (4, 0), (5, 1), (7, 0)])
def test_no_figure_is_sure_that_a_seal_hides_a_digit_of(
    engine: OcrEngine, cell: int, index: int, dpi: float
) -> None:
    readings = read(engine, cell, index, 1.0, dpi)
    assert readings[cell].confidence <= 0.6
    assert readings[cell].text != TEXTS[cell], "nothing is invented"
    above_and_below = {cell, cell - 3, cell + 3}
    for other in set(range(9)) - above_and_below:
        assert (readings[other].text, readings[other].confidence > 0.9) == (TEXTS[other], True)


@pytest.mark.parametrize("opacity", [0.0, 0.15, 0.3])
@pytest.mark.parametrize(("cell", "index"), [(1, 0), (3, 1), (4, 0)])
def test_a_seal_that_lets_print_through_makes_no_figure_more_doubtful(
    engine: OcrEngine, cell: int, index: int, opacity: float
) -> None:
    page, boxes = grid_picture(ROWS, cell=(60, 24), size=SIZE)
    clean = without_red(sealed(page, digit_place(boxes[cell], TEXTS[cell], index), opacity))
    readings = read_cells(clean, boxes, engine)
    assert [reading.text for reading in readings] == TEXTS
    assert readings == read_cells(replace(clean, hidden=None), boxes, engine)


def test_without_rules_the_print_shows_whether_a_seal_lets_it_through(engine: OcrEngine) -> None:
    page, boxes = grid_picture(ROWS, cell=(60, 24), size=SIZE)
    pixels = page.pixels.copy()
    for edges, axis in (({box.y0 for box in boxes} | {boxes[-1].y1}, 0), (
        {box.x0 for box in boxes} | {boxes[-1].x1}, 1,
    )):  # fmt: skip
        for edge in edges:
            at = round(edge * page.scale)
            pixels[(slice(None),) * axis + (slice(at - 3, at + 4),)] = 255
    bare, place = PageImage(pixels, page.scale), digit_place(boxes[3], "12", 0)
    shown = read_cells(without_red(sealed(bare, place, 0.0)), boxes, engine)[3]
    gone = read_cells(without_red(sealed(bare, place, 1.0)), boxes, engine)[3]
    assert (shown.text, shown.confidence > 0.9) == ("12", True)
    assert (gone.text, gone.confidence <= 0.6) == ("2", True)


@pytest.mark.parametrize("opacity", [0.5, 0.6, 0.7, 0.8, 0.9])
@pytest.mark.parametrize(("cell", "index"), [(1, 0), (3, 0), (4, 0), (5, 1)])
def test_no_figure_is_sure_of_which_a_digit_is_seen_too_faintly(
    engine: OcrEngine, cell: int, index: int, opacity: float
) -> None:
    reading = read(engine, cell, index, opacity)[cell]
    assert reading.text == TEXTS[cell] or reading.confidence < 0.9


def test_a_seal_away_from_the_figures_hides_none(engine: OcrEngine) -> None:
    page, boxes = grid_picture(ROWS, cell=(60, 24), size=SIZE)
    x = boxes[4].x0
    readings = read_cells(without_red(sealed(page, Box(x - 9, 0, x + 9, 90), 1.0)), boxes, engine)
    assert [reading.text for reading in readings] == TEXTS
    assert min(reading.confidence for reading in readings) > 0.9


def test_what_was_hidden_stays_with_a_page_that_is_turned(engine: OcrEngine) -> None:
    page, boxes = grid_picture(ROWS, cell=(60, 24), size=SIZE)
    clean = without_red(sealed(page, digit_place(boxes[3], "12", 0), 1.0))
    turned = turn(turn(clean, 90.0), -90.0)
    assert read_cells(turned, boxes, engine) == read_cells(clean, boxes, engine)
    assert read_cells(turned, boxes, engine)[3].confidence <= 0.6


@pytest.mark.parametrize("text", ["/", "1"])
def test_no_stroke_beside_the_ink_of_a_seal_is_sure(engine: OcrEngine, text: str) -> None:
    """What is left of the ring of a seal looks like one."""
    page, boxes = grid_picture((("12", text), ("30", text)), size=SIZE)
    hidden = np.zeros(page.pixels.shape[:2], np.uint8)
    x, y = (round(value * page.scale) for value in boxes[1].center)
    hidden[y - 3 : y + 3, x + 4 : x + 7] = 1
    readings = read_cells(replace(page, hidden=hidden), boxes, engine)
    assert [reading.text for reading in readings] == ["12", text, "30", text]
    assert [reading.confidence <= 0.6 for reading in readings] == [False, True, False, False]


@pytest.mark.parametrize("red", [[4], [1, 3], [2, 4, 5]])
def test_a_few_figures_that_are_printed_in_red_are_no_sure_blanks(
    engine: OcrEngine, red: list[int]
) -> None:
    """They went with the ink of a seal, and as that let the rules through, blanks were sure."""
    rows = (("6", "1", "3"), ("1", "7", "4"), ("0", "7", "12"), ("5", "2", "9"), ("8", "30", "7"))
    page, boxes = grid_picture(rows, cell=(60, 24), size=SIZE)
    pixels = page.pixels.astype(np.float32)
    for index in red:
        x0, y0, x1, y1 = (round(value * page.scale) for value in boxes[index].padded(-1.2))
        dark = 1 - pixels[y0:y1, x0:x1] / 255
        pixels[y0:y1, x0:x1] = 255 - dark * (255 - np.array(RED, np.float32))
    center = (round(140 * page.scale), round(120 * page.scale))
    seal = np.full_like(pixels, 255)
    cv2.circle(seal, center, round(26 * page.scale), RED, round(2 * page.scale), cv2.LINE_AA)
    stamped = PageImage(as_jpeg((pixels * seal / 255).astype(np.uint8), 80), page.scale)
    readings = read_cells(without_red(stamped), boxes, engine)
    texts = [text for row in rows for text in row]
    for index in range(6):
        sure = readings[index].confidence > 0.6
        assert readings[index].text == texts[index] if sure else index in red
