"""Pale rules and fills of pictures of a screen become dark rules; no scan is touched."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import with_dark_rules
from ocrpipe.page import PageImage, Pixels
from tests.imaging.drawing import ruled_page

SCALE = 96 / 72
FINER = 200 / 96
ROWS, COLUMNS = range(100, 461, 40), range(100, 701, 120)


def screen(rule: int = 238, stripe: int = 244) -> Pixels:
    """A table of a web page: every other row has a fill, and the rules are hardly darker."""
    pixels = np.full((600, 800, 3), 255, np.uint8)
    for row, top in enumerate(ROWS[:-1]):
        pixels[top : top + 40, 100:700] = stripe if row % 2 else 255
        for column, left in enumerate(COLUMNS[:-1]):
            place = (left + 40, top + 28)
            cv2.putText(pixels, str(row * 7 + column), place, 0, 0.7, (60, 60, 60), 2, cv2.LINE_AA)
    for y in ROWS:
        pixels[y, 100:701] = rule
    for x in COLUMNS:
        pixels[100:461, x] = rule
    return pixels


def dark_lines(pixels: Pixels) -> tuple[int, int]:
    """How many of the enlarged table's rules along and across it are dark all the way."""
    grey = pixels.min(axis=2)

    def at(low: int, high: int) -> slice:
        return slice(round(low * FINER), round(high * FINER))

    along = sum(grey[at(y - 2, y + 4), at(110, 690)].min(axis=0).max() < 150 for y in ROWS)
    across = sum(grey[at(110, 450), at(x - 2, x + 4)].min(axis=1).max() < 150 for x in COLUMNS)
    return int(along), int(across)


def enlarged(pixels: Pixels) -> Pixels:
    """At 200 dpi, as pages are read."""
    return np.asarray(cv2.resize(pixels, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC))


def read(pixels: Pixels) -> Pixels:
    """What becomes of the enlarged picture."""
    return with_dark_rules(PageImage(enlarged(pixels), SCALE * FINER)).pixels


@pytest.mark.parametrize("rule", [204, 221, 238])
@pytest.mark.parametrize("stripe", [244, 250, 255])
def test_pale_rules_become_dark(rule: int, stripe: int) -> None:
    assert dark_lines(read(screen(rule, stripe))) == (len(ROWS), len(COLUMNS))


def test_edges_of_fills_become_dark_rules() -> None:
    # Below the last row there is paper, as in the row above the first stripe.
    assert dark_lines(read(screen(rule=255, stripe=248)))[0] == len(ROWS) - 2


def test_print_is_not_touched() -> None:
    pixels = screen()
    found = with_dark_rules(PageImage(enlarged(pixels), SCALE * FINER)).pixels
    for row, y in enumerate(ROWS[:-1]):
        part = np.s_[round((y + 6) * FINER) : round((y + 34) * FINER), round(130 * FINER) : 280]
        assert np.array_equal(found[part], enlarged(pixels)[part]), row


def noisy(pixels: Pixels) -> Pixels:
    noise = np.random.default_rng(1).normal(0, 2, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def compressed(pixels: Pixels) -> Pixels:
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


@pytest.mark.parametrize("made", [noisy, compressed])
def test_a_scan_is_not_touched(made: Callable[[Pixels], Pixels]) -> None:
    image = PageImage(made(screen()), SCALE)
    assert with_dark_rules(image) is image


def test_the_blocks_of_a_strongly_compressed_scan_are_no_rules() -> None:
    pixels = np.full((800, 1100), 240, np.uint8)
    for row in range(14):
        for column in range(4):
            place = (80 + 250 * column, 90 + 48 * row)
            cv2.putText(pixels, f"{row}{column}7,{row}", place, 0, 1.2, 30, 3, cv2.LINE_AA)
    grain = np.random.default_rng(3).normal(0, 2.5, pixels.shape)
    rough = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", rough, [cv2.IMWRITE_JPEG_QUALITY, 28])[1]
    image = PageImage(np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8), 200 / 72)
    assert with_dark_rules(image) is image


def test_rules_that_are_seen_are_not_touched() -> None:
    pixels = np.where(ruled_page() < 200, 0, 255).astype(np.uint8)
    image = PageImage(pixels, SCALE)
    assert with_dark_rules(image) is image


def test_no_rule_is_drawn_beside_a_dark_one() -> None:
    """Enlarged, a dark rule has a light seam on both sides of it, which shows on a fill."""
    pixels = enlarged(screen(rule=0, stripe=244))
    found = with_dark_rules(PageImage(pixels, SCALE * FINER)).pixels
    assert np.array_equal(found, pixels)
