"""Rules that a coarse fax left as dots at random."""

import cv2
import numpy as np
import pytest

from ocrpipe.page import PageImage
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.candidates import Candidates, find_candidates
from ocrpipe.tables.rulings.find import detect_rulings
from ocrpipe.tables.rulings.follow import Line, lines_of
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.worn.dots import rows_of_dots, rules_of_dots
from tests.tables.drawing import HEIGHT, WIDTH, Layout, blank_page, spans_of, write_in_cells

SCALE = 200 / 72
XS = (60.0, 160.0, *(160.0 + 36 * i for i in range(1, 8)))
YS = tuple(100.0 + 21 * i for i in range(11))
FORM = Layout.of(XS, YS, {(0, 1, 1, 7), (5, 0, 3, 1)})


def faxed(layout: Layout, seed: int) -> PageImage:
    """A page whose horizontal rules are dots of a pixel or two: some of many, some of few."""
    page, random = blank_page(200), np.random.default_rng(seed)
    shares = {y: (0.5, 0.6, 0.08)[row % 3] for row, y in enumerate(layout.ys)}
    for rule in layout.rulings():
        x0, x1, y0, y1 = (round(v * SCALE) for v in (rule.x0, rule.x1, rule.y0, rule.y1))
        if rule.horizontal:
            columns = np.arange(x0, x1)
            page.pixels[y0 : y0 + 2, columns[random.random(len(columns)) < shares[rule.y0]]] = 60
        else:
            page.pixels[y0:y1, x0 : x0 + 2] = 40
    return page


@pytest.mark.parametrize("seed", range(4))
def test_rules_of_few_dots_part_the_rows_of_a_table(seed: int) -> None:
    page = write_in_cells(faxed(FORM, seed), FORM, seed)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert spans_of(grid) == FORM.spans


