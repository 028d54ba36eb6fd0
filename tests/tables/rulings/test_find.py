"""Rules from rasters of drawn pages: clean, scanned, faint, broken, dotted, doubled, light."""

import itertools
import math
from collections.abc import Sequence
from itertools import count, cycle

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from tests.ocr.drawing import page_picture
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    Span,
    blank_page,
    draw_rules,
    layouts,
    scanned,
    spans_of,
    write,
    write_in_cells,
)  # fmt: skip

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FORM = Layout.of(
    (60, 85, 160, 250, 290, 330, 370, 410),
    (100, 130, 160, 180, 200, 220, 240, 260),
    {(0, 0, 2, 3), (0, 3, 1, 4), (2, 0, 5, 1), (2, 1, 1, 2), (3, 1, 3, 1), (6, 1, 1, 2)},
)

LOW = Layout.of(
    (60, 200, 290, 380, 470),
    tuple(100.0 + 16 * i for i in range(10)),
    {(row, 0, 1, 4) for row in (0, 4)} | {(row, 1, 1, 3) for row in range(5, 9)},
)


def found(page: PageImage) -> list[frozenset[Span]]:
    return [spans_of(grid) for grid in find_grids(detect_rulings(page), WIDTH, HEIGHT)]


# A figure stands so close to the only wall of its column that no paper is seen between them.
@example(
    Layout(
        (60.0, 80.0, 168.0, 188.0, 208.0, 228.0),
        (80.0, 96.25, 112.25),
        frozenset({*((0, col, 1, 1) for col in range(5)), (1, 0, 1, 4), (1, 4, 1, 1)}),
    ),
    150,
    893,
)
@SLOW
@given(layouts(narrowest=20.0), st.sampled_from([150, 200]), st.integers(0, 999))
def test_any_merging_is_found_again(layout: Layout, dpi: int, seed: int) -> None:
    assume(len(layout.spans) > 1)
    page = write_in_cells(draw_rules(blank_page(dpi), layout.rulings()), layout, seed)
    assert found(page) == [layout.spans]


@SLOW
@given(layouts(narrowest=20.0), st.floats(-0.3, 0.3), st.integers(0, 999))
# A wall one low row high between figures on both sides.
@example(
    Layout(
        (60.0, 80.0, 100.0, 120.0),
        (80.0, 96.0, 112.0),
        frozenset({(0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)}),
    ),
    0.0,
    1,
)
# A wall that ends above a low row with a figure beside its line.
@example(
    Layout(
        (60.0, 108.0, 128.0, 148.0),
        (80.0, 96.0, 112.0, 128.0, 167.0, 183.0),
        frozenset(
            {(0, 0, 2, 1), (0, 1, 1, 1), (0, 2, 4, 1), (1, 1, 3, 1), (2, 0, 1, 1), (3, 0, 1, 1)}
            | {(4, 0, 1, 3)}
        ),
    ),
    0.0,
    968,
)
def test_any_merging_is_found_again_on_scans(layout: Layout, skew: float, seed: int) -> None:
    assume(len(layout.spans) > 1)
    page = write_in_cells(draw_rules(blank_page(), layout.rulings()), layout, seed)
    assert found(scanned(page, skew=skew, noise=10, quality=60, seed=seed)) == [layout.spans]


@pytest.mark.parametrize("dpi", [100, 150, 200, 300])
@pytest.mark.parametrize(("color", "noise"), [(40, 12.0), (190, 4.0), (215, 0.0)])
def test_faint_rules(dpi: int, color: int, noise: float) -> None:
    page = draw_rules(blank_page(dpi), FORM.rulings(), color=color)
    assert found(scanned(page, noise=noise)) == [FORM.spans]


@pytest.mark.parametrize("thickness", [0.3, 0.5, 1.0, 2.0, 3.0])
def test_thickness_is_measured(thickness: float) -> None:
    rule = Ruling(60, 200, 500, 200)
    (measured,) = detect_rulings(draw_rules(blank_page(200), [rule], thickness=thickness))
    assert measured.thickness == pytest.approx(thickness, abs=0.5)
    ends = (60 - thickness / 2, 500 + thickness / 2)
    assert (measured.x0, measured.x1) == pytest.approx(ends, abs=1.6)
    assert measured.y0 == pytest.approx(200, abs=0.4)


