"""Dashes of which a fax left a dot or two."""

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.darkness import Darkness
from ocrpipe.ocr.cells.marks.worn_dashes import worn_dashes
from ocrpipe.page import CellReading, Pixels

SCALE = 2.0
WIDTH, HEIGHT = 80, 30
BOXES = [Box(n * WIDTH / SCALE, 0, (n + 1) * WIDTH / SCALE, HEIGHT / SCALE) for n in range(6)]
BLANK = CellReading("", "blank", 0.99)
DASH = CellReading("—", "printed", 0.8, "—", 0.8)


def page(dots: dict[int, list[tuple[int, int]]]) -> Darkness:
    """A row of cells, the first two with dashes, others with dots at these places (x, y)."""
    pixels: Pixels = np.zeros((HEIGHT, 6 * WIDTH), np.uint8)
    for cell in range(2):
        pixels[15, cell * WIDTH + 28 : cell * WIDTH + 52 : 2] = 255
    for cell, places in dots.items():
        for x, y in places:
            pixels[y, cell * WIDTH + x] = 255
    return Darkness(pixels, SCALE, 1.5, 255.0, frayed=True)


def texts(dots: dict[int, list[tuple[int, int]]], *rest: CellReading) -> list[str]:
    return [one.text for one in worn_dashes(page(dots), BOXES, [DASH, DASH, *rest])]


def test_specks_on_the_line_of_the_dashes_are_rests_of_dashes() -> None:
    dots = {2: [(30, 15)], 3: [(36, 15), (50, 16)]}
    assert texts(dots, BLANK, BLANK, BLANK) == ["—", "—", "—", "—", ""]


def test_a_speck_in_the_row_of_the_scan_beside_that_of_the_dashes_is_one() -> None:
    assert texts({2: [(30, 13)], 3: [(36, 17)]}, BLANK, BLANK) == ["—"] * 4


def test_such_a_dash_is_never_sure() -> None:
    found = worn_dashes(page({2: [(30, 15)]}), BOXES, [DASH, DASH, BLANK])
    assert (found[2].state, found[2].numeric_text) == ("printed", "—")
    assert max(found[2].confidence, found[2].numeric_confidence) <= 0.6


def test_dust_elsewhere_in_a_cell_is_none() -> None:
    assert texts({2: [(30, 8)], 3: [(70, 15)]}, BLANK, BLANK) == ["—", "—", "", ""]


def test_nothing_is_a_dash_where_specks_lie_anywhere() -> None:
    dots = {2: [(30, 15)], 3: [(10, 8)], 4: [(60, 22)]}
    assert texts(dots, BLANK, BLANK, BLANK) == ["—", "—", "", "", ""]


def test_an_ellipsis_on_the_line_is_a_dash() -> None:
    dots = {2: [(30, 15), (38, 15), (46, 15)]}
    for read in ("…", "……"):
        assert texts(dots, CellReading(read, "printed", 0.95)) == ["—", "—", "—"]


def test_hyphens_that_stand_anywhere_along_the_dashes_are_pieces_of_them() -> None:
    hyphen = CellReading("-", "printed", 0.8, "—", 0.8)
    pieces = {cell: [(30 + 6 * cell, 15), (31 + 6 * cell, 15)] for cell in range(3)}
    scattered = {cell + 2: places for cell, places in pieces.items()}
    assert texts(scattered, hyphen, hyphen, hyphen) == ["—"] * 5
    alike = {cell: [(39, 15), (40, 15)] for cell in range(2, 5)}
    assert texts(alike, hyphen, hyphen, hyphen) == ["—", "—", "-", "-", "-"]


def test_without_dashes_nothing_is_asked() -> None:
    assert worn_dashes(page({2: [(30, 15)]}), BOXES, [BLANK] * 3) == [BLANK] * 3
