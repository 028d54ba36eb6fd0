import time

import cv2
import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.imaging.seals.red_ink import (
    red_regions,
    seal_regions,
    without_red,
    without_seals,
)
from ocrpipe.imaging.seals.rims import ring_boxes
from ocrpipe.page import PageImage, Region
from tests.imaging import drawing

REDS = {"bright": (30, 30, 230), "dark": (45, 35, 140), "pink": (165, 165, 238)}


def signed(color: tuple[int, int, int], text: bool = True) -> PageImage:
    page = drawing.blank_page(300, 300)
    if text:
        for row in range(4):
            drawing.write(page, "Bureau 2020-01-23", 60, 110 + 30 * row)
    drawing.stamp(page, 150, 150, 60, color)
    return drawing.page_image(drawing.scanned(page))


def printed() -> PageImage:
    page = drawing.blank_page(300, 300)
    for row in range(4):
        drawing.write(page, "Bureau 2020-01-23", 60, 110 + 30 * row)
    return drawing.page_image(page)


@pytest.mark.parametrize("color", REDS.values(), ids=REDS)
def test_red_ink_vanishes(color: tuple[int, int, int]) -> None:
    cleaned = without_red(signed(color, text=False)).pixels
    # The paper is 250; what is left of the seal must not look like print.
    assert np.percentile(cleaned, 0.1) > 170


@pytest.mark.parametrize("color", REDS.values(), ids=REDS)
def test_black_ink_under_red_stays(color: tuple[int, int, int]) -> None:
    cleaned = without_red(signed(color)).pixels.min(axis=2)
    text = printed().pixels.min(axis=2) < 60
    assert np.mean(cleaned[text] < 150) > 0.95


def test_the_red_rules_of_a_table_stay_and_the_seal_on_them_goes() -> None:
    red = drawing.ruled_page()
    xs, ys = np.linspace(70, 525, 7), np.linspace(120, 620, 11)
    for x in xs:
        drawing.line(red, x, ys[0], x, ys[-1], drawing.RED)
    for y in ys:
        drawing.line(red, xs[0], y, xs[-1], y, drawing.RED)
    drawing.line(red, 60, 60, 540, 60, drawing.RED)
    drawing.stamp(red, 300, 700, 60)
    cleaned = without_red(drawing.page_image(drawing.scanned(red))).pixels.min(axis=2)
    scale = drawing.SCALE

    def share(x0: float, y0: float, x1: float, y1: float) -> float:
        """Of the way along a rule that is dark."""
        x, y = round(x0 * scale), round(y0 * scale)
        part = cleaned[y - 2 : round(y1 * scale) + 3, x - 2 : round(x1 * scale) + 3]
        dark: float = (part.min(axis=int(x1 == x0)) < 140).mean()
        return dark

    assert min(share(x, ys[0], x, ys[-1]) for x in xs) > 0.97
    assert min(share(xs[0], y, xs[-1], y) for y in ys) > 0.97
    # The rule of the letterhead, and the seal.
    assert share(60, 60, 540, 60) < 0.1
    assert share(240, 640, 360, 640) < 0.1
    assert np.percentile(cleaned[round(635 * scale) :], 0.1) > 170


@pytest.mark.parametrize("pale", [True, False])
def test_red_rules_stay_up_to_an_outer_wall_that_is_pale_or_none(pale: bool) -> None:
    """Of a border at the edge of a printed page half is cut off; other tables have none there."""
    red = np.full_like(drawing.ruled_page(), 255)
    xs, ys = np.linspace(70, 525, 7), np.linspace(120, 620, 11)
    for x in xs[:-1]:
        drawing.line(red, x, ys[0], x, ys[-1], drawing.RED)
    for y in ys:
        drawing.line(red, xs[0], y, xs[-1], y, drawing.RED)
    if pale:
        drawing.line(red, xs[-1], ys[0], xs[-1], ys[-1], (215, 215, 240))
    cleaned = without_red(drawing.page_image(drawing.scanned(red))).pixels.min(axis=2)
    scale = drawing.SCALE
    last = np.s_[round(110 * scale) : round(630 * scale), round(480 * scale) : round(510 * scale)]
    assert (cleaned[last].min(axis=1) < 140).sum() >= len(ys)
    wall = np.s_[round(130 * scale) : round(610 * scale), round(523 * scale) : round(528 * scale)]
    assert (np.median(cleaned[wall].min(axis=1)) < 225) == pale


