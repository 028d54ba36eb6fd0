"""Rules that show through from the other side of the paper: fainter than those of the page."""

from collections.abc import Sequence

from ocrpipe.tables.rulings.candidates import Candidates, darkness
from ocrpipe.tables.rulings.strokes.stroke import Stroke, usual_contrast

_SHOWN_THROUGH = 0.22
"""Share of the usual contrast of a page's rules below which a rule is that of the other side."""


def faintest(strokes: Sequence[Stroke]) -> float:
    """The contrast from which on one of the long strokes of a page is a rule of this side."""
    return _SHOWN_THROUGH * usual_contrast(strokes)


def printed(strokes: Sequence[Stroke], found: Candidates, least: float) -> list[Stroke]:
    """Strokes but for those that are hardly darker than the paper of the page.

    At the edge of a dark fill a rule has little contrast, and yet is far darker than the paper.
    """
    return [
        stroke for stroke in strokes if stroke.contrast >= least or darkness(stroke, found) >= least
    ]
