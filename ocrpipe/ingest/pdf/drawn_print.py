"""Shapes of a PDF page that may be print: text turned into curves, and pictures of a few words.

A page that has text may have some of it as shapes all the same: a number that was pasted into its
cell as a picture, or set in a typeface that must not be embedded. Points of the page as displayed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ocrpipe.geometry import Box
from ocrpipe.ingest.pdf.vectors import is_visible

_FEWEST_SIDES = 5
"""Lines around the outline of a digit without curves: 1, 4 and 7 have six and more; the frame of a
cell and the head of an arrow have less."""

_LOWEST, _HIGHEST = 2.0, 60.0
"""Points: heights between which a line of print lies."""


def drawn_print(drawings: Iterable[Mapping[str, Any]], pictures: Iterable[Box]) -> tuple[Box, ...]:
    """Boxes of shapes and of pictures that have the size of a line of print.

    Args:
        drawings: What PyMuPDF's `Page.get_cdrawings` gives, in the frame of the page as displayed.
        pictures: Boxes of the pictures in the same frame.
    """
    shapes = (Box(*drawing["rect"]) for drawing in drawings if _is_shape(drawing))
    return tuple(
        box.rounded(2) for box in (*shapes, *pictures) if _LOWEST <= box.height <= _HIGHEST
    )


def _is_shape(drawing: Mapping[str, Any]) -> bool:
    kind = drawing["type"]
    if kind in ("clip", "group") or not (
        ("f" in kind and is_visible(drawing.get("fill"), drawing.get("fill_opacity")))
        or ("s" in kind and is_visible(drawing.get("color"), drawing.get("stroke_opacity")))
    ):
        return False
    kinds = [item[0] for item in drawing["items"]]
    return "c" in kinds or kinds.count("l") >= _FEWEST_SIDES