@pytest.mark.parametrize("open_end", [0, -1], ids=["above", "below"])
def test_red_walls_stay_beyond_the_last_rule_of_a_table_that_a_page_cuts(open_end: int) -> None:
    """Its first row on a page has no rule above it, its last none below it."""
    red = np.full_like(drawing.ruled_page(), 255)
    xs, ys = np.linspace(70, 525, 7), np.linspace(120, 320, 6)
    for x in xs:
        drawing.line(red, x, ys[0], x, ys[-1], drawing.RED)
    for y in np.delete(ys, open_end):
        drawing.line(red, xs[0], y, xs[-1], y, drawing.RED)
    cleaned = without_red(drawing.page_image(drawing.scanned(red))).pixels.min(axis=2)
    middle = round((ys[open_end] + ys[1 if open_end == 0 else -2]) / 2 * drawing.SCALE)
    walls = [round(x * drawing.SCALE) for x in xs]
    assert all(cleaned[middle, x - 2 : x + 3].min() < 140 for x in walls)


def test_red_rules_of_two_low_rows_stay() -> None:
    """What is left of a table on a page has walls no longer than the frame of a stamp."""
    red = np.full_like(drawing.ruled_page(), 255)
    xs, ys = np.linspace(70, 525, 7), (120, 136, 152)
    for x in xs:
        drawing.line(red, x, ys[0], x, ys[-1], drawing.RED)
    for y in ys:
        drawing.line(red, xs[0], y, xs[-1], y, drawing.RED)
    cleaned = without_red(drawing.page_image(drawing.scanned(red))).pixels.min(axis=2)
    rows = [round((y + 8) * drawing.SCALE) for y in ys[:-1]]
    walls = [round(x * drawing.SCALE) for x in xs]
    assert all(cleaned[row, x - 2 : x + 3].min() < 140 for row in rows for x in walls)
    middle = round((xs[0] + xs[1]) / 2 * drawing.SCALE)
    rules = [round(y * drawing.SCALE) for y in ys]
    assert all(cleaned[y - 2 : y + 3, middle].min() < 140 for y in rules)


def test_other_ink_is_left_as_it_is() -> None:
    image = signed(REDS["bright"])
    cleaned = without_red(image)
    away = np.s_[: round(60 * drawing.SCALE)]
    assert np.array_equal(cleaned.pixels[away], image.pixels[away])
    blue = drawing.blank_page(200, 200)
    drawing.stamp(blue, 100, 100, 60, (200, 40, 40))
    assert without_red(drawing.page_image(blue)).pixels.tolist() == blue.tolist()


def test_pages_without_red_ink_pass_through() -> None:
    black = drawing.page_image(drawing.scanned(drawing.text_page()))
    assert without_red(black) is black
    grey = PageImage(black.pixels[..., 0], black.scale)
    assert red_regions(grey) == ()
    assert without_red(grey) is grey


def test_tinted_paper_is_not_red() -> None:
    page = np.full((600, 400, 3), (205, 215, 245), np.uint8)
    tinted = drawing.page_image(page)
    assert without_red(tinted) is tinted


@pytest.mark.parametrize("color", REDS.values(), ids=REDS)
def test_a_seal_is_found_where_it_is(color: tuple[int, int, int]) -> None:
    (seal,) = red_regions(signed(color))
    assert seal.kind == "seal"
    assert np.allclose(seal.box, (89, 89, 211, 211), atol=2)
    assert seal.confidence > 0.9


