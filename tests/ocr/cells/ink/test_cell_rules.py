"""What is erased at the borders of a cell, and what is print."""

import numpy as np
import pytest

from ocrpipe.ocr.cells.ink.cell_rules import without_rules
from ocrpipe.page import Pixels

SCALE = 2.8


def cell(*inked: tuple[slice, slice]) -> Pixels:
    """A cell of 60 x 33 pixels with a rule at its left border, and ink in rows and columns."""
    mask = np.zeros((33, 60), np.uint8)
    mask[:, :2] = 1
    for place in inked:
        mask[place] = 1
    return mask


@pytest.mark.parametrize("turns", range(4))
def test_the_stem_of_a_digit_beside_a_rule_stays(turns: int) -> None:
    stem = (slice(6, 26), slice(4, 7))
    clean = np.rot90(without_rules(np.rot90(cell(stem), turns).copy(), SCALE), -turns)
    assert clean[stem].all()
    assert not clean[:, :2].any()


def test_a_double_rule_goes() -> None:
    assert not without_rules(cell((slice(0, 33), slice(5, 7))), SCALE).any()


def test_pieces_of_a_rule_off_the_border_go() -> None:
    mask = cell((slice(0, 18), slice(4, 6)), (slice(20, 33), slice(4, 6)))
    mask[:, :2] = 0
    assert not without_rules(mask, SCALE)[:18].any()


def test_a_rule_askew_goes() -> None:
    mask = cell((slice(10, 22), slice(1, 4)), (slice(20, 33), slice(3, 6)))
    assert not without_rules(mask, SCALE).any()


def test_a_rule_aside_goes_and_a_tall_stroke_there_stays() -> None:
    """The edge of the cell is that of text, and the rule lies where it is printed."""
    rule = (slice(0, 33), slice(42, 43))
    assert not without_rules(cell(rule), SCALE).any()
    tall = (slice(1, 32), slice(42, 44))
    assert without_rules(cell(tall), SCALE)[tall].all()
    middle = (slice(0, 33), slice(30, 31))
    assert without_rules(cell(middle), SCALE)[middle].all()


@pytest.mark.parametrize("turns", range(4))
def test_what_is_inked_of_a_pale_rule_goes_and_a_stroke_that_touches_it_stays(turns: int) -> None:
    mask = np.zeros((40, 300), np.uint8)
    for start in range(0, 300, 30):
        mask[0, start : start + 8] = 1
    stroke = (slice(0, 18), slice(94, 97))
    mask[stroke] = 1
    clean = np.rot90(without_rules(np.rot90(mask, turns).copy(), SCALE), -turns)
    assert clean[stroke].all()
    assert not clean[:, 98:].any()
    assert not clean[:, :90].any()