@pytest.mark.parametrize("thickness", [3.8, 4.3])
@pytest.mark.parametrize("blur", [0.8, 1.6])
def test_a_thick_rule_with_soft_sides_is_found(thickness: float, blur: float) -> None:
    """As the two lines of a double frame are on a coarse scan."""
    drawn = draw_rules(blank_page(200), [Ruling(60, 200, 500, 200)], thickness=thickness)
    soft = np.asarray(cv2.GaussianBlur(drawn.pixels, (0, 0), blur), np.uint8)
    (measured,) = detect_rulings(PageImage(soft, drawn.scale))
    assert measured.thickness == pytest.approx(thickness, abs=0.8)


def dashed(rules: Sequence[Ruling], *pattern: float) -> list[Ruling]:
    """Rules as dashes: lengths of ink and of gaps in turn, beginning with ink."""
    pieces = []
    for rule in rules:
        length = (rule.x1 - rule.x0) + (rule.y1 - rule.y0)
        start = 0.0
        for number, way in zip(count(), cycle(pattern)):
            end = min(start + way, length)
            if number % 2 == 0:
                pieces.append(
                    Ruling(rule.x0 + start, rule.y0, rule.x0 + end, rule.y0)
                    if rule.horizontal
                    else Ruling(rule.x0, rule.y0 + start, rule.x0, rule.y0 + end)
                )
            start += way
            if start >= length:
                break
    return pieces


def test_dotted_and_dashed_rules() -> None:
    for on, off in ((0.7, 0.7), (3.0, 2.0)):
        plain = FORM.rulings()
        outline = [r for r in plain if r.x0 == r.x1 in (60, 410) or r.y0 == r.y1 in (100, 260)]
        page = draw_rules(blank_page(200), [*dashed(plain, on, off), *outline])
        assert found(page) == [FORM.spans]


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("pattern", [(6.0, 3.0), (7.2, 3.6), (8.5, 3.6)])
def test_long_dashes_are_rules_though_no_rule_of_the_page_is_whole(
    dpi: int, pattern: tuple[float, ...]
) -> None:
    layout = Layout.of(
        tuple(60.0 + 75.6 * i for i in range(6)),
        tuple(100.0 + 32.4 * i for i in range(8)),
    )
    lines = [Ruling(60, y, 438, y) for y in layout.ys]
    lines += [Ruling(x, 100, x, layout.ys[-1]) for x in layout.xs]
    page = draw_rules(blank_page(dpi), dashed(lines, *pattern), thickness=0.8)
    assert found(scanned(write_in_cells(page, layout, 3), noise=3)) == [layout.spans]


@pytest.mark.parametrize("pattern", [(1.5, 1.5), (0.5, 1.5)])
def test_dots_of_printed_rules_that_stand_below_each_other_are_no_walls(
    pattern: tuple[float, ...],
) -> None:
    walls = (60.0, 90.0, 180.0, 300.0, 345.0, 390.0, 435.0, 480.0, 530.0)
    lines = [Ruling(60, 100 + 18 * i, 530, 100 + 18 * i) for i in range(26)]
    lines += [Ruling(x, 100, x, 550) for x in walls]
    page = draw_rules(blank_page(200), dashed(lines, *pattern), thickness=1.2)
    assert len(detect_rulings(page)) == len(lines)


@pytest.mark.parametrize("pattern", [(4.0, 2.0), (5.0, 2.0, 1.0, 2.0)])
def test_one_row_between_dashed_rules_of_which_one_lost_a_dash(pattern: tuple[float, ...]) -> None:
    layout = Layout(
        tuple(72.0 + 29.7 * i for i in range(16)),
        (85.0, 110.0),
        frozenset((0, col, 1, 1) for col in range(15)),
    )
    pieces = dashed(layout.rulings(), *pattern)
    lost = [r for r in pieces if r.x0 == r.x1 == layout.xs[2] and 95 < (r.y0 + r.y1) / 2 < 100]
    page = draw_rules(blank_page(150), [r for r in pieces if r not in lost], thickness=0.9)
    page = write_in_cells(page, layout, 5)
    assert lost
    assert found(scanned(page, noise=4, quality=75)) == [layout.spans]


def test_broken_rules() -> None:
    random = np.random.default_rng(3)
    page = draw_rules(blank_page(200), FORM.rulings())
    for _ in range(120):
        x, y = random.uniform(55, 415), random.uniform(95, 265)
        corner = (round(x * page.scale), round(y * page.scale))
        cv2.rectangle(page.pixels, corner, (corner[0] + 5, corner[1] + 5), (250, 250, 250), -1)
    assert found(page) == [FORM.spans]


