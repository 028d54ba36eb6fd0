import cv2
import numpy as np
import pytest

from ocrpipe.imaging.seals.coloured_ink import without_coloured_ink
from ocrpipe.page import LONE, PageImage, Pixels
from ocrpipe.tables.rulings import detect_rulings
from tests.imaging import drawing

INKS = {"blue": (190, 70, 30), "dark blue": (110, 45, 20), "violet": (150, 40, 110)}
"""Blue, green, red."""

Color = tuple[int, int, int]


def on(pixels: Pixels, layer: Pixels) -> PageImage:
    """The page with an ink over it that lets print through, after a JPEG."""
    inked = (pixels.astype(np.uint16) * layer // 255).astype(np.uint8)
    return drawing.page_image(drawing.as_jpeg(inked))


def frame(pixels: Pixels, color: Color, x: float = 165, y: float = 205) -> PageImage:
    """A stamp with a frame and two lines of text over the cells of `drawing.ruled_page`."""
    layer = np.full_like(pixels, 255)
    x1, y1 = x + 130, y + 72
    for sides in ((x, y, x1, y), (x, y1, x1, y1), (x, y, x, y1), (x1, y, x1, y1)):
        drawing.line(layer, *sides, color)
    drawing.line(layer, x, y + 36, x1, y + 36, color)
    written(layer, "RECEIVED", x + 8, y + 26, color)
    written(layer, "2024 3 18", x + 8, y + 62, color)
    return on(pixels, layer)


def written(pixels: Pixels, text: str, x: float, y: float, color: Color, size: float = 11) -> None:
    place = (round(x * drawing.SCALE), round(y * drawing.SCALE))
    factor = size * drawing.SCALE / 30
    cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_COMPLEX, factor, color, 2, cv2.LINE_AA)


def darkest(image: PageImage, x: float, y: float, width: float, height: float) -> int:
    x0, y0, x1, y1 = (round(v * drawing.SCALE) for v in (x, y, x + width, y + height))
    return int(image.pixels[y0:y1, x0:x1].min())


@pytest.mark.parametrize("color", INKS.values(), ids=INKS)
def test_the_frame_of_a_stamp_makes_no_rules_of_a_table(color: Color) -> None:
    page = drawing.page_image(drawing.as_jpeg(drawing.ruled_page()))
    stamped = frame(drawing.ruled_page(), color)
    assert len(detect_rulings(stamped)) > len(detect_rulings(page))
    cleaned = without_coloured_ink(stamped)
    assert len(detect_rulings(cleaned)) == len(detect_rulings(page))
    figures = drawing.ruled_page().min(axis=2) < 60
    assert np.mean(cleaned.pixels.min(axis=2)[figures] < 150) > 0.95


def test_a_ring_of_a_pen_across_the_walls_of_cells_goes() -> None:
    page = drawing.ruled_page()
    layer = np.full_like(page, 255)
    center = (round(222 * drawing.SCALE), round(195 * drawing.SCALE))
    cv2.ellipse(layer, center, (110, 45), 4, 15, 385, INKS["blue"], 3, cv2.LINE_AA)
    cleaned = without_coloured_ink(on(page, layer)).pixels.min(axis=2)
    ring = (layer.min(axis=2) < 60) & (page.min(axis=2) > 240)
    assert np.percentile(cleaned[ring], 2) > 150


def test_figures_that_a_page_prints_in_a_colour_stay_and_the_stamp_goes() -> None:
    page = drawing.ruled_page()
    for row in range(10):
        written(page, str(20 + row), 490, 150 + 50 * row, INKS["blue"])
    cleaned = without_coloured_ink(frame(page, INKS["violet"]))
    for row in range(10):
        assert darkest(cleaned, 488, 140 + 50 * row, 18, 12) < 100
    assert darkest(cleaned, 200, 203, 10, 4) > 150


def test_heads_that_a_page_prints_in_a_colour_stay() -> None:
    page = drawing.ruled_page()
    for column in range(6):
        written(page, "Bureau", 80 + 76 * column, 90, INKS["dark blue"], 14)
        written(page, "result", 80 + 76 * column, 106, INKS["dark blue"], 14)
    cleaned = without_coloured_ink(drawing.page_image(drawing.as_jpeg(page)))
    for column in range(6):
        assert darkest(cleaned, 80 + 76 * column, 78, 40, 12) < 120


