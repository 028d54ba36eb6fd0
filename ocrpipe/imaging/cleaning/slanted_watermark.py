"""Watermarks of thin or small characters that run aslant under a page's text, taken out.

Their strokes are hardly wider than those of print, and no paler than what is left of its thinnest
ones. But the strokes of print, and all rules, run along the sides of the page; those of characters
that lie aslant do not.
"""

import logging
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrpipe.channels import to_grey
from ocrpipe.connected import Labels, connected_parts
from ocrpipe.imaging.paper import normalized, paper_color
from ocrpipe.levels import under
from ocrpipe.page import PageImage, Pixels
from ocrpipe.shrinking import shrunk_to_scale

logger = logging.getLogger(__name__)

_MEASURED_AT = 2.0
"""Pixels a point (144 dpi): the strokes of small characters are three wide."""

_PALEST, _DARKEST = 0.95, 0.68
"""Shares of the paper's light that a watermark leaves."""

_LEAST_PALE = 4e-3
"""Share of a page that is of pale strokes, at least."""

_PALE_OF_ANY = 0.93
"""Share of the light below which a pixel of a quick look is pale: paper is not everywhere as
bright."""

# Lengths in points.
_AROUND_PRINT = 1.3
_RULE, _WIDEST_RULE = 25.0, 3.0
_LEAST_PART, _LEAST_PIECE = 10.0, 3.0
_BROKEN = 1.5
_THINNEST = 1.0
_REACH = 6.0
_ACROSS = 1.5

_EDGE = 24.0
"""Slope of the light at the side of a stroke, at least: Sobel's, of grey levels."""

_ALONG = 12
"""Degrees from the sides of the page at which a stroke still runs along them, a page askew too."""

_SPREAD = 10
"""Degrees to both sides within which the strokes of characters lie that have one slant."""

_LEAST_SLANT = 18
"""Degrees."""

_MOST_ALONG, _MOST_OF_PART = 0.3, 0.45
"""Share of the sides of pale strokes that run along those of the page: on all of it, in a part."""

_LEAST_OF_SLANT = 0.4
"""Share of the sides of its strokes that have a watermark's slant; of a round shape's 0.23 do."""

_LEAST_OF_EITHER = 0.12
"""The same of those that run at that angle, and of those square to it: slashes have one alone."""

_ONE_TONE = 14.0
"""Grey levels by which the strokes of a watermark differ from their middle."""

_DARK_SHARE = 25
"""Percentile of a watermark's light that is taken for its tone: the middle of its strokes."""


class _Strokes(NamedTuple):
    """Pale strokes of a page (H, W), where no print is.

    `angles` are the degrees, 0 to 180, by which the sides of strokes lie aslant, and `slopes` tells
    how steep they are, 0 where no side is.
    """

    grey: Pixels
    pale: Pixels
    angles: NDArray[np.float32]
    slopes: NDArray[np.float32]
    scale: float


def has_pale_strokes(grey: Pixels, paper: float, scale: float) -> bool:
    """Whether a page may have such a watermark, at a quick look at it.

    Args:
        grey: The page at about 100 dpi.
        paper: The light of its paper.
        scale: Its pixels a point.
    """
    dark = under(grey, _DARKEST * paper).view(np.uint8)
    clear = 1 - np.asarray(cv2.dilate(dark, _square(_AROUND_PRINT, scale)), np.uint8)
    pale = under(grey, _PALE_OF_ANY * paper).view(np.uint8) & clear
    return bool(np.count_nonzero(pale) >= _LEAST_PALE * pale.size)


def without_slanted_watermark(image: PageImage) -> PageImage:
    """The page without a watermark that lies aslant; as it is where none is found."""
    small, factor = shrunk_to_scale(image, _MEASURED_AT)
    strokes = _strokes(normalized(to_grey(small)), image.scale * factor)
    if strokes is None:
        return image
    found = _marks(strokes)
    if found is None:
        return image
    grown = np.asarray(cv2.dilate(found, _square(_ACROSS, strokes.scale)), np.uint8)
    return _lit(image, small, found, grown)


def _lit(image: PageImage, small: Pixels, found: Pixels, grown: Pixels) -> PageImage:
    """The page brightened in `grown` by as much as the ink `found`, in `small`, takes."""
    paper = np.asarray(paper_color(image.pixels), np.float32)
    tone = np.percentile(small[found > 0], _DARK_SHARE, axis=0).astype(np.float32)
    logger.debug("slanted watermark of %s where the paper is %s", tone, paper)
    place = cv2.resize(grown, (image.width, image.height), interpolation=cv2.INTER_NEAREST) > 0
    lit = image.pixels.copy()
    part = lit[place] * (paper / np.maximum(tone, 1))
    lit[place] = np.minimum(part, np.maximum(lit[place], paper)).astype(np.uint8)
    return PageImage(lit, image.scale)


