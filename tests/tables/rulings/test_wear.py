"""Whether the rules of a page are worn."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ocrpipe.tables.rulings.candidates import find_candidates
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.wear import are_ragged

SCALE = 200 / 72


@pytest.mark.parametrize(("dotted", "ragged"), [(0, False), (1, False), (3, True), (8, True)])
def test_a_fax_leaves_dots_of_the_rules_that_fall_between_its_lines(
    dotted: int, ragged: bool
) -> None:
    random = np.random.default_rng(3)
    assert _are_ragged([random.random(600) < 0.6 for _ in range(dotted)], 10) == ragged


def test_printed_dashes_of_which_some_have_worn_are_not_ragged() -> None:
    random = np.random.default_rng(3)
    even = np.arange(600) % 24 < 16
    assert not _are_ragged([even] * 7 + [even & (random.random(600) < 0.7)] * 3, 10)


def _are_ragged(dotted: Sequence[NDArray[np.bool_]], count: int) -> bool:
    """Of so many rules, the first of which have ink where it says."""
    grey = np.full((400, 700), 255, np.uint8)
    rules = []
    for number in range(count):
        y = 30 + 36 * number
        whole = dotted[number] if number < len(dotted) else np.ones(600, bool)
        grey[y : y + 2, 50:650][:, whole] = 0
        rules.append(Stroke(50, y, 650, y, 2.0, 255.0))
    found = find_candidates(grey, ink_response(grey, 17), None, SCALE)
    return are_ragged(rules, found, SCALE)
