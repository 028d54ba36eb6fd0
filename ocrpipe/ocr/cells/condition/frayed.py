"""Print whose strokes are frayed, as a fax leaves them: black or white a dot at random at every
edge, and thin strokes rows of dots."""

from collections.abc import Sequence

import cv2
import numpy as np

from ocrpipe.ocr.cells.ink.lone_marks import LEAST_TEXT, ellipsis
from ocrpipe.ocr.cells.ink.printed import CellInk
from ocrpipe.page import PageImage

_FRAYED = 0.012
"""Crumbs beside strokes for each part of a character, from which a table's print is frayed: faxes
were measured to have 0.015 to 0.65, scans 0.009 at most, dusty ones too."""

_BLUR = (0.42, 0.25)
"""Points, across and down. The level strokes are the thinnest, and break most."""


def is_frayed(inks: Sequence[CellInk], scale: float) -> bool:
    """Whether the strokes of a table's print have crumbs beside them. `scale`: pixels a point."""
    least = LEAST_TEXT * scale
    characters = sum(part.size >= least for ink in inks for part in ink.parts)
    return sum(ink.crumbs for ink in inks) > _FRAYED * max(1, characters)


def smoothed(image: PageImage) -> PageImage:
    """The page blurred by as much as joins crumbs to their strokes and rows of dots to one."""
    across, down = (deviation * image.scale for deviation in _BLUR)
    soft = cv2.GaussianBlur(image.pixels, (0, 0), sigmaX=across, sigmaY=down)
    return PageImage(np.asarray(soft, np.uint8), image.scale)


def not_lost(smooth: CellInk, printed: CellInk, scale: float) -> CellInk:
    """The ink of a cell of the smoothed page, or that which is printed where smoothing left none of
    a character, or made one stroke of the dots of an ellipsis: a pale hairline is paper when it is
    blurred. `scale`: pixels a point."""
    if ellipsis(printed.parts, scale):
        return printed
    least = LEAST_TEXT * scale
    if smooth.parts or all(part.size < least for part in printed.parts):
        return smooth
    return printed
