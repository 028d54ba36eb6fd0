import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.vectors import merge_rulings, read_rulings, turn_rulings
from ocrpipe.page import Ruling

BLACK = (0.0, 0.0, 0.0)
WHITE = (1.0, 1.0, 1.0)


def stroke(*items: Any, width: float = 0.5, color: Any = BLACK, **more: Any) -> dict[str, Any]:
    return {"type": "s", "items": list(items), "width": width, "color": color, **more}


def fill(*items: Any, color: Any = BLACK, **more: Any) -> dict[str, Any]:
    return {"type": "f", "items": list(items), "fill": color, **more}


def ends(*drawings: dict[str, Any]) -> list[tuple[float, float, float, float]]:
    return [(r.x0, r.y0, r.x1, r.y1) for r in read_rulings(drawings, (), 600, 800)]


def test_a_stroked_line_and_a_thin_filled_bar_are_the_same_rule() -> None:
    line = stroke(("l", (100.0, 50.0), (300.0, 50.0)), width=1.0)
    bar = fill(("re", (100.0, 49.5, 300.0, 50.5), 1))
    polygon = fill(
        ("l", (100.0, 49.5), (300.0, 49.5)),
        ("l", (300.0, 49.5), (300.0, 50.5)),
        ("l", (300.0, 50.5), (100.0, 50.5)),
    )
    for drawing in (line, bar, polygon):
        assert ends(drawing) == [(100, 50, 300, 50)]


def test_a_stroked_rectangle_has_four_edges() -> None:
    box = stroke(("re", (10.0, 20.0, 110.0, 70.0), 1))
    assert ends(box) == [
        (10, 20, 110, 20), (10, 70, 110, 70), (10, 20, 10, 70), (110, 20, 110, 70),
    ]  # fmt: skip


def test_a_filled_area_has_no_rules_unless_it_is_stroked() -> None:
    area = fill(("re", (10.0, 20.0, 110.0, 70.0), 1), color=(0.8, 0.9, 1.0))
    assert ends(area) == []
    assert len(ends({**area, "type": "fs", "color": BLACK, "width": 0.5})) == 4


@pytest.mark.parametrize("paint", [{"color": WHITE}, {"stroke_opacity": 0.0}])
def test_what_cannot_be_seen_is_no_rule(paint: dict[str, Any]) -> None:
    assert ends(stroke(("l", (0.0, 5.0), (90.0, 5.0)), **paint)) == []


SHADE = fill(("re", (10.0, 20.0, 60.0, 40.0), 1), color=(0.3, 0.5, 0.8))


@pytest.mark.parametrize(
    "white",
    [
        fill(("re", (10.0, 40.0, 60.0, 41.0), 1), color=WHITE),
        stroke(("l", (10.0, 40.5), (60.0, 40.5)), width=1.0, color=WHITE),
    ],
)
def test_a_white_rule_along_a_shaded_cell_is_seen(white: dict[str, Any]) -> None:
    assert ends(SHADE, white) == [(10, 40.5, 60, 40.5)]
    # Painted over it, the shade hides what was white on white.
    assert ends(white, SHADE) == []


def test_a_white_rule_that_only_begins_at_a_shade_is_not_seen() -> None:
    assert ends(SHADE, fill(("re", (50.0, 40.0, 160.0, 41.0), 1), color=WHITE)) == []


def test_white_rules_go_on_between_rows_that_are_not_shaded() -> None:
    header = fill(("re", (10.0, 20.0, 110.0, 40.0), 1), color=(0.3, 0.5, 0.8))
    level = [stroke(("l", (10.0, y), (110.0, y)), color=WHITE) for y in (40.0, 60.0, 80.0)]
    down = stroke(("l", (60.0, 20.0), (60.0, 80.0)), color=WHITE)
    alone = stroke(("l", (10.0, 300.0), (110.0, 300.0)), color=WHITE)
    found = ends(header, *level, down, alone)
    assert found == [*((10, y, 110, y) for y in (20, 40, 60, 80)), (60, 20, 60, 80)]


def test_a_band_along_a_rule_as_wide_as_it_begins_at_its_upper_edge() -> None:
    cells = [fill(("re", (x, 20.0, x + 60, 40.0), 1), color=(0.1, 0.2, 0.4)) for x in (10.0, 70.0)]
    below = [stroke(("l", (10.0, y), (130.0, y))) for y in (40.0, 60.0)]
    assert ends(*cells, *below) == [(10, y, 130, y) for y in (20, 40, 60)]
    elsewhere = stroke(("l", (10.0, 70.0), (130.0, 70.0)))
    assert ends(*cells, elsewhere) == [(10, 70, 130, 70)]