@pytest.mark.parametrize(
    ("pattern", "row"),
    [((10, 12, 9, 14, 12, 17, 11, 13), 30.0), ((10, 22, 12, 18, 9, 25), 45.0)],
)
def test_the_few_rows_of_a_head_of_whose_rules_short_pieces_are_left(
    pattern: tuple[float, ...], row: float
) -> None:
    """No piece is as long as a rule, and three rows have too few that are longer than strokes."""
    xs, ys = (60, 180, 250, 320, 390, 460), tuple(100 + row * i for i in range(4))
    layout = Layout.of(xs, ys, {(0, 0, 1, 5)})
    page = draw_rules(blank_page(150), dashed(layout.rulings(), *pattern), thickness=0.9)
    assert found(page) == [layout.spans]


@pytest.mark.parametrize("height", [8.5, 9.5])
def test_columns_of_slashes_in_low_rows_are_no_pieces_of_walls(height: float) -> None:
    layout = Layout.of(
        tuple(60.0 + 45 * i for i in range(8)),
        tuple(100 + 15.5 * i for i in range(22)),
    )
    page = draw_rules(blank_page(150), layout.rulings())
    for x, y in itertools.product(layout.xs[:-1], layout.ys[:-1]):
        top = y + (15.5 - height) / 2
        ends = ((x + 22.8, top), (x + 21.2, top + height))
        first, last = [(round(a * page.scale), round(b * page.scale)) for a, b in ends]
        cv2.line(page.pixels, first, last, (60, 60, 60), 2, cv2.LINE_AA)
    assert found(scanned(page, noise=3, quality=75)) == [layout.spans]


def test_dashes_beside_each_other_are_no_pieces_of_rules() -> None:
    length, row = 20.0, 30.0
    layout = Layout.of(
        tuple(60.0 + 45 * i for i in range(8)),
        tuple(100 + row * i for i in range(22)),
    )
    dashes = [
        Ruling(x + (45 - length) / 2, y + row / 2, x + (45 + length) / 2, y + row / 2)
        for x, y in itertools.product(layout.xs[:-1], layout.ys[:-1])
    ]
    page = draw_rules(blank_page(150), layout.rulings())
    page = draw_rules(page, dashes, thickness=0.9)
    assert found(scanned(page, noise=3, quality=75)) == [layout.spans]


def test_doubled_rules() -> None:
    rules = FORM.rulings()
    shifted = [Ruling(r.x0 + 2, r.y0 + 2, r.x1 + 2, r.y1 + 2) for r in rules]
    assert found(draw_rules(blank_page(200), [*rules, *shifted])) == [FORM.spans]


def test_light_rules_on_a_dark_header_and_a_shaded_row() -> None:
    page = blank_page(200)
    scale = page.scale
    top, bottom = round(100 * scale), round(160 * scale)
    left, right = round(60 * scale), round(410 * scale)
    rules = FORM.rulings()
    inner = [r for r in rules if max(r.y0, r.y1) <= 160 and r.y0 not in (100, 160)]
    light = [r for r in inner if r.x0 != r.x1 or r.x0 not in (60, 410)]
    page.pixels[top:bottom, left:right] = (160, 90, 40)
    page.pixels[round(180 * scale) : round(200 * scale), left:right] = (225, 225, 240)
    page = draw_rules(page, light, color=255)
    assert found(draw_rules(page, [r for r in rules if r not in light])) == [FORM.spans]


def test_the_shadow_of_a_page_border_and_a_picture_are_no_rules() -> None:
    page = blank_page()
    page.pixels[:, :25] = 60
    page.pixels[300:500, 300:600] = 90
    assert detect_rulings(page) == ()


def test_strokes_of_characters_are_no_rules() -> None:
    page = blank_page(200)
    for row in range(12):
        write(page, "H1T1L4E7T1I1H", 80, 300 + 14 * row, 12.0)
    # 一 and 二 of a title 30 points high.
    strokes = [Ruling(100, 120, 128, 120), Ruling(150, 112, 172, 112), Ruling(145, 128, 177, 128)]
    assert detect_rulings(draw_rules(page, strokes, thickness=2.0)) == ()


