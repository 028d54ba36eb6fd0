"""Seals on tables: their rings make no columns, and hide no walls."""

import cv2
import pytest

from ocrpipe.geometry import Box
from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from ocrpipe.tables.rulings.stamps import without_stamp_strokes
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    spans_of,
    write_in_cells,
)  # fmt: skip

MATRIX = Layout.of(
    tuple(60.0 + 42 * i for i in range(10)),
    tuple(100.0 + 15 * i for i in range(15)),
)


def stamped(page: PageImage, x: float, y: float, radius: float) -> PageImage:
    """The page with the ring of a black seal, and some strokes in it."""
    pixels = page.pixels.copy()
    scale = page.scale
    center = (round(x * scale), round(y * scale))
    cv2.circle(pixels, center, round(radius * scale), (70, 70, 70), round(3 * scale), cv2.LINE_AA)
    cv2.drawMarker(
        pixels, center, (70, 70, 70), cv2.MARKER_STAR, round(20 * scale), round(2 * scale)
    )
    return PageImage(pixels, scale)


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize(("x", "y", "radius"), [(251.0, 190.0, 54.0), (330.0, 150.0, 57.0)])
@pytest.mark.parametrize("known", [True, False])
def test_a_seal_over_a_matrix(dpi: int, x: float, y: float, radius: float, known: bool) -> None:
    page = write_in_cells(draw_rules(blank_page(dpi), MATRIX.rulings()), MATRIX, 2)
    rulings = detect_rulings(stamped(page, x, y, radius))
    seals = [Box(x - radius, y - radius, x + radius, y + radius)] if known else []
    (grid,) = find_grids(without_stamp_strokes(rulings, seals), WIDTH, HEIGHT)
    assert spans_of(grid) == MATRIX.spans


def test_pieces_of_a_rule_that_passes_through_a_seal_stay() -> None:
    seal = Box(100, 100, 200, 200)
    pieces = [Ruling(50, 150, 120, 150), Ruling(130, 150.3, 170, 150.3), Ruling(180, 150, 300, 150)]
    ring = Ruling(101.5, 140, 101.5, 160)
    character = Ruling(140, 120, 155, 120)
    assert without_stamp_strokes([*pieces, ring, character], [seal]) == pieces


def test_walls_of_a_low_table_that_a_seal_covers_stay() -> None:
    seal = Box(100, 95, 184, 179)
    rules = [Ruling(20, y, 300, y) for y in (105, 135, 160)]
    walls = [Ruling(x, 105, x, 160.5) for x in (102.0, 130.0, 160.0)]
    ring = Ruling(181, 105, 181, 135)
    character = Ruling(145, 135, 145, 160)
    assert without_stamp_strokes([*rules, *walls, ring, character], [seal]) == [*rules, *walls]


def test_a_wall_in_a_seal_may_end_at_the_edge_of_a_thick_rule() -> None:
    seal = Box(100, 95, 184, 179)
    rules = [Ruling(20, y, 300, y, 2.2) for y in (105, 135, 160)]
    wall = Ruling(140, 103.8, 140, 161.8, 2.2)
    assert without_stamp_strokes([*rules, wall], [seal]) == [*rules, wall]