def test_a_table_of_shaded_cells_with_white_gaps_has_its_grid() -> None:
    cells = [(10.0, 20.0, 60.0, 40.0), (61.0, 20.0, 90.0, 40.0)]
    cells += [(x0, 41.0, x1, 61.0) for x0, _, x1, _ in cells]
    shades = [fill(("re", cell, 1), color=(0.3, 0.5, 0.8)) for cell in cells]
    across = fill(("re", (10.0, 40.0, 90.0, 41.0), 1), color=WHITE)
    down = fill(("re", (60.0, 20.0, 61.0, 61.0), 1), color=WHITE)
    assert ends(*shades, across, down) == [(10, 40.5, 90, 40.5), (60.5, 20, 60.5, 61)]


def test_curves_and_slanting_lines_are_no_rules() -> None:
    slanting = stroke(("l", (0.0, 0.0), (100.0, 30.0)))
    curve = stroke(("c", (0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0)))
    assert ends(slanting, curve) == []


def test_rules_are_clipped_to_the_page_and_to_their_clip() -> None:
    beyond = stroke(("l", (-50.0, 5.0), (900.0, 5.0)))
    assert ends(beyond) == [(0, 5, 600, 5)]
    clip = {"type": "clip", "scissor": (100.0, 0.0, 200.0, 100.0), "level": 0}
    assert ends(clip, {**beyond, "level": 1}) == [(100, 5, 200, 5)]
    # A drawing on the level of the clip stands outside it.
    assert ends(clip, {**beyond, "level": 0}) == [(0, 5, 600, 5)]


def test_a_rule_that_is_drawn_on_beyond_its_clip_is_cut() -> None:
    """A browser prints a table wider than the paper: its rules run on under the clip."""
    clip = {"type": "clip", "scissor": (57.0, 57.0, 555.0, 735.0), "level": 0}
    long = fill(("re", (520.0, 290.0, 631.0, 290.5), 1), level=1)
    near = fill(("re", (100.0, 310.0, 555.5, 310.5), 1), level=1)
    before = fill(("re", (100.0, 290.0, 520.0, 290.5), 1), level=1)
    found = read_rulings([clip, before, long, near], (), 612, 792)
    assert [(rule.x0, rule.x1, rule.cut) for rule in found] == [
        (100, 555, True),
        (100, 555, False),
    ]


@pytest.mark.parametrize("down", [False, True])
def test_a_dotted_rule_is_one_rule_whichever_way_it_runs(down: bool) -> None:
    dots = []
    for step in range(60):
        x, y = (50.0, 100.0 + step) if down else (50.0 + step, 100.0)
        dots.append(("re", (x, y, x + 0.5, y + 0.5), 1))
    (rule,) = read_rulings([fill(*dots)], (), 600, 800)
    assert rule.horizontal is not down
    assert max(rule.x1 - rule.x0, rule.y1 - rule.y0) == pytest.approx(59.5, abs=0.1)


def test_a_picture_one_pixel_high_is_a_rule() -> None:
    (rule,) = read_rulings((), [Box(50, 100, 400, 100.7), Box(50, 200, 400, 300)], 600, 800)
    assert (rule.x0, rule.x1) == (50, 400)


def test_rules_apart_stay_apart() -> None:
    apart = [Ruling(0, 10, 50, 10), Ruling(60, 10, 100, 10), Ruling(0, 13, 50, 13)]
    assert len(merge_rulings(apart)) == 3


@given(
    st.lists(st.floats(0, 100), min_size=0, max_size=8),
    st.booleans(),
    st.floats(-0.3, 0.3),
    st.randoms(use_true_random=False),
)
def test_a_rule_cut_anywhere_is_merged_again(
    cuts: list[float], down: bool, jitter: float, random: Any
) -> None:
    edges = [0.0, *sorted(cuts), 100.0]
    pieces = []
    for index, (low, high) in enumerate(itertools.pairwise(edges)):
        at = 40 + (jitter if index % 2 else 0.0)
        pieces.append(Ruling(at, low, at, high) if down else Ruling(low, at, high, at))
    # A piece of no length has no direction of its own.
    pieces = [p for p in pieces if max(p.x1 - p.x0, p.y1 - p.y0) > 0.01] * 2
    random.shuffle(pieces)
    (rule,) = merge_rulings(pieces)
    assert rule.horizontal is not down
    assert max(rule.x1 - rule.x0, rule.y1 - rule.y0) == pytest.approx(100, abs=0.05)


def test_turning_keeps_rules_on_the_page() -> None:
    (rule,) = turn_rulings([Ruling(10, 20, 110, 20, 1.0)], 600, 800, 1)
    assert (rule.x0, rule.y0, rule.x1, rule.y1) == pytest.approx((780, 10, 780, 110))
    assert not rule.horizontal
