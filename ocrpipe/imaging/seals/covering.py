"""Coloured ink taken off a picture in which black ink stays.

Where there is coloured ink each pixel is placed between two levels: the brightness of that ink on
paper, as dense as it is close by, which becomes paper, and that of black ink, which stays. Both the
channel in which the ink is faintest and the brightness (which a JPEG keeps sharp where it blurs
colour) are placed so, and the mean is taken.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.connected import connected_parts
from ocrpipe.imaging.seals.tints import FAINT_TINT, Grey, Tint, relative
from ocrpipe.page import PageImage, Pixels

MEASURED_AT = 1.4
"""Pixels a point (100 dpi) at which coloured ink is looked for."""

_LEAST_AREA = 30.0
"""Square points of coloured ink under which a page counts as having none."""

_COVERAGE_GAIN = 1.3
"""Blur lowers the colour of thin strokes, but not their darkness, by about this much."""

_HIDING = 0.5
"""Share of the colour of a seal's ink from which a pixel is covered by it."""

_SHOWING = 0.6
"""Share of the paper's brightness below which print is seen through coloured ink."""

_TRACE, _PALE_EDGE = 210.0, 120.0
"""Grey levels on white paper: under the first is a trace of ink, and at the second or above all of
what is left of coloured ink along its edges. Print has darker places."""

_LEAST_COVERAGE = 0.08
_GRAIN = 10.0
_BLACKEST = 60.0
_LUMA = np.array([0.114, 0.587, 0.299], np.float32)


def is_much(ink: Pixels, scale: float) -> bool:
    """Whether the ink of a mask (1 is ink) of `scale` pixels a point is more than grain."""
    return int(np.count_nonzero(ink)) / scale**2 >= _LEAST_AREA


def enlarged(mask: Pixels, image: PageImage) -> NDArray[np.bool_]:
    """A mask of an image, of any resolution, in that of the image."""
    size = (image.width, image.height)
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST) > 0, np.bool_)


def inked_areas(
    small: Pixels, factor: float, reach: int, image: PageImage
) -> list[tuple[int, int, int, int]]:
    """Boxes (pixels of the image) around the ink of a mask of it that is `factor` times as large,
    so that the rest costs nothing."""
    grown = cv2.dilate(small, np.ones((15, 15), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    areas = []
    for left, top, width, height, _ in stats[1:count]:
        x0, y0 = int(left / factor) - reach, int(top / factor) - reach
        x1, y1 = int((left + width) / factor) + reach, int((top + height) / factor) + reach
        areas.append((max(0, x0), max(0, y0), min(image.width, x1), min(image.height, y1)))
    return areas


def uncovered(
    part: Pixels,
    paper: tuple[float, ...],
    tint: Tint,
    reach: int,
    within: NDArray[np.bool_] | None = None,
) -> tuple[Pixels, Pixels]:
    """A part of a page (H, W, 3) without its ink of one `tint`, and 1 where that hides what may lie
    under it.

    Args:
        part: Pixels, BGR.
        paper: The paper's colour.
        tint: Measures the colour of the ink.
        reach: Pixels around coloured ink in which chroma subsampling and blur may have carried it.
        within: (H, W), where ink is taken off; anywhere if not given.
    """
    lifted = relative(part, paper)
    colour = np.asarray(cv2.GaussianBlur(tint(lifted), (0, 0), 0.8), np.float32)
    if within is not None:
        colour[~within] = 0
    near = colour > FAINT_TINT * 0.6
    if not near.any():
        return part, np.zeros(part.shape[:2], np.uint8)
    strongest = float(np.percentile(colour[near], 90))
    full = lifted[colour >= strongest]
    # Black ink under coloured ink is dark too: the brighter half is coloured ink alone.
    full = full[full.sum(axis=1) >= np.median(full.sum(axis=1))]
    ink = np.median(full, axis=0)
    clear = int(ink.argmax())
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    covered = np.asarray(cv2.dilate(colour, kernel), np.float32) * (_COVERAGE_GAIN / strongest)
    covered = np.where(covered > _LEAST_COVERAGE, np.minimum(covered, 1.0), 0).astype(np.float32)
    in_clear_channel = _placed(lifted[..., clear], float(ink[clear]), covered)
    in_brightness = _placed(lifted @ _LUMA, float(ink @ _LUMA), covered)
    placed = (in_clear_channel + in_brightness) / 2
    whitened = placed[..., None] / 255 * np.array(paper, np.float32)
    cleaned = np.where(covered[..., None] > 0, np.clip(whitened, 0, 255), part).astype(np.uint8)
    hidden = (colour >= _HIDING * strongest) & (placed >= _SHOWING * 255)
    return cleaned, hidden.astype(np.uint8)


def without_remains(before: Pixels, after: Pixels, paper: tuple[float, ...]) -> Pixels:
    """A part of a page (H, W, 3) off which coloured ink was taken, without the pale edges that were
    left of it: marks of their own that print has no part in."""
    grey = relative(after, paper).min(axis=2)
    labels, parts = connected_parts((grey < _TRACE).astype(np.uint8))
    kept = np.zeros(len(parts), np.bool_)
    kept[labels[(grey < _PALE_EDGE) | (before == after).all(axis=2)]] = True
    kept[0] = True
    cleaned = after.copy()
    cleaned[~kept[labels]] = np.clip(paper, 0, 255).astype(np.uint8)
    return cleaned


def _placed(channel: Grey, ink_level: float, covered: Grey) -> Grey:
    """`channel` stretched so that coloured ink alone becomes 255 and black ink keeps its level.

    `ink_level` is the channel's value of coloured ink on paper, `covered` (0 to 1) how much of it
    may lie at a pixel.
    """
    level = 255 - covered * (255 - ink_level + _GRAIN)
    black = min(float(np.percentile(channel, 0.5)), 0.5 * ink_level, _BLACKEST)
    stretched = (channel - black) / np.maximum(level - black, 1) * (255 - black) + black
    return np.asarray(np.clip(stretched, 0, 255), np.float32)
