"""Pale and light rules of grey heads become dark; print on a fill stays as it is."""

import cv2
import numpy as np
import pytest

from ocrpipe.imaging import with_rules_on_fills
from ocrpipe.page import PageImage, Pixels
from ocrpipe.tables.rulings import detect_rulings
from tests.imaging.drawing import SCALE, blank_page, line, page_image, ruled_page, scanned, write

COLUMNS = np.linspace(70, 525, 6)
TOP, GROUP, BODY, BOTTOM = 120, 140, 162, 402


def head(fill: int, rule: int, thickness: int = 1) -> Pixels:
    """A table whose head of two levels stands on grey, with rules of another grey in it."""
    pixels = blank_page()
    left, right = (round(x * SCALE) for x in COLUMNS[[0, -1]])
    top, group, body = (round(y * SCALE) for y in (TOP, GROUP, BODY))
    pixels[top:body, left:right] = fill
    for x in COLUMNS[[1, 3]]:
        cv2.line(pixels, (round(x * SCALE), top), (round(x * SCALE), body), [rule] * 3, thickness)
    for x in COLUMNS[[2, 4]]:
        cv2.line(pixels, (round(x * SCALE), group), (round(x * SCALE), body), [rule] * 3, thickness)
    cv2.line(pixels, (round(COLUMNS[1] * SCALE), group), (right, group), [rule] * 3, thickness)
    for x in COLUMNS:
        line(pixels, x, BODY, x, BOTTOM)
    for y in (TOP, *np.linspace(BODY, BOTTOM, 11)):
        line(pixels, COLUMNS[0], y, COLUMNS[-1], y)
    for column, x in enumerate(COLUMNS[:-1]):
        write(pixels, "HEAD", x + 28, 157 if column else 146, 9)
        for row in range(10):
            write(pixels, str(row * 7 + column), x + 40, BODY + 17 + 24 * row, 9)
    for x in COLUMNS[[1, 3]]:
        write(pixels, "GROUP", x + 70, 134, 9)
    return pixels


def rules_in_head(image: PageImage) -> tuple[int, int]:
    """How many columns below the rule of the groups have that rule, and how many walls there are
    beside the heads below it."""
    rules = detect_rulings(image)
    level = [rule for rule in rules if rule.horizontal and abs(rule.y0 - GROUP) < 2]
    middles = (COLUMNS[1:-1] + COLUMNS[2:]) / 2
    below = sum(any(rule.x0 < x < rule.x1 for rule in level) for x in middles)
    walls = [
        x
        for x in COLUMNS[1:-1]
        if any(
            abs(rule.x0 - x) < 2 and rule.y0 < GROUP + 4 and rule.y1 > BODY - 4
            for rule in rules
            if not rule.horizontal
        )
    ]
    return below, len(walls)


@pytest.mark.parametrize(
    ("fill", "rule", "thickness"), [(190, 252, 2), (160, 252, 1), (200, 184, 1), (150, 132, 2)]
)
def test_rules_of_a_grey_head_that_are_lighter_or_hardly_darker_are_found(
    fill: int, rule: int, thickness: int
) -> None:
    image = page_image(scanned(head(fill, rule, thickness)))
    assert rules_in_head(image) != (4, 4)
    assert rules_in_head(with_rules_on_fills(image)) == (4, 4)


def test_the_fill_between_a_rule_of_a_dark_head_and_its_print_is_no_light_rule() -> None:
    pixels = head(150, 252, 2)
    for x in COLUMNS[[1, 3]]:
        write(pixels, "GROUPS OF ALL HEADS", x + 6, 135.5, 9)
    for x in COLUMNS[1:-1]:
        write(pixels, "COLUMNS", x + 8, 154, 9)
    image = page_image(scanned(pixels))
    assert rules_in_head(with_rules_on_fills(image)) == (4, 4)


def test_print_on_a_fill_without_rules_stays_as_it_is() -> None:
    pixels = blank_page()
    pixels[round(100 * SCALE) : round(190 * SCALE), round(60 * SCALE) : round(540 * SCALE)] = 205
    for row in range(4):
        write(pixels, "HILL ||| TALL - - LIFT === 1117 ||", 90, 122 + 20 * row, 11)
    image = page_image(scanned(pixels))
    assert with_rules_on_fills(image) is image


def test_a_page_without_fills_is_returned_as_it_is() -> None:
    image = page_image(scanned(ruled_page()))
    assert with_rules_on_fills(image) is image


def test_a_shadow_is_no_fill() -> None:
    pixels = ruled_page()
    light = np.full(pixels.shape[:2], 1, np.float32)
    cv2.circle(light, (300, 500), 260, 0.8, -1)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), 25), np.float32)
    image = page_image(scanned(np.rint(pixels * light[..., None]).astype(np.uint8)))
    assert with_rules_on_fills(image) is image
