"""What worn walls leave between the words of a cell that they no longer part."""

from collections.abc import Sequence

from ocrpipe.geometry import Box

REMAINS, THIN = 1.2, 2.0
"""Points about an edge within which a thin mark is what is left of its wall, and how wide one is
whose sides a scan has softened."""


def without_remains(boxes: Sequence[Box], edges: Sequence[float]) -> list[Box]:
    """The boxes but for thin ones on one of the `edges`, in points: what is left of its wall."""
    return [
        box
        for box in boxes
        if box.width > THIN or all(abs(box.center[0] - edge) > REMAINS for edge in edges)
    ]