def _strokes(white: Pixels, scale: float) -> _Strokes | None:
    """The pale strokes of a `normalized` page; None where it has hardly any."""
    grey = np.asarray(cv2.GaussianBlur(white, (0, 0), 0.6), np.uint8)
    ink = under(grey, 255 * _PALEST).view(np.uint8)
    dark = under(white, 255 * _DARKEST).view(np.uint8) | _rules(ink, scale)
    clear = 1 - np.asarray(cv2.dilate(dark, _square(_AROUND_PRINT, scale)), np.uint8)
    pale = ink & clear
    if np.count_nonzero(pale) < _LEAST_PALE * pale.size:
        return None
    down, right = (cv2.Sobel(grey, cv2.CV_32F, *axes, ksize=3) for axes in ((0, 1), (1, 0)))
    slopes, angles = cv2.cartToPolar(right, down, angleInDegrees=True)
    steep = np.where((slopes >= _EDGE) & (clear > 0), slopes, 0).astype(np.float32)
    return _Strokes(grey, pale, np.mod(angles, 180).astype(np.float32), steep, scale)


def _rules(ink: Pixels, scale: float) -> Pixels:
    """1 on long thin lines along the sides of the page."""
    length, width = round(_RULE * scale), round(_WIDEST_RULE * scale)
    across, down, thick = (
        np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
        for shape in ((1, length), (length, 1), (width, width))
    )
    return np.asarray((across | down) & (1 - thick), np.uint8)


def _marks(strokes: _Strokes) -> Pixels | None:
    """1 in the strokes of a watermark, None without one."""
    broken = cv2.morphologyEx(strokes.pale, cv2.MORPH_CLOSE, _square(_BROKEN, strokes.scale))
    whole = np.asarray(cv2.dilate(broken, np.ones((3, 3), np.uint8)), np.uint8)
    labels, stats = connected_parts(whole)
    from_side = np.mod(strokes.angles, 90)
    along = (from_side < _ALONG) | (from_side > 90 - _ALONG)
    sides = _sums(labels, strokes.slopes, len(stats))
    sides_along = _sums(labels, np.where(along, strokes.slopes, 0), len(stats))
    if sides_along[1:].sum() > _MOST_ALONG * sides[1:].sum():
        return None
    aslant = (sides > 0) & (sides_along <= _MOST_OF_PART * sides)
    aslant[0] = False
    large = aslant & (stats[:, 2:4].max(axis=1) >= _LEAST_PART * strokes.scale)
    of_large = large[labels]
    if np.count_nonzero(strokes.pale[of_large]) < _LEAST_PALE * strokes.pale.size:
        return None
    if not _have_one_slant(strokes.angles[of_large], strokes.slopes[of_large]):
        return None
    chosen = large | _pieces(strokes, labels, stats, large, aslant)
    return np.asarray(strokes.pale & chosen[labels], np.uint8)


def _sums(labels: Labels, values: NDArray[np.float32], count: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(labels.ravel(), values.ravel(), count), np.float64)


def _have_one_slant(angles: NDArray[np.float32], slopes: NDArray[np.float32]) -> bool:
    """Whether most of the sides of strokes run at one angle, or square to it, and aslant."""
    by_angle = np.bincount(np.minimum(angles.astype(np.intp), 179), slopes, 180)
    around = np.concatenate([by_angle[-_SPREAD:], by_angle, by_angle[:_SPREAD]])
    shares = np.convolve(around, np.ones(2 * _SPREAD + 1), "valid") / max(by_angle.sum(), 1.0)
    both = shares[:90] + shares[90:]
    slant = int(both.argmax())
    return bool(
        _LEAST_SLANT <= slant <= 90 - _LEAST_SLANT
        and both[slant] >= _LEAST_OF_SLANT
        and min(shares[slant], shares[slant + 90]) >= _LEAST_OF_EITHER
    )


def _pieces(
    strokes: _Strokes,
    labels: Labels,
    stats: NDArray[np.int32],
    large: NDArray[np.bool_],
    aslant: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which parts are pieces of a watermark whose `large` ones are known: of its tone, close to
    them, and no thinner than its strokes; thin print has paler strokes, too."""
    pale = strokes.pale.astype(np.float32)
    areas = np.maximum(_sums(labels, pale, len(stats)), 1)
    tones = _sums(labels, pale * strokes.grey, len(stats)) / areas
    usual = float(np.average(tones[large], weights=areas[large]))
    length = stats[:, 2:4].max(axis=1)
    thick = areas >= _THINNEST * strokes.scale * length
    reach = cv2.dilate(large[labels].astype(np.uint8), _square(_REACH, strokes.scale))
    close = _sums(labels, np.asarray(reach, np.float32), len(stats)) > 0
    long = length >= np.where(aslant, 1, 2) * _LEAST_PIECE * strokes.scale
    found = close & thick & long & (np.abs(tones - usual) <= _ONE_TONE)
    found[0] = False
    return np.asarray(found, np.bool_)


def _square(reach: float, scale: float) -> Pixels:
    return np.ones((2 * max(1, round(reach * scale)) + 1,) * 2, np.uint8)
