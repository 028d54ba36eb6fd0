"""Strokes that follow each other on one line: pieces of a rule, and words on the line of one."""

import numpy as np

from ocrpipe.tables.rulings.candidates import Candidates
from ocrpipe.tables.rulings.selection.chains import split
from ocrpipe.tables.rulings.strokes.stroke import Stroke

SCALE = 2.0
WIDTH, HEIGHT = 590, 100
WHOLE = [Stroke(20, y, 570, y, 2.0, 100.0) for y in (10, 90)]


def rules_of(*strokes: Stroke, print_at: tuple[int, int] = (0, 0)) -> list[Stroke]:
    """Which of the strokes on one line of a page are rules; two more of its rules are whole, and
    print surrounds the line between two places, in pixels."""
    fine, ink = np.zeros((HEIGHT + 2, WIDTH), np.uint8), np.zeros((HEIGHT + 2, WIDTH), np.uint8)
    ink[30:70, slice(*print_at)] = 200
    every = [*WHOLE, *sorted(strokes, key=lambda stroke: stroke.x0)]
    for stroke in every:
        y = int(stroke.y0)
        fine[y : y + 3, int(stroke.x0) : int(stroke.x1)] = int(stroke.contrast)
    grey = np.full((HEIGHT, WIDTH), 250, np.uint8)
    long, _ = split(Candidates(tuple(every), (), fine, ink, grey, 250.0), SCALE)
    return [stroke for stroke in long if stroke not in WHOLE]


def mirrored(stroke: Stroke) -> Stroke:
    return Stroke(WIDTH - stroke.x1, 50, WIDTH - stroke.x0, 50, 2.0, stroke.contrast)


def test_the_strokes_of_a_word_that_ends_close_to_a_rule_are_no_pieces_of_it() -> None:
    """The first was one because the second, which is loose itself, lies between it and the rule."""
    word = [Stroke(30, 50, 62, 50, 2.0, 90.0), Stroke(70, 50, 109, 50, 2.0, 90.0)]
    rule = Stroke(118, 50, 560, 50, 2.0, 100.0)
    assert rules_of(*word, rule, print_at=(20, 116)) == [rule]
    turned = [mirrored(stroke) for stroke in (*word, rule)]
    assert rules_of(*turned, print_at=(WIDTH - 116, WIDTH - 20)) == [turned[-1]]


def test_short_pieces_between_the_long_ones_of_a_worn_rule_stay() -> None:
    ends = ((200, 320), (330, 345), (355, 560))
    pieces = [Stroke(x0, 50, x1, 50, 2.0, 100.0) for x0, x1 in ends]
    assert rules_of(*pieces) == pieces