def test_tight_rows_of_ones_make_no_columns() -> None:
    layout = Layout.of(
        (60, 160, 260),
        tuple(100.0 + 12 * i for i in range(11)),
    )
    page = draw_rules(blank_page(150), layout.rulings())
    for row in range(10):
        write(page, "1111", 90, 109.5 + 12 * row, 10.0)
        write(page, "11", 200, 109.5 + 12 * row, 10.0)
    assert found(page) == [layout.spans]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_heads_that_fill_narrow_columns_hide_no_walls(dpi: int) -> None:
    layout = Layout.of(
        tuple(60 + 34.0 * i for i in range(7)),
        (100.0, 112.0, 124.0, 136.0),
        {(0, 0, 1, 6)},
    )
    page = draw_rules(blank_page(dpi), layout.rulings(), thickness=0.8)
    for col in range(6):
        write(page, "HEMNU", layout.xs[col] + 1.8, 121.5, 8.0)
        write(page, "12", layout.xs[col] + 1.8, 133.5, 8.0)
    assert found(page) == [layout.spans]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_stems_that_nearly_reach_both_rules_of_their_row_are_no_walls(dpi: int) -> None:
    layout = Layout.of(
        (60, 160, 260),
        tuple(100.0 + 12 * i for i in range(25)),
    )
    stems = [
        Ruling(x, 102.2 + 12 * row, x, 109.1 + 12 * row)
        for row in (3, 7, 8, 14, 20)
        for x in (108.3, 112.1, 208.3, 212.1)
    ]
    page = draw_rules(blank_page(dpi), layout.rulings(), thickness=0.75)
    assert found(draw_rules(page, stems, thickness=1.3)) == [layout.spans]


@pytest.mark.parametrize("aside", [13.5, 16.5, 18.5])
def test_slashes_below_each_other_between_dashed_rules_are_no_wall(aside: float) -> None:
    layout = Layout.of(
        tuple(60.0 + 33 * i for i in range(8)),
        tuple(100 + 16.6 * i for i in range(9)),
    )
    page = draw_rules(blank_page(200), dashed(layout.rulings(), 4.0, 2.0), thickness=1.0)
    x, scale = layout.xs[3] + aside, page.scale
    for y in layout.ys[2:5]:
        ends = ((x + 0.9, y + 6), (x - 0.9, y + 11.8))
        first, last = [(round(a * scale), round(b * scale)) for a, b in ends]
        cv2.line(page.pixels, first, last, (100, 100, 100), 2, cv2.LINE_AA)
    assert found(scanned(page, noise=3, quality=75)) == [layout.spans]


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_head_on_the_line_of_a_wall_below_does_not_hide_it(dpi: int) -> None:
    layout = Layout.of(
        (60, 90, 120, 150, 180, 210, 240),
        (100.0, 114.0, 126.0, 138.0),
        {(0, 0, 1, 6)},
    )
    page = draw_rules(blank_page(dpi), layout.rulings(), thickness=0.5)
    # A character as 中 in the middle of the head.
    strokes = [Ruling(150, 102.5, 150, 111.5)]
    strokes += [Ruling(x, 103, x, 111.5) for x in (146.8, 153.2)]
    strokes += [Ruling(145, y, 155, y) for y in (103.5, 107.5, 111)]
    assert found(draw_rules(page, strokes, thickness=0.9)) == [layout.spans]


def test_grey_and_colour_rasters_agree() -> None:
    page = draw_rules(blank_page(), FORM.rulings())
    grey = PageImage(np.ascontiguousarray(page.pixels[:, :, 0]), page.scale)
    assert detect_rulings(grey) == detect_rulings(page)


def test_rules_of_the_other_side_that_show_through_are_no_rules() -> None:
    page = draw_rules(blank_page(200), FORM.rulings())
    mirrored = [Ruling(477 - r.x1, r.y0 + 7, 477 - r.x0, r.y1 + 7) for r in FORM.rulings()]
    reverse = draw_rules(blank_page(200), mirrored, color=215)
    shown = PageImage(np.minimum(page.pixels, reverse.pixels), page.scale)
    assert found(shown) == [FORM.spans]


@pytest.mark.parametrize("dpi", [200, 300])
def test_doubled_rules_of_low_rows(dpi: int) -> None:
    # Both lines of a rule end where the first line of the rule that they meet begins.
    rules = LOW.rulings()
    second = [
        Ruling(r.x0, r.y0 + 2.6, r.x1, r.y1 + 2.6)
        if r.horizontal
        else Ruling(r.x0 + 2.6, r.y0 + 2.6, r.x1 + 2.6, r.y1)
        for r in rules
    ]
    first = [r if r.horizontal else Ruling(r.x0, r.y0 + 2.6, r.x1, r.y1) for r in rules]
    page = draw_rules(blank_page(dpi), [*first, *second])
    assert found(write_in_cells(page, LOW, 3)) == [LOW.spans]


