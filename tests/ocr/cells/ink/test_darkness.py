"""Darkness of a page against its own paper."""

import numpy as np

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink.darkness import (
    Darkness,
    cell_place,
    ink_threshold,
    inverted_if_dark,
    page_darkness,
)
from ocrpipe.page import PageImage


def _page(paper: np.ndarray) -> np.ndarray:
    pixels = paper.astype(np.uint8)
    pixels[100:140, 100:104] //= 4
    return pixels


def test_light_that_falls_off_over_the_page_is_paper() -> None:
    falling = np.linspace(250, 130, 400)[None, :].repeat(300, axis=0)
    darkness = page_darkness(PageImage(_page(falling), 2.78))
    assert darkness.values[:90].max() < 12
    assert darkness.values[110:130, 101:103].min() > 180
    assert darkness.ink > 150


def test_noise_is_that_of_the_paper_alone() -> None:
    random = np.random.default_rng(3)
    grain = 220 + random.normal(0, 6, (300, 400))
    noisy = page_darkness(PageImage(_page(grain.clip(0, 255)), 2.78))
    clean = page_darkness(PageImage(_page(np.full((300, 400), 220.0)), 2.78))
    assert 2 < noisy.noise < 12
    assert clean.noise == 1.5


def test_a_cell_over_the_edge_of_the_page_ends_there() -> None:
    page = Darkness(np.zeros((50, 80), np.uint8), 2.0, 1.5, 200.0)
    assert cell_place(page, Box(-3, 10, 60, 40)) == (slice(20, 50), slice(0, 80))
    assert cell_place(page, Box(50, 30, 60, 40)) == (slice(60, 60), slice(100, 100))


def test_white_print_on_a_dark_ground_becomes_dark_print() -> None:
    page = Darkness(np.zeros((50, 80), np.uint8), 2.78, 1.5, 220.0)
    dark = np.full((40, 60), 180, np.uint8)
    dark[10:30, 20:24] = 5
    inverted = inverted_if_dark(dark, page)
    assert inverted[15, 22] > 160
    assert not inverted[:, 40:].any()
    shaded = np.full((40, 60), 70, np.uint8)
    assert inverted_if_dark(shaded, page) is shaded


def test_a_cell_without_ink_has_no_threshold_and_a_faint_one_a_low_one() -> None:
    page = Darkness(np.zeros((50, 80), np.uint8), 2.78, 1.5, 200.0)
    cell = np.zeros((40, 60), np.uint8)
    cell[:2] = 200  # a rule at the border
    assert ink_threshold(cell, page) is None
    cell[10:30, 20:24] = 60
    faint = ink_threshold(cell, page)
    assert faint is not None
    assert 15 < faint < 50