def test_what_a_pen_wrote_over_a_figure_goes_and_the_figure_is_not_sure() -> None:
    page = drawing.ruled_page()
    layer = np.full_like(page, 255)
    written(layer, "5", 104, 154, INKS["blue"], 13)
    cleaned = without_coloured_ink(on(page, layer))
    assert darkest(cleaned, 105, 145, 6, 8) > 150
    assert cleaned.hidden is not None
    cell = cleaned.hidden[260:350, 160:300]
    assert (cell == LONE).any()


@pytest.mark.parametrize("rules", [(150, 60, 20), (90, 120, 40)], ids=["blue", "green"])
def test_rules_that_are_printed_in_a_colour_stay(rules: Color) -> None:
    page = drawing.ruled_page()
    xs, ys = np.linspace(70, 525, 7), np.linspace(120, 620, 11)
    for x in xs:
        drawing.line(page, x, ys[0], x, ys[-1], rules)
    for y in ys:
        drawing.line(page, xs[0], y, xs[-1], y, rules)
    image = drawing.page_image(drawing.as_jpeg(page))
    assert without_coloured_ink(image) is image


def test_fills_and_pages_in_one_colour_stay() -> None:
    filled = drawing.ruled_page()
    place = np.s_[round(120 * drawing.SCALE) : round(170 * drawing.SCALE), 160:1080]
    filled[place] = np.minimum(filled[place], (250, 225, 200))
    image = drawing.page_image(drawing.as_jpeg(filled))
    assert without_coloured_ink(image) is image
    ink = 1 - drawing.ruled_page() / 255
    copied = (255 - ink * (255 - np.array(INKS["blue"]))).astype(np.uint8)
    copy = drawing.page_image(drawing.as_jpeg(copied))
    assert without_coloured_ink(copy) is copy


def test_pages_without_colour_pass_through() -> None:
    black = drawing.page_image(drawing.as_jpeg(drawing.ruled_page()))
    assert without_coloured_ink(black) is black
    grey = PageImage(black.pixels[..., 0].copy(), black.scale)
    assert without_coloured_ink(grey) is grey


def test_a_thin_grey_rule_below_the_ring_of_a_pen_stays() -> None:
    page = drawing.blank_page()
    y = round(200 * drawing.SCALE)
    page[y, 150:1090] = 140
    for row in range(4):
        drawing.write(page, "Bureau 2020-01-23", 80, 300 + 40 * row)
    layer = np.full_like(page, 255)
    center = (round(300 * drawing.SCALE), y - 24)
    cv2.ellipse(layer, center, (60, 24), 0, 0, 360, INKS["blue"], 3, cv2.LINE_AA)
    cleaned = without_coloured_ink(on(page, layer)).pixels.min(axis=2)
    assert np.count_nonzero(cleaned[y, 160:1080] > 220) < 5


def test_the_star_of_a_seal_goes_with_it_and_leaves_no_edges() -> None:
    page = drawing.ruled_page()
    layer = np.full_like(page, 255)
    drawing.stamp(layer, 300, 320, 55, INKS["violet"])
    cleaned = without_coloured_ink(on(page, layer)).pixels.min(axis=2)
    print_on_it = cv2.dilate((page.min(axis=2) < 240).astype(np.uint8), np.ones((9, 9), np.uint8))
    seal = (layer.min(axis=2) < 250) & (print_on_it == 0)
    assert np.mean(cleaned[seal] < 200) < 0.005


@pytest.mark.parametrize("width", [1, 2])
def test_the_thin_line_of_a_pen_goes(width: int) -> None:
    page = drawing.ruled_page()
    layer = np.full_like(page, 255)
    center = (round(222 * drawing.SCALE), round(195 * drawing.SCALE))
    cv2.ellipse(layer, center, (110, 30), 4, 15, 385, (70, 140, 40), width, cv2.LINE_AA)
    cleaned = without_coloured_ink(on(page, layer)).pixels.min(axis=2)
    ring = (layer.min(axis=2) < 100) & (page.min(axis=2) > 240)
    assert np.percentile(cleaned[ring], 5) > 150


def test_the_filled_cell_of_a_framed_table_stays() -> None:
    page = drawing.ruled_page()
    for side in ((165, 205, 325, 205), (165, 285, 325, 285), (165, 205, 165, 285)):
        drawing.line(page, *side, INKS["blue"])
    drawing.line(page, 325, 205, 325, 285, INKS["blue"])
    filled = np.s_[round(225 * drawing.SCALE) : round(245 * drawing.SCALE), 420:560]
    page[filled] = np.minimum(page[filled], INKS["blue"])
    cleaned = without_coloured_ink(drawing.page_image(drawing.as_jpeg(page))).pixels
    assert np.mean(cleaned[filled].min(axis=2) < 150) > 0.95
