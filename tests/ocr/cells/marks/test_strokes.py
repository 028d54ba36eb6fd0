"""Dashes and slashes by the direction of their only stroke."""

import cv2
import numpy as np
import pytest

from ocrpipe.ocr import read_cells
from ocrpipe.ocr.cells.ink.parts import Part
from ocrpipe.ocr.cells.marks.strokes import as_stroke, lone_stroke
from ocrpipe.ocr.port import OcrEngine
from ocrpipe.page import CellReading, Pixels
from tests.ocr.drawing import grid_picture


def drawn(*strokes: tuple[int, int, int, int], thickness: int = 3) -> tuple[Pixels, list[Part]]:
    mask = np.zeros((60, 80), dtype=np.uint8)
    for x0, y0, x1, y1 in strokes:
        cv2.line(mask, (x0, y0), (x1, y1), 1, thickness)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [[int(value) for value in stats[label]] for label in range(1, count)]
    return mask, [Part(i, x, y, x + w, y + h, a) for i, (x, y, w, h, a) in enumerate(boxes, 1)]


@pytest.mark.parametrize(
    ("strokes", "kind"),
    [
        pytest.param([(20, 30, 50, 30)], "level", id="dash"),
        pytest.param([(10, 30, 35, 30), (45, 30, 70, 30)], "level", id="two dashes"),
        pytest.param([(30, 50, 40, 20)], "oblique", id="slash"),
        pytest.param([(30, 50, 35, 20)], "leaning", id="between 1 and slash"),
        pytest.param([(30, 50, 30, 20)], "upright", id="bare 1"),
        pytest.param([(40, 50, 30, 20)], "upright", id="backslash"),
        pytest.param([(30, 50, 40, 20), (26, 20, 40, 20)], None, id="7"),
        pytest.param([(30, 50, 30, 20), (24, 26, 30, 20)], None, id="1 with a flag"),
        pytest.param([(30, 20, 50, 20), (26, 34, 54, 34)], None, id="二"),
        pytest.param([(30, 50, 40, 20), (45, 50, 55, 20)], None, id="two slashes"),
        pytest.param([(30, 50, 40, 20), (50, 40, 52, 41)], "speckled", id="slash and speck"),
        pytest.param([(30, 50, 40, 20), (26, 22, 26, 32)], None, id="slash and stroke"),
        pytest.param([(30, 50, 40, 20), (15, 40, 22, 40)], "speckled", id="slash and larger speck"),
        pytest.param(
            [(30, 50, 40, 20), (22, 26, 28, 26), (44, 44, 50, 44)], None, id="slash and two of them"
        ),
        pytest.param([(30, 50, 30, 20), (50, 40, 52, 41)], None, id="1 and speck"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_kinds_of_lone_strokes(strokes, kind) -> None:
    assert lone_stroke(*drawn(*strokes)) == kind


@pytest.mark.parametrize("font", ["tiro", "helv"])
@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_slashes_and_dashes_are_not_read_as_ones(engine: OcrEngine, dpi: int, font: str) -> None:
    texts = ["/", "1", "-", "7", "—", "/"]
    page, boxes = grid_picture([texts], dpi=dpi, font=font)
    readings = read_cells(page, boxes, engine)
    strokes = {"—": {"—", "一", "－"}}
    for reading, text in zip(readings, texts, strict=True):
        assert reading.text in strokes.get(text, {text})
        assert reading.numeric_text == ("—" if text in "-—" else text)
        if text not in "17":
            assert reading.numeric_confidence > 0.9


@pytest.mark.parametrize(
    ("top", "kind"),
    [
        pytest.param(36, "upright", id="italic 1"),
        pytest.param(38, "leaning", id="1 of Times Italic, or upright slash"),
        pytest.param(44, "oblique", id="italic slash"),
    ],
)
def test_the_slope_of_a_stroke_is_counted_from_that_of_the_digits(top: int, kind: str) -> None:
    assert lone_stroke(*drawn((30, 50, top, 20)), lean=0.19) == kind


@pytest.mark.parametrize("font", ["tiit", "tibi", "heit"])
@pytest.mark.parametrize("dpi", [150, 200])
def test_ones_of_an_italic_typeface_are_no_slashes(engine: OcrEngine, dpi: int, font: str) -> None:
    """The stem of a 1 in Times Italic leans as far as the slash of an upright typeface."""
    texts = ["/", "1", "0", "8", "0", "/", "1"]
    page, boxes = grid_picture([texts], dpi=dpi, font=font)
    assert [reading.text for reading in read_cells(page, boxes, engine)] == texts


def test_figures_that_touch_are_no_dash() -> None:
    """On a coarse scan 366 is one mark, twice as wide as high and even all along."""
    mask = np.zeros((40, 80), dtype=np.uint8)
    for x in (12, 21, 30):
        cv2.putText(mask, "8", (x, 28), cv2.FONT_HERSHEY_SIMPLEX, 0.45, 1, 3)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    part = Part(1, *box, int(mask.sum()))
    assert part.width >= 1.8 * part.height
    reading = CellReading("888", "printed", 0.98, "888", 0.98)
    assert as_stroke(reading, mask, [part], em=float(part.height)) == reading
    dash = as_stroke(reading, mask, [part], em=3.0 * part.height)
    assert dash.text == "—"


def test_an_upright_stroke_may_be_a_slash_and_stays_a_one() -> None:
    mask, parts = drawn((30, 50, 31, 20))
    reading = CellReading("1", "printed", 0.98, "1", 0.98)
    found = as_stroke(reading, mask, parts, em=30)
    assert (found.text, found.confidence) == ("1", 0.98)
    assert [other.text for other in found.alternatives] == ["/"]


def test_a_dash_of_which_a_fax_left_dots_is_one_stroke() -> None:
    mask = np.zeros((40, 60), dtype=np.uint8)
    for x0, x1, y in ((10, 14, 20), (15, 16, 21), (18, 25, 20), (27, 28, 19), (29, 35, 20)):
        mask[y : y + 2, x0:x1] = 1
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    parts = [
        Part(i, int(x), int(y), int(x + w), int(y + h), int(a))
        for i, (x, y, w, h, a) in enumerate(stats[1:], start=1)
    ]
    assert lone_stroke(mask, parts) is None
    assert lone_stroke(mask, parts, frayed=True) == "level"
    reading = CellReading("-—", "printed", 0.7)
    assert as_stroke(reading, mask, parts, em=20, frayed=True).text == "—"


def test_a_frayed_one_is_no_dash() -> None:
    mask, parts = drawn((30, 50, 31, 20))
    assert lone_stroke(mask, parts, frayed=True) == lone_stroke(mask, parts)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("lean", "bar", "kind"), [(0.32, 0, "oblique"), (0.14, 11, None)])
def test_the_ragged_slash_of_a_fax_is_told_from_a_seven(
    lean: float, bar: int, kind: str | None, seed: int
) -> None:
    random = np.random.default_rng(seed)
    mask = np.zeros((40, 40), dtype=np.uint8)
    for row in range(21):
        width = int(random.choice([1, 2, 2, 3, 4]))
        left = round(24 - lean * row - width / 2)
        mask[10 + row, left : left + width] = 1
    mask[12, 22:26] = 1
    mask[10:13, 24 - bar : 24] = 1
    (part,) = [Part(1, x, y, x + w, y + h, 1) for x, y, w, h in [cv2.boundingRect(mask)]]
    assert lone_stroke(mask, [part]) == kind


@pytest.mark.parametrize(("y", "text"), [(30, "—"), (55, "")])
def test_a_stroke_low_in_a_cell_underlines_it_and_is_no_dash(y: int, text: str) -> None:
    mask, parts = drawn((20, y, 50, y))
    read = as_stroke(CellReading("一", "printed", 0.9), mask, parts, em=20.0)
    assert read.numeric_text == ("—" if text else None)
    assert (read.text == "") == (text == "")
    assert read.confidence < 0.7 or text


@pytest.mark.parametrize(("read", "text"), [("1", "/"), ("/.", "/"), ("4", "4")])
def test_a_slash_with_specks_is_one_and_not_sure(read: str, text: str) -> None:
    mask, parts = drawn((30, 50, 40, 20), (50, 40, 52, 41))
    result = as_stroke(CellReading(read, "printed", 0.99), mask, parts, em=20.0)
    assert result.text == text
    assert text == read or result.confidence <= 0.8


def test_a_word_whose_characters_touch_is_no_dash() -> None:
    mask, parts = drawn((4, 30, 76, 30), thickness=12)
    reading = CellReading("行政诉讼", "printed", 0.99)
    assert lone_stroke(mask, parts, frayed=True) == "level"
    assert as_stroke(reading, mask, parts, em=60, frayed=True) == reading


def test_a_ragged_dash_that_was_read_as_digits_is_one() -> None:
    mask = np.zeros((40, 60), dtype=np.uint8)
    mask[20:22, 10:50] = 1
    mask[19:25, 10:22] = 1
    mask[22:24, 30:31] = 1
    (part,) = [Part(1, x, y, x + w, y + h, 1) for x, y, w, h in [cv2.boundingRect(mask)]]
    assert as_stroke(CellReading("111", "printed", 0.92), mask, [part], em=24.0).text == "—"
    assert as_stroke(CellReading("111", "printed", 0.92), mask, [part], em=6.0).text == "111"


def soft(*strokes: tuple[float, float, float, float]) -> tuple[Pixels, Pixels, list[Part]]:
    """Strokes as a scan of 100 dpi leaves them that was enlarged: three pixels of ink and as many
    of blur, of which the mask takes most."""
    canvas = np.zeros((320, 320), dtype=np.uint8)
    for x0, y0, x1, y1 in strokes:
        start, end = (round(8 * x0), round(8 * y0)), (round(8 * x1), round(8 * y1))
        cv2.line(canvas, start, end, 255, 22)
    small = cv2.resize(canvas, (40, 40), interpolation=cv2.INTER_AREA)
    darkness = np.asarray(cv2.GaussianBlur(small, (0, 0), 1.9), dtype=np.uint8)
    mask = (darkness > 0.2 * darkness.max()).astype(np.uint8)
    x, y, w, h = cv2.boundingRect(mask)
    return mask, darkness, [Part(1, x, y, x + w, y + h, int(mask.sum()))]


@pytest.mark.parametrize("lean", [5, 6, 8])
def test_a_slash_that_is_too_soft_for_a_stroke_is_told_by_its_grey_ink(lean: int) -> None:
    mask, darkness, parts = soft((20 - lean / 2, 28, 20 + lean / 2, 12))
    assert lone_stroke(mask, parts) is None
    read = as_stroke(CellReading("1", "printed", 0.99, "1", 0.99), mask, parts, 19.0)
    assert read.text == "1"
    read = as_stroke(
        CellReading("1", "printed", 0.99, "1", 0.99), mask, parts, 19.0, darkness=darkness
    )
    assert (read.text, read.numeric_text) == ("/", "/")


@pytest.mark.parametrize(
    "strokes",
    [
        pytest.param([(20, 28, 20, 12)], id="bare"),
        pytest.param([(18.5, 28, 21.5, 12)], id="italic"),
        pytest.param([(20, 28, 20, 12), (16, 15, 20, 12)], id="with a flag"),
        pytest.param([(20, 28, 20, 12), (16, 15, 20, 12), (15, 28, 25, 28)], id="with a foot"),
        pytest.param([(18.7, 28, 21.3, 12), (17, 14, 21, 12), (14, 28, 23, 28)], id="all, italic"),
    ],
)
def test_a_soft_one_stays_sure(strokes: list[tuple[float, float, float, float]]) -> None:
    mask, darkness, parts = soft(*strokes)
    assert lone_stroke(mask, parts) is None
    reading = CellReading("1", "printed", 0.99, "1", 0.99)
    assert as_stroke(reading, mask, parts, 19.0, darkness=darkness) == reading


def test_a_leaning_mark_of_no_even_width_is_no_sure_one() -> None:
    """A slash with dust at its foot; a soft 7 that was read as one stays."""
    mask, darkness, parts = soft((17, 28, 23, 12), (12, 28, 18, 28), (20, 18, 25, 21))
    assert lone_stroke(mask, parts) is None
    reading = CellReading("1", "printed", 0.99, "1", 0.99)
    read = as_stroke(reading, mask, parts, 19.0, darkness=darkness)
    assert read.text == "1"
    assert read.numeric_confidence <= 0.8
    seven = CellReading("7", "printed", 0.99, "7", 0.99)
    assert as_stroke(seven, mask, parts, 19.0, darkness=darkness) == seven


def test_a_low_mark_that_nothing_else_explains_is_a_worn_dash_and_a_digit_is_none() -> None:
    unread = CellReading("", "unread", 0.3, "1", 0.4)
    dash = drawn((16, 30, 26, 30), (34, 31, 44, 31), (22, 28, 22, 32))
    assert as_stroke(unread, *dash, em=24).text == "—"
    assert as_stroke(unread, *dash, em=24).confidence <= 0.8
    for other in (drawn((20, 20, 20, 40), (26, 20, 26, 40)), drawn((20, 28, 26, 32), thickness=6)):
        assert as_stroke(unread, *other, em=24) == unread
