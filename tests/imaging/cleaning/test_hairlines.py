from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import with_dark_hairlines
from ocrpipe.page import PageImage, Pixels
from ocrpipe.tables.rulings import detect_rulings

SCALE = 200 / 72
ROWS = range(100, 501, 40)
COLUMNS = range(60, 541, 80)


def page(
    contrast: int,
    rows: Sequence[int] = ROWS,
    grain: float = 0.0,
    dotted: bool = False,
    print_level: int = 30,
) -> PageImage:
    """A table of 10 rows and 6 columns of figures, rules one pixel wide."""
    pixels = np.full((1600, 1640), 250, np.float64)
    for x in COLUMNS[:-1]:
        for y in rows[:-1]:
            at = (round((x + 20) * SCALE), round((y + 25) * SCALE))
            cv2.putText(pixels, "308", at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, print_level, 2)
    ruled = np.zeros_like(pixels)
    left, right = (round(x * SCALE) for x in (COLUMNS[0], COLUMNS[-1]))
    top, bottom = (round(y * SCALE) for y in (rows[0], rows[-1]))
    for y in rows:
        ruled[round(y * SCALE), left:right] = contrast
    for x in COLUMNS:
        ruled[top:bottom, round(x * SCALE)] = contrast
    if dotted:
        places = np.add.outer(np.arange(1600), np.arange(1640))
        ruled *= places % 8 < 3
    pixels -= ruled
    pixels += np.random.default_rng(5).normal(0, grain, pixels.shape) if grain else 0
    return PageImage(np.clip(np.rint(pixels), 0, 255).astype(np.uint8), SCALE)


def shaded(image: PageImage) -> PageImage:
    """The same under a cast shadow with a soft edge."""
    light = np.ones(image.pixels.shape, np.float32)
    cv2.circle(light, (1200, 500), 500, 0.55, -1)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), 12), np.float32)
    dark: Pixels = np.rint(image.pixels * light).astype(np.uint8)
    return PageImage(dark, image.scale)


def lines(image: PageImage) -> tuple[int, int]:
    """Places of horizontal and of vertical rules."""
    rules = detect_rulings(image)
    across = {round(rule.y0 / 10) for rule in rules if rule.horizontal}
    return len(across), len({round(rule.x0 / 10) for rule in rules if not rule.horizontal})


@pytest.mark.parametrize("grain", [0.0, 3.0])
def test_hairlines_of_a_few_grey_levels_become_rules(grain: float) -> None:
    plain = shaded(page(9, grain=grain))
    assert lines(plain) == (0, 0)
    assert lines(with_dark_hairlines(plain)) == (len(ROWS), len(COLUMNS))


def test_what_stands_where_hairlines_end_is_none_of_them() -> None:
    plain = page(9)
    pixels = plain.pixels.copy()
    right, bottom = (round(end * SCALE) for end in (COLUMNS[-1], ROWS[-1]))
    beyond = round(9 * SCALE)
    for y in ROWS[::2]:
        pixels[round(y * SCALE), right : right + beyond] -= 9
    for x in COLUMNS[1:-1]:
        pixels[bottom : bottom + beyond, round(x * SCALE)] -= 9
    tailed = PageImage(pixels, SCALE)
    found = with_dark_hairlines(tailed)
    near = round(3 * SCALE)
    assert (found.pixels[: bottom + near, right - near] < 120).sum() >= len(ROWS)
    assert np.array_equal(found.pixels[:, right + near :], pixels[:, right + near :])
    assert np.array_equal(found.pixels[bottom + near :], pixels[bottom + near :])


@pytest.mark.parametrize(
    "plain", [page(120), page(0, grain=3), page(30, dotted=True), page(9, rows=(100, 500))]
)
def test_other_pages_are_left(plain: PageImage) -> None:
    assert with_dark_hairlines(plain) is plain


def test_streaks_from_edge_to_edge_are_left() -> None:
    plain = page(0)
    for y in range(200, 1500, 150):
        plain.pixels[y] -= 9
    for x in range(200, 1500, 150):
        plain.pixels[:, x] -= 9
    assert with_dark_hairlines(plain) is plain


def test_the_darker_half_of_the_rules_of_a_worn_page_is_drawn_with_the_paler() -> None:
    plain = page(16, grain=2)
    for x in COLUMNS[::2]:
        plain.pixels[280:1389, round(x * SCALE)] = 224
    for y in ROWS[::2]:
        plain.pixels[round(y * SCALE), 167:1500] = 224
    dark = with_dark_hairlines(plain).pixels
    assert all(np.median(dark[round(y * SCALE), 200:1450]) < 110 for y in ROWS)
    assert all(np.median(dark[300:1350, round(x * SCALE)]) < 110 for x in COLUMNS)


def test_rules_of_a_faint_page_that_are_hardly_paler_than_its_print_stay_as_they_are() -> None:
    faint = page(16, grain=1.0, print_level=210)
    assert with_dark_hairlines(faint) is faint
    assert lines(faint) == (len(ROWS), len(COLUMNS))


def test_strokes_of_characters_below_each_other_are_no_hairline() -> None:
    drawn = page(12)
    x, top = round(100 * SCALE), round(180 * SCALE)
    drawn.pixels[top : top + 280, x : x + 3] -= 3
    for y in range(top, top + 280, 28):
        drawn.pixels[y : y + 10, x : x + 3] = 30
    found = with_dark_hairlines(drawn)
    assert found is not drawn
    assert (found.pixels[top : top + 192, x + 1] > 200).any()


def test_what_compression_leaves_beside_coloured_rules_is_no_hairline() -> None:
    scale = 150 / 72
    pixels = np.full((1240, 1240, 3), 253, np.uint8)
    for y in ROWS:
        at = round(y * scale)
        pixels[at : at + 2, round(60 * scale) : round(540 * scale)] = (40, 30, 200)
    for x in COLUMNS:
        at = round(x * scale)
        pixels[round(100 * scale) : round(500 * scale), at : at + 2] = (40, 30, 200)
    for x in COLUMNS[:-1]:
        for y in ROWS[:-1]:
            place = (round((x + 20) * scale), round((y + 25) * scale))
            cv2.putText(pixels, "308", place, cv2.FONT_HERSHEY_SIMPLEX, 0.7, (30, 30, 30), 1)
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.6)
    packed = cv2.imencode(".jpg", soft, [cv2.IMWRITE_JPEG_QUALITY, 50])[1]
    shown = cv2.resize(cv2.imdecode(packed, cv2.IMREAD_COLOR), None, fx=4 / 3, fy=4 / 3)
    image = PageImage(np.asarray(shown, np.uint8), SCALE)
    assert with_dark_hairlines(image) is image
