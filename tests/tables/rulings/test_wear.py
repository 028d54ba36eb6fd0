"""Whether the rules of a page are worn."""

import numpy as np
import pytest

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
    grey = np.full((400, 700), 255, np.uint8)
    rules = []
    for number in range(10):
        y = 30 + 36 * number
        whole = np.ones(600, bool) if number >= dotted else random.random(600) < 0.6
        grey[y : y + 2, 50:650][:, whole] = 0
        rules.append(Stroke(50, y, 650, y, 2.0, 255.0))
    found = find_candidates(grey, ink_response(grey, 17), None, SCALE)
    assert are_ragged(rules, found, SCALE) == ragged
