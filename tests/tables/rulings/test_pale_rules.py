"""Rules of a pale bilevel scan: a thin one that lies a little askew is left where it falls upon one
line of pixels, and gone where it falls upon two."""

from dataclasses import replace

import numpy as np
import pytest

from ocrpipe.page import PageImage
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    spans_of,
    write_in_cells,
)

FORM = Layout.of(
    (60, 200, 290, 380, 470, 540),
    tuple(100.0 + 28 * row for row in range(12)),
    {(0, 0, 1, 5), (4, 0, 1, 5), *((row, 1, 1, 4) for row in (5, 6, 8))},
)


def thresholded(page: PageImage, layout: Layout, piece: float, gap: float) -> PageImage:
    """The page with so many points left of each rule along x, and so many gone."""
    pixels, scale = page.pixels.copy(), page.scale
    xs = np.arange(round(layout.xs[0] * scale) - 2, round(layout.xs[-1] * scale) + 3)
    for number, y in enumerate(layout.ys):
        gone = (xs / scale + 17.0 * number) % (piece + gap) >= piece
        rows = slice(round((y - 1) * scale), round((y + 1) * scale) + 1)
        pixels[rows, xs[gone]] = 255
    return replace(page, pixels=pixels)


@pytest.mark.parametrize(("piece", "gap"), [(18.0, 12.0), (70.0, 28.0)])
def test_the_rules_of_a_table_are_found_though_each_is_gone_in_places(
    piece: float, gap: float
) -> None:
    page = write_in_cells(draw_rules(blank_page(200), FORM.rulings()), FORM, 5)
    worn = thresholded(page, FORM, piece, gap)
    assert [spans_of(grid) for grid in find_grids(detect_rulings(worn), WIDTH, HEIGHT)] == [
        FORM.spans
    ]
