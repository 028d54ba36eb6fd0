"""Ink of a pen beside and through figures; lengths in pixels at 200 dpi unless said."""

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.ink.crossing import (
    CROSSED,
    crossing_ink,
    is_text,
    runs_around,
    trust_beside,
)
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import PageImage
from tests.ocr.drawing import grid_picture

SCALE = 200 / 72
INNER = (slice(20, 80), slice(20, 120))
PEN = (60, 50, 50)


def ruled() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    mask = np.zeros((100, 140), dtype=np.uint8)
    cv2.rectangle(mask, (20, 20), (119, 79), 1, 2)
    return mask


@pytest.mark.parametrize("end", [(135, 45), (130, 30), (119 + 12, 60)])
def test_a_stroke_over_a_rule_is_found_and_print_is_not(end: tuple[int, int]) -> None:
    mask = ruled()
    cv2.rectangle(mask, (60, 40), (70, 60), 1, 2)
    before = crossing_ink(mask, INNER, SCALE)
    assert not before.any()
    cv2.line(mask, (100, 60), end, 1, 3)
    found = crossing_ink(mask, INNER, SCALE)
    assert found[:, 82:96].any()
    assert not found[:, :60].any()


def test_print_that_ends_at_the_rule_does_not_cross_it() -> None:
    mask = ruled()
    cv2.line(mask, (60, 50), (60, 79), 1, 3)
    assert not crossing_ink(mask, INNER, SCALE).any()


def test_without_rules_nothing_crosses() -> None:
    mask = np.zeros((100, 140), dtype=np.uint8)
    cv2.line(mask, (100, 60), (135, 45), 1, 3)
    assert not crossing_ink(mask, INNER, SCALE).any()


def marked(page: PageImage, *lines: tuple[float, float, float, float]) -> PageImage:
    """The page with strokes of a pen, in points."""
    pixels = page.pixels.copy()
    for line in lines:
        x0, y0, x1, y1 = (round(value * page.scale) for value in line)
        cv2.line(pixels, (x0, y0), (x1, y1), PEN, round(page.scale), cv2.LINE_AA)
    return PageImage(pixels, page.scale)


def ringed(page: PageImage, box: Box) -> PageImage:
    """The page with a ring around a cell, a little wider than it."""
    pixels = page.pixels.copy()
    centre = tuple(round(value * page.scale) for value in box.center)
    axes = (round(0.56 * box.width * page.scale), round(0.48 * box.height * page.scale))
    cv2.ellipse(pixels, centre, axes, 5, 0, 360, PEN, round(page.scale), cv2.LINE_AA)
    return PageImage(pixels, page.scale)


def test_a_ring_adds_no_digit_to_any_cell(engine: OcrEngine) -> None:
    texts = [["3", "6", "12"], ["0", "5", "7"], ["1", "0", "4"]]
    page, boxes = grid_picture(texts, cell=(40, 24))
    readings = read_cells(ringed(page, boxes[4]), boxes, engine)
    assert [reading.text for reading in readings] == [text for row in texts for text in row]


def test_ticks_and_underlines_add_no_digit(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["6", "", "12"], ["", "5", "30"]], cell=(40, 24))
    x, y = boxes[0].x1, boxes[0].y1
    tick = ((x - 6, y - 7, x - 2, y - 3), (x - 2, y - 3, x + 5, y - 13))
    left, bottom = boxes[4].x0, boxes[4].y1
    line = (left + 2, bottom - 2.5, left + 38, bottom - 4)
    readings = read_cells(marked(page, *tick, line), boxes, engine)
    assert [reading.text for reading in readings] == ["6", "", "12", "", "5", "30"]


def test_a_figure_that_a_pen_runs_through_is_not_sure(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["6", "18", "3"]], cell=(40, 24))
    x, y = boxes[1].center
    crossed, untouched = read_cells(marked(page, (x - 24, y + 6, x + 6, y - 5)), boxes, engine)[1:]
    assert crossed.confidence <= 0.6
    assert (untouched.text, untouched.confidence > 0.9) == ("3", True)


def test_figures_of_two_cells_that_lost_their_rule_are_not_one(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["0\n\n\n0"]], cell=(40, 80))
    (reading,) = read_cells(page, boxes, engine)
    assert reading.text == "0 0"
    assert reading.confidence <= 0.6


