"""Ruling detection: the straight horizontal and vertical rules of a raster."""

import cv2
import numpy as np

from ocrpipe.aside import ALONE, Aside
from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.tables.rulings.candidates import Candidates, fills_of, find_candidates, paper_of
from ocrpipe.tables.rulings.follow import followed
from ocrpipe.tables.rulings.selection.chains import Parts, split
from ocrpipe.tables.rulings.selection.connected import connected
from ocrpipe.tables.rulings.selection.figures import without_figures, without_solid_marks
from ocrpipe.tables.rulings.selection.overhangs import without_overhangs
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
    scale = image.scale
    across, down, *parts = _candidates(image, aside, dark)
    horizontal, vertical = connected(across, down, parts[0], parts[1], scale)
    dashed = all(
        are_evenly_dashed(found, candidates, scale)
        for found, candidates in ((horizontal, across), (vertical, down))
    )
    horizontal, vertical = _without_print(
        (horizontal, vertical), (across, down), scale, dashed=dashed
    )
    dotted = (are_ragged(horizontal, across, scale), are_ragged(vertical, down, scale))
    worn = not dashed and are_worn(horizontal, vertical, scale, ragged=any(dotted))
    seeds = rules_of_dots(horizontal, vertical, across, down, scale)
    if any(seeds):
        horizontal, vertical = horizontal + seeds[0], vertical + seeds[1]
        dotted = (dotted[0] or bool(seeds[0]), dotted[1] or bool(seeds[1]))
        worn = True
    pieces: _Both = ([], [])
    if not dashed:
        pieces = (
            broken_lines(horizontal, vertical, across, scale),
            broken_lines(vertical, horizontal, down, scale),
        )
    horizontal, vertical = horizontal + pieces[0], vertical + pieces[1]
    # Rules of one direction may be broken where those of the other are whole.
    broken = (worn or bool(pieces[0]), worn or bool(pieces[1]))
    horizontal, vertical = _prolonged((horizontal, vertical), (across, down), scale, broken)
    lost = (
        rules_at_ends(horizontal, vertical, scale) if dotted[0] else [],
        rules_at_ends(vertical, horizontal, scale) if dotted[1] else [],
    )
    horizontal, vertical = horizontal + lost[0], vertical + lost[1]
    if any(broken) or any(dotted):
        horizontal, vertical = worn_walls(
            horizontal,
            vertical,
            across,
            down,
            scale,
            keep=not worn,
            whole=(False, False) if any(dotted) else (not broken[0], not broken[1]),
            dotted=dotted,
            lost=lost,
        )
    unit = 1 / scale
    return (
        *(Ruling(*line) for line in _in_points(horizontal, unit)),
        *(Ruling(x0, y0, x1, y1, t) for y0, x0, y1, x1, t in _in_points(vertical, unit)),
    )


_Both = tuple[list[Stroke], list[Stroke]]
"""Strokes along x, and along y in the transposed raster."""


def _without_print(
    lines: _Both, candidates: tuple[Candidates, Candidates], scale: float, *, dashed: bool
) -> _Both:
    """The lines that are no strokes of characters, marks or figures."""
    (horizontal, vertical), (across, down) = lines, candidates
    if dashed:
        # The sides of figures were taken for pieces of rules.
        horizontal, vertical = (
            without_figures(horizontal, vertical, across, scale, short=True),
            without_figures(vertical, horizontal, down, scale, short=True),
        )
        horizontal, vertical = (
            without_solid_marks(horizontal, vertical, across, scale),
            without_solid_marks(vertical, horizontal, down, scale),
        )
    horizontal, vertical = (
        without_overhangs(horizontal, vertical, across, scale),
        without_overhangs(vertical, horizontal, down, scale),
    )
    return (
        without_figures(horizontal, vertical, across, scale),
        without_figures(vertical, horizontal, down, scale),
    )


def _prolonged(
    lines: _Both,
    candidates: tuple[Candidates, Candidates],
    scale: float,
    worn: tuple[bool, bool],
) -> _Both:
    """The lines, and the worn ones that lead on from them.

    Whole walls come first: where a line is known to end tells how far a worn one may be
    prolonged.
    """
    (horizontal, vertical), (across, down) = lines, candidates
    for lenient in ((False, False), worn):
        more_across = followed(horizontal, vertical, across, scale, worn=lenient[0])
        horizontal = horizontal + more_across
        more_down = followed(vertical, horizontal, down, scale, worn=lenient[1])
        vertical = vertical + more_down
        if not (any(worn) or more_across or more_down):
            break
    return horizontal, vertical


def _in_points(
    strokes: list[Stroke], unit: float
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
