import numpy as np
import pytest

from ocrpipe.geometry import Box
from ocrpipe.ocr.cells.ink import Darkness, cell_ink
from ocrpipe.ocr.cells.traces import has_traces
from ocrpipe.page import Pixels

SCALE = 200 / 72


def cell(dark: int, height: int = 11) -> Pixels:
    """A cell of 26 x 106 pixels with the two sides of a 0 of that darkness, and its soft rules."""
    crop = np.random.default_rng(1).integers(0, 9, (26, 106)).astype(np.uint8)
    crop[:2] = crop[-2:] = 160
    top = 13 - height // 2
    crop[top : top + height, 60] = crop[top : top + height, 65] = dark
    return crop


@pytest.mark.parametrize("dark", [28, 45])
def test_pale_print_is_seen_in_a_cell_without_ink(dark: int) -> None:
    """Zeros of a thin face in blue, 45 of 255 beside rules of 240, were blank, and sure."""
    crop = cell(dark)
    assert has_traces(crop, 1.5, SCALE)
    page = Darkness(crop, SCALE, noise=1.5, ink=240.0)
    ink = cell_ink(page, Box(0, 0, 106, 26).scaled(1 / SCALE))
    assert not ink.parts
    assert ink.highest < 0.7


def test_grain_dust_and_what_is_left_of_rules_are_none() -> None:
    assert not has_traces(cell(14), 1.5, SCALE)
    assert not has_traces(cell(45, height=5), 1.5, SCALE)
    assert not has_traces(cell(45, height=26), 1.5, SCALE)
    assert not has_traces(cell(45), 12.0, SCALE)
