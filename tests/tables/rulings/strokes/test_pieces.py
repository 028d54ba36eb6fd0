"""Curves parted into straight pieces."""

import numpy as np
import pytest

from ocrpipe.tables.rulings.strokes.pieces import straight_pieces


def test_a_straight_curve_is_one_piece_whatever_stands_on_a_few_of_its_points() -> None:
    heights = 7 + 0.01 * np.arange(100)
    heights[40:46] += 9
    (piece,) = straight_pieces(heights, np.array([0]), np.array([100]), 1.0).tolist()
    assert piece == pytest.approx([0, 100, 7, 7.99], abs=0.3)


def test_a_bent_curve_is_halved_and_the_one_beside_it_is_not() -> None:
    bent = np.concatenate([np.zeros(32), 0.5 * np.arange(32)])
    heights = np.concatenate([bent, np.full(20, 5.0)])
    found = straight_pieces(heights, np.array([0, 64]), np.array([64, 84]), 1.0)
    lines = found[found[:, 0].argsort()].tolist()
    assert lines[0] == pytest.approx([0, 32, 0, 0])
    assert lines[1] == pytest.approx([32, 64, 0, 15.5])
    assert lines[2] == pytest.approx([64, 84, 5, 5])


def test_a_point_alone_is_no_piece() -> None:
    assert len(straight_pieces(np.zeros(3), np.array([1]), np.array([2]), 1.0)) == 0