def test_dark_rules_on_an_unevenly_lit_page() -> None:
    page = write_in_cells(draw_rules(blank_page(200), LOW.rulings()), LOW, 4)
    height, width = page.pixels.shape[:2]
    x = np.abs(np.arange(width) / width - 0.5)[None, :, None]
    y = (np.arange(height) / height)[:, None, None]
    shade = 0.42 + 0.3 * y + 0.25 * (0.5 - x)
    shaded = (page.pixels * np.minimum(1.0, shade)).astype(np.uint8)
    assert found(PageImage(shaded, page.scale)) == [LOW.spans]


def test_the_strokes_of_a_large_title_are_no_table() -> None:
    page = blank_page(200)
    for x in (180, 206, 232, 258):
        # 工, 区 and their like, 24 points high: strokes in two rows that verticals link.
        bars = [Ruling(x, 90, x + 20, 90), Ruling(x - 1, 108, x + 21, 108)]
        page = draw_rules(page, [*bars, Ruling(x + 10, 90, x + 10, 108)], thickness=1.6)
    assert found(page) == []


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_bracket_above_the_edge_of_a_column_is_no_piece_of_its_rule(dpi: int) -> None:
    layout = Layout.of(
        (60, 200, 320, 440),
        (100, 117, 134, 151, 168, 185),
        {(0, 0, 1, 3)},
    )
    page = draw_rules(blank_page(dpi), layout.rulings())
    scale = page.scale
    # A bracket of the title row, and the characters around it.
    for x, top, bottom in ((200, 104.5, 112.5), (190, 105, 112), (207, 105, 112), (216, 106, 111)):
        a, b = (round(x * scale), round(top * scale)), (round(x * scale), round(bottom * scale))
        cv2.line(page.pixels, a, b, (30, 30, 30), max(1, round(0.5 * scale)))
    assert found(page) == [layout.spans]


