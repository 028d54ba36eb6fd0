"""Masks of a network become lines that end at each other."""

import cv2
import numpy as np
import pytest

from ocrpipe.page import Pixels
from ocrpipe.tables.rulings.segmentation.lines import Line, crossings, lines_of_masks, stretches
from ocrpipe.tables.rulings.segmentation.network import RuleMasks

Segment = tuple[int, int, int, int]
FRAME_ACROSS = ((50, 40, 350, 40), (50, 240, 350, 240))
FRAME_DOWN = ((50, 40, 50, 240), (350, 40, 350, 240))


def drawn(segments: tuple[Segment, ...]) -> Pixels:
    mask = np.zeros((300, 400), np.uint8)
    for x0, y0, x1, y1 in segments:
        cv2.line(mask, (x0, y0), (x1, y1), (1,), 5)
    return mask


def masks(across: tuple[Segment, ...], down: tuple[Segment, ...]) -> RuleMasks:
    return RuleMasks(drawn(across), np.asarray(drawn(down).T.copy(), np.uint8), 1.0)


def test_the_frame_of_a_table_is_four_lines() -> None:
    lines = lines_of_masks(masks(FRAME_ACROSS, FRAME_DOWN))
    assert [line.y0 for line in lines.across] == pytest.approx([40.5, 240.5], abs=0.6)
    assert [line.y0 for line in lines.down] == pytest.approx([50.5, 350.5], abs=0.6)
    assert lines.across[0].x0 == pytest.approx(50.5, abs=0.6)
    assert lines.across[0].x1 == pytest.approx(350.5, abs=0.6)


def test_a_line_that_ends_in_a_cell_goes_back_to_the_last_wall() -> None:
    down = (*FRAME_DOWN, (150, 40, 150, 240))
    lines = lines_of_masks(masks((*FRAME_ACROSS, (50, 140, 220, 140)), down))
    assert sorted(round(line.x1) for line in lines.across) == [150, 350, 350]


def test_what_meets_one_wall_alone_is_print() -> None:
    lines = lines_of_masks(masks((*FRAME_ACROSS, (50, 140, 180, 140)), FRAME_DOWN))
    assert len(lines.across) == 2


def test_pieces_of_one_line_are_joined_and_those_of_two_tables_are_not() -> None:
    near = ((50, 40, 50, 130), (50, 140, 50, 240), FRAME_DOWN[1])
    assert len(lines_of_masks(masks(FRAME_ACROSS, near)).down) == 2
    across = (*FRAME_ACROSS, (50, 110, 350, 110), (50, 160, 350, 160))
    apart = ((50, 40, 50, 110), (50, 160, 50, 240), FRAME_DOWN[1])
    assert len(lines_of_masks(masks(across, apart)).down) == 3


def test_a_slanting_line_keeps_its_slope() -> None:
    lines = lines_of_masks(masks((FRAME_ACROSS[0], (50, 235, 350, 245)), FRAME_DOWN))
    assert lines.across[-1].y_at(50) == pytest.approx(235.5, abs=1.0)
    assert lines.across[-1].y_at(350) == pytest.approx(245.5, abs=1.0)


def test_a_page_without_rules_has_no_lines() -> None:
    lines = lines_of_masks(masks((), ()))
    assert not lines.across
    assert not lines.down


def test_a_line_is_parted_where_others_cross_it_and_two_of_a_double_rule_count_once() -> None:
    line = Line(0, 10, 100, 10)
    down = [Line(0, 20, 40, 20), Line(0, 50, 40, 50), Line(0, 52, 40, 52), Line(30, 70, 40, 70)]
    assert crossings(line, down, 4.0) == [20, 50, 52]
    assert [(part.x0, part.x1) for part in stretches(line, down, 4.0)] == [(20, 50)]
