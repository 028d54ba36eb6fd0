"""Walls of tables whose rules are worn to pieces."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.candidates import Candidates, find_candidates
from ocrpipe.tables.rulings.find import detect_rulings
from ocrpipe.tables.rulings.follow import lines_of
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke, spread_over_rows, usual_contrast
from ocrpipe.tables.rulings.wear import are_evenly_dashed, are_worn
from ocrpipe.tables.rulings.worn.slots import Slot, log_odds
from ocrpipe.tables.rulings.worn.walls import (
    _comes_out_of_a_rule,
    _is_stroke,
    _judged,
    _low_walls,
    _more_walls,
)
from tests.tables.drawing import (
    HEIGHT,
    WIDTH,
    Layout,
    blank_page,
    draw_rules,
    spans_of,
    write,
    write_in_cells,
)  # fmt: skip

XS = (60.0, 85.0, 135.0, 235.0, *(235.0 + 36 * i for i in range(1, 8)))
YS = tuple(100.0 + 17 * i for i in range(16))
MERGED = {(0, 0, 2, 3), (0, 3, 1, 7), (2, 0, 1, 3), (3, 0, 11, 1), (3, 1, 6, 1), (9, 1, 5, 1)} | {
    (14, 0, 1, 3)
}
FORM = Layout.of(XS, YS, MERGED)


def worn(page: PageImage, share: float, seed: int, layout: Layout = FORM) -> PageImage:
    """Gaps of 1 to 9 points in all rules of a table, of `share` of their length."""
    random = np.random.default_rng(seed)
    pixels = page.pixels.copy()
    half = round(1.1 * page.scale)
    for rule in layout.rulings():
        length = max(rule.x1 - rule.x0, rule.y1 - rule.y0)
        for _ in range(int(random.poisson(share * length / 10))):
            gap = random.uniform(1, 9)
            start = random.uniform(0, max(1.0, length - gap))
            x0, y0 = (round(value * page.scale) for value in (rule.x0, rule.y0))
            low, high = (round(value * page.scale) for value in (start, min(length, start + gap)))
            first, last = (
                ((x0 + low, y0 - half), (x0 + high, y0 + half))
                if rule.horizontal
                else ((x0 - half, y0 + low), (x0 + half, y0 + high))
            )
            cv2.rectangle(pixels, first, last, (250, 250, 250), -1)
    return PageImage(pixels, page.scale)


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("seed", range(4))
def test_the_walls_of_a_worn_form_are_found_and_none_in_its_labels(dpi: int, seed: int) -> None:
    plain = Layout(XS, YS, FORM.spans - MERGED)
    page = worn(draw_rules(blank_page(dpi), FORM.rulings()), 0.3, seed)
    page = write_in_cells(page, plain, seed)
    # Words that hug their left wall, and heads that stand on lines which end beside them.
    for row in range(3, 14):
        write(page, "HELD", 138, YS[row] + 12.5, 9)
    write(page, "TILT", 94, YS[6] + 3.5, 9)
    write(page, "ITEM", 94, YS[11] + 3.5, 9)
    write(page, "HEADS", 330, YS[0] + 12.5, 9)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    # Some walls are gone without a trace.
    assert len(FORM.spans - spans_of(grid)) <= 0.1 * len(FORM.spans)


@pytest.mark.parametrize("seed", range(5))
def test_a_row_that_stands_alone_on_its_page_has_worn_walls(seed: int) -> None:
    """It has too few pieces to be as worn as a form, and walls shorter than a line elsewhere."""
    xs = (60.0, *(180.0 + 36 * i for i in range(9)))
    row = Layout.of(xs, (100.0, 119.0))
    page = write_in_cells(worn(draw_rules(blank_page(200), row.rulings()), 0.25, seed, row), row, 1)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    # One wall may be gone without a trace.
    assert grid.n_cols >= 8


def test_a_row_that_stands_alone_goes_as_far_as_its_rules_of_few_gaps() -> None:
    """A piece as short as the strokes of a character goes from its corner, and has gaps beside."""
    pieces = {
        83.0: [(70, 100), (112, 138), (143, 259), (264, 308), (312, 412), (418, 445), (447, 526)],
        107.0: [(70, 127), (139, 197), (202, 248), (253, 263), (269, 383), (391, 486), (492, 526)],
    }
    rules = [Ruling(x0, y, x1, y) for y, parts in pieces.items() for x0, x1 in parts]
    rules += [Ruling(x, 83, x, 107) for x in (70, 215, 526)]
    page = draw_rules(blank_page(200), rules)
    write(page, "FEES", 110, 98, 9)
    write(page, "5123.0", 350, 98, 9)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert spans_of(grid) == {(0, 0, 1, 1), (0, 1, 1, 1)}
    assert grid.box.x0 == pytest.approx(70, abs=1)


@pytest.mark.parametrize("lost", [(70.0, 100.0), (100.0, 60.0)])
@pytest.mark.parametrize("seed", [0, 3])
def test_a_row_above_another_table_goes_to_its_last_wall_though_its_rules_end_before(
    lost: tuple[float, float], seed: int
) -> None:
    """Its last cells, whose walls stand on the lines of the table below, were left out."""
    xs = tuple(70.0 + 57 * i for i in range(9))
    row = Layout.of(xs, (83.0, 107.0))
    below = Layout.of(xs, tuple(133.0 + 24 * i for i in range(5)))
    rules = [rule for rule in row.rulings() if not rule.horizontal]
    rules += [Ruling(70, y, 526 - end, y) for y, end in zip(row.ys, lost, strict=True)]
    page = draw_rules(blank_page(200), [*rules, *below.rulings()])
    for table in (row, below):
        page = write_in_cells(worn(page, 0.12, seed, table), table, seed)
    grids = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert [spans_of(grid) for grid in grids] == [row.spans, below.spans]
    assert grids[0].box.x1 == pytest.approx(526, abs=1)


def test_ink_beside_a_wide_blank_is_the_end_of_another_wall() -> None:
    """Two thirds of the slot, 47 points, are paper: the gap between two tables."""
    scale = 2.0
    inked = np.arange(142) < 48
    scattered = np.arange(142) % 3 == 0
    stroke = Stroke(0, 0, 142, 0, 1.5, 100)
    nothing = np.zeros(142, bool)
    assert log_odds(Slot(0, stroke, inked, nothing, 0, False), scale) <= 0
    assert log_odds(Slot(0, stroke, scattered, nothing, 0, False), scale) > 0
    # Where it begins says nothing more: at the rule that both walls meet, of which a part is lost.
    (judged,) = _judged([Slot(0, stroke, inked, nothing, 0, False)], scale)
    assert not judged.is_wall


@pytest.mark.parametrize(("apart", "is_wall"), [(0, True), (9, False)])
def test_half_a_wall_beside_text_is_one_where_it_comes_out_of_both_rules(
    apart: int, is_wall: bool
) -> None:
    """A label hugs the wall, which says nothing of it then but where its ink begins and ends."""
    on, near = np.zeros(84, bool), np.ones(84, bool)
    on[apart : apart + 22] = on[56 - apart : 84 - apart] = True
    near[30:42] = False
    slot = Slot(0, Stroke(0, 10, 90, 10, 2.0, 150.0), on, near, 0, remote=False)
    (judged,) = _judged([slot], 200 / 72)
    assert judged.is_wall == is_wall


def test_a_title_row_between_two_sides_has_no_wall_where_its_title_says_nothing_of_one() -> None:
    """The line has walls above and below the row, both sides of the table are there, and a word of
    the title stands on the line of a third column."""
    clear, text, scale = np.zeros(50, bool), np.ones(50, bool), 200 / 72

    def slot(line: int, row: int, on: NDArray[np.bool_], near: NDArray[np.bool_]) -> Slot:
        stroke = Stroke(60 * row, 100 * line, 60 * (row + 1), 100 * line, 2.0, 150.0)
        return Slot(line, stroke, on, near, 0, remote=False)

    half = np.arange(50) % 25 > 6
    slots = [slot(line, row, ~clear, clear) for line in (0, 1, 3) for row in (0, 2)]
    slots += [slot(0, 1, ~clear, clear), slot(3, 1, ~clear, clear)]
    slots += [slot(1, 1, clear, clear), slot(2, 1, half, text)]
    judged = {(each.line, each.stroke.x0 // 60): each for each in _judged(slots, scale)}
    assert not judged[1, 1].is_wall


@pytest.mark.parametrize("share", [0.35, 0.65])
def test_text_across_a_merged_cell_is_no_wall_and_makes_none_beside_it(share: float) -> None:
    """Its upper strokes ink much of the slot, and the next cell beside it has a label too."""
    scale = 200 / 72
    clear = np.zeros(82, bool)
    label = (np.abs(np.arange(82) - 41) < 38) & (np.arange(82) % 20 < 20 * share)
    few, text = (np.abs(np.arange(82) - 41) < 8) & (np.arange(82) % 4 < 3), ~clear

    def slot(
        line: int, row: int, on: NDArray[np.bool_], near: NDArray[np.bool_], over: int
    ) -> Slot:
        stroke = Stroke(90 * row, 100 * line, 90 * (row + 1), 100 * line, 2.0, 150.0)
        return Slot(line, stroke, on, near, over, remote=False)

    whole = [slot(line, row, text, clear, 0) for line in (0, 2, 3, 4) for row in range(4)]
    slots = [slot(1, 0, label, text, int(0.8 * label.sum())), slot(1, 1, few, text, 0)]
    slots += [slot(1, row, text, clear, 0) for row in (2, 3)]
    judged = [each for each in _judged([*whole, *slots], scale) if each.line == 1]
    assert [each.is_wall for each in judged] == [False, False, True, True]


@pytest.mark.parametrize(
    ("start", "end", "is_piece"), [(0, 70, True), (40, 110, False), (0, 40, False)]
)
def test_a_long_piece_that_begins_at_a_rule_is_none_of_the_text_beside_it(
    start: int, end: int, is_piece: bool
) -> None:
    on, near = np.zeros(160, bool), np.zeros(160, bool)
    on[start:end] = near[20:110] = True
    slot = Slot(0, Stroke(0, 10, 170, 10, 2.0, 150.0), on, near, 23, remote=False)
    assert _comes_out_of_a_rule(slot, 200 / 72) == is_piece


@pytest.mark.parametrize(
    ("start", "end", "is_stroke"), [(8, 37, True), (0, 29, False), (4, 42, False)]
)
def test_a_stroke_that_touches_no_rule_of_a_narrow_column_is_one_of_its_label(
    start: int, end: int, is_stroke: bool
) -> None:
    """A label set vertically in a column of 20 points has strokes of 10 with paper around them."""
    on, clear = np.zeros(44, bool), np.zeros(44, bool)
    on[start:end] = True
    slot = Slot(0, Stroke(0, 10, 55, 10, 2.0, 150.0), on, clear, 0, remote=False)
    assert _is_stroke(slot, 200 / 72) == is_stroke


def test_a_stroke_that_a_fax_left_in_pieces_is_one_of_its_label() -> None:
    """The lowest stroke of a 三 in a column of 22 points; a piece of a wall begins at a rule."""
    on, clear = np.zeros(52, bool), np.zeros(52, bool)
    on[12:22] = on[24:33] = on[36:42] = True
    slot = Slot(0, Stroke(0, 10, 62, 10, 1.5, 180.0), on, clear, 0, remote=False)
    assert _is_stroke(slot, 204 / 72)
    assert not _is_stroke(replace(slot, on=np.roll(on, -12)), 204 / 72)


@pytest.mark.parametrize("stubs", [(0, 70), (0,), (70,), ()])
def test_a_piece_in_the_middle_is_one_of_a_wall_that_left_ink_at_both_rules(
    stubs: tuple[int, ...],
) -> None:
    on, clear = np.zeros(72, bool), np.zeros(72, bool)
    on[20:37] = True
    for stub in stubs:
        on[stub : stub + 2] = True
    slot = Slot(0, Stroke(0, 10, 83, 10, 1.5, 93.0), on, clear, 0, remote=False)
    assert _is_stroke(slot, 200 / 72) == (len(stubs) < 2)
    assert _is_stroke(replace(slot, near=on), 200 / 72)


@pytest.mark.parametrize(
    ("pieces", "is_wall"), [([(8, 16), (24, 57)], True), ([(14, 43)], False), ([(40, 57)], False)]
)
def test_most_of_the_only_wall_of_a_low_row_is_one_from_a_rule_on(
    pieces: list[tuple[int, int]], is_wall: bool
) -> None:
    """A label and that of its group, in a row of 18 points. A figure keeps off both its rules."""
    scale, rules = 200 / 72, (6, 56)
    grey = np.full((200, 64), 250, np.uint8)
    for rule in rules:
        grey[20:180, rule : rule + 2] = 40
    for start, end in pieces:
        grey[99:101, start:end] = 40
    found = find_candidates(grey, ink_response(grey, 17), None, scale)
    start, end = max(pieces, key=lambda piece: piece[1] - piece[0])
    crossing = lines_of([Stroke(20, x + 0.5, 180, x + 0.5, 2.0, 200.0) for x in rules], scale)
    walls = list(_low_walls([Stroke(start, 99.5, end, 99.5, 2.0, 200.0)], crossing, found, scale))
    assert [round(wall.x1 - wall.x0) for wall in walls] == [50] * is_wall


@pytest.mark.parametrize(("printed", "is_stroke"), [(True, True), (False, False)])
def test_strokes_among_print_that_touch_no_rule_are_those_of_its_lines(
    printed: bool, is_stroke: bool
) -> None:
    """The stems of a head of two lines stand one below the other on a line of no other ink."""
    on = np.zeros(180, bool)
    on[85:121] = on[128:160] = True
    near = np.full(180, printed) & (np.arange(180) % 2 == 0)
    slot = Slot(0, Stroke(0, 10, 190, 10, 2.0, 150.0), on, near, 4, remote=False)
    assert _is_stroke(slot, 200 / 72) == is_stroke


@pytest.mark.parametrize(("slots", "found_walls"), [(3, 3), (1, 0)])
def test_a_pale_broken_rule_with_nothing_near_is_one_where_several_of_its_slots_show_it(
    slots: int, found_walls: int
) -> None:
    """Below a head over several columns, of a line with no long piece."""
    scale, sides = 200 / 72, [20 + 100 * n for n in range(slots + 1)]
    grey = np.full((200, 340), 250, np.uint8)
    for side in sides:
        grey[20:180, side : side + 2] = 40
    for side in sides[:-1]:
        for start, end in ((side, side + 30), (side + 40, side + 70), (side + 80, side + 100)):
            grey[99:101, start:end] = 160
    found = find_candidates(grey, ink_response(grey, 17), None, scale)
    crossing = lines_of([Stroke(20, x + 0.5, 180, x + 0.5, 2.0, 200.0) for x in sides], scale)
    assert len(list(_more_walls([], crossing, found, scale))) == found_walls


def test_a_line_of_dots_and_one_long_piece_is_as_dark_as_the_piece() -> None:
    dots = [Stroke(x, 10, x + 9, 10, 2.0, 80.0) for x in (0.0, 25.0)]
    assert usual_contrast([*dots, Stroke(50, 10, 100, 10, 2.0, 180.0)]) == 180.0


def test_strokes_far_from_a_line_that_float_between_rules_are_figures_on_it() -> None:
    """The stem of a 1 stands on the line of a wall of the table below."""
    nothing, stem = np.zeros(33, bool), np.abs(np.arange(33) - 16.5) < 8
    near = np.arange(33) < 10
    wall = Slot(0, Stroke(300, 10, 380, 10, 2.0, 150.0), ~nothing, nothing, 0, remote=False)
    slot = Slot(0, Stroke(0, 10, 40, 10, 2.0, 150.0), stem, near, 0, remote=True)
    judged = _judged([wall, slot], 200 / 72)
    assert [each.is_wall for each in judged] == [True, False]


def test_what_is_left_of_a_wall_between_two_figures_is_no_dash() -> None:
    plain = Layout.of(XS, YS)
    page = worn(draw_rules(blank_page(200), plain.rulings()), 0.3, 2, plain)

    def over(x0: float, x1: float, color: int) -> None:
        low, high = YS[5] - 0.8, YS[5] + 0.8
        corners = [
            (round(x * page.scale), round(y * page.scale)) for x, y in ((x0, low), (x1, high))
        ]
        cv2.rectangle(page.pixels, corners[0], corners[1], (color, color, color), -1)

    over(XS[5] + 1.5, XS[6] - 1.5, 250)
    over(XS[5] + 11, XS[6] - 10.5, 40)
    for row in (4, 5):
        write(page, "0", XS[5] + 16, YS[row] + 11.5, 9)
    (grid,) = find_grids(detect_rulings(page), WIDTH, HEIGHT)
    assert {(4, 5, 1, 1), (5, 5, 1, 1)} <= spans_of(grid)


def test_lines_of_which_some_have_many_gaps_are_worn() -> None:
    def line(y: float, starts: Sequence[float]) -> list[Stroke]:
        ends = [*(start - 6.0 for start in starts[1:]), 400.0]
        return [
            Stroke(start, y, end, y, 2.0, 150.0) for start, end in zip(starts, ends, strict=True)
        ]

    whole = [stroke for y in range(0, 400, 50) for stroke in line(float(y), [0.0])]
    hidden = [piece for y in (425, 475) for piece in line(float(y), [0.0, 160.0, 210.0])]
    gaps = ([0.0, 90.0, 133.0, 290.0], [0.0, 75.0, 200.0, 236.0], [0.0, 190.0, 310.0])
    worn_lines = [piece for y, starts in zip((25, 75, 125), gaps, strict=True) for piece in
                  line(float(y), starts)]  # fmt: skip
    assert not are_worn([*whole, *hidden], [], 1.0)
    assert are_worn([*whole, *worn_lines], [], 1.0)


@pytest.mark.parametrize(("wear", "even"), [(0.0, True), (0.6, False)])
def test_rules_with_gaps_at_even_intervals_are_not_worn(wear: float, even: bool) -> None:
    random, fine = np.random.default_rng(1), np.zeros((100, 400), np.uint8)
    rules = [Stroke(20, y, 380, y, 1.0, 90.0) for y in (20, 50, 80)]
    for rule in rules:
        dashes = np.arange(20, 380) % 10 < 6
        dashes &= np.repeat(random.random(36) >= wear, 10)
        fine[round(rule.y0), 20:380][dashes] = 90
    spread = spread_over_rows(fine)
    found = Candidates((), (), spread, spread, fine, 250.0)
    assert are_evenly_dashed(rules, found, 2.0) == even


@pytest.mark.parametrize("other", [False, True])
def test_few_dots_are_no_wall_where_nothing_else_of_their_line_is_one(other: bool) -> None:
    """Crumbs of the feet of （四）无 lie on one line between the rows of a label."""
    paper = np.full((40, 300), 255, np.uint8)
    found = find_candidates(paper, np.zeros_like(paper), None, 2.8)
    clear = np.zeros(140, bool)
    on = np.isin(np.arange(140), (20, 60))
    crumbs = Slot(0, Stroke(0, 10, 140, 10, 2.0, 200.0), on, clear, 0, remote=False)
    beside = Stroke(140, 10, 280, 10, 2.0, 200.0)
    dots = Slot(0, beside, np.arange(140) % 35 == 9, clear, 0, remote=False)
    first, second = _judged([crumbs, dots if other else replace(dots, on=clear)], 2.8, found)
    assert second.is_wall == other
    assert first.is_wall == other