def test_letterhead_and_red_rules_are_no_seals() -> None:
    page = drawing.blank_page()
    for column in range(8):
        left = 70 + 58 * column
        corners = ((left, 100), (left + 46, 100), (left + 46, 150), (left, 150))
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
            drawing.line(page, x0, y0, x1, y1, drawing.RED)
        drawing.line(page, left + 23, 100, left + 23, 150, drawing.RED)
    drawing.line(page, 70, 200, 525, 200, drawing.RED)
    image = drawing.page_image(page)
    assert without_red(image) is not image
    assert red_regions(image) == ()


def test_a_round_seal_is_found_in_a_scan_without_colour() -> None:
    page = drawing.text_page()
    drawing.stamp(page, 400, 620, 60)
    grey = drawing.scanned(page).min(axis=2)
    bilevel = np.where(grey < 140, 0, 255).astype(np.uint8)
    for pixels in (grey, bilevel):
        (seal,) = seal_regions(PageImage(pixels, drawing.SCALE))
        assert seal.kind == "seal"
        assert np.allclose(seal.box, (340, 560, 460, 680), atol=4)


def test_a_round_seal_is_found_where_the_rules_of_small_cells_cross_it() -> None:
    pixels = drawing.blank_page()
    for at in range(180, 441, 24):
        for start, end in (((180, at), (440, at)), ((at, 180), (at, 440))):
            x0, y0, x1, y1 = (round(value * drawing.SCALE) for value in (*start, *end))
            cv2.line(pixels, (x0, y0), (x1, y1), drawing.BLACK, 3, cv2.LINE_AA)
    drawing.stamp(pixels, 300, 300, 55, (120, 120, 120))
    grey = cv2.cvtColor(drawing.scanned(pixels), cv2.COLOR_BGR2GRAY)
    (seal,) = seal_regions(PageImage(np.asarray(grey, np.uint8), drawing.SCALE))
    assert seal.box.overlap(Box(245, 245, 355, 355)) > 0.9


@pytest.mark.parametrize("draw", [drawing.text_page, drawing.ruled_page])
def test_text_and_tables_without_colour_have_no_seals(draw: object) -> None:
    assert callable(draw)
    assert seal_regions(drawing.page_image(drawing.scanned(draw()))) == ()


def test_red_ink_goes_from_under_the_seals_alone() -> None:
    paper = np.full((400, 300, 3), 255, np.uint8)
    paper[20:60, 40:260] = (0, 0, 220)
    paper[200:320, 100:220] = (0, 0, 220)
    page = PageImage(paper, 1.4)
    clean = PageImage(np.full_like(paper, 255), 1.4)
    seal = Region("seal", Box(100, 200, 220, 320).scaled(1 / 1.4), 1.0)
    kept = without_seals(page, clean, [seal]).pixels
    assert (kept[20:60, 40:260] == paper[20:60, 40:260]).all()
    assert (kept[200:320, 100:220] == 255).all()
    assert (paper[200:320, 100:220] != 255).any(), "the page itself is not changed"


def test_no_ring_is_looked_for_in_a_photograph() -> None:
    grain = (np.random.default_rng(1).random((1700, 1200)) < 0.45).astype(np.uint8)
    start = time.process_time()
    assert ring_boxes(grain, 2.0) == []
    assert time.process_time() - start < 20


def test_hidden_is_where_red_ink_lay_and_no_black_ink_is_seen() -> None:
    image = signed(REDS["bright"])
    hidden = without_red(image).hidden
    assert hidden is not None
    assert hidden.shape == image.pixels.shape[:2]
    red = signed(REDS["bright"], text=False).pixels.astype(int)
    ink = red[..., 2] - red[..., :2].max(axis=2) > 120
    black = printed().pixels.min(axis=2) < 60
    assert hidden[ink & ~black].mean() > 0.9
    assert hidden[black].mean() < 0.1
    assert hidden[: round(60 * drawing.SCALE)].sum() == 0
