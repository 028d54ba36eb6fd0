"""What worn walls leave between the words of a cell that they no longer part."""

from collections.abc import Sequence

from ocrpipe.geometry import Box
from ocrpipe.tables.alignment.figure_lines import Mark
from ocrpipe.tables.alignment.words import character_height

REMAINS, THIN = 1.2, 2.0
"""Points about an edge within which a thin mark is what is left of its wall, and how wide one is
whose sides a scan has softened."""

_WIDEST_LINE, _FROM_SIDE = 3.0, 6.0
"""Points: the width of the inner line of a double frame, and how far it is from the outer one."""

_HIGHER = 1.2
"""In heights of a character: the pieces of such a line, at least."""


def without_remains(boxes: Sequence[Box], edges: Sequence[float]) -> list[Box]:
    """The boxes but for thin ones on one of the `edges`, in points: what is left of its wall."""
    return [
        box
        for box in boxes
        if box.width > THIN or all(abs(box.center[0] - edge) > REMAINS for edge in edges)
    ]


def without_frame(marks: Sequence[Mark], outline: Box) -> list[Mark]:
    """The print of a scanned table without pieces of the inner line of a double frame: thin ones
    at its sides, higher than a character, which rules between the rows have cut."""
    highest = _HIGHER * character_height([mark.box for mark in marks])
    return [
        mark
        for mark in marks
        if mark.box.width > _WIDEST_LINE
        or mark.box.height < highest
        or min(mark.box.x0 - outline.x0, outline.x1 - mark.box.x1) > _FROM_SIDE
    ]