@pytest.mark.parametrize("below", [2, 4, 6, 8])
@pytest.mark.parametrize("size", [9.0, 10.5])
def test_a_label_that_all_but_touches_its_wall_makes_no_rule_longer(
    below: float, size: float
) -> None:
    width = 4 * size + 3
    xs, ys = (40, 40 + width, 150, 300, 360), (100, 118, 136, 154, 172, 190)
    rules = [(40.0, 100.0, 360.0, 100.0), (40.0, 190.0, 360.0, 190.0)]
    rules += [(40 + width, y, 360.0, y) for y in ys[1:-1]] + [(x, 100.0, x, 190.0) for x in xs]
    texts = [
        (41.5, 136 + below, "三、本年", size),
        (41.5, 136 + below + 1.3 * size, "度办理结", size),
    ]
    page = scanned(page_picture(texts, 400, 300, rules=rules), noise=3, quality=75)
    (grid,) = find_grids(detect_rulings(page), 400, 300)
    assert len(grid.cells) == 16


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("aside", [1.8, 2.2, 2.6])
def test_the_one_wall_of_a_low_row_is_found_beside_the_label_that_is_set_at_it(
    dpi: int, aside: float
) -> None:
    ys = (100.0, 114.0, 128.0, 142.0)
    rules = [(40.0, y, 360.0, y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in (40, 300, 360)]
    rules.append((160.0, ys[1], 160.0, ys[2]))
    texts = [(160 + aside, 124.5, "3.其他", 10.0), (110.0, 110.5, "（七）总计", 10.0)]
    page = page_picture(texts, 400, 300, rules=rules, dpi=dpi)
    (grid,) = find_grids(detect_rulings(scanned(page, noise=2, quality=85)), 400, 300)
    rows = [(row, 0, 1, 2) for row in (0, 2)] + [(1, 0, 1, 1), (1, 1, 1, 1)]
    assert spans_of(grid) == {*rows, *((row, 2, 1, 1) for row in range(3))}


@pytest.mark.parametrize("dpi", [150, 200])
def test_the_palest_wall_of_a_pale_page_is_found(dpi: int) -> None:
    layout = Layout.of(
        tuple(60.0 + 70 * i for i in range(6)),
        tuple(100.0 + 25 * i for i in range(7)),
    )
    palest = Ruling(layout.xs[3], layout.ys[0], layout.xs[3], layout.ys[-1])
    others = [rule for rule in layout.rulings() if rule.x0 != palest.x0 or rule.x1 != palest.x0]
    page = draw_rules(blank_page(dpi), others, color=205, thickness=0.8)
    page = draw_rules(page, [palest], color=236, thickness=0.8)
    assert found(scanned(page, noise=1.5, quality=80)) == [layout.spans]


def test_a_character_close_below_the_end_of_a_wall_is_no_part_of_it() -> None:
    # A note spans the last row, and the stroke of one of its characters stands below a wall.
    layout = Layout.of(
        (60, 200, 290, 380, 470), tuple(100.0 + 12 * row for row in range(10)), {(8, 0, 1, 4)}
    )
    page = draw_rules(blank_page(200), layout.rulings())
    below = layout.ys[8]
    page = draw_rules(page, [Ruling(290.1, below + 1.2, 290.1, below + 10.4)], color=110)
    for side in (-2.4, 2.2):
        page = draw_rules(
            page, [Ruling(290 + side, below + 3.0, 290 + side, below + 5.5)], color=110
        )
    assert found(scanned(page, noise=2, quality=80)) == [layout.spans]


def asterisks(page: PageImage, x: float, y: float, count: int) -> None:
    """Asterisks of a number of 9 points, 4.5 points apart, of five rays from `x`, `y` on."""
    for at, ray in itertools.product(range(count), range(5)):
        turn = math.tau * (ray / 5 - 0.25)
        middle = np.array([x + 4.5 * at, y])
        end = middle + 2.2 * np.array([math.cos(turn), math.sin(turn)])
        ends = [np.rint(16 * place * page.scale).astype(int).tolist() for place in (middle, end)]
        cv2.line(page.pixels, *ends, (30, 30, 30), round(0.55 * page.scale), cv2.LINE_AA, 4)


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("level", [30, 170])
def test_asterisks_that_hide_the_middle_of_a_number_are_no_rule(dpi: int, level: int) -> None:
    table = Layout.of((60, 100, 200, 260, 400), tuple(100.0 + 16 * i for i in range(9)), set())
    page = draw_rules(blank_page(dpi), table.rulings())
    for top in table.ys[:-1]:
        write(page, "330110", 104, top + 11.5, 9)
        asterisks(page, 141, top + 7.0, 8)
        write(page, "9246", 175, top + 11.5, 9)
    pale = np.interp(page.pixels, (30, 250), (level, 250)).astype(np.uint8)
    assert found(scanned(PageImage(pale, page.scale), noise=3, quality=60)) == [table.spans]


def test_a_short_rule_between_lines_of_dense_print_is_none_of_asterisks() -> None:
    """Where no square of paper is white, the print looks as on a dark fill."""
    rules = [Ruling(41, y, 555, y) for y in (96, 111, *(141 + 14.4 * i for i in range(8)))]
    spanner = Ruling(230, 125.5, 340, 125.5)
    page = draw_rules(blank_page(150), [*rules, spanner], thickness=1.1)
    for top in (*(r.y0 for r in rules), spanner.y0):
        for left in itertools.chain(range(60, 150, 11), range(250, 295, 11), range(370, 540, 11)):
            box = [round(v * page.scale) for v in (left, top + 2.8, left + 10, top + 11.6)]
            for x in range(box[0], box[2], 4):
                cv2.line(page.pixels, (x, box[1]), (x, box[3]), (60, 60, 60), 2)
    drawn = detect_rulings(scanned(page, noise=2, quality=80))
    assert any(abs(r.y0 - 125.5) < 1 and r.x0 < 235 and r.x1 > 335 for r in drawn)


@pytest.mark.parametrize("place", [(250, 126), (265, 172)])
def test_a_line_of_a_pen_across_a_wall_is_no_rule(place: tuple[float, float]) -> None:
    table = Layout.of((60, 200, 290, 380, 470), tuple(100.0 + 40 * i for i in range(10)), set())
    page = draw_rules(blank_page(200), table.rulings())
    xs = place[0] + np.linspace(0, 54, 12)
    line = np.stack([xs, place[1] + 0.5 * np.sin(3 * xs)], axis=1) * page.scale
    ends = np.rint(16 * line).astype(np.int32)
    cv2.polylines(page.pixels, [ends], False, (45, 45, 45), 4, cv2.LINE_AA, 4)
    rules = detect_rulings(scanned(page, noise=2, quality=80))
    assert len(rules) == len(table.xs) + len(table.ys)
