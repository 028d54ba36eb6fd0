"""Ruling detection: the straight horizontal and vertical rules of a raster."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from ocrpipe.aside import ALONE, Aside
from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.tables.rulings.candidates import Candidates, fills_of, find_candidates, paper_of
from ocrpipe.tables.rulings.directions import Direction, Rules
from ocrpipe.tables.rulings.follow import followed
from ocrpipe.tables.rulings.selection.chains import Parts, split
from ocrpipe.tables.rulings.selection.connected import connected
from ocrpipe.tables.rulings.selection.figures import (
    without_columns_of_figures,
    without_figures,
    without_solid_marks,
)
from ocrpipe.tables.rulings.selection.overhangs import without_overhangs
from ocrpipe.tables.rulings.selection.pen_lines import without_pen_lines
from ocrpipe.tables.rulings.strokes.responses import ink_response, widest_ink
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.wear import are_evenly_dashed, are_ragged, are_worn
from ocrpipe.tables.rulings.worn.broken import broken_lines
from ocrpipe.tables.rulings.worn.dots import rules_of_dots
from ocrpipe.tables.rulings.worn.lost_rules import rules_at_ends
from ocrpipe.tables.rulings.worn.walls import worn_walls
from ocrpipe.timings import timed


@timed("rulings")
def detect_rulings(
    image: PageImage, aside: Aside = ALONE, dark: Pixels | None = None
) -> tuple[Ruling, ...]:
    """Rules of a page from its raster, horizontal ones first, in points.

    Solid, faint, dashed and dotted lines are taken where they are long, and short ones where
    their ink leads from one rule to another: the strokes of characters do not. Rules keep their
    slope; what skew is left on the page is for `find_grids` to take out.

    Args:
        image: The upright page, skewed by a degree at most; BGR or grey, 100 dpi or more.
        aside: May look for vertical rules while horizontal ones are looked for.
        dark: (H, W), its `dark_ink`, where that is known.
    """
    rules = _chosen(image, aside, dark)
    dashed = all(are_evenly_dashed(own.strokes, own.found, rules.scale) for own in rules)
    rules = _without_print(rules, dashed=dashed)
    rules = _with_rules_of_dots(_with_wear(rules, dashed=dashed))
    if not dashed:
        rules = _without_pen_lines(_with_broken_lines(rules))
    rules = _with_lost_rules(_prolonged(rules))
    if any(own.broken or own.dotted for own in rules):
        rules = worn_walls(rules)
    unit = 1 / rules.scale
    return (
        *(Ruling(*line) for line in _in_points(rules.across.strokes, unit)),
        *(Ruling(x0, y0, x1, y1, t) for y0, x0, y1, x1, t in _in_points(rules.down.strokes, unit)),
    )


def _chosen(image: PageImage, aside: Aside, dark: Pixels | None) -> Rules:
    """The candidates of a page that are rules where nothing on it is worn."""
    across, down, *parts = _candidates(image, aside, dark)
    along_x, along_y = connected(across, down, parts[0], parts[1], image.scale)
    return Rules(Direction(tuple(along_x), across), Direction(tuple(along_y), down), image.scale)


def _without_print(rules: Rules, *, dashed: bool) -> Rules:
    """The rules without strokes of characters, marks or figures.

    Where the rules are `dashed`, the sides of figures were taken for pieces of them.
    """
    steps: list[_Selection] = [without_overhangs, without_figures]
    if dashed:
        steps = [partial(without_figures, short=True), without_solid_marks, *steps]
    else:
        steps = [*steps, without_columns_of_figures]
    for step in steps:
        rules = rules.changed(partial(_selected, step, rules.scale))
    return rules


_Selection = Callable[[Sequence[Stroke], Sequence[Stroke], Candidates, float], list[Stroke]]
"""Chooses from strokes, given those that cross them, what they were found in, and the scale."""


def _selected(
    selection: _Selection, scale: float, own: Direction, crossing: Direction
) -> Direction:
    strokes = selection(own.strokes, crossing.strokes, own.found, scale)
    return replace(own, strokes=tuple(strokes))


def _with_wear(rules: Rules, *, dashed: bool) -> Rules:
    """The same rules, with what tells that they are worn."""
    across, down = (
        replace(own, dotted=are_ragged(own.strokes, own.found, rules.scale)) for own in rules
    )
    ragged = across.dotted or down.dotted
    worn = not dashed and are_worn(across.strokes, down.strokes, rules.scale, ragged=ragged)
    return Rules(replace(across, broken=worn), replace(down, broken=worn), rules.scale, worn)


def _with_rules_of_dots(rules: Rules) -> Rules:
    """The rules, and those of which dots far from each other are left: such a page is worn."""
    across, down, scale = rules.across, rules.down, rules.scale
    rows = rules_of_dots(across.strokes, down.strokes, across.found, down.found, scale)
    if not any(rows):
        return rules
    across, down = (
        replace(own.longer(more), dotted=own.dotted or bool(more), broken=True)
        for own, more in zip(rules, rows, strict=True)
    )
    return Rules(across, down, scale, worn=True)


def _with_broken_lines(rules: Rules) -> Rules:
    """The rules and the pieces of broken ones: those of one direction alone may be broken."""

    def with_pieces(own: Direction, crossing: Direction) -> Direction:
        pieces = broken_lines(own.strokes, crossing.strokes, own.found, rules.scale)
        return replace(own.longer(pieces), broken=own.broken or bool(pieces))

    return rules.changed(with_pieces)


def _without_pen_lines(rules: Rules) -> Rules:
    """The rules, where all are whole, without lines of a pen; of a worn rule pieces are left."""
    if any(own.broken or own.dotted for own in rules):
        return rules

    def printed(own: Direction, crossing: Direction) -> Direction:
        kept = without_pen_lines(own.strokes, crossing.strokes, rules.scale)
        return replace(own, strokes=tuple(kept))

    return rules.changed(printed)


def _prolonged(rules: Rules) -> Rules:
    """The rules, and the worn ones that lead on from them.

    Whole walls come first: where a line is known to end tells how far a worn one may be
    prolonged.
    """
    for lenient in (False, True):
        before, scale = rules, rules.scale
        across = _followed(rules.across, rules.down, scale, lenient=lenient)
        down = _followed(rules.down, across, scale, lenient=lenient)
        rules = replace(rules, across=across, down=down)
        found = any(
            len(own.strokes) > len(old.strokes) for own, old in zip(rules, before, strict=True)
        )
        if not (found or across.broken or down.broken):
            break
    return rules


def _followed(own: Direction, crossing: Direction, scale: float, *, lenient: bool) -> Direction:
    worn = lenient and own.broken
    return own.longer(followed(own.strokes, crossing.strokes, own.found, scale, worn=worn))


def _with_lost_rules(rules: Rules) -> Rules:
    """The rules and those that left nothing, in a direction of which others are dots."""

    def with_lost(own: Direction, crossing: Direction) -> Direction:
        if not own.dotted:
            return own
        lost = rules_at_ends(own.strokes, crossing.strokes, rules.scale)
        return replace(own.longer(lost), lost=tuple(lost))

    return rules.changed(with_lost)


def _in_points(
    strokes: Sequence[Stroke], unit: float
) -> list[tuple[float, float, float, float, float]]:
    # The centre of a pixel lies half a pixel from its corner.
    return [
        (s.x0 * unit, (s.y0 + 0.5) * unit, s.x1 * unit, (s.y1 + 0.5) * unit, s.thickness * unit)
        for s in sorted(strokes, key=lambda s: (s.y0, s.x0))
    ]


def _transposed(raster: Pixels) -> Pixels:
    # A fifth of the time that numpy takes for it.
    return np.asarray(cv2.transpose(raster), np.uint8)


def _candidates(
    image: PageImage, aside: Aside, dark: Pixels | None
) -> tuple[Candidates, Candidates, Parts, Parts]:
    """What may be rules along x, and along y in the transposed raster; the strokes of both."""
    grey, scale = to_grey(image.pixels), image.scale
    fills = aside.start(lambda: fills_of(grey, scale))
    ink = ink_response(grey, widest_ink(scale), dark)
    filled, paper = fills.result(), paper_of(grey)

    def along_y() -> tuple[Candidates, Parts]:
        turned = [_transposed(raster) for raster in (grey, ink)]
        filled_down = None if filled is None else _transposed(filled)
        found = find_candidates(turned[0], turned[1], filled_down, scale, paper)
        return found, split(found, scale)

    along = aside.start(along_y)
    across = find_candidates(grey, ink, filled, scale, paper)
    parts = split(across, scale)
    down, parts_down = along.result()
    return across, down, parts, parts_down