@pytest.mark.parametrize("at", [0.2, 0.5])
def test_a_digit_that_a_streak_runs_through_leaves_no_sure_number(
    engine: OcrEngine, at: float
) -> None:
    """Set wide, the digits beside it are too far away to touch the streak."""
    page, boxes = grid_picture([["4 7", "6 1"], ["0", "12"]], cell=(40, 24))
    x0 = boxes[0].center[0] - 8.5
    streak = (x0 + at * 5, 15, x0 + at * 5, 75)
    for reading, text in zip(
        read_cells(marked(page, streak), boxes, engine), ("47", "61", "0", "12"), strict=True
    ):
        assert reading.text.replace(" ", "") == text or reading.confidence <= 0.6


def test_a_wide_stroke_beside_what_is_read_may_hide_a_digit() -> None:
    own = np.zeros((40, 90), bool)
    own[10:30, 50:60] = True
    thin, wide, far = np.zeros_like(own), np.zeros_like(own), np.zeros_like(own)
    thin[:, 30:33] = True
    wide[:, 30:33] = wide[14:26, 26:38] = True
    far[:, 4:16] = True
    assert trust_beside(thin, own, 20) == 1.0
    assert trust_beside(wide, own, 20) == CROSSED
    assert trust_beside(far, own, 20) == 1.0
    assert trust_beside(wide, np.zeros_like(own), 20) == CROSSED


@pytest.mark.parametrize(("stroke", "hidden"), [(6, True), (3, False)])
def test_print_that_hangs_on_a_thick_stroke_above_what_is_read_leaves_it_unsure(
    stroke: int, hidden: bool
) -> None:
    """A faxed seal went through 35.7, and below it stood the 9 of 35.79 alone."""
    foreign = np.zeros((100, 100), dtype=np.uint8)
    cv2.ellipse(foreign, (50, -60), (100, 90), 0, 0, 360, 1, stroke)
    own = np.zeros((100, 100), dtype=bool)
    own[70:90, 45:58] = True
    assert trust_beside(foreign > 0, own, 20.0) == 1.0
    for x in (35, 47, 65):
        cv2.line(foreign, (x, 28), (x, 45), 1, 2)
    found = trust_beside(foreign > 0, own, 20.0)
    assert found == (CROSSED if hidden else 1.0)


def test_a_ring_around_nothing_is_told_from_one_through_a_figure() -> None:
    ring = np.zeros((60, 100), np.uint8)
    cv2.ellipse(ring, (50, 30), (56, 28), 5, 0, 360, (1,), 3)
    assert runs_around(ring > 0, SCALE)
    through = ring.copy()
    cv2.line(through, (80, 5), (80, 25), (1,), 3)
    assert not runs_around(through > 0, SCALE)
    stroke = np.zeros_like(ring)
    cv2.line(stroke, (5, 50), (95, 10), (1,), 3)
    assert not runs_around(stroke > 0, SCALE)


def test_a_ring_around_a_blank_is_no_figure(engine: OcrEngine) -> None:
    page, boxes = grid_picture([["3", "6", "12"], ["0", "", "7"], ["1", "0", "4"]], cell=(40, 24))
    readings = read_cells(ringed(page, boxes[4]), boxes, engine)
    assert readings[4].state == "blank"
    assert readings[4].confidence <= CROSSED


def _part(x0: int, y0: int, x1: int, y1: int) -> Part:
    return Part(1, x0, y0, x1, y1, (x1 - x0) * (y1 - y0))


LINE = [_part(20 + 24 * n, 2, 42 + 24 * n, 24) for n in range(8)]
"""Eight characters of eight points at 2.8 pixels a point."""


def test_characters_of_a_tight_line_are_text_though_they_touch_its_rules() -> None:
    assert is_text([LINE[1], LINE[4], LINE[5]], [LINE[0], *LINE[2:4], *LINE[6:]], 2.8)
    assert is_text(LINE, [], 2.8)


def test_strokes_of_a_pen_are_no_text() -> None:
    digit = _part(49, 24, 61, 45)
    ring = [(2, 6, 30, 19), (67, 6, 109, 26), (2, 43, 44, 63), (81, 50, 109, 63)]
    assert not is_text([_part(*box) for box in ring], [digit], 2.8)
    assert not is_text([_part(100, 0, 130, 60)], LINE, 2.8)
    assert not is_text([_part(20, 10, 200, 16)], LINE, 2.8)
    assert not is_text(
        [_part(70, 0, 76, 22)], [_part(40 + 14 * n, 2, 52 + 14 * n, 22) for n in (0, 1)], 2.8
    )
