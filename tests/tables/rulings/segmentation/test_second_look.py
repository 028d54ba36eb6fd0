"""Walls that a network sees are added where rules are loose, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from ocrpipe.page import PageImage, Ruling
from ocrpipe.tables.ruled.grid import find_grids
from ocrpipe.tables.rulings.find import detect_rulings
from ocrpipe.tables.rulings.segmentation.ends import are_loose
from ocrpipe.tables.rulings.segmentation.lines import Line, Lines
from ocrpipe.tables.rulings.segmentation.network import RulingNetwork
from ocrpipe.tables.rulings.segmentation.second_look import with_seen_rules
from ocrpipe.tables.rulings.segmentation.supplement import supplemented
from ocrpipe.tables.rulings.segmentation.unseen import without_unseen
from tests.tables.drawing import HEIGHT, WIDTH, Layout, blank_page, draw_rules, spans_of, write

TABLE = Layout.of((60, 160, 260, 360), (100, 130, 160, 190))
WALL = (160.0, 130.0, 160.0, 160.0)
"""The wall between the first two cells of the second row, as a rule of its own."""

SEEN = Lines(
    tuple(Line(60, y, 360, y) for y in TABLE.ys), tuple(Line(100, x, 190, x) for x in TABLE.xs)
)


def rules(*, without: Sequence[tuple[float, float, float, float]] = ()) -> list[Ruling]:
    return [rule for rule in TABLE.rulings() if (rule.x0, rule.y0, rule.x1, rule.y1) not in without]


def spans(rulings: Sequence[Ruling]) -> list[frozenset[tuple[int, int, int, int]]]:
    return [spans_of(grid) for grid in find_grids(rulings, WIDTH, HEIGHT)]


def test_a_wall_that_was_lost_is_added_where_there_is_ink() -> None:
    page = draw_rules(blank_page(), TABLE.rulings())
    found = supplemented(rules(without=[WALL]), SEEN, page)
    assert spans(found) == [TABLE.spans]


def test_a_wall_without_any_ink_is_not_believed() -> None:
    page = draw_rules(blank_page(), rules(without=[WALL]))
    assert spans(supplemented(rules(without=[WALL]), SEEN, page)) != [TABLE.spans]


def test_a_wall_through_the_print_of_a_merged_cell_is_not_believed() -> None:
    merged = Layout.of(TABLE.xs, TABLE.ys, {(1, 0, 1, 2)})
    page = draw_rules(blank_page(), merged.rulings())
    write(page, "0|0", 154, 149, 12)
    assert spans(supplemented(merged.rulings(), SEEN, page)) == [merged.spans]


@pytest.mark.parametrize("lean", [1.2, -1.6])
def test_a_slash_that_fills_a_low_row_is_no_wall(lean: float) -> None:
    low = Layout.of(TABLE.xs, (100, 113, 126), {(1, 0, 1, 2)})
    page = draw_rules(blank_page(200), low.rulings())
    first, last = ((160 + side * lean, 119.5 + side * 4) for side in (-1, 1))
    points = [(round(x * page.scale), round(y * page.scale)) for x, y in (first, last)]
    cv2.line(page.pixels, points[0], points[1], (40, 40, 40), 2)
    walls = tuple(Line(100, x, 126, x) for x in low.xs)
    seen = Lines(tuple(Line(60, y, 360, y) for y in low.ys), walls)
    assert spans(supplemented(low.rulings(), seen, page)) == [low.spans]


STAMPED = Layout.of((60, 110, 160, 210, 260, 310, 360), TABLE.ys, {(2, 0, 1, 6)})
"""Six columns above a cell over all of them."""


@pytest.mark.parametrize(("top", "x"), [(160, 90), (130, 180)], ids=["merged", "narrow"])
def test_the_side_of_a_stamp_in_one_row_is_no_wall(top: float, x: float) -> None:
    page = draw_rules(blank_page(), [*STAMPED.rulings(), Ruling(x, top, x, top + 30)])
    seen = Lines(SEEN.across, (Line(top, x, top + 30, x),))
    assert spans(supplemented(STAMPED.rulings(), seen, page)) == [STAMPED.spans]


def test_a_lone_wall_is_added_where_cells_are_as_wide_as_others() -> None:
    lost = Layout.of(STAMPED.xs, TABLE.ys[1:], {(1, 0, 1, 6)})
    page = draw_rules(blank_page(), lost.rulings())
    kept = [rule for rule in lost.rulings() if rule.horizontal or rule.x0 != 160]
    seen = Lines(SEEN.across, (Line(130, 160, 160, 160),))
    assert spans(supplemented(kept, seen, page)) == [lost.spans]


def test_a_line_in_one_cell_is_no_rule_of_a_row() -> None:
    merged = Layout.of(TABLE.xs, TABLE.ys, {(0, 0, 3, 1)})
    page = draw_rules(blank_page(), [*merged.rulings(), Ruling(60, 146, 160, 146)])
    seen = Lines((Line(60, 146, 160, 146),), ())
    assert spans(supplemented(merged.rulings(), seen, page)) == [merged.spans]


def test_a_rule_through_a_line_of_print_is_not_believed() -> None:
    merged = Layout.of(TABLE.xs, TABLE.ys, {(0, 0, 2, 1)})
    page = draw_rules(blank_page(), merged.rulings())
    write(page, "08080808080", 62, 135, 14)
    assert spans(supplemented(merged.rulings(), SEEN, page)) == [merged.spans]


def test_a_row_does_not_end_at_a_wall_that_is_seen_and_not_believed() -> None:
    merged = Layout.of(TABLE.xs, TABLE.ys, {(0, 0, 2, 1)})
    page = draw_rules(blank_page(), [*merged.rulings(), Ruling(110, 130, 160, 130)])
    row, wall = Line(110, 130, 160, 130), Line(100, 110, 190, 110)
    found = supplemented(merged.rulings(), Lines((row,), (wall,)), page)
    assert len(found) == len(merged.rulings())


def test_an_oblique_line_from_wall_to_wall_is_no_rule() -> None:
    merged = Layout.of(TABLE.xs, TABLE.ys, {(1, 0, 2, 1)})
    oblique = Line(60, 156, 160, 162)
    page = draw_rules(blank_page(), merged.rulings())
    points = [(round(x * page.scale), round(y * page.scale)) for x, y in ((60, 156), (160, 162))]
    cv2.line(page.pixels, points[0], points[1], (40, 40, 40), 2)
    found = supplemented(merged.rulings(), Lines((oblique,), ()), page)
    assert spans(found) == [merged.spans]


def test_nothing_is_added_beside_a_rule_that_is_known() -> None:
    page = draw_rules(blank_page(), TABLE.rulings())
    aside = replace(SEEN, across=tuple(Line(60, y + 5, 360, y + 5) for y in TABLE.ys))
    assert len(supplemented(rules(), aside, page)) == len(rules())


def test_the_outer_walls_of_two_tables_do_not_go_on_through_the_heading_between() -> None:
    below = Layout.of((60, 160, 260, 360), (220, 250, 280))
    own = [*rules(), *below.rulings()]
    walls = tuple(Line(100, x, 280, x) for x in (60.0, 160.0, 360.0))
    page = draw_rules(blank_page(), [*own, *(Ruling(w.y0, w.x0, w.y1, w.x1) for w in walls)])
    seen = Lines(tuple(Line(60, y, 360, y) for y in (*TABLE.ys, *below.ys)), walls)
    assert spans(supplemented(own, seen, page)) == [TABLE.spans, below.spans]


def test_a_stroke_of_a_heading_on_the_line_of_an_outer_wall_calls_for_no_other_wall() -> None:
    """A heading that begins where both tables do begins with 四, whose stroke was taken for one."""
    below = Layout.of((60, 160, 260, 360), (205, 235, 265))
    own = [*rules(), *below.rulings()]
    walls = tuple(Line(100, x, 265, x) for x in (60.0, 360.0))
    page = draw_rules(blank_page(), [*own, *(Ruling(w.y0, w.x0, w.y1, w.x1) for w in walls)])
    seen = Lines(tuple(Line(60, y, 360, y) for y in (*TABLE.ys, *below.ys)), walls)
    stroke = Ruling(60, 190, 60, 205)
    for known, added in ((stroke, False), (Ruling(60, 190, 60, 235), True)):
        found = supplemented([*own, known], seen, page)
        assert any(rule.x0 == 360 and rule.y0 == 190 for rule in found) == added


@pytest.mark.parametrize("side", range(4))
def test_a_rule_that_ends_at_no_other_is_loose(side: int) -> None:
    assert not are_loose(rules())
    loose = (
        Ruling(160, 145, 230, 145),
        Ruling(190, 145, 260, 145),
        Ruling(210, 100, 210, 120),
        Ruling(210, 110, 210, 130),
    )[side]
    assert are_loose([*rules(), loose])


PEN = Ruling(160, 145, 205, 145)
"""Begins at a wall, and ends in the cell."""


@pytest.mark.parametrize("line", [PEN, Ruling(10, 140, 580, 142)], ids=["pen", "fold"])
def test_a_line_that_is_not_seen_among_rules_that_are_is_none(line: Ruling) -> None:
    assert spans(without_unseen([*rules(), line], SEEN)) == [TABLE.spans]


SPANNER = Ruling(160, 115, 250, 115)
"""Below the head of a group of columns."""


@pytest.mark.parametrize("beside", [[], [Ruling(460, 300, 460, 360)]], ids=["alone", "beside"])
def test_a_table_without_walls_keeps_its_rules_though_some_are_not_seen(
    beside: list[Ruling],
) -> None:
    table = [Ruling(60, y, 360, y) for y in TABLE.ys]
    seen = Lines(SEEN.across[2:], ())
    assert set(table) <= set(without_unseen([*table, *beside], seen))


def test_a_fold_through_a_table_without_walls_is_none_and_the_rule_of_a_group_is_one() -> None:
    table = [Ruling(60, y, 360, y) for y in TABLE.ys]
    fold = Ruling(10, 140, 580, 142)
    seen = replace(SEEN, down=())
    assert without_unseen([*table, SPANNER, fold], seen) == (*table, SPANNER)


def test_a_pen_stroke_that_was_prolonged_to_a_wall_is_none_with_all_its_pieces() -> None:
    pieces = [Ruling(*line) for line in ((145, 147, 172, 147), (172, 147, 200, 146))]
    prolonged = Ruling(160, 147, 260, 146)
    found = without_unseen([*rules(), *pieces, prolonged], SEEN)
    assert spans(found) == [TABLE.spans]


def test_folds_tell_nothing_of_how_well_the_rules_are_seen() -> None:
    folds = [Ruling(10, y, 580, y + 2) for y in (113, 145)]
    assert not set(folds) & set(without_unseen([*rules(), *folds], SEEN))


def test_a_line_through_one_cell_is_none_where_it_is_not_seen() -> None:
    narrow = Layout.of((60, 130, 200, 360), TABLE.ys)
    seen = Lines(SEEN.across, tuple(Line(100, x, 190, x) for x in narrow.xs))
    lone = Ruling(130, 145, 200, 145)
    assert are_loose([*narrow.rulings(), lone])
    assert spans(without_unseen([*narrow.rulings(), lone], seen)) == [narrow.spans]
    seen = replace(seen, across=(*seen.across, Line(130, 145, 200, 145)))
    assert lone in without_unseen([*narrow.rulings(), lone], seen)


@pytest.mark.parametrize(
    "more",
    [[], [Ruling(60, 145, 130, 145)], [Ruling(165, 145, 165, 160)]],
    ids=["long", "row", "walls"],
)
def test_a_rule_that_is_long_or_goes_on_or_has_a_wall_is_not_asked_about(
    more: list[Ruling],
) -> None:
    xs = (60, 130, 200, 360) if more else (60, 130, 260, 360)
    rule = Ruling(130, 145, xs[2], 145)
    assert not are_loose([*Layout.of(xs, TABLE.ys).rulings(), rule, *more])


def test_the_side_of_a_table_that_goes_on_over_pages_is_kept_though_it_is_not_seen() -> None:
    walls = [
        Ruling(rule.x0, min(rule.y0, 100), rule.x1, 220) if not rule.horizontal else rule
        for rule in rules()
        if rule.y0 < 190
    ]
    side = [Ruling(60, 100, 60, 140), Ruling(60, 142, 60, 220)]
    own = [*(rule for rule in walls if rule.x0 != 60 or rule.horizontal), *side]
    seen = replace(SEEN, down=tuple(Line(100, x, 220, x) for x in TABLE.xs[1:]))
    assert set(side) <= set(without_unseen(own, seen))


def test_rules_are_kept_where_the_network_sees_few() -> None:
    few = Lines(SEEN.across[:2], SEEN.down)
    assert PEN in without_unseen([*rules(), PEN], few)


def test_a_long_rule_that_begins_at_another_is_kept_though_it_is_not_seen() -> None:
    border = Ruling(160, 145, 300, 145)
    assert border in without_unseen([*rules(), border], SEEN)


def test_the_pieces_of_a_broken_border_are_kept_though_none_is_seen() -> None:
    pieces = [Ruling(62 + 50 * n, 70, 100 + 50 * n, 70) for n in range(6)]
    kept = without_unseen([*rules(), *pieces], SEEN)
    assert set(pieces) <= set(kept)


def test_a_short_wall_between_two_rules_is_kept_though_it_is_not_seen() -> None:
    wall = Ruling(210, 130, 210, 160)
    assert wall in without_unseen([*rules(), wall], SEEN)


def test_a_piece_of_a_rule_that_is_seen_elsewhere_is_kept() -> None:
    piece = Ruling(330, 130, 358, 130)
    others = [rule for rule in rules() if (rule.x0, rule.y0, rule.y1) != (260, 130, 130)]
    seen = replace(SEEN, across=(SEEN.across[0], Line(60, 130, 260, 130), *SEEN.across[2:]))
    assert piece in without_unseen([*others, piece], seen)


def test_a_page_whose_rules_all_end_at_others_needs_no_network() -> None:
    def network() -> RulingNetwork:
        raise AssertionError("a whole table was looked at again")

    page = draw_rules(blank_page(), TABLE.rulings())
    assert with_seen_rules(rules(), page, network) == rules()


def hollowed(page: PageImage) -> PageImage:
    """The page as a scanner makes it bitonal by the mean around each pixel, with walls that it
    lightened to a few dots."""
    random = np.random.default_rng(7)
    pixels = page.pixels.copy()
    for x in TABLE.xs[1:-1]:
        column = round(x * page.scale)
        strip = pixels[round(101 * page.scale) : round(189 * page.scale), column - 2 : column + 3]
        strip[random.random(strip.shape[:2]) < 0.75] = 250
    threshold = cv2.ADAPTIVE_THRESH_MEAN_C
    grey = cv2.adaptiveThreshold(pixels[..., 0], 255, threshold, cv2.THRESH_BINARY, 25, 15)
    return PageImage(np.asarray(cv2.merge([grey] * 3), np.uint8), page.scale)


def test_walls_of_which_dots_are_left_are_seen_by_the_network() -> None:
    page = hollowed(draw_rules(blank_page(200), TABLE.rulings(), thickness=1.0))
    known = detect_rulings(page)
    found = with_seen_rules(known, page, RulingNetwork)
    assert spans(found) == [TABLE.spans]


@pytest.mark.parametrize("count", [1, 3, 2001])
def test_the_rules_of_a_footer_and_the_lines_of_a_drawing_are_left_alone(count: int) -> None:
    def network() -> RulingNetwork:
        raise AssertionError("what is no table was looked at again")

    lines = [Ruling(60, 100 + step / 10, 300, 100 + step / 10) for step in range(count)]
    assert with_seen_rules(lines, blank_page(), network) == lines


def test_a_row_does_not_end_at_a_wall_whose_own_end_is_not_believed() -> None:
    frame = Layout.of((60, 360), (100, 190)).rulings()
    printed = [Ruling(60, 130, 160, 130), Ruling(160, 130, 160, 160), Ruling(160, 160, 260, 160)]
    page = draw_rules(blank_page(), [*frame, *printed])
    rows = Line(60, 130, 160, 130), Line(160, 160, 260, 160)
    walls = Line(130, 160, 160, 160), Line(160, 260, 190, 260)
    assert len(supplemented(frame, Lines(rows, walls), page)) == len(frame)
