"""Ruling detection: the straight horizontal and vertical rules of a raster."""

import cv2
import numpy as np

from ocrpipe.aside import ALONE, Aside
from ocrpipe.channels import to_grey
from ocrpipe.page import PageImage, Pixels, Ruling
from ocrpipe.tables.rulings.candidates import Candidates, fills_of, find_candidates
from ocrpipe.tables.rulings.follow import followed
from ocrpipe.tables.rulings.selection.chains import Parts, split
from ocrpipe.tables.rulings.selection.connected import connected
from ocrpipe.tables.rulings.selection.figures import without_figures, without_solid_marks
from ocrpipe.tables.rulings.selection.overhangs import without_overhangs
from ocrpipe.tables.rulings.strokes.responses import ink_response
from ocrpipe.tables.rulings.strokes.stroke import Stroke
from ocrpipe.tables.rulings.wear import are_evenly_dashed, are_ragged, are_worn
from ocrpipe.tables.rulings.worn.dots import rules_of_dots
from ocrpipe.tables.rulings.worn.lost_rules import rules_at_ends
from ocrpipe.tables.rulings.worn.walls import worn_walls
from ocrpipe.timings import timed

_WIDEST_INK = 6.0
"""Points."""


@timed("rulings")
def detect_rulings(image: PageImage, aside: Aside = ALONE) -> tuple[Ruling, ...]:
    """Rules of a page from its raster, horizontal ones first, in points.

    Solid, faint, dashed and dotted lines are taken where they are long, and short ones where
    their ink leads from one rule to another: the strokes of characters do not. Rules keep their
    slope; what skew is left on the page is for `find_grids` to take out.

    Args:
        image: The upright page, skewed by a degree at most; BGR or grey, 100 dpi or more.
        aside: May look for vertical rules while horizontal ones are looked for.
    """
    across, down, *parts = _candidates(to_grey(image.pixels), image.scale, aside)
    horizontal, vertical = connected(across, down, parts[0], parts[1], image.scale)
    dashed = are_evenly_dashed(horizontal, across, image.scale)
    dashed = dashed and are_evenly_dashed(vertical, down, image.scale)
    if dashed:
        # The sides of figures were taken for pieces of rules.
        horizontal, vertical = (
            without_figures(horizontal, vertical, across, image.scale, short=True),
            without_figures(vertical, horizontal, down, image.scale, short=True),
        )
        horizontal, vertical = (
            without_solid_marks(horizontal, vertical, across, image.scale),
            without_solid_marks(vertical, horizontal, down, image.scale),
        )
    horizontal, vertical = (
        without_overhangs(horizontal, vertical, across, image.scale),
        without_overhangs(vertical, horizontal, down, image.scale),
    )
    horizontal, vertical = (
        without_figures(horizontal, vertical, across, image.scale),
        without_figures(vertical, horizontal, down, image.scale),
    )
    dotted = (
        are_ragged(horizontal, across, image.scale),
        are_ragged(vertical, down, image.scale),
    )
    ragged = any(dotted)
    worn = not dashed and are_worn(horizontal, vertical, image.scale, ragged=ragged)
    seeds = rules_of_dots(horizontal, vertical, across, down, image.scale)
    if any(seeds):
        horizontal, vertical = horizontal + seeds[0], vertical + seeds[1]
        dotted = (dotted[0] or bool(seeds[0]), dotted[1] or bool(seeds[1]))
        ragged = worn = True
    # Whole walls first: where a line is known to end tells how far a worn one may be prolonged.
    for lenient in (False, worn):
        more_h = followed(horizontal, vertical, across, image.scale, worn=lenient)
        horizontal += more_h
        more_v = followed(vertical, horizontal, down, image.scale, worn=lenient)
        vertical += more_v
        if not (worn or more_h or more_v):
            break
    lost = (
        rules_at_ends(horizontal, vertical, image.scale) if dotted[0] else [],
        rules_at_ends(vertical, horizontal, image.scale) if dotted[1] else [],
    )
    horizontal, vertical = horizontal + lost[0], vertical + lost[1]
    if worn or ragged:
        horizontal, vertical = worn_walls(
            horizontal, vertical, across, down, image.scale, keep=not worn, dotted=dotted, lost=lost
        )
    unit = 1 / image.scale
    return (
        *(Ruling(*line) for line in _in_points(horizontal, unit)),
        *(Ruling(x0, y0, x1, y1, t) for y0, x0, y1, x1, t in _in_points(vertical, unit)),
    )


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
    grey: Pixels, scale: float, aside: Aside
) -> tuple[Candidates, Candidates, Parts, Parts]:
    """What may be rules along x, and along y in the transposed raster; the strokes of both."""
    fills = aside.start(lambda: fills_of(grey, scale))
    ink = ink_response(grey, max(7, round(_WIDEST_INK * scale)) | 1)
    filled = fills.result()

    def along_y() -> tuple[Candidates, Parts]:
        turned = [_transposed(raster) for raster in (grey, ink)]
        filled_down = None if filled is None else _transposed(filled)
        found = find_candidates(turned[0], turned[1], filled_down, scale)
        return found, split(found, scale)

    along = aside.start(along_y)
    across = find_candidates(grey, ink, filled, scale)
    parts = split(across, scale)
    down, parts_down = along.result()
    return across, down, parts, parts_down
