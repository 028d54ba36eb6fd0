"""How dark a page is against its own paper, and from where on that is ink."""

from dataclasses import dataclass

import cv2
import numpy as np

from ocrpipe.channels import to_grey
from ocrpipe.geometry import Box
from ocrpipe.levels import above, reaching
from ocrpipe.ocr.cells.ink.cell_rules import RULE_ZONE
from ocrpipe.page import PageImage, Pixels
from ocrpipe.quantiles import median, median_deviation, percentile
from ocrpipe.shrinking import reduced

_PAPER_REACH = 9.0
"""Points: wider than any stroke or rule, narrower than a shaded cell."""

_PAPER_SCALE = 0.7
"""Pixels per point at which the paper is looked for: it has no detail."""

_LEAST_NOISE = 1.5
"""Grey levels: the noise of a page that is clean or bitonal, of which thresholds are multiples."""

_LEAST_INK = 22
"""Grey levels of 255 by which ink differs from its paper at least."""

_PALE = 0.4
"""Share of the page's darkness that is ink all the same: thin strokes of faint print."""

GRAINY = 4.0
"""Grey levels: noise above which the paper's grain must be smoothed before a threshold."""

_SMOOTHED = 0.8
"""What smoothing leaves of the noise; that of a JPEG spans several pixels."""

_DARKEST_PAPER = 60
"""The darkness up to which paper may be shaded. A cell that is darker has a dark ground."""


@dataclass(frozen=True, slots=True, eq=False)
class Darkness:
    """A page as darkness against its own paper: `values` is (H, W) uint8, 0 for paper.

    `noise` is the standard deviation of the paper, `ink` the darkness of the page's print. Where
    that is `frayed`, crumbs beside strokes belong to them.
    """

    values: Pixels
    scale: float
    noise: float
    ink: float
    frayed: bool = False


def page_darkness(image: PageImage) -> Darkness:
    """Measure how dark each pixel is against the paper around it.

    The paper is what a morphological closing leaves (Serra 1982): strokes and rules are narrower
    than its kernel, shaded cells and uneven light are wider.
    """
    grey = to_grey(image.pixels)
    shrink = max(1, round(image.scale / _PAPER_SCALE))
    small = reduced(grey, shrink)
    reach = max(3, round(_PAPER_REACH * image.scale / shrink)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    paper = cv2.resize(paper, (image.width, image.height), interpolation=cv2.INTER_LINEAR)
    relative = cv2.divide(grey, np.maximum(paper, 1), scale=255)
    values = np.asarray(255 - relative, dtype=np.uint8)
    sample = values[:: max(1, shrink), :: max(1, shrink)]
    light = sample[sample < _DARKEST_PAPER]
    # The factor makes a median deviation a standard one, for normal noise (Hampel 1974).
    noise = 1.4826 * median_deviation(light)[1] if light.size else 0.0
    noise = max(_LEAST_NOISE, noise)
    dark = sample[sample > max(_LEAST_INK, 6 * noise)]
    ink = percentile(dark, 75) if dark.size else 255.0
    return Darkness(values=values, scale=image.scale, noise=noise, ink=ink)


def cell_place(page: Darkness, box: Box) -> tuple[slice, slice]:
    """The rows and columns of the page that the cell `box` (points) takes, as does its ink."""
    x0, y0, x1, y1 = box.scaled(page.scale)
    height, width = page.values.shape
    left, top = max(0, round(x0)), max(0, round(y0))
    right, bottom = min(width, round(x1)), min(height, round(y1))
    return slice(top, max(top, bottom)), slice(left, max(left, right))


def inverted_if_dark(crop: Pixels, page: Darkness) -> Pixels:
    """White print on a dark ground becomes dark print on a white one."""
    darkest_paper = max(0.5 * page.ink, _DARKEST_PAPER)
    if 2 * np.count_nonzero(reaching(crop, darkest_paper)) < crop.size:
        return crop
    middle = median(crop)
    if middle < darkest_paper:
        return crop
    return np.asarray(cv2.subtract(np.full_like(crop, round(middle)), crop))


def ink_threshold(crop: Pixels, page: Darkness) -> float | None:
    """The darkness that parts ink from paper in this cell; None where there is no ink."""
    zone = max(1, round(RULE_ZONE * page.scale))
    height, width = crop.shape
    inner = crop[
        min(zone, height // 4) : height - min(zone, height // 4),
        min(zone, width // 4) : width - min(zone, width // 4),
    ]
    noise = page.noise * (_SMOOTHED if page.noise > GRAINY else 1.0)
    least = max(min(_LEAST_INK, _PALE * page.ink), 5 * noise, 0.2 * page.ink)
    # The darkest pixels alone would let one speck set the level for a whole line of faint text.
    dark = inner[above(inner, least)]
    if dark.size < 3:
        return None
    peak = percentile(dark, 80)
    return max(0.4 * peak, 0.6 * least, 3 * noise)