def found_in(grey: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> Candidates:
    return find_candidates(grey, ink_response(grey, 17), None, SCALE)


def walls(*columns: int) -> list[Line]:
    return lines_of([Stroke(50, x, 350, x, 2.0, 200.0) for x in columns], SCALE)


COLUMNS = tuple(range(40, 941, 100))


def drawn() -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    grey = np.full((400, 1000), 250, np.uint8)
    for x in COLUMNS:
        grey[50:350, x : x + 2] = 40
    return grey


def test_dots_all_along_make_a_row() -> None:
    grey = drawn()
    for x in range(47, 940, 31):
        grey[200:202, x : x + 2] = 40
    (row,) = rows_of_dots([], walls(*COLUMNS), found_in(grey), SCALE)
    assert abs(row.y_at(500) - 200.5) < 1
    assert row.start < 60
    assert row.end > 900


@pytest.mark.parametrize(("step", "rows"), [(8, 1), (31, 0)])
def test_a_row_with_crumbs_of_print_close_to_it_is_one_where_it_is_full(
    step: int, rows: int
) -> None:
    """The tops of the labels below a rule of a head lie on one line, too."""
    grey = drawn()
    for x in range(47, 940, step):
        grey[200:202, x : x + 2] = 40
    for x in range(75, 940, 20):
        grey[212:214, x : x + 2] = 40
    found = rows_of_dots([], walls(*COLUMNS), found_in(grey), SCALE)
    assert len(found) == rows
    assert all(abs(row.y_at(500) - 200.5) < 1 for row in found)


def test_dots_of_a_known_line_make_none() -> None:
    grey = drawn()
    for x in range(47, 940, 31):
        grey[200:202, x : x + 2] = 40
    known = lines_of([Stroke(40, 200.5, 940, 200.5, 2.0, 200.0)], SCALE)
    assert rows_of_dots(known, walls(*COLUMNS), found_in(grey), SCALE) == []


def test_dashes_that_became_dots_in_the_middle_of_their_cells_make_none() -> None:
    grey = drawn()
    for column in COLUMNS[:-1]:
        for x in (38, 46, 54, 60):
            grey[200:202, column + x : column + x + 3] = 40
    assert rows_of_dots([], walls(*COLUMNS), found_in(grey), SCALE) == []


def test_pieces_of_print_make_none() -> None:
    """The feet of figures and the points between them are close to the figures."""
    grey = drawn()
    for column in COLUMNS[:-1]:
        for x in range(10, 90, 16):
            grey[180:200, column + x : column + x + 12] = 40
            grey[202:204, column + x + 3 : column + x + 8] = 40
    assert rows_of_dots([], walls(*COLUMNS), found_in(grey), SCALE) == []


def dotted_both_ways(seed: int, share: float) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Five rules along x and six along y, of which dots at random are left."""
    grey, random = np.full((1000, 1000), 255, np.uint8), np.random.default_rng(seed)
    for y in range(100, 901, 200):
        columns = np.arange(50, 950)
        grey[y, columns[random.random(len(columns)) < share]] = 0
    for x in range(50, 951, 180):
        rows = np.arange(100, 900)
        grey[rows[random.random(len(rows)) < share], x] = 0
    return grey


@pytest.mark.parametrize("seed", range(3))
def test_rows_of_dots_in_both_directions_are_rules(seed: int) -> None:
    grey = dotted_both_ways(seed, 0.08)
    across, down = found_in(grey), found_in(np.ascontiguousarray(grey.T))
    horizontal, vertical = rules_of_dots([], [], across, down, SCALE)
    assert sorted(round(rule.y0, -1) for rule in horizontal) == [100, 300, 500, 700, 900]
    assert sorted(round(rule.y0, -1) for rule in vertical) == [50, 230, 410, 590, 770, 950]


def test_rows_of_dots_that_nothing_crosses_are_none() -> None:
    grey = np.full((1000, 1000), 255, np.uint8)
    for y in range(100, 901, 100):
        grey[y : y + 2, 50:950:9] = 0
    across, down = found_in(grey), found_in(np.ascontiguousarray(grey.T))
    assert rules_of_dots([], [], across, down, SCALE) == ([], [])


def test_a_table_of_dots_alone_is_found() -> None:
    page, random = blank_page(200), np.random.default_rng(1)
    for rule in FORM.rulings():
        x0, x1, y0, y1 = (round(v * SCALE) for v in (rule.x0, rule.x1, rule.y0, rule.y1))
        lost = random.random((max(1, y1 - y0), max(1, x1 - x0))) < 0.75
        page.pixels[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)][~lost] = 0
    page = write_in_cells(page, FORM, 1)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert spans_of(grid) == FORM.spans


def listed(marks: str, top: int = 12) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Twenty rules along x, and four columns of `marks`: digits (0), points and hyphens, `top`
    pixels below the rules."""
    grey = np.full((1100, 1000), 255, np.uint8)
    for row in range(20):
        grey[50 + 50 * row, 50:950] = 0
        for column in range(200, 900, 200):
            x = column
            for mark in marks:
                y = 50 + 50 * row + top
                if mark == "0":
                    cv2.rectangle(grey, (x, y), (x + 10, y + 20), 0, 2)
                elif mark == ".":
                    grey[y + 18 : y + 21, x + 1 : x + 4] = 0
                else:
                    grey[y + 10 : y + 13, x : x + 7] = 0
                x += 10 if mark == "." else 16
    return grey


@pytest.mark.parametrize("marks", ["00.00", "-"])
def test_points_and_hyphens_that_stand_below_each_other_are_no_rules(marks: str) -> None:
    grey = listed(marks)
    across, down = found_in(grey), found_in(np.ascontiguousarray(grey.T))
    rules = [Stroke(50, 50 + 50 * row, 950, 50 + 50 * row, 1.0, 200.0) for row in range(20)]
    assert rules_of_dots(rules, [], across, down, SCALE) == ([], [])


def test_points_of_a_column_of_numbers_make_no_row() -> None:
    """They stand close to the rule below them, as dots of a wall do."""
    rules = [Stroke(50, 50 + 50 * row, 950, 50 + 50 * row, 1.0, 200.0) for row in range(20)]

    def rows(page: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> int:
        turned = found_in(np.ascontiguousarray(page.T))
        return len(rows_of_dots([], lines_of(rules, SCALE), turned, SCALE, turned=True))

    numbers = listed("00.00", top=22)
    alone = listed(".", top=22)
    assert rows(numbers) == 0
    assert rows(alone) == 4
